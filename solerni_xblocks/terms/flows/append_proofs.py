"""Append proofs to the chain: the only writer of Proof."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock, conf
from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Asking, Origin, ProofEntry, Text
from solerni_xblocks.terms.errors import AnswersExhausted
from solerni_xblocks.terms.queries import proofs
from solerni_xblocks.terms.rules import chain, evidence

MAX_TURNS_A_DAY = 10
"""How often a member may do the same about the same version within 24 hours."""

_NAMED = ("version_uuid", "version_digest", "document", "label")


def hold_chains(member_ids: Iterable[int | None]) -> dict[int, models.Chain]:
    """Lock the ends of the members' partitions, in order, until the transaction ends; None is the service itself.

    The first statement of a transaction that answers: what is read after it is what the members' earlier answers left.
    """
    partitions = sorted({chain.choose_partition(_get_subject(member_id)) for member_id in member_ids})
    rows = _lock_chains(partitions)
    if len(rows) < len(partitions):
        # All of them, by the first publication: MariaDB would let members who each make theirs wait for one another.
        starts = (models.Chain(partition=number, head=chain.START) for number in range(chain.SERVICE + 1))
        models.Chain.objects.bulk_create(starts, ignore_conflicts=True)
        rows = _lock_chains(partitions)
    return rows


def _lock_chains(partitions: list[int]) -> dict[int, models.Chain]:
    return models.Chain.objects.select_for_update().order_by("partition").in_bulk(partitions)


def make_entry(
    act: Act,
    about: models.Version | models.Proof | Asking,
    *,
    member_id: int | None,
    text: Text | None = None,
    **said: Any,
) -> ProofEntry:
    """What is said about a version: by its row, by what it asks, or by an earlier proof about it.

    ``text``: the language that was shown, if any. ``member_id`` None: the service says it. ``said``: the other fields.
    """
    if isinstance(about, models.Version):
        named = (about.uuid, about.digest, about.document.slug, about.label)
    else:
        named = (about.version_uuid, about.version_digest, about.document, about.label)
    if text:
        said |= {"language": text.language, "text_digest": text.digest}
    return ProofEntry(act=act, member_id=member_id, **dict(zip(_NAMED, named, strict=True)), **said)


def take_turn(member_id: int, version_uuid: UUID, act: Act) -> int:
    """The turn of what the member does now. Raises AnswersExhausted."""
    turn, today = proofs.count_today(member_id, version_uuid, act)
    if today >= MAX_TURNS_A_DAY:
        raise AnswersExhausted
    return turn


def append_proof(entry: ProofEntry, *, held: dict[int, models.Chain] | None = None) -> models.Proof:
    """Append one proof. Raises IntegrityError when the same act, of the same turn, is there already."""
    return append_proofs([entry], held=held)[0]


def append_proofs(entries: list[ProofEntry], *, held: dict[int, models.Chain] | None = None) -> list[models.Proof]:
    """Append proofs in their order, in one transaction: five statements, whatever their number up to a batch.

    ``held``: what hold_chains gave earlier in the same transaction, to spare reading it again.
    """
    with transaction.atomic():
        ends = held if held is not None else hold_chains(entry.member_id for entry in entries)
        now = clock.now()
        rows, people = [], []
        for entry in entries:
            subject = _get_subject(entry.member_id)
            end = ends[chain.choose_partition(subject)]
            person = _make_person(entry)
            row = models.Proof(
                uuid=make_uuid(),
                partition=end.partition,
                seq=end.length + 1,
                subject=subject,
                decided_at=now,
                previous_hash=end.head,
                person_digest=_digest(person),
                **{name: value for name, value in asdict(entry).items() if name in chain.FIELDS},
            )
            row.hash = chain.compute_hash(vars(row))
            end.length, end.head = row.seq, row.hash
            rows.append(row)
            people.append(person)
        _write(rows, people, list(ends.values()))
    return rows


def _write(rows: list[models.Proof], people: list[models.ProofPerson], ends: list[models.Chain]) -> None:
    models.Proof.objects.bulk_create(rows)
    models.Chain.objects.bulk_update(ends, ["length", "head"])
    if any(person.member_id is not None for person in people):
        _write_people(rows, people)


def _write_people(rows: list[models.Proof], people: list[models.ProofPerson]) -> None:
    """Not every database tells the numbers of rows that it takes in bulk: they are read back."""
    numbers = dict(models.Proof.objects.filter(uuid__in=[row.uuid for row in rows]).values_list("uuid", "id"))
    for row, person in zip(rows, people, strict=True):
        person.proof_id = numbers[row.uuid]
    models.ProofPerson.objects.bulk_create(person for person in people if person.member_id is not None)


def _get_subject(member_id: int | None) -> str:
    return "" if member_id is None else proofs.get_subject(member_id)


def _make_person(entry: ProofEntry) -> models.ProofPerson:
    origin = entry.origin if conf.get("SOLERNI_TERMS_EVIDENCE_DAYS") else Origin()
    return models.ProofPerson(
        member_id=entry.member_id,
        actor_id=entry.actor_id,
        ip=evidence.truncate_ip(origin.ip),
        agent=evidence.shorten_agent(origin.agent),
        note=entry.note,
        salt=secrets.token_hex(16),
    )


def _digest(person: models.ProofPerson) -> str:
    return chain.compute_person_digest(
        salt=person.salt, ip=person.ip, agent=person.agent, note=person.note, actor_id=person.actor_id
    )
