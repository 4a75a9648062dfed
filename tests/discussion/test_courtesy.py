"""The courtesy rule: what it finds, however it is written; what it leaves alone."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solerni_xblocks.discussion import rules
from solerni_xblocks.discussion.data import Part
from solerni_xblocks.discussion.rules.courtesy import judge_courtesy
from solerni_xblocks.discussion.rules.passages import BLANK, keep_own_words
from solerni_xblocks.discussion.rules.wordlist import get_french_list, parse_word_list

WORDS = parse_word_list("[severe]\ncon, cons\nconnard, connards\nfils de zut\n[allowed]\nchili con carne")


def find(source: str, words=None) -> list[str]:
    reasons = judge_courtesy(source, part=Part.BODY, words=words)
    return [source[reason.passage.start : reason.passage.end] for reason in reasons if reason.passage]


@pytest.mark.parametrize(
    ("source", "passage"),
    [
        ("Quel connard !", "connard"),
        ("CONNARD", "CONNARD"),
        ("Ah les connards.", "connards"),
        ("connârd", "connârd"),
        ("conna\u0301rd", "conna\u0301rd"),
        ("co\u00adnn\u200bard", "co\u00adnn\u200bard"),
        ("connаrd", "connаrd"),
        ("ϲonnard connαrd", "connαrd"),
        ("ｃｏｎｎａｒｄ", "ｃｏｎｎａｒｄ"),
        ("𝐜𝐨𝐧𝐧𝐚𝐫𝐝", "𝐜𝐨𝐧𝐧𝐚𝐫𝐝"),
        ("c0nnard", "c0nnard"),
        ("c0nn@rd", "c0nn@rd"),
        ("connnnnard", "connnnnard"),
        ("coooooon", "coooooon"),
        ("c.o.n", "c.o.n"),
        ("c o n n a r d", "c o n n a r d"),
        ("c-o-n-n-a-r-d", "c-o-n-n-a-r-d"),
        ("c_o_n", "c_o_n"),
        ("c.0.n", "c.0.n"),
        ("c*nnard", "c*nnard"),
        ("con**rd", "con**rd"),
        ("c*n", "c*n"),
        ("**connard**", "**connard**"),
        ("conn**a**rd", "conn**a**rd"),
        ("« connard »", "connard"),
        ("l'connard", "connard"),
        ("fils\nde  zut", "fils\nde  zut"),
        ("fils-de-zut", "fils-de-zut"),
        ("f1l$ de zuuuut", "f1l$ de zuuuut"),
    ],
)
def test_a_severe_word_is_found_however_it_is_written(source: str, passage: str) -> None:
    assert find(source, WORDS) == [passage]


@pytest.mark.parametrize(
    "source",
    [
        "concours",
        "computer",
        "conçu",
        "Scunthorpe",
        "Nigeria",
        "viable",
        "Niiiigeria",
        "W3C, 4x4, 10€ et 30 000 $",
        "« la pute de Babylone »",
        "C'est un nègre littéraire.",
        "Amarrez à la bite d'amarrage.",
        "chili con carne",
        "allegro con brio",
        "Un plan C. O. en trois parties",
        "A. B. C.",
        "a*b*c = d",
        "la console du contrat de concert",
        "salé, salée, une salle noire",
        "Le PD (professeur documentaliste) et le TG",
    ],
)
def test_an_innocent_text_is_left_alone(source: str) -> None:
    assert find(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "> connard\n\nJe ne suis pas d'accord.",
        "Le code `connard` échoue.",
        "```\nconnard\n```",
        "~~~text\nconnard\n~~~~",
        "```\nconnard",
        "https://example.org/connard?x=connard",
        "Écrire à connard@example.org",
    ],
)
def test_quotes_code_and_addresses_are_not_judged(source: str) -> None:
    assert find(source, WORDS) == []


def test_own_words_after_a_quote_are_judged_at_their_place() -> None:
    source = "> connard\n\nQuel connard, `connard` !"
    reasons = list(judge_courtesy(source, part=Part.BODY, words=WORDS))
    assert [reason.passage.start for reason in reasons] == [source.index("Quel") + 5]


def test_the_title_is_named_as_the_part_where_a_passage_stands() -> None:
    assert {reason.part for reason in judge_courtesy("connard", part=Part.TITLE, words=WORDS)} == {Part.TITLE}


def test_the_french_list_knows_plurals_and_feminines() -> None:
    words = get_french_list()
    for form in ("connard", "connards", "connasse", "connasses", "abruti", "abrutis", "abrutie", "abruties"):
        assert form in words.severe, form


def test_every_allowed_phrase_of_the_list_is_left_alone() -> None:
    for phrases in get_french_list().allowed.values():
        for phrase in phrases:
            assert find(" ".join(phrase)) == [], phrase


def test_every_severe_phrase_of_the_list_is_found() -> None:
    for phrases in get_french_list().severe.values():
        for phrase in phrases:
            assert find(" ".join(phrase)), phrase


ANYTHING = st.text(
    alphabet=st.sampled_from("conard CONARD.*_`>~'@!0134\n\u0301\u200bаéœﷺ") | st.characters(), max_size=300
)


@given(ANYTHING)
@settings(max_examples=300)
def test_any_text_is_judged_and_passages_lie_inside(source: str) -> None:
    for reason in judge_courtesy(source, part=Part.BODY, words=WORDS):
        assert 0 <= reason.passage.start < reason.passage.end <= len(source)


@given(ANYTHING)
def test_blanking_keeps_the_length_and_the_own_words(source: str) -> None:
    kept = keep_own_words(source)
    assert len(kept) == len(source)
    assert all(after in (before, BLANK) for before, after in zip(source, kept, strict=True))


@pytest.mark.parametrize(
    "source",
    ["c" * 20_000, "c*" * 10_000, "c " * 10_000, "`" * 20_000, "```\n" * 5_000, "a@" * 10_000, "fils de " * 2_500],
)
def test_a_long_text_is_judged_in_reasonable_steps(source: str, monkeypatch) -> None:
    """No time is asserted: a quadratic rule would not come back."""
    assert find(source, WORDS) == []


@pytest.mark.parametrize("module", [name for _, name, _ in pkgutil.iter_modules(rules.__path__)])
def test_the_examples_in_the_rules_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"{rules.__name__}.{module}")).failed == 0
