"""Courses as OLX: round trips, what is refused and where, what learners keep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.demo import catalogue, olx
from solerni_xblocks.demo.content import Content
from solerni_xblocks.demo.models import Block, Course, StoredField
from solerni_xblocks.demo.olx import OlxError
from solerni_xblocks.demo.scopes import Mode
from tests.demo import courses
from tests.demo.courses import COURSE, OLX, key, open_runtime


def _read(source: str | bytes, **options: Any) -> CourseKey:
    data = source if isinstance(source, bytes) else source.encode()
    return olx.import_course(data, file="probe.xml", **options)


def _snapshot() -> dict[str, Any]:
    content = Content.load(COURSE)
    rows = StoredField.objects.filter(course_key=str(COURSE), user_id=0)
    fields = set(rows.values_list("subject", "scope", "name", "value"))
    return {"tree": content.children, "parents": content.parents, "fields": fields}


def test_an_exported_course_comes_back_the_same(writer: Any) -> None:
    runtime = open_runtime(writer, Mode.STUDIO)
    probe = runtime.get_block(key("probe", "p1"))
    probe.display_name = "Œuvre « à » lire\n& <tag> \"quote\" 'apostrophe' ]]> 😀"
    probe.words, probe.limit = ["é", "<b>", "ligne\n2"], -4
    probe.save()
    text = runtime.get_block(key("html", "t1"))
    text.content = "<p>Un & deux</p>\n<pre>  espaces ]]> fin</pre>"
    text.save()
    runtime.content.commit()
    before, exported = _snapshot(), olx.export_course(COURSE)
    Course.objects.all().delete()
    Block.objects.all().delete()
    StoredField.objects.all().delete()
    assert _read(exported) == COURSE
    assert _snapshot() == before
    assert olx.export_course(COURSE) == exported


def test_a_second_import_replaces_content_and_keeps_what_learners_did(student: Any) -> None:
    block = open_runtime(student).get_block(key("probe", "p1"))
    block.visits = 4
    block.save()
    courses.import_probe_course(OLX.replace("Sonde", "Nouveau nom").replace('<html url_name="t2">Fin</html>', ""))
    runtime = open_runtime(student)
    block = runtime.get_block(key("probe", "p1"))
    assert (block.display_name, block.visits) == ("Nouveau nom", 4)
    assert key("html", "t2") not in runtime.content
    assert Course.objects.filter(course_key=str(COURSE)).count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "<html url_name='h'><p>A &amp; <em>b</em></p></html>",
        "<html url_name='h'><![CDATA[<p>A &amp; <em>b</em></p>]]></html>",
    ],
)
def test_a_text_may_be_elements_or_cdata(student: Any, text: str) -> None:
    courses.import_probe_course(OLX.replace('<html url_name="t2">Fin</html>', text))
    assert open_runtime(student).get_block(key("html", "h")).content == "<p>A &amp; <em>b</em></p>"


BROKEN = {
    "not well-formed": (OLX.replace("</vertical>", "", 1), None),
    "no block type": (OLX.replace('<probe url_name="p1"', '<nothing url_name="p1"'), 6),
    "needs a url_name": (OLX.replace(' url_name="b1"', ""), 7),
    "twice": (OLX.replace('url_name="p2"', 'url_name="p1"'), 7),
    "does not know displayname": (OLX.replace('p1" display_name', 'p1" displayname'), 6),
    "wrong form": (OLX.replace('url_name="p1"', 'url_name="p1" limit="many"'), 6),
    "cannot stand in <vertical>": (OLX.replace('<html url_name="t2">Fin</html>', '<chapter url_name="x"/>'), 9),
    "cannot stand in <probe>": (OLX.replace('Dedans"/>', 'Dedans"><html url_name="z"/></probe>'), 7),
    "cannot stand in <course>": (OLX.replace("<chapter ", "<vertical ").replace("</chapter>", "</vertical>"), 2),
    "cannot be a url_name": (OLX.replace('url_name="p1"', 'url_name="p 1/é"'), 6),
    "the root must be": (OLX.replace(' org="Solerni"', ""), 1),
    "make no course key": (OLX.replace('org="Solerni"', 'org="So lerni"'), 1),
    "document type": ('<!DOCTYPE course [<!ENTITY x "y">]>' + OLX, 1),
    "nested too deeply": (
        OLX.replace(
            '<probe url_name="p2" display_name="Dedans"/>',
            "".join(f'<box url_name="n{n}">' for n in range(20)) + "</box>" * 20,
        ),
        7,
    ),
}


@pytest.mark.parametrize("why", BROKEN)
def test_a_broken_file_is_refused_with_its_line_and_changes_nothing(student: Any, why: str, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    source, line = BROKEN[why]
    before = _snapshot()
    with pytest.raises(OlxError) as refusal:
        _read(source)
    assert why in str(refusal.value.message)
    assert str(refusal.value.message).startswith("probe.xml, line ")
    assert line in (None, refusal.value.details["line"])
    assert _snapshot() == before


@pytest.mark.parametrize(
    "source", [b"", b"not xml", b"\x00\xff", b"<course/>", b"<?xml version='1.0' encoding='utf-99'?><a/>"]
)
def test_rubbish_is_refused(probe_course: None, source: bytes) -> None:
    with pytest.raises(OlxError):
        _read(source)


def test_a_bomb_of_entities_is_refused(probe_course: None) -> None:
    layers = ['<!ENTITY a0 "aaaaaaaaaa">']
    layers += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)]
    with pytest.raises(OlxError):
        _read(f"<!DOCTYPE c [{''.join(layers)}]>" + OLX.replace("Chapitre", "&a8;"))


def test_a_file_of_the_system_is_not_read(probe_course: None, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("42")
    with pytest.raises(OlxError):
        _read(f'<!DOCTYPE c [<!ENTITY x SYSTEM "file://{secret}">]>' + OLX.replace("Fin", "&x;"))


def test_a_file_too_large_is_refused(probe_course: None) -> None:
    with pytest.raises(OlxError):
        _read(OLX + " " * olx.MAX_BYTES)


def test_the_file_of_another_course_is_refused(probe_course: None) -> None:
    with pytest.raises(OlxError):
        _read(OLX, expected=CourseKey.from_string("course-v1:Solerni+OTHER+2026"))


def test_the_courses_of_the_package_come_in_and_go_out(db: None) -> None:
    keys = olx.import_folder(catalogue.FOLDER)
    assert {str(key) for key in keys} == set(catalogue.SHIPPED)
    for course_key in keys:
        exported = olx.export_course(course_key)
        olx.import_course(exported, file="again.xml", expected=course_key)
        assert olx.export_course(course_key) == exported
