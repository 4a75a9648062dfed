"""The walk over all evidence: every proof, every published text, against hashes, chain ends and checkpoints.

Read in batches by place, so that memory does not grow with the number of proofs, and as text where a database would
make two spellings equal, so that not one byte changes unseen. Proofs that are written meanwhile do not disturb it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain as chain_together
from typing import Any

from django.db import Error as DatabaseTrouble
from django.db.models import F, TextField
from django.db.models.functions import Cast

from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, CheckpointTaken, Fault, Finding, Verification
from solerni_xblocks.terms.queries import documents, proofs
from solerni_xblocks.terms.rules import chain, checkpoints, integrity, publishing

BATCH = 1_000
PERSON = ("member_id", "actor_id", "ip", "agent", "note", "salt", "trimmed_at")
_UUIDS = ("uuid", "version_uuid")
_MOMENTS = ("decided_at",)
_ROW = (*chain.FIELDS, "hash")
_HEX = re.compile(r"[0-9a-f]{32}")
_DASHED = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Row = dict[str, Any]


class _Found(Exception):
    """The walk ends at the first finding."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def verify_proofs(published: Iterable[str] = (), *, tell: Callable[[int], None]) -> Verification:
    """Walk the service's own chain, then what it published, then the members'. ``tell`` hears how many proofs so far.

    ``published``: lines of checkpoints that were kept elsewhere; the table's are held against too.
    """
    walk = _Verifying(tell)
    finding = None
    try:
        walk.run(published)
    except _Found as found:
        finding = found.finding
    return Verification(
        proofs=walk.proofs, chains=walk.chains, versions=walk.versions, checkpoints=walk.checkpoints, finding=finding
    )


