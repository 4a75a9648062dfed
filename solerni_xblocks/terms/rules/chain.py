"""The chain of proofs: each row's hash covers its fields and the hash of the row before in its partition.

Personal fields enter as a salted digest only, so that erasing them leaves the chain whole. (CNIL, proof of consent.)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

PARTITIONS = 16
"""Members are spread over so many chains, so that a rush of answers does not stand in one line."""

SERVICE = PARTITIONS
"""The partition of the service's own acts: every publication, and nothing else."""

START = "0" * 64
"""What the first row of a partition has before it."""

FIELDS = (
    "uuid",
    "partition",
    "seq",
    "act",
    "subject",
    "turn",
    "version_uuid",
    "version_digest",
    "document",
    "label",
    "language",
    "text_digest",
    "screen_digest",
    "course_key",
    "channel",
    "actor",
    "reference",
    "decided_at",
    "person_digest",
    "previous_hash",
)
"""Every field of a proof but its number in the table and its hash."""


def choose_partition(subject: str) -> int:
    """The partition of a pseudonym (hex); acts of the service itself, which have none, stand in one of their own.

    >>> choose_partition("a7" + 62 * "0"), choose_partition("")
    (7, 16)
    """
    return int(subject[:2], 16) % PARTITIONS if subject else SERVICE


def compute_hash(row: Mapping[str, Any]) -> str:
    """The sha256 (hex) of the fields of a proof as canonical JSON: sorted keys, UTC times in microseconds."""
    return sha256(seal(row)).hexdigest()


def seal(row: Mapping[str, Any]) -> bytes:
    """What the hash of a proof is taken over: whoever holds it can compute the hash again."""
    return _write_canonically({name: row[name] for name in FIELDS})


def compute_person_digest(*, salt: str, ip: str, agent: str, note: str, actor_id: int | None) -> str:
    """The salted sha256 (hex) of what names a person: without the salt nobody can guess it back."""
    values = {"salt": salt, "ip": ip, "agent": agent, "note": note, "actor_id": actor_id}
    return sha256(_write_canonically(values)).hexdigest()


def _write_canonically(values: Mapping[str, Any]) -> bytes:
    plain = {key: _simplify(value) for key, value in values.items()}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _simplify(value: Any) -> str | int | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, int) else str(value)
