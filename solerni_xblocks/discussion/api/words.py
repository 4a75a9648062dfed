"""Lists of words of courses and of the site: read, changed, tried out.

``course_key`` None is the site's own list. ``is_operator``: the door has seen the permission to change any list. Who is
neither that nor of the course's team gets NotWordEditor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Reason, Wording
from solerni_xblocks.discussion.data.lexicons import Effect, WordFault, WordLine, WordsChange, WordsReading
from solerni_xblocks.discussion.flows import edit_words as flow
from solerni_xblocks.discussion.models import WordEntry
from solerni_xblocks.discussion.rules import listing
from solerni_xblocks.discussion.rules.courtesy import judge_courtesy
from solerni_xblocks.discussion.rules.measures.courtesy import measure_courtesy


def list_word_courses(editor_id: int) -> tuple[tuple[CourseKey, str], ...]:
    """Courses with discussions of whose team the person is, with their titles."""
    return queries.list_word_courses(editor_id)


def read_words(editor_id: int, course_key: CourseKey | None, *, is_operator: bool) -> WordsReading:
    """The list as it stands. Raises: NotWordEditor."""
    queries.require_word_editor(editor_id, course_key, is_operator=is_operator)
    return queries.read_words(course_key)


def save_words(
    editor_id: int, course_key: CourseKey | None, lines: Iterable[WordLine], *, digest: str, is_operator: bool
) -> WordsChange:
    """The list is ``lines`` from now on, in every process within seconds; ``digest``: of the one that was read.

    Raises: NotWordEditor, WordsChanged.
    """
    queries.require_word_editor(editor_id, course_key, is_operator=is_operator)
    return flow.replace_words(editor_id, course_key, lines, digest=digest)


def try_words(course_key: CourseKey | None, lines: Iterable[WordLine], text: str) -> tuple[Reason, ...]:
    """What our list, that of the site and ``lines``, saved or not, would see in ``text``, in order."""
    site = [queries.read_words(None).lines] if course_key else []
    lists = tuple(listing.make_listed(some) for some in (*site, lines))
    return tuple(judge_courtesy(measure_courtesy(Wording(source=text), lists)))


def export_words(course_key: CourseKey | None) -> str:
    """The list as a file that ``import_words`` takes. For the operator's shell."""
    return listing.write_list(queries.read_words(course_key).lines)


def read_word_file(text: str) -> tuple[list[WordLine], list[WordFault]]:
    """The entries of a file, and the lines that cannot be."""
    return listing.read_list(text)


def add_words(course_key: CourseKey | None, lines: Iterable[WordLine], *, editor_id: int | None = None) -> WordsChange:
    """Put ``lines`` into the list, beside what stands there. For operators. Raises: WordsChanged, WordsFull."""
    return flow.add_words(editor_id, course_key, lines)


def replace_words(course_key: CourseKey | None, lines: Iterable[WordLine]) -> WordsChange:
    """Make ``lines`` the list. For the operator's shell. Raises: WordsChanged."""
    return flow.replace_words(None, course_key, lines)


def remove_words(entries: Iterable[WordEntry], *, editor_id: int) -> None:
    """Take entries away. For the admin."""
    flow.remove_words(editor_id, entries)


def read_word_boxes(boxes: Mapping[Effect, str]) -> tuple[list[WordLine], list[WordFault]]:
    """The entries of a form with a box for each effect, and the lines that cannot be."""
    return listing.read_boxes(boxes)


def find_word_fault(phrase: str) -> WordFault | None:
    """Why ``phrase`` cannot stand in a list; None when it can."""
    code = listing.find_fault(phrase)
    return WordFault(line=1, code=code, seen=phrase[: listing.LONGEST]) if code else None
