"""Lists of words as they stand, and who may change them."""

from __future__ import annotations

from collections.abc import Iterable

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion.data.lexicons import Effect, WordLine, WordsReading
from solerni_xblocks.discussion.errors.words import NotWordEditor
from solerni_xblocks.discussion.models import WordEntry
from solerni_xblocks.discussion.queries.roles import find_scope
from solerni_xblocks.discussion.rules.listing import digest_list
from solerni_xblocks.host import api as host


def require_word_editor(editor_id: int, course_key: CourseKey | None, *, is_operator: bool) -> None:
    """The person may change the list: of their course, or any as an operator. Raises NotWordEditor."""
    if not is_operator and (course_key is None or not host.courses().is_staff(editor_id, course_key)):
        raise NotWordEditor


def read_words(course_key: CourseKey | None) -> WordsReading:
    """The list of the course; of the site (None)."""
    lines = to_lines(WordEntry.objects.filter(course_key=str(course_key or "")).order_by("phrase", "id"))
    title = host.courses().get_title(course_key) if course_key else ""
    return WordsReading(course_key=course_key, title=title, lines=lines, digest=digest_list(lines))


def to_lines(entries: Iterable[WordEntry]) -> tuple[WordLine, ...]:
    """The rows as somebody would write them."""
    return tuple(WordLine(entry.phrase, Effect(entry.action), entry.clause) for entry in entries)


def list_word_courses(editor_id: int) -> tuple[tuple[CourseKey, str], ...]:
    """Courses with discussions whose list the person may change as one of their team, with their titles."""
    courses = host.courses()
    keys = (CourseKey.from_string(key) for key in sorted(find_scope(editor_id).courses))
    return tuple((key, courses.get_title(key)) for key in keys if courses.is_staff(editor_id, key))