class _Verifying:
    """One walk, and what it has counted so far."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self.proofs = self.chains = self.versions = self.checkpoints = 0
        self._tell = tell
        self._known: dict[int, dict[int, dict[str, str]]] = {}
        self._published: dict[str, integrity.Published] = {}

    def run(self, published: Iterable[str]) -> None:
        for checkpoint in chain_together(_read_published(published), list_checkpoints()):
            self._learn(checkpoint)
        versions = list(models.Version.objects.order_by("id").values_list("id", flat=True))
        announced: dict[tuple[str, str], Row] = {}
        self._walk(chain.SERVICE, announced)
        self._published = dict(_list_published())
        self._verify_versions(versions, announced)
        for partition in range(chain.PARTITIONS):
            self._walk(partition, None)
        for finding in _find_strays():
            raise _Found(finding)

    def _learn(self, checkpoint: CheckpointTaken) -> None:
        self.checkpoints += 1
        moment = checkpoint.taken_at.isoformat()
        for partition, (length, head) in checkpoint.ends.items():
            if length:
                self._known.setdefault(int(partition), {}).setdefault(length, {}).setdefault(head, moment)

    def _walk(self, partition: int, announced: dict[tuple[str, str], Row] | None) -> None:
        """Walk one chain until its end no longer moves."""
        walk = integrity.Walk(partition, self._known.get(partition, {}))
        while True:
            length, head = _get_end(partition)
            for row, person in _read_rows(partition, after=walk.length, until=length):
                self._judge(walk, row, person)
                if announced is not None:
                    announced[row["version_uuid"], row["act"]] = row
            beyond = _find_beyond(partition, max(length, walk.length))
            if beyond is None:
                break
            if _get_end(partition)[0] == length:
                raise _Found(beyond)
        _raise(walk.judge_end(length, head))
        self.chains += bool(walk.length)

    def _judge(self, walk: integrity.Walk, row: Row, person: Row) -> None:
        _raise(walk.judge(row))
        fault = None
        if walk.partition != chain.SERVICE:
            if row["version_uuid"] not in self._published:  # published while we walk, or never
                self._published = dict(_list_published())
            fault = integrity.judge_reference(row, self._published)
        if fault is None and person["member_id"] is not None:
            subject = proofs.get_subject(person["member_id"])
            fault = integrity.judge_person(row, person, subject=subject)
        if fault is not None:
            raise _Found(_name(fault, row))
        self.proofs += 1
        if self.proofs % BATCH == 0:
            self._tell(self.proofs)

    def _verify_versions(self, versions: list[int], announced: Mapping[tuple[str, str], Row]) -> None:
        for number in versions:
            _verify_version(number, announced)
            self.versions += 1
        for (version_uuid, act), row in announced.items():
            if version_uuid not in self._published:
                raise _Found(_name(Fault.VERSION_REMOVED, row))
            if act == Act.CANCEL and not models.Cancellation.objects.filter(version__uuid=version_uuid).exists():
                raise _Found(_name(Fault.CANCELLATION_REMOVED, row))


def list_checkpoints() -> Iterator[CheckpointTaken]:
    """Every checkpoint of the table, oldest first."""
    columns = (Cast("taken_at", TextField()), "total", Cast("ends", TextField()), "digest")
    for taken_at, total, ends, digest in models.Checkpoint.objects.order_by("id").values_list(*columns):
        try:
            values = {"taken_at": taken_at, "total": total, "ends": json.loads(ends), "digest": digest}
            yield checkpoints.read_checkpoint(values)
        except ValueError as error:
            raise _Found(Finding(fault=Fault.CHECKPOINT_ALTERED, about=str(taken_at))) from error


def _read_published(lines: Iterable[str]) -> Iterator[CheckpointTaken]:
    for number, line in enumerate(lines, start=1):
        try:
            yield checkpoints.read_line(line)
        except ValueError as error:
            raise _Found(Finding(fault=Fault.CHECKPOINT_ALTERED, about=f"line {number}")) from error


def find_last_checkpoint() -> datetime | None:
    """When the last checkpoint was taken."""
    return models.Checkpoint.objects.order_by("-id").values_list("taken_at", flat=True).first()


def count_proofs() -> int:
    """How many proofs there are, by the ends of their chains."""
    return sum(models.Chain.objects.values_list("length", flat=True))


def _read_rows(partition: int, *, after: int, until: int) -> Iterator[tuple[Row, Row]]:
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
                raise _Found(Finding(fault=Fault.UNREADABLE, partition=partition, seq=max(last, 0) + 1)) from error
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


def _get_end(partition: int) -> tuple[int, str]:
    """Length and head of a chain as it is kept; what the first append begins from when there is none."""
    end = models.Chain.objects.filter(partition=partition).values_list("length", "head").first()
    return end or (0, chain.START)


def _find_beyond(partition: int, length: int) -> Finding | None:
    """A proof behind the end of its chain. It is none when the end has moved meanwhile."""
    rows = models.Proof.objects.filter(partition=partition, seq__gt=length).order_by("seq")
    found = rows.values_list("seq", Cast("uuid", TextField())).first()
    if found is None:
        return None
    return Finding(fault=Fault.INSERTED, partition=partition, seq=found[0], uuid=_read_uuid(found[1]))


def _find_strays() -> Iterator[Finding]:
    """Proofs in partitions that nobody writes to."""
    rows = models.Proof.objects.exclude(partition__in=range(chain.SERVICE + 1)).order_by("id")
    for partition, seq, uuid in rows.values_list("partition", "seq", Cast("uuid", TextField()))[:1]:
        yield Finding(fault=Fault.INSERTED, partition=partition, seq=seq, uuid=_read_uuid(uuid))


def _list_published() -> Iterator[tuple[str, integrity.Published]]:
    """Every published version as proofs must name it: a few values each, no text."""
    texts: dict[int, dict[str, str]] = {}
    for number, language, digest in models.Text.objects.values_list("version_id", "language", "digest"):
        texts.setdefault(number, {})[language] = digest
    rows = models.Version.objects.values_list("id", Cast("uuid", TextField()), "digest", "document__slug", "label")
    for number, uuid, digest, slug, label in rows:
        said = texts.get(number, {})
        yield _read_uuid(uuid), integrity.Published(digest=digest, document=slug, label=label, texts=said)


def _verify_version(number: int, announced: Mapping[tuple[str, str], Row]) -> None:
    """One version with its texts against its digest, and against the proof of its publication."""
    version, cancelled_at = _get_version(number)
    about = f"{version.document.slug} {version.label}"
    row = announced.get((version.uuid, Act.PUBLISH))
    if row is None:
        raise _Found(Finding(fault=Fault.VERSION_INSERTED, uuid=version.uuid, about=about))
    texts = list(models.Text.objects.filter(version_id=number).order_by("language"))
    for text in texts:
        if publishing.compute_digest(text.source) != text.digest:
            raise _Found(_name(Fault.TEXT_ALTERED, row, about=f"{about} {text.language}"))
    said = (row["version_digest"], row["document"], row["label"])
    computed = documents.compute_digest(version, texts)
    if computed != version.digest or said != (computed, version.document.slug, version.label):
        raise _Found(_name(Fault.VERSION_ALTERED, row, about=about))
    if cancelled_at is not None and cancelled_at not in _list_cancellings(version.uuid):
        raise _Found(_name(Fault.CANCELLATION_INSERTED, row, about=about))


def _get_version(number: int) -> tuple[models.Version, datetime | None]:
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


def _list_cancellings(version_uuid: str) -> list[Any]:
    """When the service said that it called the version off: asked anew, since that may have been a moment ago."""
    rows = models.Proof.objects.filter(partition=chain.SERVICE, version_uuid=version_uuid, act=Act.CANCEL)
    return [_read_moment(moment) for moment in rows.values_list(Cast("decided_at", TextField()), flat=True)]


def _name(fault: Fault, row: Mapping[str, Any], *, about: str = "") -> Finding:
    return Finding(fault=fault, partition=row["partition"], seq=row["seq"], uuid=str(row["uuid"]), about=about)


def _raise(finding: Finding | None) -> None:
    if finding is not None:
        raise _Found(finding)
