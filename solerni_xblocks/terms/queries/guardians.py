"""Minors and their guardians: who is a minor, what waits for whom, which request is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from solerni_xblocks.core import clock, conf, datekit
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import (
    Act,
    Actor,
    Audience,
    Consent,
    GuardianRequest,
    Guardianship,
    GuardianState,
    Record,
    Requirement,
)
from solerni_xblocks.terms.queries import ages, proofs, timelines
from solerni_xblocks.terms.rules import evidence, guardianship, standing, timeline

WAITING = (GuardianState.UNNAMED, GuardianState.SENT, GuardianState.REFUSED, GuardianState.WITHDRAWN)
"""States that end by themselves at ``expires_at``."""

RUNNING = (*WAITING, GuardianState.CONFIRMED, GuardianState.LAPSED)
"""States beside which no other clock runs."""

BATCH = 500


def get_guardianship(member_id: int, *, document: str = "") -> Guardianship:
    """Where the member stands as a minor; ``document``: one of a course that is asked beside those of the site."""
    now = clock.now()
    record = proofs.get_record(member_id)
    if not ages.needs_guardian(record.birth, now):
        return Guardianship(
            birth=record.birth, is_minor=False, is_pending=False, due=(), asked=(), request=find_request(member_id)
        )
    wanted = [one for one in _list_binding(record, now) if _is_of_site(one) or one.document == document]
    return Guardianship(
        birth=record.birth,
        is_minor=True,
        is_pending=any(not standing.counts(one, record.confirmed, now) for one in wanted),
        due=tuple(one.document for one in wanted if not standing.counts(one, record.accepted, now)),
        asked=list_consents(member_id, record=record),
        request=find_request(member_id),
    )


def is_pending(member_id: int) -> bool:
    """Whether the site is closed to the member now for want of a guardian's consent."""
    return get_guardianship(member_id).is_pending


def list_consents(member_id: int, *, record: Record | None = None) -> tuple[Consent, ...]:
    """What the minor accepted and the guardian has not confirmed: in force, or announced for later."""
    now = clock.now()
    record = record or proofs.get_record(member_id)
    if not ages.needs_guardian(record.birth, now):
        return ()
    ahead = models.Version.objects.filter(cancellation=None, effective_at__gt=now).aggregate(last=Max("effective_at"))
    found: dict[UUID, Consent] = {}
    for moment in (now, ahead["last"] or now):
        for one in _list_binding(record, moment):
            if standing.counts(one, record.accepted, now) and not standing.counts(one, record.confirmed, now):
                consent = _make_consent(member_id, one, moment)
                found.setdefault(consent.version_uuid, consent)
    return tuple(found.values())


def _is_of_site(one: Requirement) -> bool:
    return one.is_required and one.audience is not Audience.COURSE


def _list_binding(record: Record, moment: datetime) -> list[Requirement]:
    """What can ask this member for an acceptance at ``moment``, in order: the site, a course, a terms block."""
    requirements, _next_change = timelines.list_requirements(moment)
    joint = ages.needs_joint_consent(record.birth, moment)
    return [one for one in requirements if standing.binds(one, needs_joint_consent=joint)]


def _make_consent(member_id: int, one: Requirement, moment: datetime) -> Consent:
    """The version that governs at ``moment``, and the minor's own proof of what satisfies it."""
    governing = timeline.find_governing(timelines.list_timeline(one.document), moment)
    rows = models.Proof.objects.filter(
        subject=proofs.get_subject(member_id), act=Act.ACCEPT, actor=Actor.SELF, version_uuid__in=one.satisfying
    )
    return Consent(
        document=one.document,
        version_uuid=governing.uuid,
        effective_at=governing.effective_at,
        reference=rows.order_by("id").values_list("uuid", flat=True).last(),
    )


def list_confirmed(member_id: int) -> list[models.Proof]:
    """The guardian's confirmations that stand: the last of each version, unless it was withdrawn."""
    rows = models.Proof.objects.filter(
        subject=proofs.get_subject(member_id), actor=Actor.GUARDIAN, act__in=[Act.ACCEPT, Act.WITHDRAW]
    )
    last = {row.version_uuid: row for row in rows.order_by("id")}
    return [row for row in last.values() if row.act == Act.ACCEPT]


def find_request(member_id: int) -> GuardianRequest | None:
    """The last request of the member, as they see it."""
    row = models.GuardianRequest.objects.filter(member_id=member_id).order_by("id").last()
    return row and GuardianRequest(
        state=GuardianState(row.state),
        address=guardianship.mask_address(row.email),
        asked_at=row.asked_at,
        expires_at=row.expires_at,
    )


def find_last_address(member_id: int) -> str:
    """The guardian's address that is still kept: that of the last request, or of a consent that stands."""
    rows = models.GuardianRequest.objects.filter(
        member_id=member_id, state__in=[GuardianState.SENT, GuardianState.CONFIRMED]
    )
    return rows.exclude(email="").order_by("id").values_list("email", flat=True).last() or ""


def count_sent(member_id: int, address: str) -> tuple[int, int]:
    """Mails to guardians within 24 hours: for the member, and to the mailbox, however it is spelt, whoever asked."""
    since = clock.now() - guardianship.DAY
    rows = models.GuardianRequest.objects.filter(asked_at__gt=since).exclude(state=GuardianState.UNNAMED)
    box = guardianship.fold_address(address)
    asked = list(rows.values_list("member_id", "email"))
    by_member = sum(one == member_id for one, _email in asked)
    return by_member, sum(guardianship.fold_address(email) == box for _one, email in asked)


