"""Migrations of this app find evidence open, and leave it guarded: signal in, one api call."""

from __future__ import annotations

import logging
from typing import Any

from django.apps import AppConfig
from django.db import DatabaseError
from django.db.models.signals import post_migrate, pre_migrate

from solerni_xblocks.discussion import api

log = logging.getLogger(__name__)


def connect(app: AppConfig) -> None:
    """Listen to migrations; told twice, connected once."""
    pre_migrate.connect(open_evidence, sender=app, dispatch_uid="solerni_discussion.open_evidence")
    post_migrate.connect(close_evidence, sender=app, dispatch_uid="solerni_discussion.close_evidence")


def open_evidence(sender: AppConfig, using: str, plan: Any = (), **kwargs: Any) -> None:
    """A migration may have to fill a column of evidence, or takes a table away."""
    if any(migration.app_label == sender.label for migration, _is_backwards in plan):
        api.lift_evidence(using)


def close_evidence(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After every run of migrate, whatever it did: SQLite loses triggers with a table that is made anew.

    An account that may not make triggers has its platform all the same: the check W011 then says what is open.
    """
    try:
        api.guard_evidence(using)
    except DatabaseError as error:
        log.warning("Evidence stays open in the database %s (solerni_discussion.W011): %s", using, error)
