"""Proofs, as receipts for their member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from solerni_xblocks.core import clock, conf
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import (
    Act,
    Actor,
    Audience,
    Birth,
    Channel,
    FullReceipt,
    Guard,
    Receipt,
    Record,
    Standing,
    VersionPolicy,
)
from solerni_xblocks.terms.errors import ReceiptNotFound
from solerni_xblocks.terms.queries import ages, timelines
from solerni_xblocks.terms.rules import chain, evidence, standing

_ANSWERS = [Act.ACCEPT, Act.DECLINE, Act.WITHDRAW]
_SUBJECT, _MEMBER = "subject", -1


def get_subject(member_id: int) -> str:
    """The pseudonym under which the member's proofs are kept."""
    secret = conf.get("SOLERNI_TERMS_PSEUDONYM_SECRET") or settings.SECRET_KEY
    return evidence.make_subject(member_id, secret)


def get_record(member_id: int) -> Record:
    """What the member and their guardian have said until now, and the birth date. One query, on indexes.

    A member who has said nothing costs a second, for the birth date.
    """
    database = models.Proof.objects.db
    sql, parameters = _make_lookup(database)
    filled = {_SUBJECT: get_subject(member_id), _MEMBER: member_id}
    with connections[database].cursor() as cursor:
        cursor.execute(sql, [filled.get(value, value) for value in parameters])
        rows = cursor.fetchall()
    if rows:
        return _to_record(rows)
    return Record(accepted={}, refused=frozenset(), confirmed={}, birth=find_birth(member_id))


@cache
def _make_lookup(database: str) -> tuple[str, tuple[Any, ...]]:
    """The gate's query, written once by the ORM for its database: to write it each time costs ten times its run."""
    birth = models.Birth.objects.filter(member_id=_MEMBER)
    rows = models.Proof.objects.filter(subject=_SUBJECT, act__in=_ANSWERS).order_by("id")
    columns = ("act", "actor", "version_uuid", "decided_at")
    rows = rows.values_list(*columns, Subquery(birth.values("born_on")[:1]), Subquery(birth.values("country")[:1]))
    sql, parameters = rows.query.get_compiler(database).as_sql()
    return sql, tuple(parameters)


def _to_record(rows: Sequence[Any]) -> Record:
    """Rows as the database's driver gives them: dates may be text, instants text or naive UTC."""
    given: dict[str, dict[UUID, datetime]] = {Actor.GUARDIAN: {}, Actor.SELF: {}}
    said: dict[UUID, str] = {}
    for act, actor, version, instant, *_birth in rows:
        answers = given[Actor.GUARDIAN if actor == Actor.GUARDIAN else Actor.SELF]
        uuid = version if isinstance(version, UUID) else UUID(version)
        if actor != Actor.GUARDIAN:
            said[uuid] = act
        if act == Act.ACCEPT:
            answers[uuid] = _read_moment(instant)
        else:
            answers.pop(uuid, None)
    born_on, country = rows[-1][4:]
    if isinstance(born_on, str):
        born_on = date.fromisoformat(born_on)
    birth = Birth(born_on=born_on, country=country) if born_on else None
    refused = frozenset(uuid for uuid, act in said.items() if act != Act.ACCEPT)
    return Record(accepted=given[Actor.SELF], refused=refused, confirmed=given[Actor.GUARDIAN], birth=birth)


def _read_moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def find_birth(member_id: int) -> Birth | None:
    """When the member was born; None when unknown. One query."""
    row = models.Birth.objects.filter(member_id=member_id).values("born_on", "country").first()
    return Birth(**row) if row else None


def count_today(member_id: int, version_uuid: UUID, act: Act) -> tuple[int, int]:
    """How often the member has done this about the version: in all, and within 24 hours. One query."""
    since = clock.now() - timedelta(days=1)
    rows = models.Proof.objects.filter(subject=get_subject(member_id), version_uuid=version_uuid, act=act)
    found = rows.aggregate(all=Count("id"), today=Count("id", filter=Q(decided_at__gt=since)))
    return found["all"], found["today"]


def count_acts(member_id: int, version_uuid: UUID, act: Act) -> int:
    """How often the member has done this about the version: the turn of the next time."""
    return models.Proof.objects.filter(subject=get_subject(member_id), version_uuid=version_uuid, act=act).count()


