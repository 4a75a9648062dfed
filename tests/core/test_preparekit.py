"""Statements that the ORM writes once mean what it would have written each time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.models import F

from solerni_xblocks.core.preparekit import PreparedRead, PreparedWrite
from solerni_xblocks.discussion.models import Thread

NOW = datetime(2026, 3, 29, 2, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def threads(db: None) -> list[Thread]:
    return [
        Thread.objects.create(
            course_key=f"course-v1:A+{number}+2026",
            title="Un titre « à 100 % »",
            author_id=number,
            heat=number / 3,
            created_at=NOW + timedelta(hours=number),
            last_activity_at=NOW,
        )
        for number in range(3)
    ]


def test_every_kind_of_value_goes_to_its_place_and_comes_back_as_the_orm_reads_it(threads: list[Thread]) -> None:
    names = ("uuid", "course_key", "author_id", "created_at", "is_pinned", "locked_at", "title", "heat")

    def describe(*, uuid: UUID, course_key: str, author_id: int, at: datetime, heat: float) -> Any:
        where = {"uuid": uuid, "course_key": course_key, "author_id": author_id, "created_at": at, "is_pinned": False}
        return Thread.objects.filter(**where, heat__gte=heat).values_list(*names)

    read = PreparedRead(describe, uuid=UUID, course_key=str, author_id=int, at=datetime, heat=float)
    for thread in threads:
        given = {"uuid": thread.uuid, "course_key": thread.course_key, "author_id": thread.author_id}
        expected = Thread.objects.filter(pk=thread.pk).values_list(*names).get()
        assert read.find_row(**given, at=thread.created_at, heat=-1.0) == expected
        assert read.find_row(**given, at=thread.created_at, heat=9.0) is None
        assert read.list_rows(**{**given, "uuid": uuid4()}, at=thread.created_at, heat=-1.0) == []


def test_a_value_stands_wherever_it_was_named(threads: list[Thread]) -> None:
    read = PreparedRead(
        lambda member_id: (
            Thread.objects.filter(author_id__gte=member_id)
            .exclude(author_id__gt=member_id)
            .values_list("author_id")[:5]
        ),
        member_id=int,
    )
    assert [read.list_rows(member_id=number) for number in range(4)] == [[(0,)], [(1,)], [(2,)], []]


def test_an_update_counts_its_rows_and_sets_what_may_be_nothing(threads: list[Thread]) -> None:
    update = PreparedWrite(
        lambda author_id, last_author_id: (
            Thread.objects.filter(author_id__gte=author_id),
            {"replies": F("replies") + 1, "last_author_id": last_author_id},
        ),
        author_id=int,
        last_author_id=int,
    )
    assert (update.run(author_id=1, last_author_id=7), update.run(author_id=9, last_author_id=7)) == (2, 0)
    assert update.run(author_id=2, last_author_id=None) == 1
    seen = Thread.objects.order_by("author_id").values_list("replies", "last_author_id")
    assert list(seen) == [(0, None), (1, 7), (2, None)]


def test_rows_go_by_a_statement_of_their_own(threads: list[Thread]) -> None:
    drop = PreparedWrite(lambda author_id: (Thread.objects.filter(author_id__gte=author_id), None), author_id=int)
    assert (drop.run(author_id=1), drop.run(author_id=1)) == (2, 0)
    assert Thread.objects.get().author_id == 0


def test_what_a_value_says_is_no_sql(threads: list[Thread]) -> None:
    read = PreparedRead(lambda key: Thread.objects.filter(course_key=key).values_list("id"), key=str)
    for key in ("' OR 1=1 --", "%s", "%(key)s", "\N{OBJECT REPLACEMENT CHARACTER}0"):
        assert read.list_rows(key=key) == []


def test_it_is_written_once(threads: list[Thread]) -> None:
    written: list[int] = []

    def describe(*, author_id: int) -> Any:
        written.append(author_id)
        return Thread.objects.filter(author_id=author_id).values_list("id")

    read = PreparedRead(describe, author_id=int)
    assert [len(read.list_rows(author_id=number)) for number in range(3)] == [1, 1, 1]
    assert len(written) == 1


def test_a_value_that_has_no_place_is_a_fault_of_the_statement(threads: list[Thread]) -> None:
    read = PreparedRead(
        lambda author_id, at: Thread.objects.filter(author_id=author_id).values_list("id"), author_id=int, at=datetime
    )
    with pytest.raises(TypeError, match="its place"):
        read.list_rows(author_id=1, at=NOW)


def test_annotations_before_columns_are_a_fault_of_the_statement(threads: list[Thread]) -> None:
    read = PreparedRead(
        lambda key: Thread.objects.filter(pk=key).annotate(twice=F("id") * 2).values_list("twice", "id"), key=int
    )
    with pytest.raises(TypeError, match="before annotations"):
        read.list_rows(key=1)


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_inside_a_transaction_only() -> None:
    read = PreparedRead(lambda key: Thread.objects.select_for_update().filter(pk=key).values_list("id"), key=int)
    with transaction.atomic():
        assert read.list_rows(key=1) == []
    with pytest.raises(transaction.TransactionManagementError):
        read.list_rows(key=1)
