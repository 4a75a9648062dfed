"""Lists of words as people write them, and what they see in a text: every form of a word, and no other word."""

from __future__ import annotations

from typing import Any

import pytest

from solerni_xblocks.discussion.data import ListedWord, ListedWords, Outcome, Wording
from solerni_xblocks.discussion.data.lexicons import Effect, WordLine
from solerni_xblocks.discussion.rules.courtesy import judge_courtesy
from solerni_xblocks.discussion.rules.listing import MOST, digest_list, read_boxes, read_list, write_list
from solerni_xblocks.discussion.rules.measures.courtesy import measure_courtesy


def look(source: str, *lists: dict[str, Outcome | None]) -> list[tuple[str, Outcome]]:
    """What is seen in ``source`` by lists of the site, then of the course."""
    listed = tuple(ListedWords(words=tuple(ListedWord(*pair) for pair in words.items())) for words in lists)
    return [
        (reason.seen, reason.outcome) for reason in judge_courtesy(measure_courtesy(Wording(source=source), listed))
    ]


@pytest.mark.parametrize(
    "source",
    [
        "des tricheurs", "une tricheuse", "TRICHEUSES", "tr1cheur", "t.r.i.c.h.e.u.r", "t r i c h e u r", "tri cheur",
        "trich*ur", "triiiicheur", "trісheur", "tri\u200bcheur", "ｔｒｉｃｈｅｕｒ", "tr\u0131cheur", "tricheür",
    ],
)  # fmt: skip
def test_a_listed_word_is_found_in_all_its_forms_and_disguises(source: str) -> None:
    assert [outcome for _seen, outcome in look(source, {"tricheur": Outcome.HOLD})] == [Outcome.HOLD]


@pytest.mark.parametrize(
    ("word", "source"),
    [
        ("con", "Le concours de composition est reconnu"),
        ("cul", "La culture du calcul et l'article sur les reculs"),
        ("pute", "Un chercheur réputé, une dispute, un député"),
        ("sale", "Une soupe salée et des plats salés"),
        ("péché", "La pêche au bord du lac et le pêcher en fleur"),
        ("mur", "Une prune mûre et un fruit mûr"),
        ("nul", "Annuler, l'annuaire, la nullité"),
        ("arse", "Arsène et Marseille"),
        ("hell", "Michelle a dit hello"),
        ("viagra", "La viabilité, Niagara"),
        ("ass", "Bassin, classe, passage, assassin"),
        ("truc muche", "Le truc que Muche a dit"),
    ],
)
def test_no_other_word_is_taken_for_a_listed_one(word: str, source: str) -> None:
    assert look(source, {word: Outcome.HOLD}) == []


@pytest.mark.parametrize(("word", "source"), [("salé", "sale temps"), ("pêche", "il pèche par excès")])
def test_accents_tell_words_apart_where_the_dictionary_knows_both(word: str, source: str) -> None:
    assert look(source, {word: Outcome.HOLD}) == []


def test_an_accent_that_makes_no_word_hides_none() -> None:
    assert look("peche et pêché", {"péché": Outcome.HOLD}) == [("peche", Outcome.HOLD)]


def test_what_a_list_calls_innocent_is_let_through() -> None:
    assert look("Quel connard !", {"connard": None}) == []
    assert look("Une tête de con", {"con": Outcome.HOLD, "tête de con": None}) == []
    assert look("Un truc et des trucs", {"trucs": None, "truc": Outcome.HOLD}) == [("truc", Outcome.HOLD)]


def test_a_course_lifts_what_its_site_holds_never_what_it_refuses() -> None:
    assert look("bidule", {"bidule": Outcome.HOLD}, {"bidule": None}) == []
    assert look("bidule", {"bidule": Outcome.REFUSE}, {"bidule": None}) == [("bidule", Outcome.REFUSE)]
    assert look("bidule", {"bidule": None}, {"bidule": Outcome.HOLD}) == [("bidule", Outcome.HOLD)]


def test_a_word_on_several_lists_is_one_passage() -> None:
    assert look("connard", {"connard": Outcome.REFUSE}) == [("connard", Outcome.REFUSE)]


def test_an_entry_names_the_rule_that_it_serves() -> None:
    listed = (ListedWords(words=(ListedWord("Superpharma", Outcome.NUDGE, "posts.promotion"),)),)
    (reason,) = judge_courtesy(measure_courtesy(Wording(source="Achetez superpharma"), listed))
    assert (reason.clause, reason.code) == ("posts.promotion", "courtesy.listed")


FILE = """# Words of ours
[hold]
Bidule
pot-de-vin

[ nudge promotion ]
superpharma
[allow]
tête de con
[glossary]
rebase
"""


def test_a_file_is_read_and_written_without_loss() -> None:
    lines, faults = read_list(FILE)
    assert faults == []
    assert WordLine("superpharma", Effect.NUDGE, "posts.promotion") in lines
    again, _ = read_list(write_list(lines))
    assert set(again) == set(lines)
    assert digest_list(again) == digest_list(lines)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("bidule", [(1, "words.no_heading")]),
        ("[hold]\nbidule\n[often]\ntruc", [(3, "words.unknown_heading")]),
        ("[hold beauty]\n", [(1, "words.unknown_heading")]),
        ("[hold]\nbidule\n[nudge]\n\nBidulé", [(5, "words.twice")]),
        ("[hold]\n" + "x" * 101, [(2, "words.too_long")]),
        ("[hold]\nc++\n:-(\n.*\nok", [(2, "words.never_found"), (3, "words.never_found"), (4, "words.never_found")]),
        ("[hold]\na\u0000b", [(2, "words.never_found")]),
        ("[hold]\n" + "\n".join(f"mot{number}" for number in range(MOST + 1)), [(MOST + 2, "words.too_many")]),
        ("\ufeff[hold]\r\nbidule\r\n", []),
    ],
)
def test_each_line_that_cannot_be_is_named_with_its_reason(text: str, faults: list[Any]) -> None:
    assert [(fault.line, fault.code) for fault in read_list(text)[1]] == faults


def test_boxes_of_a_form_name_their_own_lines() -> None:
    lines, faults = read_boxes({Effect.HOLD: "bidule\n\nc++", Effect.NUDGE: "BIDULE\ntruc"})
    assert [line.phrase for line in lines] == ["bidule", "truc"]
    assert [(fault.effect, fault.line) for fault in faults] == [(Effect.HOLD, 3), (Effect.NUDGE, 1)]
