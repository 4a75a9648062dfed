"""Model bases that say what the database must refuse; writes that every database does alike. No signal, no rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import connection, models


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or delete a row that is evidence."""


class AppendOnlyQuerySet(models.QuerySet):
    """A queryset that can add and read, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(self.model.__name__)

    def delete(self) -> NoReturn:
        raise AppendOnlyError(self.model.__name__)


class AppendOnlyModel(models.Model):
    """One row is one piece of evidence: written once, never changed."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(type(self).__name__)


def upsert(model: type[models.Model], rows: Iterable[models.Model], *, key: list[str], values: list[str]) -> None:
    """Add ``rows``; of those whose unique ``key`` is there already, overwrite ``values``. One statement, so no race.

    MariaDB and MySQL cannot be told the key and take any unique one: the model has no other.
    """
    target = key if connection.features.supports_update_conflicts_with_target else None
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=target, update_fields=values)
