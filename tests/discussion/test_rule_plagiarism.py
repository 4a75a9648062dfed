"""Copies: found after the changes that people make, not where words are common, quoted or given."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solerni_xblocks.discussion.data import Candidate, Origin, Outcome, Reason, Scene, Wording
from solerni_xblocks.discussion.rules.measures.copies import fingerprint, measure_copies
from solerni_xblocks.discussion.rules.plagiarism import judge_plagiarism
from tests.benchmarks.texts import make_post

POSTS = [make_post(f"plagiarism {number}") for number in range(40)]
NEW = make_post("new")
SHARED = 3


def change(post: str, share: float) -> str:
    draw = random.Random(post)  # noqa: S311 - data, not secrets
    words = NEW.split()
    return " ".join(draw.choice(words) if draw.random() < share else word for word in post.split())


def swap_halves(post: str) -> str:
    words = post.split()
    return " ".join(words[len(words) // 2 :] + words[: len(words) // 2])


def halve(post: str) -> str:
    words = post.split()
    return " ".join(words[: len(words) // 2])


CHANGES: dict[str, Callable[[str], str]] = {
    "the same": lambda post: post,
    "upper case": str.upper,
    "halves swapped": swap_halves,
    "one word in ten changed": lambda post: change(post, 0.1),
    "one word in five changed": lambda post: change(post, 0.2),
    "half of it in a new text": lambda post: f"{halve(NEW)} {halve(post)}",
    "within a longer text": lambda post: f"{NEW} {post} {make_post('more')}",
    "typed anew": lambda post: post.replace("'", "’").replace(",", " ;").replace("é", "e\u0301"),
}


def judge(source: str, *candidates: Candidate, assignment: str = "", headings: tuple[str, ...] = ()) -> list[Reason]:
    scene = Scene(candidates=candidates, assignment=assignment)
    return list(judge_plagiarism(measure_copies(Wording(source=source), scene, headings)))


def other(source: str, *, origin: Origin = Origin.OTHER) -> Candidate:
    return Candidate(origin=origin, name="12", source=source)


@pytest.mark.parametrize("name", CHANGES)
def test_a_copy_is_found_after_what_people_change(name: str) -> None:
    copies = [(post, CHANGES[name](post)) for post in POSTS]
    shared = [len(fingerprint(post) & fingerprint(copy)) for post, copy in copies]
    assert sum(number >= SHARED for number in shared) >= 38
    assert sum(bool(judge(copy, other(post))) for post, copy in copies) >= 38


def test_different_posts_are_no_copies() -> None:
    assert [post for post, next_one in pairwise(POSTS) if judge(post, other(next_one))] == []


@pytest.mark.parametrize(
    ("origin", "code", "outcome"),
    [
        (Origin.OTHER, "plagiarism.other", Outcome.HOLD),
        (Origin.OWN, "plagiarism.own", Outcome.NUDGE),
        (Origin.COURSE, "plagiarism.course", Outcome.NUDGE),
    ],
)
def test_whose_text_it_is_decides_what_follows(origin: Origin, code: str, outcome: Outcome) -> None:
    (reason,) = judge(POSTS[0], other(POSTS[0], origin=origin))
    assert (reason.code, reason.outcome, reason.score, reason.threshold) == (code, outcome, 1.0, 0.25)


def test_the_passage_is_shown_in_the_copier_s_own_text_and_tells_nothing_of_the_other() -> None:
    source = f"Voici mon avis. {POSTS[0]} Et vous ?"
    (reason,) = judge(source, other(f"{POSTS[1]} {POSTS[0]}"))
    passage = source[reason.passage.start : reason.passage.end]
    assert passage in POSTS[0]
    assert len(passage) > 0.9 * len(POSTS[0])
    assert reason.seen == ""


def test_a_quotation_is_no_copy_in_any_of_its_forms() -> None:
    line = " ".join(POSTS[0].split())
    for source in (f"> {line}\n\nJe suis d'accord.", f"Elle écrit « {line} » et j'approuve.", f"```\n{line}\n```"):
        assert judge(source, other(POSTS[0])) == []
        assert fingerprint(source) & fingerprint(POSTS[0]) == frozenset()


def test_the_assignment_s_wording_and_the_template_s_headings_are_nobody_s() -> None:
    assignment = " ".join(POSTS[2].split())
    mine, theirs = f"{assignment}\n\n{POSTS[0]}", f"{assignment}\n\n{POSTS[1]}"
    assert judge(mine, other(theirs))
    assert judge(mine, other(theirs), assignment=assignment) == []
    shared = fingerprint(mine, assignment=assignment) & fingerprint(theirs, assignment=assignment)
    assert len(shared) < SHARED
    heading = "Ce que je retiens de cette semaine de cours et ce que je veux encore approfondir avec le groupe"
    assert judge(f"# {heading}\n\n{POSTS[0]}", other(f"# {heading}\n\n{POSTS[1]}"), headings=(heading,)) == []


def test_a_short_post_is_a_copy_only_when_it_is_the_same() -> None:
    short = "La médiane partage la série en deux moitiés égales"
    assert judge(short, other(short))
    assert fingerprint(short) == fingerprint(short.upper())
    assert judge(short + " simples", other(short)) == []
    assert judge("Merci pour votre aide", other("Merci pour votre aide")) == []


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_are_compared_and_passages_lie_inside(first: str, second: str) -> None:
    for source in (first, first + second):
        for reason in judge(source, other(second), other(first)):
            assert 0 <= reason.passage.start < reason.passage.end <= len(source)
    assert all(0 <= number < 2**32 for number in fingerprint(first + second))