def get_network(ip: str) -> str:
    """The keyed hash of the network of an address: two knocks can be told to come from one place, no more."""
    secret = conf.get("SOLERNI_TERMS_PSEUDONYM_SECRET") or settings.SECRET_KEY
    return evidence.make_pseudonym("network", evidence.truncate_ip(ip), secret)


def count_knocks(network: str) -> int:
    """Links that led nowhere, opened from the network within an hour."""
    since = clock.now() - timedelta(hours=1)
    return models.GuardianKnock.objects.filter(network=network, knocked_at__gt=since).count()


def was_open(member_id: int) -> bool:
    """Whether the account had been used before its guardian's consent went missing: what is there is not thrown away.

    A guardian agreed once, or the account is older than its birth date by more than a day.
    """
    subject = proofs.get_subject(member_id)
    if models.Proof.objects.filter(subject=subject, act=Act.ACCEPT, actor=Actor.GUARDIAN).exists():
        return True
    stated_at = models.Birth.objects.filter(member_id=member_id).values_list("stated_at", flat=True).first()
    joined_at = get_user_model().objects.filter(id=member_id).values_list("date_joined", flat=True).first()
    return bool(stated_at and joined_at and stated_at - joined_at > guardianship.DAY)


def list_ending(now: datetime) -> Iterable[models.GuardianRequest]:
    """Requests whose time is over."""
    return _iterate(models.GuardianRequest.objects.filter(state__in=WAITING, expires_at__lte=now))


def list_to_warn(now: datetime) -> Iterable[models.GuardianRequest]:
    """Unanswered requests that end soon, of members who were not told yet; who named nobody is told however late."""
    rows = models.GuardianRequest.objects.filter(warned_at=None, expires_at__lte=now + guardianship.WARNING)
    return _iterate(rows.filter(Q(state=GuardianState.SENT, expires_at__gt=now) | Q(state=GuardianState.UNNAMED)))


def list_without_clock(now: datetime) -> Iterable[int]:
    """Members who may be minors, and about whom no request waits, was confirmed or has just ended."""
    highest = max(use for use, _data in conf.get("SOLERNI_TERMS_AGES").values())
    earliest = datekit.find_day(now).year - highest
    known = models.GuardianRequest.objects.filter(member_id=OuterRef("member_id"), state__in=RUNNING)
    young = models.Birth.objects.filter(born_on__year__gte=earliest).exclude(Exists(known))
    reached = 0
    while batch := list(young.filter(id__gt=reached).order_by("id").values_list("id", "member_id")[:BATCH]):
        yield from (member_id for _id, member_id in batch)
        reached = batch[-1][0]


def needs_clock(member_id: int) -> bool:
    """Whether the site waits for a guardian of whom nobody knows: pending, no consent stands, nobody is being asked.

    A request that ended has its own way on: its data is going, or the clock starts anew when the account is opened.
    """
    known = models.GuardianRequest.objects.filter(member_id=member_id, state__in=RUNNING)
    return not known.exists() and is_pending(member_id)


def list_perhaps_of_age(now: datetime) -> Iterable[models.GuardianRequest]:
    """Requests whose address is kept, of members who come of age this year or came before; or whose birth is gone."""
    lowest = min(use for use, _data in conf.get("SOLERNI_TERMS_AGES").values())
    latest = datekit.find_day(now).year - lowest
    too_young = models.Birth.objects.filter(member_id=OuterRef("member_id"), born_on__year__gt=latest)
    rows = models.GuardianRequest.objects.filter(state__in=[GuardianState.SENT, GuardianState.CONFIRMED])
    return _iterate(rows.exclude(email="").exclude(Exists(too_young)))


def list_lapsed() -> Iterable[models.GuardianRequest]:
    """Requests that ended without consent, of members whose data is still there."""
    return _iterate(models.GuardianRequest.objects.filter(state=GuardianState.LAPSED))


def list_to_thank() -> Iterable[models.GuardianRequest]:
    """Consents whose mail with the link to withdraw has not left."""
    rows = models.GuardianRequest.objects.filter(state=GuardianState.CONFIRMED, withdrawal_digest="")
    return _iterate(rows.exclude(email=""))


def list_to_ask_again() -> Iterable[models.GuardianRequest]:
    """Consents given by a guardian whose child has accepted something since, and who is not being asked already."""
    mine = models.GuardianRequest.objects.filter(member_id=OuterRef("member_id"))
    since = models.Proof.objects.filter(
        person__member_id=OuterRef("member_id"),
        act=Act.ACCEPT,
        actor=Actor.SELF,
        decided_at__gt=OuterRef("answered_at"),
    )
    rows = models.GuardianRequest.objects.filter(state=GuardianState.CONFIRMED).exclude(email="")
    return _iterate(rows.filter(Exists(since)).exclude(Exists(mine.filter(state=GuardianState.SENT))))


def _iterate(rows: QuerySet[models.GuardianRequest]) -> Iterable[models.GuardianRequest]:
    """Rows by their number, a batch a query: what changes meanwhile neither hides nor doubles a row."""
    reached = 0
    while batch := list(rows.filter(id__gt=reached).order_by("id")[:BATCH]):
        yield from batch
        reached = batch[-1].id
