"""Log an act: one row for what somebody who moderates, or the software on its own, did; in the act's transaction."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.models import LogEntry


def log_act(
    act: str,
    *,
    actor_id: int | None,
    course_key: str,
    subject_kind: str,
    subject: UUID,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    why: str = "",
    parent: LogEntry | None = None,
) -> LogEntry:
    """Keep who did what to which ``subject`` (kind and uuid). ``before`` and ``after`` are short plain JSON values.

    ``actor_id`` is None for the software itself. ``parent`` is the entry of the gesture that this act was part of.
    """
    return LogEntry.objects.create(
        actor_id=actor_id,
        course_key=course_key,
        act=act,
        subject_kind=subject_kind,
        subject=subject,
        before=_write(before),
        after=_write(after),
        why=why,
        parent=parent,
        at=clock.now(),
    )


def _write(values: dict[str, Any] | None) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True) if values else ""
