"""What changed, told to people: by clause and by word."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solerni_xblocks.core.htmlkit import render_document
from solerni_xblocks.terms.data import Mark
from solerni_xblocks.terms.rules.differences import Budget, compare_paragraphs, compare_texts, compare_words

OLD = render_document(
    "Opening.\n\n## 1. Service {#a.service}\n\nIt is free.\n\n## 2. Kindness {#a.kind}\n\nBe kind to all.\n\n"
    "## 3. Leaving {#a.leave}\n\nLeave when you like.\n\n- one\n- two\n"
)


def tell(new: str) -> dict[str, tuple[str, bool]]:
    return {one.id: (one.mark.value, one.is_moved) for one in compare_texts(OLD, new)}


def test_nothing_changed_is_all_the_same() -> None:
    assert set(tell(OLD).values()) == {("same", False)}


def test_a_clause_that_moved_and_was_renumbered_is_no_removal() -> None:
    new = render_document(
        "Opening.\n\n## 1. Leaving {#a.leave}\n\nLeave when you like.\n\n- one\n- two\n\n"
        "## 2. Service {#a.service}\n\nIt is free.\n\n## 3. Kindness {#a.kind}\n\nBe kind to all.\n"
    )
    told = tell(new)
    assert [one for one, (_, is_moved) in told.items() if is_moved] == ["a.leave"]
    assert {mark for mark, _ in told.values()} <= {"same", "changed"}


def test_words_that_came_and_went_are_shown_in_their_place() -> None:
    new = OLD.replace("It is free.", "It is free today.").replace("Be kind to all.", "Be kind.")
    by_id = {one.id: one for one in compare_texts(OLD, new)}
    assert by_id["a.service"].passages[0] == (
        (Mark.SAME, "It is "),
        (Mark.DELETED, "free."),
        (Mark.INSERTED, "free today."),
    )
    assert by_id["a.kind"].mark is Mark.CHANGED
    assert by_id["a.leave"].mark is Mark.SAME


def test_a_clause_that_went_stands_where_it_was_and_one_that_came_where_it_is() -> None:
    new = OLD.replace(OLD[OLD.index('<h3 id="a.kind"') : OLD.index('<h3 id="a.leave"')], "")
    new += '<h3 id="a.new">4. New</h3><p>Something.</p>'
    assert list(tell(new).items()) == [
        ("", ("same", False)),
        ("a.service", ("same", False)),
        ("a.kind", ("deleted", False)),
        ("a.leave", ("same", False)),
        ("a.new", ("inserted", False)),
    ]


def test_a_reworded_heading_is_shown() -> None:
    by_id = {one.id: one for one in compare_texts(OLD, OLD.replace("2. Kindness", "5. Kindness"))}
    assert by_id["a.kind"].passages[0] == ((Mark.DELETED, "2. "), (Mark.INSERTED, "5. "), (Mark.SAME, "Kindness"))


def test_a_paragraph_too_long_to_compare_is_shown_before_and_after() -> None:
    long = "word " * 20_000
    assert compare_words(long, long + "end", Budget()) == ((Mark.DELETED, long), (Mark.INSERTED, long + "end"))


def test_a_document_is_compared_within_one_budget_and_nothing_of_it_is_lost() -> None:
    before = "\n\n".join(f"## {n} {{#a.c{n}}}\n\n{'to be kind ' * 120}" for n in range(12))
    after = before.replace("kind", "kind and fair")
    began = process_time()
    changes = compare_texts(render_document(before), render_document(after))
    assert process_time() - began < 5
    runs = [len(one.passages[0]) for one in changes]
    assert runs[0] > 2 and runs[-1] == 2  # the first word by word, the last before and after
    shown = ["".join(words for mark, words in one.passages[0] if mark is not Mark.DELETED) for one in changes]
    assert all(" ".join(words.split()) == " ".join(["to be kind and fair"] * 120) for words in shown)


WORDS = st.lists(st.sampled_from(["be", "kind", "«", "e\u0301", "🙂", "<b>", "to", "all."]), max_size=12).map(" ".join)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_both_texts_can_be_read_back_from_what_is_shown(old: list[str], new: list[str]) -> None:
    passages = compare_paragraphs(old, new, Budget())
    shown = {mark: [] for mark in (Mark.DELETED, Mark.INSERTED)}
    for passage in passages:
        for side in shown:
            words = "".join(words for mark, words in passage if mark in (Mark.SAME, side))
            shown[side].append(words)
    assert "".join(shown[Mark.DELETED]) == "".join(old)
    assert "".join(shown[Mark.INSERTED]) == "".join(new)


@pytest.mark.parametrize("hostile", ["<p>unclosed", "</p></p>", "", "<h3 id='a.b'></h3>", "<h3 id='a.b'>x"])
def test_any_html_is_read(hostile: str) -> None:
    compare_texts(hostile, OLD)
    compare_texts(OLD, hostile)
