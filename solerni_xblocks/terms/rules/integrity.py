"""Judging evidence: is this row what was written, and does it stand where it stood? Rows in, the first fault out.

A chain without a secret shows that the past was changed, not who wrote a row at its end: what may be missing there
shows against the chain's own end, and against checkpoints kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from solerni_xblocks.terms.data import Fault, Finding
from solerni_xblocks.terms.rules import chain


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """A published version as proofs must name it; ``texts``: digest by language."""

    digest: str
    document: str
    label: str
    texts: Mapping[str, str]


class Walk:
    """Judges the proofs of one partition as they come, in the order of their places.

    ``known``: by place, what checkpoints say of it: hash, and when the checkpoint was taken.
    """

    def __init__(self, partition: int, known: Mapping[int, Mapping[str, str]]) -> None:
        self.partition = partition
        self.length = 0
        self.head = chain.START
        self._last = ("", "")
        self._known = known

    def judge(self, row: Mapping[str, Any]) -> Finding | None:
        """What is wrong with the next row, or with the one before it; None, and on to the next."""
        fault = self._judge_place(row) or self._judge_hash(row)
        if fault is None and not _belongs(row):
            fault = self._name(Fault.INSERTED, row)
        if fault is None and row["hash"] not in self._known.get(row["seq"], row["hash"]):
            moments = sorted(self._known[row["seq"]].values())
            fault = self._name(Fault.REWRITTEN, row, about=moments[0])
        self.length, self.head = row["seq"], row["hash"]
        self._last = (row["uuid"], row["previous_hash"])
        return fault

    def judge_end(self, length: int, head: str) -> Finding | None:
        """Every row has come: does the chain's end, as it is kept, agree? And did checkpoints know of more rows?"""
        if self.length < length:
            return self._miss(self.length + 1)
        beyond = [place for place in self._known if place > self.length]
        if beyond:
            moments = sorted(self._known[min(beyond)].values())
            return self._miss(self.length + 1, about=moments[0])
        if (self.length, self.head) != (length, head):
            return Finding(fault=Fault.DISOWNED, partition=self.partition, seq=self.length, uuid=self._last[0])
        return None

    def _judge_place(self, row: Mapping[str, Any]) -> Finding | None:
        place = row["seq"]
        if place == self.length + 1:
            return None
        is_later = isinstance(place, int) and place > self.length
        return self._miss(self.length + 1) if is_later else self._name(Fault.INSERTED, row)

    def _judge_hash(self, row: Mapping[str, Any]) -> Finding | None:
        is_own = chain.compute_hash(row) == row["hash"]
        continues = row["previous_hash"] == self.head
        if is_own and continues:
            return None
        if self.length and not continues and row["previous_hash"] == self._last[1]:
            # Both continue the same row: the one in between was put there.
            return self._name(Fault.INSERTED, {"seq": self.length, "uuid": self._last[0]})
        if is_own and self.length:
            return self._name(Fault.DISOWNED, {"seq": self.length, "uuid": self._last[0]})
        was_altered = continues or chain.compute_hash({**row, "previous_hash": self.head}) == row["hash"]
        return self._name(Fault.ALTERED if was_altered else Fault.MISPLACED, row)

    def _miss(self, place: int, *, about: str = "") -> Finding:
        return Finding(fault=Fault.REMOVED, partition=self.partition, seq=place, about=about)

    def _name(self, fault: Fault, row: Mapping[str, Any], *, about: str = "") -> Finding:
        return Finding(fault=fault, partition=self.partition, seq=row["seq"], uuid=str(row["uuid"]), about=about)


def judge_person(row: Mapping[str, Any], person: Mapping[str, Any], *, subject: str) -> Fault | None:
    """Whether the person beside a proof is the one it was written for. ``subject``: the pseudonym of their account.

    What was trimmed no longer has the digest; it must then be empty.
    """
    if subject != row["subject"]:
        return Fault.PERSON_SWAPPED
    if person["trimmed_at"] is not None:
        return Fault.PERSON_ALTERED if person["ip"] or person["agent"] else None
    values = {name: person[name] for name in ("salt", "ip", "agent", "note", "actor_id")}
    return None if chain.compute_person_digest(**values) == row["person_digest"] else Fault.PERSON_ALTERED


def judge_reference(row: Mapping[str, Any], versions: Mapping[str, Published]) -> Fault | None:
    """Whether the version that a proof names is still there, as it was."""
    version = versions.get(row["version_uuid"])
    if version is None:
        return Fault.VERSION_REMOVED
    said = (row["version_digest"], row["document"], row["label"])
    if said != (version.digest, version.document, version.label):
        return Fault.VERSION_ALTERED
    is_text_known = not row["text_digest"] or version.texts.get(row["language"]) == row["text_digest"]
    return None if is_text_known else Fault.TEXT_ALTERED


def _belongs(row: Mapping[str, Any]) -> bool:
    """Whether a row stands in the partition of its pseudonym; one that was put there with care may not."""
    try:
        return chain.choose_partition(row["subject"]) == row["partition"]
    except ValueError:
        return False
