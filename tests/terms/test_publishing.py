"""Published versions: digests, permanence, permissions to change nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import ProtectedError
from freezegun import freeze_time

from solerni_xblocks.core import htmlkit
from solerni_xblocks.core.modelkit import AppendOnlyError
from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.data import SAMPLES, Audience, TextDraft, VersionDraft
from solerni_xblocks.terms.errors import DocumentNotFound, DraftRefused, LabelTaken
from solerni_xblocks.terms.queries import documents
from tests.terms.conftest import FRENCH, list_answers, make_answer

pytestmark = pytest.mark.django_db

CLAUSES = ["spelling", "courtesy", "on_topic", "language", "template", "rights", "promotion", "plagiarism"]


def test_the_digest_covers_the_exact_bytes_of_the_source(publish) -> None:
    publish()
    text = models.Text.objects.get(language="fr")
    assert text.source == FRENCH
    assert text.digest == sha256(FRENCH.encode()).hexdigest()


def test_the_page_serves_the_rendering_kept_at_publish_byte_for_byte(publish, client) -> None:
    publish()
    kept = models.Text.objects.get(language="fr").html
    assert kept.encode() in client.get("/solerni/terms/terms/").content
    assert '<h3 id="posts.courtesy">Courtoisie</h3>' in kept
    assert "<h3>Conditions" not in kept


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        '## x {#a.b" onclick="alert(1)}',
        "## x {#main}",
        "![x](https://example.org/pixel.png)",
        "<style>body{display:none}</style>",
    ],
)
def test_a_hostile_document_is_harmless(publish, client, hostile: str) -> None:
    publish(note="\n\n" + hostile)
    html = models.Text.objects.get(language="fr").html
    for unwanted in ("<script", 'href="javascript', "<img", 'id="main"', "<style"):
        assert unwanted not in html
    assert not re.search(r"<[^>]+\son\w+=", html)
    assert htmlkit.sanitize_document(html) == html
    assert client.get("/solerni/terms/terms/").status_code == 200


def test_rows_written_past_the_flow_are_sanitised_on_their_way_out(publish, client) -> None:
    publish()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE solerni_terms_text SET html = '<p onclick=\"x()\">hello</p><script>1</script>'")
    content = client.get("/solerni/terms/terms/").content.decode()
    assert "<p>hello</p>" in content
    assert "x()" not in content


@pytest.mark.parametrize("model", [models.Version, models.Text, models.Proof])
def test_what_is_published_or_answered_never_changes_through_the_orm(publish, learner, model) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    row = model.objects.first()
    for change in (
        row.save,
        row.delete,
        lambda: model.objects.all().delete(),
        lambda: model.objects.update(id=99),
        lambda: model.objects.bulk_update([row], ["uuid" if model is not models.Text else "html"]),
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_a_document_with_a_published_version_cannot_be_deleted(publish) -> None:
    publish()
    with pytest.raises(ProtectedError):
        models.Document.objects.all().delete()


def test_proofs_outlive_member_and_document(publish, learner) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    learner.delete()
    with connection.cursor() as cursor:
        for table in ("text", "version", "document"):
            cursor.execute(f"DELETE FROM solerni_terms_{table}")  # noqa: S608 - our own table names
    proof = list_answers().get()
    assert (proof.document, proof.label, proof.language) == ("terms", "1.0", "fr")
    assert proof.text_digest == sha256(FRENCH.encode()).hexdigest()


def test_a_label_is_taken_once_in_a_document(publish) -> None:
    labels = [publish("1.0", note=f" {number}").label for number in range(3)]
    assert labels == ["1.0", "1.0-2", "1.0-3"]
    assert publish("1.0", slug="privacy").label == "1.0"


def test_of_two_publishers_at_once_with_one_label_the_second_is_refused(publish, monkeypatch) -> None:
    publish("1.0")
    document = models.Document.objects.get()
    document.is_label_taken = False  # as the second read it, before the first committed
    monkeypatch.setattr(documents, "find_document_for", lambda slug, label: (document, {}))
    with pytest.raises(LabelTaken):
        publish("1.0", note=" more")
    assert models.Version.objects.count() == 1


def test_a_version_without_the_sites_language_is_refused(publish) -> None:
    api.save_document("terms")
    draft = VersionDraft(
        label="1", contact="contact@example.org", texts={"en": TextDraft(title="Terms", source="# Terms\n\nx")}
    )
    with pytest.raises(DraftRefused) as refusal:
        api.publish_version("terms", draft)
    assert refusal.value.details == {"reasons": ["language.default_missing"]}


def test_an_unknown_document_is_not_published() -> None:
    draft = VersionDraft(
        label="1", contact="contact@example.org", texts={"fr": TextDraft(title="T", source="# T\n\nx")}
    )
    with pytest.raises(DocumentNotFound):
        api.publish_version("nothing", draft)


@pytest.mark.parametrize(
    ("slug", "audience", "course"), [("../x", "members", ""), ("x", "course", ""), ("x", "members", "c")]
)
def test_a_malformed_document_is_refused(slug: str, audience: str, course: str) -> None:
    with pytest.raises(DraftRefused):
        api.save_document(slug, audience=Audience(audience), course_key=course)


def test_control_characters_never_reach_the_source(publish) -> None:
    publish(note="a\x00b\r\nc\ud800")
    assert models.Text.objects.get(language="fr").source == FRENCH + "ab\nc"


@pytest.mark.parametrize("count", [1, 40])
def test_publishing_costs_the_same_whatever_was_published_before(
    publish, django_assert_num_queries, count: int
) -> None:
    for number in range(count):
        publish(f"0.{number}", note=str(number))
    with django_assert_num_queries(6 + 4 + 1):  # four around savepoints, one by which the fixture saves the document
        publish("2.0")


def test_lists_cost_the_same_for_few_and_many(publish, django_assert_num_queries) -> None:
    publish("0.1")
    with django_assert_num_queries(4):
        api.list_documents()
    for number in range(12):
        publish(f"1.{number}", slug=f"text-{number}")
    with django_assert_num_queries(4):
        assert len(api.list_documents()) == 13


def test_the_samples_carry_the_clause_of_every_rule_of_discussion_in_both_languages() -> None:
    for language in ("fr", "en"):
        html = htmlkit.render_document((SAMPLES / f"terms.{language}.md").read_text(encoding="utf-8"))
        for clause in CLAUSES:
            assert html.count(f' id="posts.{clause}"') == 1
        assert "{#" not in html


def test_importing_the_samples_twice_publishes_once(capsys) -> None:
    for _ in range(2):
        call_command("solerni_terms", "import", "--samples", "--publish", "--label", "2026-11")
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["terms: published 2026-11", "privacy: published 2026-11"]
    assert [line.partition(": ")[2] for line in lines[len(lines) // 2 :]] == ["unchanged"] * (len(lines) // 2)
    by_slug = {found.slug: found.versions[0] for found in api.list_documents()}
    assert list(by_slug)[:2] == ["terms", "privacy"]
    assert by_slug["terms"].requires_acceptance
    assert not by_slug["privacy"].requires_acceptance
    call_command("solerni_terms", "list")
    assert "2026-11  in_force" in capsys.readouterr().out


def test_an_import_writes_the_contact_address_into_the_text(settings) -> None:
    settings.SOLERNI_TERMS_CONTACT = "bonjour@example.org"
    call_command("solerni_terms", "import", "--samples", "--publish", "--label", "1", verbosity=0)
    source = models.Text.objects.get(version__document__slug="terms", language="fr").source
    assert source.endswith("réclamations\N{NO-BREAK SPACE}: bonjour@example.org.\n")


def test_an_import_without_publish_changes_nothing(capsys) -> None:
    call_command("solerni_terms", "import", str(SAMPLES))
    assert "add --publish" in capsys.readouterr().out
    assert not models.Document.objects.exists()


@pytest.mark.parametrize(
    "arguments", [["import"], ["import", "/nowhere", "--publish"], ["import", "--samples", "--publish"]]
)
def test_an_import_that_cannot_work_says_why(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("solerni_terms", *arguments)


def test_a_scheduled_version_waits_for_its_instant(publish) -> None:
    instant = datetime(2026, 12, 1, tzinfo=UTC)
    with freeze_time(instant - timedelta(days=1)):
        publish("1.0")
        publish("2.0", note=" new", effective_at=instant)
        assert api.get_page("terms").version.label == "1.0"
    with freeze_time(instant):
        assert api.get_page("terms").version.label == "2.0"
    with freeze_time(instant - timedelta(days=9)), pytest.raises(DocumentNotFound):
        api.get_page("terms")


@pytest.mark.parametrize(("language", "words"), [("fr", "aucune indemnité"), ("en", "no right to compensation")])
def test_the_sample_terms_say_that_a_suspension_is_without_compensation(language: str, words: str) -> None:
    assert words in (SAMPLES / f"terms.{language}.md").read_text(encoding="utf-8")


def test_a_short_text_that_makes_a_huge_page_is_refused(publish) -> None:
    publish()
    source = "# Terms\n\n" + "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|x\n" * 400
    texts = {"fr": TextDraft(title="Terms", source=source)}
    with pytest.raises(DraftRefused) as refusal:
        api.publish_version("terms", VersionDraft(label="2.0", texts=texts, contact="contact@example.org"))
    assert refusal.value.details["reasons"] == ["page.length"]
    assert models.Version.objects.count() == 1
