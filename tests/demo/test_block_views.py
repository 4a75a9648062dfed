"""Addresses of blocks: who may call what, CSRF, answers as the handler gave them; pages for learners."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from solerni_xblocks.demo import state
from solerni_xblocks.demo.models import BlockCompletion, Grade, StoredField
from tests.demo import courses
from tests.demo.courses import COURSE, handler_path, key

JSON = "application/json"
UNIT = f"/courses/{COURSE}/units/{key('vertical', 'u1')}"


def _strict(user: Any) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def test_a_handler_gets_method_query_and_suffix(student_client: Client) -> None:
    answer = student_client.get(handler_path("tell/some/where?x=1&y=é")).json()
    assert (answer["method"], answer["suffix"], answer["query"]) == ("GET", "some/where", {"x": "1", "y": "é"})
    assert student_client.get(handler_path("tell/")).json()["suffix"] == ""


def test_an_answer_keeps_status_headers_cookies_and_body(student_client: Client) -> None:
    answer = student_client.get(handler_path("odd"))
    assert (answer.status_code, answer.content.decode()) == (418, "thé")
    assert answer.headers["X-Probe"] == "yes"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert {answer.cookies["one"].value, answer.cookies["two"].value} == {"1", "2"}


def test_what_a_learner_does_is_kept(student_client: Client) -> None:
    for visits in (1, 2):
        assert student_client.post(handler_path("visit"), {}, JSON).json() == {"visits": visits}
    told = student_client.get(handler_path("tell")).json()
    assert (told["visits"], told["total"], told["completion"], told["author"]) == (2, 2, True, False)


@pytest.mark.parametrize("name", ["nowhere", "not_a_handler", "student_view", "save"])
def test_an_unknown_handler_is_404_in_json(student_client: Client, name: str) -> None:
    answer = student_client.post(handler_path(name), {}, JSON)
    assert (answer.status_code, set(answer.json())) == (404, {"error"})


@pytest.mark.parametrize(
    "path",
    [
        handler_path("tell", key("probe", "nowhere")),
        handler_path("tell").replace("PROBE", "NOWHERE", 1),
        handler_path("tell").replace("PROBE", "NOWHERE"),
    ],
)
def test_an_unknown_course_or_block_is_404_in_json(student_client: Client, path: str) -> None:
    answer = student_client.get(path)
    assert (answer.status_code, set(answer.json())) == (404, {"error"})


def test_a_malformed_key_is_404(student_client: Client) -> None:
    assert student_client.get("/courses/course-v1:nope/xblock/block-v1:nope/handler/tell").status_code == 404


def test_strangers_do_not_reach_handlers(passer_client: Client) -> None:
    assert passer_client.get(handler_path("tell")).status_code == 404


def test_visitors_read_and_do_not_write(probe_course: None, client: Client) -> None:
    assert client.get(handler_path("tell")).json()["user"] == {"is_authenticated": False, "request_country_code": ""}
    assert client.post(handler_path("visit"), {}, JSON).status_code == 403


def test_a_session_posts_with_a_token_only(student: Any) -> None:
    client = _strict(student)
    refused = client.post(handler_path("visit"), {}, JSON)
    assert (refused.status_code, set(refused.json())) == (403, {"error"})
    client.get(UNIT)
    token = client.cookies["csrftoken"].value
    assert client.post(handler_path("visit"), {}, JSON, headers={"X-CSRFToken": token}).status_code == 200


def test_noauth_asks_no_token_and_keeps_the_session_user(student: Any) -> None:
    answer = _strict(student).post(handler_path("visit", door="handler_noauth"), {}, JSON)
    assert answer.json() == {"visits": 1}
    assert StoredField.objects.filter(user_id=student.id, name="visits").exists()


def test_noauth_lets_visitors_and_strangers_in(passer_client: Client, client: Client) -> None:
    path = handler_path("tell", door="handler_noauth")
    assert client.post(path, {}, JSON).status_code == 200
    assert passer_client.post(path, {}, JSON).status_code == 200


def test_files_too_large_never_reach_the_handler(student_client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("big.bin", b"0" * 4_000_001)
    assert student_client.post(handler_path("visit"), {"file": file}).status_code == 413


def test_a_block_completes_grades_and_says_so(student: Any, student_client: Client) -> None:
    student_client.post(handler_path("finish"), {}, JSON)
    assert BlockCompletion.objects.get(user_id=student.id).completion == 1.0
    assert Grade.objects.get(user_id=student.id).max_value == 4


def test_seeing_a_text_completes_it_and_seeing_a_scored_block_does_not(student: Any, student_client: Client) -> None:
    assert student_client.post(handler_path("publish_completion", key("html", "t1")), {}, JSON).status_code == 200
    assert student_client.post(handler_path("publish_completion"), {}, JSON).status_code == 404
    assert student_client.get(handler_path("publish_completion", key("html", "t1"))).status_code == 404
    noauth = handler_path("publish_completion", key("html", "t2"), door="handler_noauth")
    assert student_client.post(noauth, {}, JSON).status_code == 404
    assert list(BlockCompletion.objects.values_list("usage_key", flat=True)) == [str(key("html", "t1"))]


def test_masquerade_sends_the_author_and_names_the_learner(student: Any, writer: Any, writer_client: Client) -> None:
    session = writer_client.session
    session["masquerade"] = "student"
    session.save()
    told = writer_client.get(handler_path("tell")).json()
    assert (told["user"]["user_id"], told["acting"]) == (student.id, writer.id)
    writer_client.post(handler_path("visit"), {}, JSON)
    assert not StoredField.objects.filter(name="visits").exists()


def test_authored_fields_are_refused_to_learners_through_the_blocks_form(student_client: Client) -> None:
    body = {"values": {"limit": 9}, "defaults": []}
    answer = student_client.post(handler_path("submit_studio_edits"), body, JSON)
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, JSON)
    assert answer.headers["Cache-Control"] == "no-store"


def test_preview_asks_for_a_login_only_and_keeps_nothing(student: Any, student_client: Client, client: Client) -> None:
    path = f"/preview/xblock/{key('probe', 'p1')}/handler/widen/?"
    assert client.post(path, {}, JSON).status_code == 403
    assert student_client.post(path, {}, JSON).status_code == 200
    assert student_client.get(handler_path("tell")).json()["limit"] == 3


def test_studio_runs_handlers_of_anybody_and_keeps_changes_of_authors(
    student_client: Client, writer_client: Client, client: Client
) -> None:
    path = f"/xblock/{key('probe', 'p1')}/handler/widen"
    assert client.post(path, {}, JSON).status_code == 403
    assert student_client.post(path, {}, JSON).status_code == 200
    assert student_client.get(handler_path("tell")).json()["limit"] == 3
    assert writer_client.post(path, {}, JSON).status_code == 200
    assert student_client.get(handler_path("tell")).json()["limit"] == 99


def test_studio_checks_csrf(writer: Any) -> None:
    assert _strict(writer).post(f"/xblock/{key('probe', 'p1')}/handler/widen", {}, JSON).status_code == 403


def test_a_block_alone_is_shown_to_members_in_a_frame_of_this_site(
    student_client: Client, passer_client: Client
) -> None:
    answer = student_client.get(f"/xblock/{key('vertical', 'u1')}")
    page = answer.content.decode()
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_parent">' in page
    assert page.count('class="xblock ') == 5
    assert "csrftoken" in answer.cookies
    assert passer_client.get(f"/xblock/{key('vertical', 'u1')}").status_code == 403
    assert Client().get(f"/xblock/{key('vertical', 'u1')}").headers["Location"].startswith("/login")


@pytest.mark.parametrize("kind", ["chapter", "course"])
def test_only_what_learners_can_see_stands_alone(student_client: Client, kind: str) -> None:
    block_id = {"chapter": "c", "course": "course"}[kind]
    assert student_client.get(f"/xblock/{key(kind, block_id)}").status_code == 404


@pytest.mark.parametrize("path", [f"/courses/{COURSE}/", UNIT])
def test_pages_of_a_course_are_for_its_members(student_client: Client, passer_client: Client, path: str) -> None:
    assert student_client.get(path).status_code == 200
    assert passer_client.get(path).status_code == 403
    assert Client().get(path).status_code == 302


def test_course_home_shows_units_and_where_to_go_on(student: Any, student_client: Client) -> None:
    for name, block_type in (("t1", "html"), ("p1", "probe"), ("p2", "probe")):
        state.record_completion(student.id, key(block_type, name), 1.0)
    page = student_client.get(f"/courses/{COURSE}/").content.decode()
    assert "Première" in page
    assert 'data-demo-progress="50"' in page
    assert page.count('data-state="done"') == 1
    assert f'href="/courses/{COURSE}/units/{key("vertical", "u2")}" data-demo-resume' in page


def test_a_unit_page_shows_blocks_crumbs_and_neighbours(student_client: Client) -> None:
    page = student_client.get(UNIT).content.decode()
    assert "Bonjour <em>à tous</em>." in page
    assert "data-demo-next" in page
    assert "data-demo-previous" not in page
    assert page.count('data-completable-by-viewing="true"') == 1


def test_a_unit_page_asks_as_often_for_twenty_blocks_as_for_two(
    student_client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for count in (2, 20):
        probes = "".join(f'<probe url_name="n{n}"/>' for n in range(count))
        courses.import_probe_course(courses.OLX.replace('<html url_name="t2">Fin</html>', probes))
        path = f"/courses/{COURSE}/units/{key('vertical', 'u2')}"
        student_client.get(path)  # the gate's memory is warm now
        with django_assert_max_num_queries(20) as captured:
            student_client.get(path)
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("block", "target"),
    [
        (key("vertical", "u1"), UNIT),
        (key("probe", "p2"), f"{UNIT}#student_view-probe-p2"),
        (key("chapter", "c"), f"/courses/{COURSE}/"),
    ],
)
def test_jump_to_leads_to_the_unit(student_client: Client, block: Any, target: str) -> None:
    answer = student_client.get(f"/courses/{COURSE}/jump_to/{block}")
    assert answer.headers["Location"] == target


@pytest.mark.parametrize("name", ["jump_to", "units"])
def test_a_missing_block_is_a_404_page(student_client: Client, name: str) -> None:
    answer = student_client.get(f"/courses/{COURSE}/{name}/{key('vertical', 'nowhere')}")
    assert answer.status_code == 404
    assert b"<html" in answer.content


def test_init_arguments_are_json_in_the_page(student_client: Client) -> None:
    page = student_client.get(UNIT).content.decode()
    script = page.split('class="xblock-json-init-args">')[1].split("</script>")[0]
    assert json.loads(script)["text"] == "</script><b>&"
