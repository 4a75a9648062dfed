"""Reading evidence: proofs in batches by place, as text where a database would make two spellings equal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import Error as DatabaseTrouble
from django.db.models import F, TextField
from django.db.models.functions import Cast

from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Fault, Finding
from solerni_xblocks.terms.rules import chain, integrity

BATCH = 1_000
PERSON = ("member_id", "actor_id", "ip", "agent", "note", "salt", "trimmed_at")
_UUIDS = ("uuid", "version_uuid")
_MOMENTS = ("decided_at",)
_ROW = (*chain.FIELDS, "hash")
_HEX = re.compile(r"[0-9a-f]{32}")
_DASHED = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Row = dict[str, Any]


class Found(Exception):
    """The walk ends at the first finding."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def read_rows(partition: int, *, after: int, until: int) -> Iterator[tuple[Row, Row]]:
    """Proofs of a partition in their order, each with the person beside it (empty when erased)."""
    columns = [Cast(name, TextField()) if name in (*_UUIDS, *_MOMENTS) else F(name) for name in _ROW]
    beside = [F(f"person__{name}") for name in PERSON]
    rows = models.Proof.objects.filter(partition=partition, seq__lte=until).order_by("seq", "id")
    rows = rows.values_list(*columns, *beside)
    size, last = BATCH, after or -1  # a place before the first can only be an intruder's
    while True:
        try:
            batch = list(rows.filter(seq__gt=last)[:size])
        except DatabaseTrouble as error:
            if size == 1:
                raise Found(Finding(fault=Fault.UNREADABLE, partition=partition, seq=max(last, 0) + 1)) from error
            size = 1
            continue
        for values in batch:
            row = dict(zip(_ROW, values[: len(_ROW)], strict=True))
            yield _read(row), dict(zip(PERSON, values[len(_ROW) :], strict=True))
        if len(batch) < size:
            return
        last = row["seq"]


def _read(row: Row) -> Row:
    for name in _UUIDS:
        row[name] = _read_uuid(row[name])
    for name in _MOMENTS:
        row[name] = _read_moment(row[name])
    return row


def _read_uuid(text: Any) -> Any:
    """An identifier in the spelling that hashes cover; anything else stays as it is, and has another hash."""
    if isinstance(text, str) and _HEX.fullmatch(text):
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
    return text if isinstance(text, str) and _DASHED.fullmatch(text) else f"not an identifier: {text}"


def _read_moment(text: Any) -> Any:
    """An instant as the database writes it; in any other spelling it stays text, and has another hash."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return text
    if moment.tzinfo:
        return moment
    spellings = (str(moment), moment.isoformat(" ", "microseconds"))
    return moment.replace(tzinfo=UTC) if text in spellings else text


def get_end(partition: int) -> tuple[int, str]:
    """Length and head of a chain as it is kept; what the first append begins from when there is none."""
    end = models.Chain.objects.filter(partition=partition).values_list("length", "head").first()
    return end or (0, chain.START)


def find_beyond(partition: int, length: int) -> Finding | None:
    """A proof behind the end of its chain. It is none when the end has moved meanwhile."""
    rows = models.Proof.objects.filter(partition=partition, seq__gt=length).order_by("seq")
    found = rows.values_list("seq", Cast("uuid", TextField())).first()
    if found is None:
        return None
    return Finding(fault=Fault.INSERTED, partition=partition, seq=found[0], uuid=_read_uuid(found[1]))


def find_strays() -> Iterator[Finding]:
    """Proofs in partitions that nobody writes to."""
    rows = models.Proof.objects.exclude(partition__in=range(chain.SERVICE + 1)).order_by("id")
    for partition, seq, uuid in rows.values_list("partition", "seq", Cast("uuid", TextField()))[:1]:
        yield Finding(fault=Fault.INSERTED, partition=partition, seq=seq, uuid=_read_uuid(uuid))


def list_published() -> Iterator[tuple[str, integrity.Published]]:
    """Every published version as proofs must name it: a few values each, no text."""
    texts: dict[int, dict[str, str]] = {}
    for number, language, digest in models.Text.objects.values_list("version_id", "language", "digest"):
        texts.setdefault(number, {})[language] = digest
    rows = models.Version.objects.values_list("id", Cast("uuid", TextField()), "digest", "document__slug", "label")
    for number, uuid, digest, slug, label in rows:
        said = texts.get(number, {})
        yield _read_uuid(uuid), integrity.Published(digest=digest, document=slug, label=label, texts=said)


def get_version(number: int) -> tuple[models.Version, datetime | None]:
    """A version with its instants and identifier as they are spelt, and when it was called off."""
    rows = models.Version.objects.filter(id=number).values_list(
        Cast("uuid", TextField()),
        Cast("published_at", TextField()),
        Cast("effective_at", TextField()),
        "label",
        "requires_acceptance",
        "contact",
        "digest",
        "document__slug",
        Cast("cancellation__cancelled_at", TextField()),
    )
    uuid, published_at, effective_at, label, requires_acceptance, contact, digest, slug, cancelled_at = rows.get()
    version = models.Version(
        uuid=_read_uuid(uuid),
        document=models.Document(slug=slug),
        label=label,
        published_at=_read_moment(published_at),
        effective_at=_read_moment(effective_at),
        requires_acceptance=requires_acceptance,
        contact=contact,
        digest=digest,
    )
    return version, cancelled_at and _read_moment(cancelled_at)


def list_cancellings(version_uuid: str) -> list[Any]:
    """When the service said that it called the version off: asked anew, since that may have been a moment ago."""
    rows = models.Proof.objects.filter(partition=chain.SERVICE, version_uuid=version_uuid, act=Act.CANCEL)
    return [_read_moment(moment) for moment in rows.values_list(Cast("decided_at", TextField()), flat=True)]
