"""Templates and rights: what a post must have; refused with the field named, never more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from solerni_xblocks.discussion.data import Claim, Declaration, Outcome, Part, Policy, Scene, Template, Wording
from solerni_xblocks.discussion.rules.measures.rights import measure_rights
from solerni_xblocks.discussion.rules.measures.template import measure_template
from solerni_xblocks.discussion.rules.rights import judge_rights
from solerni_xblocks.discussion.rules.template import judge_template

SOURCE = "## PROBLEME — rencontré\n\nLa tomate a des taches.\n\n**Ce que j'ai essayé :**\n\n### Détail\n\nDu purin."
VALID = Wording(source=SOURCE, title="Taches sur mes tomates", is_opening=True, fields=("ville",), tags=("maladie",))
TEMPLATE = Template(
    title_min=10,
    title_max=40,
    headings=("Problème rencontré", "Ce que j’ai essayé"),
    words_min=5,
    words_max=50,
    fields=("ville",),
    tags=("maladie", "semis"),
    tags_min=1,
)


def judge_form(wording: Wording, template: Template = TEMPLATE) -> list[tuple[str, Part, str]]:
    reasons = list(judge_template(measure_template(wording), template))
    assert all(reason.outcome is Outcome.REFUSE and reason.clause == "posts.template" for reason in reasons)
    return [(reason.code, reason.part, reason.seen) for reason in reasons]


def test_a_post_in_the_form_asked_for_passes() -> None:
    assert judge_form(VALID) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "Taches"}, ("template.title_short", Part.TITLE, "")),
        ({"title": "T" * 41}, ("template.title_long", Part.TITLE, "")),
        (
            {"source": SOURCE.replace("PROBLEME", "Question")},
            ("template.heading_missing", Part.BODY, "Problème rencontré"),
        ),
        (
            {"source": SOURCE.replace("La tomate a des taches.", "…")},
            ("template.heading_empty", Part.BODY, "Problème rencontré"),
        ),
        ({"source": SOURCE + " mot" * 50}, ("template.too_long", Part.BODY, "")),
        ({"fields": ()}, ("template.field_missing", Part.FIELDS, "ville")),
        ({"tags": ()}, ("template.tags_missing", Part.TAGS, "")),
        ({"tags": ("maladie", "autre")}, ("template.tag_unknown", Part.TAGS, "autre")),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, object], expected: tuple[str, Part, str]) -> None:
    assert judge_form(replace(VALID, **changes)) == [expected]


def test_words_that_are_quoted_or_code_do_not_fill_a_post() -> None:
    wording = Wording(source="> " + "mot " * 30 + "\n\n`un deux trois` Deux mots", title="T" * 10, is_opening=True)
    assert judge_form(wording, Template(words_min=5)) == [("template.too_short", Part.BODY, "")]


def test_a_heading_inside_code_is_none() -> None:
    wording = Wording(source="```\n# Problème rencontré\n```\nTexte", is_opening=True)
    assert judge_form(wording, Template(headings=("Problème rencontré",)))[0][0] == "template.heading_missing"


def test_a_reply_has_no_form() -> None:
    assert judge_form(Wording(source="Oui")) == []


QUOTATION = "> " + "Un passage que quelqu'un d'autre a écrit il y a longtemps. " * 5


def judge_declared(source: str = "Texte", *, scene: Scene | None = None, **more: object) -> list[str]:
    reasons = list(judge_rights(measure_rights(Wording(source=source, **more), scene or Scene())))
    refused = [reason for reason in reasons if reason.outcome is Outcome.REFUSE]
    assert all(reason.part is Part.RIGHTS for reason in refused)
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        (Declaration(), ["rights.claim_missing"]),
        (Declaration(claim=Claim.MINE), []),
        (Declaration(claim=Claim.LICENSED, licence="CC BY"), ["rights.source_missing"]),
        (Declaration(claim=Claim.LICENSED, source="Léa"), ["rights.licence_missing"]),
        (Declaration(claim=Claim.LICENSED, licence="CC BY", source="Léa"), []),
        (Declaration(claim=Claim.QUOTED, source=" "), ["rights.source_missing"]),
        (Declaration(claim=Claim.QUOTED, source="Hugo, Les Misérables"), []),
    ],
)
def test_a_file_or_an_image_needs_a_declaration(declaration: Declaration, expected: list[str]) -> None:
    assert judge_declared(files=(declaration,)) == expected
    assert judge_declared("![Un schéma](/media/x.png)", rights=declaration) == expected


@pytest.mark.parametrize("source", [QUOTATION, f"« {QUOTATION[2:]} »", f'"{QUOTATION[2:]}"'])
def test_a_long_quotation_needs_its_source(source: str) -> None:
    assert judge_declared(source) == ["rights.claim_missing"]
    assert judge_declared(source, rights=Declaration(claim=Claim.MINE)) == ["rights.source_missing"]
    assert judge_declared(source, rights=Declaration(claim=Claim.QUOTED, source="Un livre")) == []


def test_a_short_quotation_and_a_quotation_of_the_thread_need_none() -> None:
    assert judge_declared("> Un mot\n\nOui") == []
    assert judge_declared(QUOTATION, scene=Scene(thread_texts=(f"Bonjour. {QUOTATION[2:]} Au revoir.",))) == []


def test_a_link_to_a_file_host_is_an_advice() -> None:
    measure = measure_rights(Wording(source="Le livre est sur https://www.mega.nz/file/x"), Scene())
    (reason,) = judge_rights(measure)
    assert (reason.code, reason.outcome, reason.seen) == (
        "rights.file_host",
        Outcome.NUDGE,
        "https://www.mega.nz/file/x",
    )
    assert judge_declared("https://we.tl/x", scene=Scene(course_domains=frozenset({"we.tl"}))) == []


def test_no_template_asks_for_nothing() -> None:
    assert judge_form(Wording(source="", is_opening=True), Policy().template) == []
