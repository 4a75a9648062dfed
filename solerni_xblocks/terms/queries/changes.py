"""Changes that ask members for an answer: which versions, whom, and what this member has said about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from solerni_xblocks.core import clock, conf
from solerni_xblocks.host import api as host
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import (
    Act,
    Actor,
    Asking,
    Audience,
    Change,
    NoticeStage,
    Pending,
    Receipt,
    TimelineEntry,
)
from solerni_xblocks.terms.queries import proofs, texts
from solerni_xblocks.terms.rules import notices, timeline

_FIELDS = ("id", "uuid", "effective_at", "requires_acceptance", "published_at", "label", "digest")
_OF_DOCUMENT = ("document__slug", "document__audience", "document__kind", "document__is_required")


def list_asking(now: datetime) -> list[Asking]:
    """Every version that asks for an answer now or is announced, document by document. One query."""
    rows = models.Version.objects.filter(cancellation=None).order_by("document__order", "document__slug", "id")
    by_document: dict[str, list[dict[str, Any]]] = {}
    for row in rows.values(*_FIELDS, *_OF_DOCUMENT):
        by_document.setdefault(row["document__slug"], []).append(row)
    return [one for listed in by_document.values() for one in _list_asking_of(listed, now)]


def list_called_off(version_uuids: Collection[UUID] | None = None) -> list[Asking]:
    """Major versions that were cancelled before their date: those named, or (None) all whose members are still to be
    told. One query."""
    rows = models.Version.objects.exclude(cancellation=None).filter(requires_acceptance=True).order_by("id")
    if version_uuids is None:
        told = models.Campaign.objects.filter(stage=NoticeStage.CANCELLED).exclude(done_at=None)
        rows = rows.exclude(uuid__in=told.values("version_uuid"))
    else:
        rows = rows.filter(uuid__in=version_uuids)
    found = rows.values(*_FIELDS, *_OF_DOCUMENT)
    return [_to_asking(row, frozenset((row["uuid"],)), row["uuid"], is_change=True) for row in found]


def list_told(version_uuid: UUID, *, limit: int) -> list[int]:
    """Members who were told of the version, and not yet that it was cancelled. One query."""
    rows = models.Notice.objects.filter(version_uuid=version_uuid).exclude(stage=NoticeStage.CANCELLED)
    known = models.Notice.objects.filter(
        version_uuid=version_uuid, member_id=OuterRef("member_id"), stage=NoticeStage.CANCELLED
    )
    told = rows.filter(state__in=(models.Notice.State.SENT, models.Notice.State.BOUNCED)).exclude(Exists(known))
    return list(told.order_by("member_id").values_list("member_id", flat=True).distinct()[:limit])


def _list_asking_of(rows: Sequence[dict[str, Any]], now: datetime) -> list[Asking]:
    entries = [
        TimelineEntry(**{name: row[name] for name in ("id", "uuid", "effective_at", "requires_acceptance")})
        for row in rows
    ]
    satisfying = timeline.find_satisfying(entries, now)
    first = min(row["id"] for row in rows)
    governing = timeline.find_governing(entries, now)
    asking = []
    for row in rows:
        if not row["requires_acceptance"]:
            continue
        is_ahead = row["effective_at"] > now
        if is_ahead or row["uuid"] in satisfying:
            answers = frozenset((row["uuid"],)) if is_ahead else satisfying
            is_silent = row["id"] == first and row["effective_at"] <= row["published_at"]
            shown = row["uuid"] if is_ahead or governing is None else governing.uuid
            asking.append(_to_asking(row, answers, shown, is_change=not is_silent))
    return asking


def _to_asking(row: dict[str, Any], satisfying: frozenset[UUID], shown: UUID, *, is_change: bool) -> Asking:
    return Asking(
        answer_uuid=shown,
        version_uuid=row["uuid"],
        version_digest=row["digest"],
        document=row["document__slug"],
        label=row["label"],
        audience=Audience(row["document__audience"]),
        kind=row["document__kind"],
        is_required=row["document__is_required"],
        published_at=row["published_at"],
        effective_at=row["effective_at"],
        satisfying=satisfying,
        is_change=is_change,
    )


def list_concerned(asking: Asking, *, after_id: int, limit: int) -> list[int]:
    """Members whom a change concerns, in ascending order, in one query.

    A required document of the whole site: every active account. Any other: whoever has accepted it before.
    """
    if asking.is_for_all:
        return host.people().list_active_ids(after_id=after_id, limit=limit)
    rows = models.ProofPerson.objects.filter(
        member_id__gt=after_id,
        proof__document=asking.document,
        proof__act=Act.ACCEPT,
        proof__actor__in=(Actor.SELF, Actor.OPERATOR),
    )
    return list(rows.order_by("member_id").values_list("member_id", flat=True).distinct()[:limit])


def find_answered(member_ids: Iterable[int], asking: Asking) -> set[int]:
    """Those among the members who have accepted the version, or stopped because of it. One query."""
    subjects = {proofs.get_subject(member_id): member_id for member_id in member_ids}
    rows = models.Proof.objects.filter(
        version_uuid__in=asking.satisfying, act__in=(Act.ACCEPT, Act.STOP), subject__in=subjects
    ).exclude(actor=Actor.GUARDIAN)
    return {subjects[subject] for subject in rows.values_list("subject", flat=True)}


def find_change(member_id: int, slug: str) -> Change | None:
    """What a change of the document asks of the member: the version that is due, else the first that is announced.

    None when nothing is asked, or when the member has never accepted the document and none is announced.
    Three queries.
    """
    now = clock.now()
    asked = [one for one in list_asking(now) if one.document == slug]
    said = _list_answers(member_id, [slug])
    return next((found for one in asked if (found := _judge(member_id, one, said, now))), None)


def list_pending(member_id: int, *, languages: Iterable[str]) -> list[Pending]:
    """Every change that awaits the member's answer and is not put off, with its title. Four queries at most."""
    now = clock.now()
    asked = [one for one in list_asking(now) if one.is_change]
    said = _list_answers(member_id, {one.document for one in asked}) if asked else []
    found = [change for one in asked if (change := _judge(member_id, one, said, now))]
    found = [change for change in found if change.snoozed_until is None or change.snoozed_until <= now]
    titles = texts.choose_titles([change.asking.version_uuid for change in found], languages)
    return [Pending(change=change, title=titles.get(change.asking.version_uuid, "")) for change in found]


