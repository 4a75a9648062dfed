"""Studio: who may, what each edit does, what a form needs, OLX by upload."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from solerni_xblocks.demo import editing
from solerni_xblocks.demo.content import Content
from solerni_xblocks.demo.models import StoredField
from solerni_xblocks.demo.scopes import Mode
from tests.demo import courses
from tests.demo.courses import COURSE, OLX, key, open_runtime

HOME = f"/studio/{COURSE}/"
UNIT = f"{HOME}units/{key('vertical', 'u1')}"


def _action(verb: str, block: Any) -> str:
    return f"{HOME}blocks/{block}/{verb}"


def _children(block: Any) -> list[str]:
    return [child.block_id for child in Content.load(COURSE).children[block]]


PAGES = [HOME, UNIT, f"{HOME}export.xml", f"/xblock/{key('probe', 'p1')}/studio_view"]
ACTIONS = [_action(verb, key("probe", "p1")) for verb in ("add", "move", "delete", "rename")] + [f"{HOME}import"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_studio_are_for_authors(path: str, writer_client: Client, student_client: Client) -> None:
    assert writer_client.get(path).status_code == 200
    assert student_client.get(path).status_code == 403
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("path", ACTIONS)
def test_edits_are_for_authors_and_are_posted(path: str, writer_client: Client, student_client: Client) -> None:
    before = Content.load(COURSE).children
    assert student_client.post(path).status_code == 403
    assert Client().post(path).status_code == 302
    assert writer_client.get(path).status_code == 405
    assert Content.load(COURSE).children == before


@pytest.mark.parametrize("verb", ["add", "move", "delete", "rename"])
def test_an_edit_of_a_block_that_is_gone_is_404(writer_client: Client, verb: str) -> None:
    assert writer_client.post(_action(verb, key("html", "gone"))).status_code == 404


def test_the_list_of_courses_shows_ones_own(writer_client: Client, student_client: Client) -> None:
    assert b"PROBE" in writer_client.get("/studio/").content
    assert b"PROBE" not in student_client.get("/studio/").content
    assert Client().get("/studio/").status_code == 302


def test_a_component_is_added_at_the_end_and_shown(writer_client: Client) -> None:
    answer = writer_client.post(
        _action("add", key("vertical", "u1")), {"type": "html", "page": str(key("vertical", "u1"))}
    )
    added = Content.load(COURSE).children[key("vertical", "u1")][-1]
    assert added.block_type == "html"
    assert answer.headers["Location"] == f"{UNIT}#block-{added.block_id}"
    assert added.block_id in writer_client.get(UNIT).content.decode()


def test_a_unit_is_added_with_its_title(writer_client: Client) -> None:
    writer_client.post(_action("add", key("sequential", "s")), {"type": "vertical", "title": "  Une\nautre "})
    runtime = open_runtime(None)
    assert runtime.get_block(runtime.content.children[key("sequential", "s")][-1]).display_name == "Une autre"


@pytest.mark.parametrize(
    ("parent", "block_type"),
    [(("vertical", "u1"), "chapter"), (("probe", "p1"), "html"), (("box", "b1"), "box"), (("vertical", "u1"), "")],
)
def test_what_cannot_stand_somewhere_is_not_added(writer_client: Client, parent: Any, block_type: str) -> None:
    before = Content.load(COURSE).children
    answer = writer_client.post(_action("add", key(*parent)), {"type": block_type})
    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["error"]
    assert Content.load(COURSE).children == before


@pytest.mark.parametrize(
    ("block", "direction", "order"),
    [
        (("probe", "p1"), "up", ["p1", "t1", "b1"]),
        (("probe", "p1"), "down", ["t1", "b1", "p1"]),
        (("html", "t1"), "up", ["t1", "p1", "b1"]),
        (("box", "b1"), "down", ["t1", "p1", "b1"]),
    ],
)
def test_a_component_moves_one_place(writer_client: Client, block: Any, direction: str, order: list[str]) -> None:
    writer_client.post(_action("move", key(*block)), {"direction": direction})
    assert _children(key("vertical", "u1")) == order


def test_a_deleted_component_takes_its_contents_and_leaves_what_learners_did(
    student: Any, writer_client: Client
) -> None:
    block = open_runtime(student).get_block(key("probe", "p2"))
    block.visits = 3
    block.save()
    writer_client.post(_action("delete", key("box", "b1")))
    assert _children(key("vertical", "u1")) == ["t1", "p1"]
    assert key("probe", "p2") not in Content.load(COURSE)
    left = StoredField.objects.filter(subject=str(key("probe", "p2")))
    assert list(left.values_list("name", flat=True)) == ["visits"]


def test_the_course_itself_is_not_deleted(writer_client: Client) -> None:
    writer_client.post(_action("delete", key("course", "course")))
    assert key("course", "course") in Content.load(COURSE)


def test_contents_of_a_component_are_edited_on_its_own_page(writer_client: Client) -> None:
    page = f"{HOME}units/{key('box', 'b1')}"
    writer_client.post(_action("add", key("box", "b1")), {"type": "html", "page": str(key("box", "b1"))})
    added = _children(key("box", "b1"))[-1]
    writer_client.post(_action("move", key("html", added)), {"direction": "up"})
    assert _children(key("box", "b1")) == [added, "p2"]
    assert "Dedans" in writer_client.get(page).content.decode()


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_a_bad_title_is_refused(writer_client: Client, title: str) -> None:
    writer_client.post(_action("rename", key("vertical", "u1")), {"title": title})
    assert open_runtime().get_block(key("vertical", "u1")).display_name == "Première"


def test_a_unit_is_renamed(writer_client: Client) -> None:
    writer_client.post(_action("rename", key("vertical", "u1")), {"title": "Nouveau"})
    assert open_runtime().get_block(key("vertical", "u1")).display_name == "Nouveau"


@pytest.mark.parametrize("page", ["https://example.org/", "//example.org", "block-v1:x/../..", "javascript:1"])
def test_a_form_leads_back_to_this_site_only(writer_client: Client, page: str) -> None:
    answer = writer_client.post(_action("rename", key("vertical", "u1")), {"title": "Nouveau", "page": page})
    assert answer.headers["Location"].startswith(HOME)


def test_the_form_of_a_block_comes_as_json_with_its_resources(writer_client: Client) -> None:
    form = writer_client.get(f"/xblock/{key('probe', 'p1')}/studio_view").json()
    assert 'data-runtime-class="StudioRuntime"' in form["html"]
    assert 'data-init="StudioEditableXBlockMixin"' in form["html"]
    assert {resource["mimetype"] for resource in form["resources"]} == {"application/javascript"}


def test_the_form_saves_for_authors(writer_client: Client) -> None:
    body = {"values": {"limit": 12}, "defaults": ["display_name"]}
    path = f"/xblock/{key('probe', 'p1')}/handler/submit_studio_edits"
    assert writer_client.post(path, body, "application/json").json() == {"result": "success"}
    block = open_runtime().get_block(key("probe", "p1"))
    assert (block.limit, block.display_name) == (12, "Sonde")


def test_a_block_that_cannot_be_shown_can_still_be_edited_and_deleted(writer_client: Client, caplog: Any) -> None:
    runtime = open_runtime(None, Mode.STUDIO)
    runtime.content.set(key("probe", "p1"), "limit", scope="settings", value="many")
    runtime.content.commit()
    page = writer_client.get(UNIT).content.decode()
    assert f'data-studio-edit="{key("probe", "p1")}"' in page
    assert "Bonjour" in page


def test_the_editor_allows_only_scripts_of_the_page(writer_client: Client) -> None:
    answer = writer_client.get(UNIT)
    policy = answer.headers["Content-Security-Policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in answer.content.decode()
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]


def test_a_container_that_renders_its_own_list_gets_the_studios(writer_client: Client) -> None:
    page = writer_client.get(UNIT).content.decode()
    assert page.count('class="studio-xblock-wrapper') == 4


def _upload(client: Client, source: str) -> list[str]:
    file = SimpleUploadedFile("course.xml", source.encode())
    answer = client.post(f"{HOME}import", {"file": file})
    assert answer.status_code == 302
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_an_upload_replaces_the_course(writer_client: Client) -> None:
    _upload(writer_client, OLX.replace("Première", "Revue"))
    assert open_runtime().get_block(key("vertical", "u1")).display_name == "Revue"


def test_a_broken_upload_says_where_and_changes_nothing(writer_client: Client) -> None:
    (said,) = _upload(writer_client, OLX.replace("Première", "Revue").replace("<probe", "<sonde", 1))
    assert "course.xml" in said
    assert "6" in said
    assert open_runtime().get_block(key("vertical", "u1")).display_name == "Première"


def test_an_upload_of_another_course_or_of_nothing_is_refused(writer_client: Client) -> None:
    (said,) = _upload(writer_client, OLX.replace("PROBE", "OTHER"))
    assert "OTHER" in said
    writer_client.get(HOME)
    assert len(list(get_messages(writer_client.post(f"{HOME}import").wsgi_request))) == 1


def test_an_export_is_a_file_that_can_be_imported(writer_client: Client) -> None:
    answer = writer_client.get(f"{HOME}export.xml")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Solerni-PROBE-2026.xml"'
    assert len(_upload(writer_client, answer.content.decode())) == 1


def test_two_edits_of_one_unit_both_stay(probe_course: None) -> None:
    before = len(_children(key("vertical", "u1")))
    editing.add_block(key("vertical", "u1"), "html")
    editing.add_block(key("vertical", "u1"), "html")
    assert len(_children(key("vertical", "u1"))) == before + 2


def test_the_unit_editor_asks_as_often_for_twenty_blocks_as_for_two(
    writer_client: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for count in (2, 20):
        probes = "".join(f'<probe url_name="n{n}"/>' for n in range(count))
        courses.import_probe_course(OLX.replace('<html url_name="t2">Fin</html>', probes))
        writer_client.get(f"{HOME}units/{key('vertical', 'u2')}")  # the gate's memory is warm now
        with django_assert_max_num_queries(20) as captured:
            writer_client.get(f"{HOME}units/{key('vertical', 'u2')}")
        counts.append(len(captured))
    assert counts[0] == counts[1]
