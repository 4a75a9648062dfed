"""Checkpoints as one line of JSON each: what is published today shows tomorrow that a tail was cut."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from solerni_xblocks.terms.data import CheckpointTaken

Ends = Mapping[str, tuple[int, str]]


def make_checkpoint(taken_at: datetime, ends: Ends) -> CheckpointTaken:
    """The checkpoint of these ends, under the digest of all that it says."""
    total = sum(length for length, _ in ends.values())
    values = {"taken_at": _write_moment(taken_at), "total": total, "ends": _sort(ends)}
    digest = sha256(json.dumps(values, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return CheckpointTaken(taken_at=taken_at, total=total, ends=ends, digest=digest)


def write_line(checkpoint: CheckpointTaken) -> str:
    """The checkpoint as one line, without its end."""
    values = {
        "taken_at": _write_moment(checkpoint.taken_at),
        "total": checkpoint.total,
        "ends": _sort(checkpoint.ends),
        "digest": checkpoint.digest,
    }
    return json.dumps(values, separators=(",", ":"))


def read_line(line: str) -> CheckpointTaken:
    """The checkpoint on a line. Raises ValueError when it is none, or not the one that was written."""
    values = json.loads(line)
    if not isinstance(values, dict):
        raise ValueError("not a checkpoint")
    return read_checkpoint(values)


def read_checkpoint(values: Mapping[str, Any]) -> CheckpointTaken:
    """The checkpoint in these plain values. Raises ValueError."""
    try:
        taken_at = datetime.fromisoformat(values["taken_at"])
        ends = {str(int(name)): (int(length), str(head)) for name, (length, head) in values["ends"].items()}
        made = make_checkpoint(taken_at if taken_at.tzinfo else taken_at.replace(tzinfo=UTC), ends)
        is_whole = (made.total, made.digest) == (values["total"], values["digest"])
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a checkpoint") from error
    if not is_whole:
        raise ValueError("altered")
    return made


def _sort(ends: Ends) -> dict[str, tuple[int, str]]:
    return {name: ends[name] for name in sorted(ends, key=int)}


def _write_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
