"""Clause ids: written at publish, kept through renumbering, rewording and removal."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solerni_xblocks.core import clock
from solerni_xblocks.core.htmlkit import list_headings, mark_headings, render_document
from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.data import TextDraft, VersionDraft
from solerni_xblocks.terms.errors import DraftRefused
from solerni_xblocks.terms.flows.mark_clauses import mark_clauses
from solerni_xblocks.terms.rules import clauses

FRENCH = (
    "# Conditions\n\n## 1. Le service\n\nGratuit.\n\n## 2. La courtoisie\n\nSoyez aimables.\n\n## 3. Partir\n\nOui."
)
ENGLISH = "# Terms\n\n## 1. The service\n\nFree.\n\n## 2. Courtesy\n\nBe kind.\n\n## 3. Leaving\n\nYes."


def publish(label: str, french: str, english: str = "") -> dict[str, str]:
    """Publish and tell the ids by words of the French heading, without number."""
    api.save_document("terms")
    texts = {"fr": TextDraft(title="Conditions", source=french)}
    if english:
        texts["en"] = TextDraft(title="Terms", source=english)
    api.publish_version("terms", VersionDraft(label=label, texts=texts, contact="contact@example.org"))
    found = api.list_clauses("terms", name=label, languages=["fr"])
    return {clauses.simplify(one.heading): one.id for one in found}


@pytest.mark.django_db
def test_ids_survive_renumbering_rewording_of_the_text_and_removal() -> None:
    first = publish("1", FRENCH, ENGLISH)
    assert len(set(first.values())) == 3
    without_the_first = FRENCH.replace("## 1. Le service\n\nGratuit.\n\n", "")
    renumbered = without_the_first.replace("2. La courtoisie", "Article 1 – La courtoisie").replace("3.", "2)")
    second = publish("2", renumbered + "\n\n## 3. Du nouveau\n\nTexte.")
    assert second["la courtoisie"] == first["la courtoisie"]
    assert second["partir"] == first["partir"]
    assert second["du nouveau"] not in first.values()


@pytest.mark.django_db
def test_a_version_called_off_leaves_no_ids_to_the_next() -> None:
    more = "\n\n## 4. Du nouveau\n\nTexte."
    first = publish("1", FRENCH)
    draft = VersionDraft(
        label="2",
        texts={"fr": TextDraft(title="Conditions", source=FRENCH.replace("Gratuit", "Payant") + more)},
        effective_at=clock.now() + timedelta(days=30),
        contact="contact@example.org",
    )
    api.publish_version("terms", draft)
    told = {one.heading: one.id for one in api.list_clauses("terms", name="2", languages=["fr"])}
    api.cancel_version("terms", "2")
    third = publish("3", FRENCH + more)
    assert third.pop("du nouveau") != told["4. Du nouveau"]
    assert third == first


@pytest.mark.django_db
def test_both_languages_call_a_clause_by_one_id() -> None:
    publish("1", FRENCH, ENGLISH)
    by_language = [[one.id for one in api.list_clauses("terms", languages=[language])] for language in ("fr", "en")]
    assert by_language[0] == by_language[1]


@pytest.mark.django_db
def test_the_text_digested_and_served_carries_its_ids() -> None:
    ids = publish("1", FRENCH)
    row = models.Text.objects.get()
    assert row.digest == sha256(row.source.encode()).hexdigest()
    assert f"## 2. La courtoisie {{#{ids['la courtoisie']}}}" in row.source
    assert f'<h3 id="{ids["la courtoisie"]}">2. La courtoisie</h3>' in row.html
    assert re.sub(r" \{#[^}]+\}", "", row.source) == FRENCH


@pytest.mark.django_db
def test_publishing_the_same_words_again_changes_nothing() -> None:
    publish("1", FRENCH)
    draft = VersionDraft(
        label="2", texts={"fr": TextDraft(title="Conditions", source=FRENCH)}, contact="contact@example.org"
    )
    assert api.publish_if_changed("terms", draft) is None


@pytest.mark.django_db
def test_an_id_on_two_headings_is_refused() -> None:
    with pytest.raises(DraftRefused) as refusal:
        publish("1", "# T\n\n## One {#a.b}\n\nx\n\n## Two {#a.b}\n\ny")
    assert refusal.value.details == {"reasons": ["clause.repeated"]}


def test_a_marked_draft_stays_as_it_is() -> None:
    marked = VersionDraft(
        label="1", texts={"fr": TextDraft(title="T", source="# T\n\n## One {#a.b}")}, contact="contact@example.org"
    )
    assert mark_clauses(marked, {}) is marked


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("3. Be kind", "be kind"),
        ("3.2.1 – Be kind", "be kind"),
        ("Article 12: Be kind", "be kind"),
        ("(b) Be kind", "be kind"),
        ("XIV. Be kind", "be kind"),
        ("Mix it", "mix it"),
        ("I agree", "i agree"),
        ("2026 in short", "in short"),
        ("Être « aimable »", "être aimable"),
    ],
)
def test_the_printed_number_is_for_the_eye_alone(heading: str, words: str) -> None:
    assert clauses.simplify(heading) == words


def test_headings_inside_code_quotations_and_lists_are_no_clauses() -> None:
    source = (
        "```\n## code\n```\n\n> ## quoted\n\n- ## listed\n\nUnderlined\n----------\n\n## Closed ##\n\n    ## indented"
    )
    found = list_headings(source)
    assert [one.words for one in found] == ["Underlined", "Closed"]
    marked = mark_headings(source, {one.line: f"c.x{one.level}{one.line}" for one in found})
    assert [one.words for one in list_headings(marked)] == ["Underlined", "Closed"]
    assert all(one.clause for one in list_headings(marked))


@given(
    st.lists(st.sampled_from(["## A", "### A", "## B {#x.b}", "text", "", "## 4. C", "```", "---", "# T"]), max_size=14)
)
def test_every_heading_gets_one_id_and_no_two_the_same(lines: list[str]) -> None:
    source = "# T\n\n" + "\n".join(lines)
    numbers = iter(range(1000))
    headings = list_headings(source)
    if clauses.find_repeated(headings):
        return
    chosen = clauses.choose_clauses(headings, make_id=lambda: f"clause.n{next(numbers)}")
    marked = list_headings(mark_headings(source, chosen))
    assert [one.words for one in marked] == [one.words for one in headings]
    assert not clauses.list_unmarked(marked)
    assert not clauses.find_repeated(marked)


@pytest.mark.parametrize("words", ["a" + " " * 100_000 + "b", "a" + " #" * 50_000 + " b", "{#" * 50_000])
def test_a_long_heading_is_read_in_one_pass(words: str) -> None:
    source = f"## {words}"
    began = process_time()
    (found,) = list_headings(source)
    marked = mark_headings(source, {0: "posts.courtesy"})
    html = render_document(marked)
    assert process_time() - began < 2
    assert found.clause == ""
    assert 'id="posts.courtesy"' in html


def test_a_heading_over_two_lines_is_rendered_under_its_id() -> None:
    source = "Be kind\nalways {#posts.courtesy}\n---\n"
    assert list_headings(source)[0].clause == "posts.courtesy"
    assert render_document(source) == '<h3 id="posts.courtesy">Be kind\nalways</h3>\n'