def find_accepted(member_id: int, slug: str, *, other_than: UUID | None = None) -> Receipt | None:
    """The acceptance of the document that the member gave last, of another version than the one named. One query."""
    rows = models.Proof.objects.filter(subject=proofs.get_subject(member_id), document=slug, act=Act.ACCEPT)
    row = rows.exclude(actor=Actor.GUARDIAN).exclude(version_uuid=other_than).order_by("id").last()
    return proofs.to_receipt(row) if row else None


def _list_answers(member_id: int, slugs: Collection[str]) -> list[models.Proof]:
    rows = models.Proof.objects.filter(
        subject=proofs.get_subject(member_id), document__in=slugs, act__in=(Act.ACCEPT, Act.WITHDRAW, Act.STOP)
    )
    return list(rows.exclude(actor=Actor.GUARDIAN).order_by("id"))


def _judge(member_id: int, asking: Asking, said: Sequence[models.Proof], now: datetime) -> Change | None:
    """The change as this member meets it; None when it asks nothing of them."""
    given = {row.version_uuid: row.act for row in said if row.document == asking.document}
    if any(given.get(uuid) == Act.ACCEPT for uuid in asking.satisfying):
        return None
    earlier = [row for row in said if row.document == asking.document and row.act == Act.ACCEPT]
    is_due = asking.effective_at <= now
    if not earlier and (is_due or not asking.is_for_all):
        return None
    if not asking.is_required and given.get(earlier[-1].version_uuid) == Act.WITHDRAW:
        return None
    change = Change(asking=asking, is_due=is_due, former=proofs.to_receipt(earlier[-1]) if earlier else None)
    return change if is_due else _add_snooze(member_id, change, now)


def _add_snooze(member_id: int, change: Change, now: datetime) -> Change:
    row = models.Snooze.objects.filter(member_id=member_id, version_uuid=change.asking.version_uuid).first()
    limit = conf.get("SOLERNI_TERMS_LATER_TIMES")
    end = notices.find_snooze_end(
        effective_at=change.asking.effective_at,
        times=row.count if row else 0,
        limit=limit,
        days=conf.get("SOLERNI_TERMS_LATER_DAYS"),
        now=now,
    )
    return replace(change, later_until=end, snoozed_until=row.until if row else None)
