"""The courtesy rule: what it finds, however it is written; what it leaves alone."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solerni_xblocks.discussion import rules
from solerni_xblocks.discussion.data import ListedWord, ListedWords, Outcome, Part, Wording
from solerni_xblocks.discussion.rules.courtesy import judge_courtesy
from solerni_xblocks.discussion.rules.folding import fold, fold_character
from solerni_xblocks.discussion.rules.measures.courtesy import measure_courtesy
from solerni_xblocks.discussion.rules.measures.wordlists import Node, get_french_list, parse_word_list
from solerni_xblocks.discussion.rules.passages import BLANK, keep_borrowed_words, keep_own_words

WORDS = parse_word_list(
    "[severe]\ncon, cons\nconnard, connards\nfils de zut\n[suspect]\nzut\n[allowed]\nchili con carne\n"
    "[context]\nle mot, siècle"
)


def judge(source: str, words=None, *, listed=()):
    lists = (ListedWords(words=tuple(listed)),)
    return list(judge_courtesy(measure_courtesy(Wording(source=source), lists, words=words)))


def find(source: str, words=None, *, outcome: Outcome = Outcome.HOLD) -> list[str]:
    reasons = [reason for reason in judge(source, words) if reason.outcome == outcome]
    assert all(reason.seen == source[reason.passage.start : reason.passage.end] for reason in reasons)
    return [reason.seen for reason in reasons]


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
        ("Mon « ami » est un connard", "connard"),
        ("Quel conn ard", "conn ard"),
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
        "Le beurre salé italien et le poisson salé blanc",
        "Un con carne sans haricots",
        "Les Enfoirés en concert : le concert des Enfoirés",
        "Les crétins des Alpes manquaient d'iode.",
        "La vache folle et le cul-de-sac",
        "Le tapis de la salle noire du cinéma",
        "Une espèce de parasites, une espèce de singes",
        "Le lait est pasteurisé, le conte est bon, la pupille est dilatée",
    ],
)
def test_an_innocent_text_is_left_alone(source: str) -> None:
    assert find(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "> connard\n\nJe ne suis pas d'accord.",
        "« connard »",
        "Il m'a crié “espèce de connard” hier",
        'Elle dit "connard" ?',
        "Le mot connard vient de loin.",
        "Au XIXe siècle, connard se disait déjà",
        "$connard$",
        "\\[ connard \\]",
    ],
)
def test_quoted_or_talked_about_a_severe_word_is_a_suspect_at_most(source: str) -> None:
    assert find(source, WORDS) == []
    assert find(source, WORDS, outcome=Outcome.PUBLISH)


def test_words_of_another_sentence_excuse_nothing() -> None:
    assert find("Le mot est lâché. Quel connard !", WORDS) == ["connard"]


@pytest.mark.parametrize(
    "source",
    [
        "Le code `connard` échoue.",
        "```\nconnard\n```",
        "~~~text\nconnard\n~~~~",
        "```\nconnard",
        "https://example.org/connard?x=connard",
        "Écrire à connard@example.org",
    ],
)
def test_code_and_addresses_are_not_judged(source: str) -> None:
    assert judge(source, WORDS) == []


def test_own_words_after_a_quote_are_judged_at_their_place() -> None:
    source = "> connard\n\nQuel connard, `connard` !"
    held = [reason for reason in judge(source, WORDS) if reason.outcome is Outcome.HOLD]
    assert [reason.passage.start for reason in held] == [source.index("Quel") + 5]


def test_two_prices_are_no_formula_to_hide_in() -> None:
    assert find("Il coûte 5$ connard et pas 10$", WORDS) == ["connard"]


def test_the_title_is_named_as_the_part_where_a_passage_stands() -> None:
    measure = measure_courtesy(Wording(source="Bonjour", title="connard"), words=WORDS)
    assert [reason.part for reason in judge_courtesy(measure)] == [Part.TITLE]


def test_a_suspect_lets_the_post_pass_and_has_it_read() -> None:
    (reason,) = judge("Ah zut", WORDS)
    assert (reason.outcome, reason.code, reason.clause) == (Outcome.PUBLISH, "courtesy.suspect", "posts.courtesy")


LISTED = (
    ListedWord("bidule", Outcome.HOLD),
    ListedWord("Grand Machin", Outcome.REFUSE),
    ListedWord("truc", Outcome.NUDGE),
)


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("un bidule", Outcome.HOLD),
        ("des BIDULES", Outcome.HOLD),
        ("bidulée et bidulées", Outcome.HOLD),
        ("b1dule", Outcome.HOLD),
        ("b.i.d.u.l.e", Outcome.HOLD),
        ("bid*le", Outcome.HOLD),
        ("Ьidule bіdule", Outcome.HOLD),
        ("les grands-machins", Outcome.REFUSE),
        ("le grand  machin", Outcome.REFUSE),
        ("ce truc", Outcome.NUDGE),
    ],
)
def test_the_lists_of_operators_ask_for_what_they_say_however_words_are_written(source, outcome) -> None:
    reasons = judge(source, listed=LISTED)
    assert {(reason.code, reason.outcome) for reason in reasons} == {("courtesy.listed", outcome)}


def test_a_listed_word_inside_another_is_not_found() -> None:
    assert judge("bidulette et trucage", listed=LISTED) == []


def test_the_french_list_knows_plurals_and_feminines() -> None:
    for form in ("connard", "connards", "connasse", "connasses", "abruti", "abrutis", "abrutie", "abruties"):
        assert find(f"Quelle bande d'{form}")


def list_phrases(node: Node, outcome: Outcome | None, before: tuple[str, ...] = ()):
    for word, following in node.following.items():
        if following.is_entry and following.outcome is outcome:
            yield " ".join((*before, word))
        yield from list_phrases(following, outcome, (*before, word))


def test_every_allowed_phrase_of_the_list_is_left_alone() -> None:
    phrases = list(list_phrases(get_french_list().root, None))
    assert len(phrases) > 30
    for phrase in phrases:
        assert judge(phrase) == [], phrase


def test_every_severe_phrase_of_the_list_is_found() -> None:
    phrases = list(list_phrases(get_french_list().root, Outcome.HOLD))
    assert len(phrases) > 1000
    for phrase in phrases[:: len(phrases) // 500]:
        assert find(phrase) or judge(phrase), phrase


ANYTHING = st.text(
    alphabet=st.sampled_from("conard CONARD.*_`>~'@!0134\n\u0301\u200bаéœﷺ") | st.characters(), max_size=300
)


@given(ANYTHING)
@settings(max_examples=300)
def test_any_text_is_judged_and_passages_lie_inside(source: str) -> None:
    for reason in judge(source, WORDS, listed=LISTED):
        assert 0 <= reason.passage.start < reason.passage.end <= len(source)


@given(ANYTHING)
def test_blanking_keeps_the_length_and_the_words(source: str) -> None:
    for kept in (keep_own_words(source), keep_borrowed_words(source)):
        assert len(kept) == len(source)
        assert all(after in (before, BLANK) for before, after in zip(source, kept, strict=True))


@given(ANYTHING)
def test_folding_is_what_is_left_of_each_character_and_knows_whence(source: str) -> None:
    folded = fold(source)
    assert folded.text == "".join(fold_character(character) for character in source)
    assert len(folded.origins) == len(folded.text)
    assert all(
        letter in fold_character(source[place]) for letter, place in zip(folded.text, folded.origins, strict=True)
    )


@pytest.mark.parametrize(
    "source",
    [
        "c" * 20_000,
        "c*" * 10_000,
        "c " * 10_000,
        "`" * 20_000,
        "```\n" * 5_000,
        "a@" * 10_000,
        "fils de " * 2_500,
        "$" * 20_000,
        "«" * 20_000,
        "\\(" * 9_000,
    ],
)
def test_a_long_text_is_judged_in_reasonable_steps(source: str, monkeypatch) -> None:
    """No time is asserted: a quadratic rule would not come back."""
    assert find(source, WORDS) == []


MODULES = [module.name for module in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.") if not module.ispkg]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_the_rules_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0
