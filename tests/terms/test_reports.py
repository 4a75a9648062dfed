"""What operators see: figures, tables, files that make the same documents again."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

from solerni_xblocks.terms import api, models
from tests.terms.conftest import list_answers, make_answer

pytestmark = pytest.mark.django_db
REPORT = "/solerni/terms/reports/terms/"


def make_members(count: int) -> list[int]:
    users = get_user_model()
    before = users.objects.count()
    users.objects.bulk_create(users(username=f"r{before + one}") for one in range(count))
    return list(users.objects.order_by("-id").values_list("id", flat=True)[:count])


@pytest.fixture
def reader(publish, learner, client) -> Any:
    """Somebody who may read proofs, logged in."""
    learner.user_permissions.add(Permission.objects.get(codename="read_proofs"))
    client.force_login(learner)
    return client


def test_figures_count_what_each_member_said_last(publish, learner) -> None:
    version = publish()
    accepting, changing, declining, _ = make_members(4)
    api.accept_version(make_answer(accepting, version, language="en"))
    api.decline_version(make_answer(changing, version))
    api.accept_version(make_answer(changing, version))
    api.decline_version(make_answer(declining, version))
    report = api.get_report("terms")
    assert (report.active, report.accepted, report.pending) == (5, 2, 3)
    (figures,) = report.figures
    assert (figures.accepted, figures.declined, figures.stopped) == (2, 1, 0)
    assert {(row.language, row.act, row.count) for row in report.answers} == {
        ("en", "accept", 1),
        ("fr", "accept", 1),
        ("fr", "decline", 1),
    }


def test_a_report_costs_the_same_for_few_and_many(publish, register, django_assert_num_queries) -> None:
    version = publish()
    for count in (1, 60):
        for member_id in make_members(count):
            api.accept_version(make_answer(member_id, version))
        with django_assert_num_queries(9):
            assert api.get_report("terms").accepted >= count


def test_the_report_needs_its_own_permission_and_each_look_is_recorded(publish, reader, learner, admin_user) -> None:
    publish()
    for suffix in ("", "?format=csv"):
        assert reader.get(REPORT + suffix).status_code == 200
    assert reader.get("/solerni/terms/reports/").status_code == 200
    assert reader.get("/solerni/terms/reports/none/").status_code == 404
    readings = list(models.ProofReading.objects.order_by("id").values_list("actor_id", "what"))
    assert readings == [(learner.id, "report terms"), (learner.id, "report terms csv")]
    learner.user_permissions.clear()
    assert reader.get(REPORT).status_code == 403
    reader.logout()
    assert reader.get(REPORT).status_code == 302


def test_the_table_carries_no_name_of_anybody(publish, reader, learner) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    text = reader.get(f"{REPORT}?format=csv").content.decode()
    assert text.splitlines()[0] == "day,label,language,course_key,channel,act,count"
    assert text.splitlines()[1].endswith("1.0,fr,,page,accept,1")
    assert "lea" not in text


def test_status_tells_the_same_on_the_terminal_and_lists_who_is_silent(publish, register, capsys) -> None:
    publish()
    told, answering = make_members(2)
    get_user_model().objects.update(email="somebody@example.org")
    version = publish("2.0", note=" x")
    api.settle_notices()
    api.accept_version(make_answer(answering, version))
    call_command("solerni_terms", "status", "terms")
    out = capsys.readouterr().out
    assert "terms: 2 active, 1 accepted, 1 pending" in out
    assert "2.0  in_force  accepted 1, declined 0, withdrawn 0, stopped 0, told 2, failed 0, returned 0" in out
    call_command("solerni_terms", "status", "terms", "--silent")
    assert capsys.readouterr().out.split() == [str(told)]


def test_acceptance_on_behalf_needs_a_note_and_says_who_recorded_it(publish, learner, author) -> None:
    publish()
    with pytest.raises(CommandError):
        call_command("solerni_terms", "accept-on-behalf", "terms", str(learner.id), "--note", "  ")
    call_command(
        "solerni_terms", "accept-on-behalf", "terms", str(learner.id), "--note", "On paper.", "--operator", author.id
    )
    proof = list_answers().get()
    assert (proof.act, proof.actor, proof.channel) == ("accept", "operator", "operator")
    assert (proof.person.note, proof.person.actor_id, proof.person.member_id) == ("On paper.", author.id, learner.id)
    api.require_acceptance(learner.id, None)


def test_export_then_import_changes_nothing(tmp_path, capsys) -> None:
    call_command("solerni_terms", "import", "--samples", "--publish", "--label", "1")
    call_command("solerni_terms", "export", str(tmp_path))
    capsys.readouterr()
    call_command("solerni_terms", "import", str(tmp_path), "--publish", "--label", "2")
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.endswith(": unchanged") for line in lines)
    for text in models.Text.objects.select_related("version__document"):
        name = f"{text.version.document.slug}.{text.language}.md"
        assert (tmp_path / name).read_bytes() == text.source.encode()


FIELDS = ("audience", "kind", "course_key", "is_course_wide", "is_required", "renewal_days", "order")


def test_a_course_document_travels_with_all_that_is_settled_about_it(publish, tmp_path, course_key) -> None:
    chosen = {"audience": "course", "kind": "charter", "course_key": str(course_key), "is_course_wide": True}
    publish(slug="partner", is_required=False, renewal_days=365, order=7, **chosen)
    call_command("solerni_terms", "export", str(tmp_path))
    for path in tmp_path.glob("partner.*"):
        path.rename(path.with_name(path.name.replace("partner", "twin")))
    listing = tmp_path / "documents.json"
    listing.write_text(listing.read_text().replace('"partner"', '"twin"'))
    call_command("solerni_terms", "import", str(tmp_path), "--publish", "--label", "2")
    rows = models.Document.objects.in_bulk(["partner", "twin"], field_name="slug")
    partner, twin = ([getattr(rows[slug], field) for field in FIELDS] for slug in ("partner", "twin"))
    assert partner == twin == ["course", "charter", str(course_key), True, False, 365, 7]
    assert api.get_source(api.get_page("twin").version.uuid, "fr") == api.get_source(
        api.get_page("partner").version.uuid, "fr"
    )


@pytest.mark.parametrize(
    "written",
    [
        '{"terms": []}',
        '{"terms": {"audience": "nobody"}}',
        '{"terms": {"kind": 3}}',
        '{"terms": {"order": -1}}',
        '{"terms": {"order": true}}',
        '{"terms": {"order": 100000}}',
        '{"terms": {"renewal_days": 0}}',
        '{"terms": {"renewal_days": "365"}}',
        '{"terms": {"is_required": "no"}}',
        '{"terms": {"requires_acceptance": 1}}',
        '{"terms": {"audience": "course", "course_key": "course-v1:X"}}',
        '{"terms": {"audience": "course", "course_key": 5}}',
        '{"terms": {"colour": "red"}}',
        '{"terms": {"is_course_wide": true}}',
        "[]",
        "{",
    ],
)
def test_a_listing_that_cannot_be_is_refused_in_words(tmp_path, db, written: str) -> None:
    (tmp_path / "terms.fr.md").write_text("# Conditions\n\nTexte.")
    (tmp_path / "documents.json").write_text(written)
    with pytest.raises(CommandError):
        call_command("solerni_terms", "import", str(tmp_path), "--publish", "--label", "1")
    assert not models.Version.objects.exists()
