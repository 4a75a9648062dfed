"""The walk over all evidence: every proof, every published text, against hashes, chain ends and checkpoints.

Read in batches by place, so that memory does not grow with the number of proofs, and as text where a database would
make two spellings equal, so that not one byte changes unseen. Proofs that are written meanwhile do not disturb it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain as chain_together
from typing import Any

from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, CheckpointTaken, Fault, Finding, Verification
from solerni_xblocks.terms.queries import checkpoints, documents, evidence, proofs
from solerni_xblocks.terms.rules import chain, integrity, publishing


def verify_proofs(published: Iterable[str] = (), *, tell: Callable[[int], None]) -> Verification:
    """Walk the service's own chain, then what it published, then the members'. ``tell`` hears how many proofs so far.

    ``published``: lines of checkpoints that were kept elsewhere; the table's are held against too.
    """
    walk = _Verifying(tell)
    finding = None
    try:
        walk.run(published)
    except evidence.Found as found:
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
        for checkpoint in chain_together(checkpoints.read_published(published), checkpoints.list_checkpoints()):
            self._learn(checkpoint)
        versions = list(models.Version.objects.order_by("id").values_list("id", flat=True))
        announced: dict[tuple[str, str], evidence.Row] = {}
        self._walk(chain.SERVICE, announced)
        self._published = dict(evidence.list_published())
        self._verify_versions(versions, announced)
        for partition in range(chain.PARTITIONS):
            self._walk(partition, None)
        for finding in evidence.find_strays():
            raise evidence.Found(finding)

    def _learn(self, checkpoint: CheckpointTaken) -> None:
        self.checkpoints += 1
        moment = checkpoint.taken_at.isoformat()
        for partition, (length, head) in checkpoint.ends.items():
            if length:
                self._known.setdefault(int(partition), {}).setdefault(length, {}).setdefault(head, moment)

    def _walk(self, partition: int, announced: dict[tuple[str, str], evidence.Row] | None) -> None:
        """Walk one chain until its end no longer moves."""
        walk = integrity.Walk(partition, self._known.get(partition, {}))
        while True:
            length, head = evidence.get_end(partition)
            for row, person in evidence.read_rows(partition, after=walk.length, until=length):
                self._judge(walk, row, person)
                if announced is not None:
                    announced[row["version_uuid"], row["act"]] = row
            beyond = evidence.find_beyond(partition, max(length, walk.length))
            if beyond is None:
                break
            if evidence.get_end(partition)[0] == length:
                raise evidence.Found(beyond)
        _raise(walk.judge_end(length, head))
        self.chains += bool(walk.length)

    def _judge(self, walk: integrity.Walk, row: evidence.Row, person: evidence.Row) -> None:
        _raise(walk.judge(row))
        fault = None
        if walk.partition != chain.SERVICE:
            if row["version_uuid"] not in self._published:  # published while we walk, or never
                self._published = dict(evidence.list_published())
            fault = integrity.judge_reference(row, self._published)
        if fault is None and person["member_id"] is not None:
            subject = proofs.get_subject(person["member_id"])
            fault = integrity.judge_person(row, person, subject=subject)
        if fault is not None:
            raise evidence.Found(_name(fault, row))
        self.proofs += 1
        if self.proofs % evidence.BATCH == 0:
            self._tell(self.proofs)

    def _verify_versions(self, versions: list[int], announced: Mapping[tuple[str, str], evidence.Row]) -> None:
        for number in versions:
            _verify_version(number, announced)
            self.versions += 1
        for (version_uuid, act), row in announced.items():
            if version_uuid not in self._published:
                raise evidence.Found(_name(Fault.VERSION_REMOVED, row))
            if act == Act.CANCEL and not models.Cancellation.objects.filter(version__uuid=version_uuid).exists():
                raise evidence.Found(_name(Fault.CANCELLATION_REMOVED, row))


def _verify_version(number: int, announced: Mapping[tuple[str, str], evidence.Row]) -> None:
    """One version with its texts against its digest, and against the proof of its publication."""
    version, cancelled_at = evidence.get_version(number)
    about = f"{version.document.slug} {version.label}"
    row = announced.get((version.uuid, Act.PUBLISH))
    if row is None:
        raise evidence.Found(Finding(fault=Fault.VERSION_INSERTED, uuid=version.uuid, about=about))
    texts = list(models.Text.objects.filter(version_id=number).order_by("language"))
    for text in texts:
        if publishing.compute_digest(text.source) != text.digest:
            raise evidence.Found(_name(Fault.TEXT_ALTERED, row, about=f"{about} {text.language}"))
    said = (row["version_digest"], row["document"], row["label"])
    computed = documents.compute_digest(version, texts)
    if computed != version.digest or said != (computed, version.document.slug, version.label):
        raise evidence.Found(_name(Fault.VERSION_ALTERED, row, about=about))
    if cancelled_at is not None and cancelled_at not in evidence.list_cancellings(version.uuid):
        raise evidence.Found(_name(Fault.CANCELLATION_INSERTED, row, about=about))


def _name(fault: Fault, row: Mapping[str, Any], *, about: str = "") -> Finding:
    return Finding(fault=fault, partition=row["partition"], seq=row["seq"], uuid=str(row["uuid"]), about=about)


def _raise(finding: Finding | None) -> None:
    if finding is not None:
        raise evidence.Found(finding)
