"""Statements that the ORM writes once: writing one takes several times what a database needs to run it.

For the few that every publication needs. What is written depends on models and database alone: no process remembers
anything that another could change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db import connections, models, router, transaction
from django.db.models.sql import DeleteQuery, UpdateQuery

Row = TypeVar("Row", bound=models.Model)
Values = dict[str, Any]

_SAMPLES: dict[type, Callable[[int], Any]] = {
    int: lambda number: 710_000_000 + number,
    str: lambda number: f"\N{OBJECT REPLACEMENT CHARACTER}{number}",
    float: lambda number: number + 0.710_000_1,
    datetime: lambda number: datetime(1971, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
    UUID: lambda number: UUID(int=710_000_000 + number),
}
"""What stands where a value of the type will: nothing else in a statement is as odd."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement for one database: its constants, what goes where among them, and how its columns are read."""

    sql: str
    constants: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]
    converters: tuple[tuple[int, tuple[Any, Any]], ...]


class _Statement:
    """``make`` describes it for values of ``types``, and cannot depend on what one is; no condition is on a null."""

    def __init__(self, make: Callable[..., Any], /, **types: type) -> None:
        self._make = make
        self._samples = {name: _SAMPLES[kind](number) for number, (name, kind) in enumerate(types.items())}
        self._written: dict[str, _Written] = {}

    def _execute(self, cursor: Any, using: str, given: Values) -> _Written:
        connection = connections[using]
        if using not in self._written:
            self._written[using] = self._write(using)
        written = self._written[using]
        values = list(written.constants)
        for position, name in written.places:
            values[position] = _adapt(given[name], connection)
        cursor.execute(written.sql, values)
        return written

    def _write(self, using: str) -> _Written:
        compiler = self._get_query().get_compiler(using)
        sql, values = compiler.as_sql()
        names = {_adapt(sample, connections[using]): name for name, sample in self._samples.items()}
        places = tuple((position, names[value]) for position, value in enumerate(values) if value in names)
        if {name for _position, name in places} != self._samples.keys():
            raise TypeError(f"Not every value has its place in: {sql}")
        columns = [column for column, _sql, _name in compiler.select or ()]
        return _Written(
            sql=sql,
            constants=tuple(values),
            places=places,
            converters=tuple(compiler.get_converters(columns).items()),
        )

    def _get_query(self) -> Any:
        raise NotImplementedError


class PreparedRead(_Statement):
    """``make`` returns a queryset of tuples (``values_list``), columns before annotations."""

    def list_rows(self, **given: Any) -> list[tuple[Any, ...]]:
        """The rows, as the queryset has them."""
        using = self._queryset.db
        if self._queryset.query.select_for_update and not connections[using].in_atomic_block:
            raise transaction.TransactionManagementError("A row is locked inside a transaction only.")
        with connections[using].cursor() as cursor:
            written = self._execute(cursor, using, given)
            return [_read(row, written, connections[using]) for row in cursor.fetchall()]

    def find_row(self, **given: Any) -> tuple[Any, ...] | None:
        """The first one."""
        return next(iter(self.list_rows(**given)), None)

    @cached_property
    def _queryset(self) -> models.QuerySet[Any, Any]:
        made = self._make(**self._samples)
        told = [*made.query.values_select, *made.query.annotation_select]
        if list(made._fields) != told:  # Django 4.2 has the database tell them so, and sorts each row afterwards
            raise TypeError(f"Columns come before annotations: {made._fields}")
        return made

    def _get_query(self) -> Any:
        return self._queryset.query


class PreparedWrite(_Statement):
    """``make`` returns a queryset on one table, and by field what is to be set in its rows; None: they go."""

    def run(self, **given: Any) -> int:
        """How many rows were there."""
        using = router.db_for_write(self._described[0].model)
        with transaction.mark_for_rollback_on_error(using=using), connections[using].cursor() as cursor:
            self._execute(cursor, using, given)
            return int(cursor.rowcount)

    @cached_property
    def _described(self) -> tuple[models.QuerySet[Any, Any], Values | None]:
        return self._make(**self._samples)

    def _get_query(self) -> Any:
        queryset, changes = self._described
        if changes is None:
            return queryset.query.chain(DeleteQuery)
        query = queryset.query.chain(UpdateQuery)
        query.add_update_values(changes)
        return query


def list_columns(model: type[models.Model]) -> list[str]:
    """Every column of a model, for ``values_list``."""
    return [field.attname for field in model._meta.concrete_fields]


def make_row(model: type[Row], values: Sequence[Any]) -> Row:
    """The row whose ``list_columns`` were read."""
    return model.from_db(model._default_manager.db, list_columns(model), values)


def _adapt(value: Any, connection: Any) -> Any:
    """``value`` as the driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _read(row: tuple[Any, ...], written: _Written, connection: Any) -> tuple[Any, ...]:
    if not written.converters:
        return row
    read = list(row)
    for position, (converters, expression) in written.converters:
        for convert in converters:
            read[position] = convert(read[position], expression, connection)
    return tuple(read)
