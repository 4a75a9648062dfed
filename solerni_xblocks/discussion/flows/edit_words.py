"""Change the list of words of a course or of the site: one transaction, one row of the log, known at once here."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from django.db import IntegrityError, transaction
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data.lexicons import WordLine, WordsChange
from solerni_xblocks.discussion.errors.words import WordsChanged, WordsFull
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.models import Clause, WordEntry
from solerni_xblocks.discussion.rules.listing import MOST, digest_list
from solerni_xblocks.discussion.rules.measures.wordlists import Phrase, split_phrase

MOST_NAMED = 50
"""Phrases that an entry of the log names; it counts the rest."""


def replace_words(
    editor_id: int | None, course_key: CourseKey | None, lines: Iterable[WordLine], *, digest: str | None = None
) -> WordsChange:
    """The list is ``lines`` from now on. Raises WordsChanged when it is not the one of ``digest`` any more."""
    return _edit(editor_id, course_key, lines, digest=digest, removes=True)


def add_words(editor_id: int | None, course_key: CourseKey | None, lines: Iterable[WordLine]) -> WordsChange:
    """``lines`` stand in the list from now on, beside what stood there. Raises WordsChanged, WordsFull."""
    return _edit(editor_id, course_key, lines, digest=None, removes=False)


def remove_words(editor_id: int | None, entries: Iterable[WordEntry]) -> None:
    """Take entries away, of whatever lists."""
    by_course: dict[str, list[WordEntry]] = {}
    for entry in entries:
        by_course.setdefault(entry.course_key, []).append(entry)
    with transaction.atomic():
        for key, removed in by_course.items():
            WordEntry.objects.filter(pk__in=[entry.pk for entry in removed]).delete()
            _log(editor_id, key, removed=[entry.phrase for entry in removed])
        transaction.on_commit(queries.forget_lexicons)


def _edit(
    editor_id: int | None, course_key: CourseKey | None, lines: Iterable[WordLine], *, digest: str | None, removes: bool
) -> WordsChange:
    key = str(course_key or "")
    try:
        with transaction.atomic():
            rows = list(WordEntry.objects.select_for_update().filter(course_key=key).order_by("phrase", "id"))
            if digest is not None and digest != digest_list(queries.to_lines(rows)):
                raise WordsChanged
            return _write(editor_id, key, rows, lines, removes=removes)
    except IntegrityError as error:  # two at once wrote the first entries
        raise WordsChanged from error


def _write(
    editor_id: int | None, key: str, rows: list[WordEntry], lines: Iterable[WordLine], *, removes: bool
) -> WordsChange:
    left: dict[Phrase, WordEntry] = {split_phrase(row.phrase): row for row in rows}
    added, changed = [], []
    for line in lines:
        row = left.pop(split_phrase(line.phrase), None)
        if row is None:
            added.append(_set(WordEntry(course_key=key, clause=Clause.COURTESY), line, editor_id))
        elif _differs(row, line):
            changed.append(_set(row, line, editor_id))
    if added and not removes and len(rows) + len(added) > MOST:
        raise WordsFull
    removed = list(left.values()) if removes else []
    WordEntry.objects.filter(pk__in=[row.pk for row in removed]).delete()
    WordEntry.objects.bulk_update(changed, ["phrase", "action", "clause", "added_by", "at"], batch_size=500)
    WordEntry.objects.bulk_create(added, batch_size=500)
    if added or changed or removed:
        named = {"added": added, "changed": changed, "removed": removed}
        _log(editor_id, key, **{name: [row.phrase for row in some] for name, some in named.items()})
        transaction.on_commit(queries.forget_lexicons)
    return WordsChange(added=len(added), changed=len(changed), removed=len(removed))


def _set(row: WordEntry, line: WordLine, editor_id: int | None) -> WordEntry:
    row.phrase, row.action, row.clause = line.phrase, line.effect.value, line.clause or row.clause
    row.added_by, row.at = editor_id, clock.now()
    return row


def _differs(row: WordEntry, line: WordLine) -> bool:
    return (row.phrase, row.action, row.clause) != (line.phrase, line.effect.value, line.clause or row.clause)


def _log(editor_id: int | None, key: str, **phrases: list[str]) -> None:
    counted = {name: {"count": len(some), "phrases": some[:MOST_NAMED]} for name, some in phrases.items() if some}
    log_act(
        "edit_words",
        actor_id=editor_id,
        course_key=key,
        subject_kind="words",
        subject=uuid5(NAMESPACE_URL, f"solerni:words:{key}"),
        after=counted,
    )