def get_standing(member_id: int, slug: str, *, versions: VersionPolicy = VersionPolicy.IN_FORCE) -> Standing:
    """Where the member stands with a document now, from the rows themselves. Two queries; about minors' one more."""
    now = clock.now()
    asked = timelines.find_requirement(slug, now)
    if asked is None:
        return Standing(is_due=False, accepted=None, declined=None)
    asked = standing.apply_guard(asked, Guard(document=slug, versions=versions))
    found = read_standing(member_id, slug, asked.satisfying, asked.renewal)
    return found if binds(member_id, asked.audience, now) else replace(found, is_due=False)


def read_standing(member_id: int, slug: str, satisfying: frozenset[UUID], renewal: timedelta | None) -> Standing:
    """What the member said last about the versions, of which one acceptance is enough. One query."""
    rows = models.Proof.objects.filter(subject=get_subject(member_id), document=slug, act__in=_ANSWERS)
    last = rows.filter(version_uuid__in=satisfying).exclude(actor=Actor.GUARDIAN).order_by("id").last()
    has_run_out = bool(last and renewal and last.decided_at + renewal <= clock.now())
    accepted = last if last and last.act == Act.ACCEPT and not has_run_out else None
    return Standing(
        is_due=bool(satisfying) and accepted is None,
        accepted=to_receipt(accepted) if accepted else None,
        declined=to_receipt(last) if last and last.act != Act.ACCEPT else None,
    )


def binds(member_id: int, audience: Audience | str, now: datetime) -> bool:
    """Whether a document for that audience is for the member at all. No query but for the documents of minors."""
    return audience != Audience.MINORS or ages.needs_joint_consent(find_birth(member_id), now)


def export_member(member_id: int) -> dict[str, Any]:
    """All that the domain holds about a member, as plain JSON values."""
    rows = models.Proof.objects.filter(subject=get_subject(member_id)).select_related("person").order_by("id")
    return {"answers": [_export(row) for row in rows]}


def list_receipts(member_id: int) -> list[FullReceipt]:
    """Every proof of the member, newest first. One query."""
    return [_to_full(row) for row in _list_full().filter(subject=get_subject(member_id)).order_by("-id")]


def get_receipt(uuid: UUID) -> FullReceipt:
    """One proof of a member. Raises ReceiptNotFound. One query."""
    row = _list_full().filter(uuid=uuid).exclude(subject="").first()
    if row is None:
        raise ReceiptNotFound
    return _to_full(row)


def _list_full() -> Any:
    """Proofs with the title of what was shown, and with whose they are."""
    shown = models.Text.objects.filter(version__uuid=OuterRef("version_uuid"), language=OuterRef("language"))
    title = Coalesce(Subquery(shown.values("title")[:1]), Value(""))
    return models.Proof.objects.values(*chain.FIELDS, "hash", title=title, member_id=F("person__member_id"))


def _to_full(row: dict[str, Any]) -> FullReceipt:
    given = {field.name: row[field.name] for field in fields(FullReceipt) if field.name in row}
    acts = {"act": Act(row["act"]), "actor": Actor(row["actor"]), "channel": Channel(row["channel"])}
    return FullReceipt(**{**given, **acts}, sealed=chain.seal(row).decode())


def to_receipt(row: models.Proof) -> Receipt:
    """A proof as its member sees it."""
    return Receipt(
        uuid=row.uuid,
        act=Act(row.act),
        document=row.document,
        version_uuid=row.version_uuid,
        label=row.label,
        language=row.language,
        text_digest=row.text_digest,
        decided_at=row.decided_at,
    )


def _export(row: models.Proof) -> dict[str, Any]:
    person = getattr(row, "person", None)
    return {
        "receipt": str(row.uuid),
        "act": row.act,
        "document": row.document,
        "version": str(row.version_uuid),
        "label": row.label,
        "language": row.language,
        "text_sha256": row.text_digest,
        "course": row.course_key,
        "channel": row.channel,
        "decided_at": row.decided_at.isoformat(),
        "network": person.ip if person else "",
        "user_agent": person.agent if person else "",
    }
