"""What stands inside a terms block is shut at every address, whoever wrote it, until its document is accepted."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from solerni_xblocks.demo import olx, site_api
from solerni_xblocks.demo.content import Content
from solerni_xblocks.demo.models import StoredField
from solerni_xblocks.host import api as host
from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.data import DEFAULT_DOCUMENT
from solerni_xblocks.terms.queries import surroundings
from tests.terms.conftest import list_answers, make_answer
from tests.terms.doors import (
    CLIENTS,
    COURSE,
    GUARDED,
    INSIDE,
    METHODS,
    OLX,
    OUTSIDE,
    SALON,
    TERMS,
    Door,
    handler,
    import_course,
    is_refusal,
    knock,
    log_in,
    make_member,
    present,
)

pytestmark = pytest.mark.django_db
JSON, HTML = CLIENTS["json"], CLIENTS["html"]

DOORS = {
    "/xblock/<key>": Door(path=f"/xblock/{INSIDE}"),
    "xblock_view": Door(path=f"/courses/{COURSE}/xblock/{INSIDE}/view/student_view", is_program=True),
    "handler": Door(path=handler(INSIDE, "click"), method="POST", body={}, is_program=True),
    "handler with suffix": Door(path=handler(INSIDE, "click/a/b"), method="POST", body={}, is_program=True),
    "handler_noauth": Door(path=handler(INSIDE, "click", "handler_noauth"), method="POST", body={}, is_program=True),
    "preview": Door(path=f"/preview/xblock/{INSIDE}/handler/click", method="POST", body={}, is_program=True),
    "studio": Door(path=f"/xblock/{INSIDE}/handler/click", method="POST", body={}, is_program=True),
    "jump_to": Door(path=f"/courses/{COURSE}/jump_to/{INSIDE}"),
    "our handler": Door(path=handler(SALON, "list_threads"), is_program=True),
    "block API": Door(path=f"/api/courses/v1/blocks/{INSIDE}", is_program=True),
}
CREDENTIALS = ("session", "jwt_cookie", "jwt_header", "bearer", "session_of_another")


@pytest.fixture
def charter(publish: Any, other: Any) -> Any:
    """A document that only the terms block asks for; the other has accepted it."""
    version = publish(slug="charter", is_required=False)
    api.accept_version(make_answer(other.id, version, document="charter"))
    return version


@pytest.mark.parametrize("credential", CREDENTIALS)
@pytest.mark.parametrize("name", DOORS)
def test_a_child_is_shut_before_and_open_after(
    charter: Any, member: Any, other: Any, name: str, credential: str
) -> None:
    door = DOORS[name]
    client, headers = present(credential, member, other)
    for kind, accepts in CLIENTS.items():
        for method in METHODS:
            answer = knock(client, door, {**headers, **accepts}, method)
            assert is_refusal(answer) or (method, answer.status_code) == ("HEAD", 403), (kind, method)
            assert b"secret" not in answer.content
    refusal = knock(client, door, {**headers, **JSON}).json()
    assert refusal["error_code"] == "terms_required"
    assert refusal["terms_url"].startswith("http://testserver/solerni/terms/charter/?next=")
    assert not StoredField.objects.filter(name="clicks").exists()

    api.accept_version(make_answer(member.id, charter, document="charter"))
    for accepts in CLIENTS.values():
        assert not is_refusal(knock(client, door, {**headers, **accepts})), name


def test_a_page_of_the_child_leads_to_the_document_and_back(charter: Any, member: Any) -> None:
    answer = log_in(member).get(f"/xblock/{INSIDE}?x=1", **HTML)
    path = f"/xblock/{INSIDE}?x=1".replace("/", "%2F").replace("?", "%3F").replace("=", "%3D")
    assert answer.status_code == 302
    assert (
        answer["Location"].lower()
        == "/solerni/terms/charter/?next=" + path.replace(":", "%3A").replace("+", "%2B").replace("@", "%40").lower()
    )


@pytest.mark.parametrize("path", [f"/courses/{COURSE}/units/{GUARDED}", f"/xblock/{TERMS}", f"/xblock/{GUARDED}"])
def test_the_terms_block_itself_is_open_and_shows_no_child(charter: Any, member: Any, path: str) -> None:
    client = log_in(member)
    page = client.get(path, **HTML)
    assert page.status_code == 200
    assert "data-solerni-terms" in page.content.decode()
    assert "secret" not in page.content.decode()
    assert not is_refusal(client.get(f"/xblock/{OUTSIDE}", **HTML))
    answer = {"version": str(charter.uuid), "language": "fr", "agree": True}
    told = client.post(handler(TERMS, "accept_terms"), answer, "application/json", **JSON)
    assert told.status_code == 200
    assert "secret" in client.get(path, **HTML).content.decode()


def test_the_block_takes_its_answer_while_the_site_is_shut(publish: Any, member: Any) -> None:
    """A block may show the very document that the whole site asks for."""
    import_course_with(document="terms")
    version = publish()
    client = log_in(member)
    assert is_refusal(client.get(f"/xblock/{GUARDED}", **HTML))
    answer = {"version": str(version.uuid), "language": "fr", "agree": True}
    told = client.post(handler(TERMS, "accept_terms"), answer, "application/json", **JSON)
    assert told.status_code == 200
    assert client.get(f"/xblock/{INSIDE}", **HTML).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        handler(INSIDE, "accept_terms"),
        handler(TERMS, "accept_terms", "handler_noauth"),
        handler(TERMS, "submit_studio_edits"),
        f"/xblock/{TERMS}/handler/accept_terms",
    ],
)
def test_only_the_answers_of_a_terms_block_pass(publish: Any, member: Any, path: str) -> None:
    publish()
    assert is_refusal(log_in(member).post(path, {}, "application/json", **JSON))


def import_course_with(**changes: str) -> None:
    source = OLX
    for old, new in changes.items():
        source = source.replace(f'{old}="charter"', f'{old}="{new}"')
    olx.import_course(source.encode(), file="doors.xml")
    api.forget_answers()


def test_a_block_whose_author_chose_no_document_asks_for_the_default_one(publish: Any, member: Any) -> None:
    content = Content.load(COURSE)
    content.delete(TERMS, "document")
    content.commit()
    assert host.courses().list_blocks(COURSE, block_type="solerni_terms", fields=["document"]) == {TERMS: {}}
    publish(slug=DEFAULT_DOCUMENT, is_required=False)
    refusal = knock(log_in(member), DOORS["handler"], JSON).json()
    assert refusal["terms_url"].startswith(f"http://testserver/solerni/terms/{DEFAULT_DOCUMENT}/")


def test_a_document_that_is_missing_keeps_the_child_shut(member: Any) -> None:
    client = log_in(member)
    told = knock(client, DOORS["handler"], JSON)
    assert (told.status_code, told.json()["error_code"]) == (403, "terms_shut")
    shown = client.get(f"/xblock/{INSIDE}", **HTML)
    assert (shown.status_code, "data-solerni-shut" in shown.content.decode()) == (403, True)


def test_a_terms_block_in_another_asks_for_both(publish: Any, member: Any) -> None:
    inner = '<solerni_terms url_name="inner" document="rules"><foreign url_name="inside"/></solerni_terms>'
    olx.import_course(OLX.replace('<foreign url_name="inside"/>', inner).encode(), file="doors.xml")
    for slug in ("rules", "charter"):
        version = publish(slug=slug, is_required=False)
        api.forget_answers()
        assert is_refusal(knock(log_in(member), DOORS["handler"], JSON))
        api.accept_version(make_answer(member.id, version, document=slug))
    assert not is_refusal(knock(log_in(member), DOORS["handler"], JSON))


def test_authors_work_on_what_stands_inside(charter: Any, member: Any) -> None:
    author = make_member("ana", "staff")
    client = log_in(author)
    for path in (f"/xblock/{INSIDE}/handler/click", f"/preview/xblock/{INSIDE}/handler/click"):
        assert client.post(path, {}, "application/json").status_code == 200
    assert client.get(f"/studio/{COURSE}/units/{GUARDED}", **HTML).status_code == 200
    assert is_refusal(knock(client, DOORS["handler"], JSON)), "in the LMS staff are asked as learners are"


def test_what_an_author_moves_counts_within_half_a_minute(charter: Any, member: Any) -> None:
    with freeze_time("2030-06-01 12:00") as clock:
        client = log_in(member)
        assert is_refusal(client.get(f"/xblock/{INSIDE}", **HTML))
        moved = OLX.replace('<foreign url_name="inside"/>', "").replace(
            '<foreign url_name="outside"/>', '<foreign url_name="inside"/>'
        )
        olx.import_course(moved.encode(), file="doors.xml")
        clock.tick(31)
        assert not is_refusal(client.get(f"/xblock/{INSIDE}", **HTML))


def test_warm_the_way_to_a_child_asks_no_query(charter: Any, other: Any) -> None:
    api.require_way(other.id, INSIDE)
    with CaptureQueriesContext(connection) as queries:
        for _ in range(10):
            api.require_way(other.id, INSIDE)
    assert not queries.captured_queries


def test_the_memory_of_places_is_bounded(charter: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(surroundings, "MAX_KEPT", 3)
    for number in range(10):
        surroundings.find_guards(COURSE.make_usage_key("foreign", f"f{number}"))
        assert len(surroundings._Memory.guards) <= 3


def test_when_the_course_cannot_be_read_the_child_stays_shut(charter: Any, other: Any) -> None:
    client = log_in(other)
    with patch("solerni_xblocks.demo.register.Content.load", side_effect=OperationalError):
        told = knock(client, DOORS["handler"], JSON)
    assert (told.status_code, told.json()["error_code"]) == (503, "terms_unavailable")
    assert knock(client, DOORS["handler"], JSON).status_code == 200


def test_staff_who_view_as_a_learner_never_write_their_proof(charter: Any, member: Any) -> None:
    author = make_member("ana", "staff")
    client = log_in(author)
    session = client.session
    session[site_api.MASQUERADE] = str(member.id)
    session.save()
    before = list_answers().count()
    answer = {"version": str(charter.uuid), "language": "fr", "agree": True}
    for name in ("accept_terms", "decline_terms"):
        told = client.post(handler(TERMS, name), answer, "application/json", **JSON)
        assert (told.status_code, told.json()["error_code"]) == (403, "member.masquerade")
    assert list_answers().count() == before
    assert is_refusal(knock(log_in(member), DOORS["handler"], JSON))


def test_a_version_that_the_learner_refused_leaves_the_child_shut(charter: Any, member: Any) -> None:
    api.decline_version(make_answer(member.id, charter, document="charter"))
    assert is_refusal(knock(log_in(member), DOORS["handler"], JSON))
    assert models.Proof.objects.filter(act="decline").count() == 1


def test_a_course_that_is_imported_again_keeps_its_doors(charter: Any, member: Any) -> None:
    import_course()
    assert is_refusal(knock(log_in(member), DOORS["handler"], JSON))


@pytest.mark.parametrize(
    "spelling",
    [
        "i4x:;_;_Solerni;_DOORS;_foreign;_inside",
        "block-v1:X+Y+Z+type@foreign+block@inside",
        "block-v1:Solerni+DOORS+2026+branch@published-branch+type@foreign+block@inside",
    ],
)
def test_a_child_spelled_as_the_platform_also_reads_it_is_shut_too(charter: Any, member: Any, spelling: str) -> None:
    client = Client()
    client.force_login(member)
    answer = client.post(f"/courses/{COURSE}/xblock/{spelling}/handler/click", HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["error_code"]) == (403, "terms_required")


@pytest.mark.parametrize(
    "query",
    [
        "course_id=course-v1:Solerni%2BDOORS%2B2026",
        "course_id=course%2Dv1:Solerni%2BDOORS%2B2026",
        "course_id=course-v1:Solerni+DOORS+2026",
        "course_id=course-v1:Solerni%2BDOORS%2B2026%2Bbranch@published-branch",
        "courses=course-v1:X%2BY%2BZ,course-v1:Solerni%2BDOORS%2B2026",
    ],
)
def test_a_course_named_in_any_spelling_asks_for_its_document(
    publish: Any, course: Any, member: Any, query: str
) -> None:
    publish(slug="chart", audience="course", course_key=str(COURSE), is_course_wide=True)
    api.forget_answers()
    client = Client()
    client.force_login(member)
    answer = client.get(f"/?{query}", HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["error_code"]) == (403, "terms_required")
