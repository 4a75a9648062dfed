"""Reads: rows in, frozen data out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet

from solerni_xblocks.badges.credentials.keys import make_did
from solerni_xblocks.badges.data import Achievement, Addresses, Award, BadgeToWin, Issuer, Progress, Requirement
from solerni_xblocks.badges.errors import AwardNotFound, BadgeNotFound, SigningWaits
from solerni_xblocks.badges.models import Award as AwardRow
from solerni_xblocks.badges.models import Badge, BadgeVersion, Fact, SigningKey
from solerni_xblocks.badges.rules.criteria import (
    Criterion,
    evaluate_criterion,
    list_leaves,
    parse_criterion,
    tally_facts,
)
from solerni_xblocks.core import conf
from solerni_xblocks.core.preparekit import PreparedRead


def get_issuer() -> Issuer:
    """Who signs here. Raises SigningWaits while the site has no public address to be known by."""
    base_url = conf.get_base_url()
    if not base_url:
        raise SigningWaits()
    name = conf.get("SOLERNI_BADGES_ISSUER_NAME") or getattr(settings, "PLATFORM_NAME", "") or "Solerni"
    return Issuer(did=make_did(get_addresses().issuer), name=str(name), url=base_url)


def get_addresses() -> Addresses:
    """The public addresses of this site."""
    return Addresses(base_url=conf.get_base_url())


def list_multikeys() -> list[str]:
    """The public half of every key, oldest first."""
    return list(SigningKey.objects.order_by("number").values_list("multikey", flat=True))


def find_current_key() -> SigningKey | None:
    """The key that signs now."""
    return SigningKey.objects.filter(retired_at__isnull=True).order_by("-number").first()


def get_badge(usage_key: str) -> Badge:
    """The badge of a block, with its current version. Raises BadgeNotFound."""
    badge = Badge.objects.select_related("current").filter(usage_key=usage_key, current__isnull=False).first()
    if badge is None:
        raise BadgeNotFound()
    return badge


def _describe_to_win(member_id: int) -> QuerySet[Badge, Any]:
    held = AwardRow.objects.filter(member_id=member_id).values("badge_id")
    badges = Badge.objects.filter(current__isnull=False).exclude(id__in=held).order_by("id")
    return badges.values_list("id", "uuid", "course_key", "current_id", "current__number", "current__criterion")


def _describe_anywhere(member_id: int) -> QuerySet[Badge, Any]:
    return _describe_to_win(member_id).filter(
        course_key__in=Fact.objects.filter(member_id=member_id).values("course_key")
    )


_TO_WIN_HERE = PreparedRead(
    lambda member_id, course_key: _describe_to_win(member_id).filter(course_key=course_key),
    member_id=int,
    course_key=str,
)
_TO_WIN_ANYWHERE = PreparedRead(_describe_anywhere, member_id=int)


def list_badges_to_win(member_id: int, course_key: str) -> list[BadgeToWin]:
    """The badges of the course, or (empty) of every course where something happened to the member. One query."""
    read = _TO_WIN_HERE if course_key else _TO_WIN_ANYWHERE
    return [BadgeToWin(*row) for row in read.list_rows(member_id=member_id, course_key=course_key)]


def list_members(course_key: str) -> Iterator[int]:
    """The members to whom something happened in the course, a few at a time."""
    return Fact.objects.filter(course_key=course_key).values_list("member_id", flat=True).distinct().iterator()


def list_counted_facts(member_id: int, course_key: str, criterion: Criterion) -> list[tuple[str, str]]:
    """Kind and source of the facts that count for ``criterion``, oldest first."""
    kinds = frozenset(leaf.kind.value for leaf in list_leaves(criterion))
    return _read_counted(kinds).list_rows(member_id=member_id, course_key=course_key)


@cache
def _read_counted(kinds: frozenset[str]) -> PreparedRead:
    def describe(*, member_id: int, course_key: str) -> QuerySet[Fact, Any]:
        facts = _list_standing_facts().filter(member_id=member_id, course_key__in=(course_key, ""), kind__in=kinds)
        return facts.order_by("occurred_at", "source").values_list("kind", "source")

    return PreparedRead(describe, member_id=int, course_key=str)


def get_progress(usage_key: str, member_id: int) -> Progress:
    """Where the member stands with the badge of a block. Raises BadgeNotFound."""
    badge = get_badge(usage_key)
    version: Any = badge.current
    criterion = parse_criterion(version.criterion)
    tally = tally_facts(list_counted_facts(member_id, badge.course_key, criterion))
    award = _list_awards().filter(badge=badge, member_id=member_id).first()
    return Progress(
        achievement=to_achievement(version, badge=badge),
        requirements=evaluate_criterion(criterion, tally).requirements,
        award=to_award(award) if award else None,
    )


def get_award(uuid: UUID, *, reader_id: int | None) -> Award:
    """The award, if it is published or ``reader_id`` holds it. Raises AwardNotFound, unknown or private alike."""
    return to_award(_get_readable(uuid, reader_id))


def get_content(uuid: UUID, *, reader_id: int | None) -> bytes:
    """The stored bytes of the award's credential, under the same condition. Raises AwardNotFound."""
    credentials = list(_get_readable(uuid, reader_id).credentials.all())
    if not credentials:
        raise AwardNotFound()
    return credentials[0].get_bytes()


def get_achievement(uuid: UUID) -> Achievement:
    """One version of a badge; always public. Raises BadgeNotFound."""
    version = BadgeVersion.objects.select_related("badge").filter(uuid=uuid).first()
    if version is None:
        raise BadgeNotFound()
    return to_achievement(version, badge=version.badge)


def list_unsigned_ids() -> list[int]:
    """Awards that wait for their credential."""
    return list(
        AwardRow.objects.filter(credentials__isnull=True, member_id__isnull=False)
        .order_by("id")
        .values_list("id", flat=True)
    )


def export_member(member_id: int) -> dict[str, Any]:
    """All that is held about the member, as plain JSON values."""
    facts = Fact.objects.filter(member_id=member_id).order_by("occurred_at", "id")
    return {
        "facts": [
            {
                "kind": fact.kind,
                "source": fact.source,
                "course": fact.course_key,
                "at": fact.occurred_at.isoformat(),
                "withdrawn_at": fact.withdrawn_at.isoformat() if fact.withdrawn_at else None,
            }
            for fact in facts
        ],
        "awards": [_export_award(row) for row in _list_awards().filter(member_id=member_id).order_by("id")],
    }


def to_achievement(version: BadgeVersion, *, badge: Badge) -> Achievement:
    """A version row as data."""
    return Achievement(
        uuid=version.uuid,
        badge_uuid=badge.uuid,
        course_key=badge.course_key,
        number=version.number,
        name=version.name,
        description=version.description,
        language=version.language,
        criterion=version.criterion,
        sentences=tuple(version.sentences),
    )


def to_award(row: AwardRow) -> Award:
    """An award row, loaded with badge, version and credentials, as data."""
    return Award(
        uuid=row.uuid,
        achievement=to_achievement(row.version, badge=row.badge),
        awarded_at=row.awarded_at,
        state=row.state,
        is_public=row.is_public,
        published_at=row.published_at,
        is_signed=bool(row.credentials.all()),
        counted=to_requirements(row.explanation),
    )


def to_requirements(explanation: Mapping[str, Any]) -> tuple[Requirement, ...]:
    """What an explanation says was counted."""
    return tuple(Requirement(**leaf) for leaf in explanation.get("counted", ()))


def _export_award(row: AwardRow) -> dict[str, Any]:
    return {
        "uuid": str(row.uuid),
        "badge": row.version.name,
        "version": row.version.number,
        "course": row.badge.course_key,
        "awarded_at": row.awarded_at.isoformat(),
        "state": row.state,
        "explanation": row.explanation,
        "is_public": row.is_public,
        "published_at": row.published_at.isoformat() if row.published_at else None,
        "credentials": [credential.get_bytes().decode() for credential in row.credentials.all()],
    }


def _get_readable(uuid: UUID, reader_id: int | None) -> AwardRow:
    readable = Q(is_public=True) | (Q(member_id=reader_id) if reader_id is not None else Q(pk__in=()))
    row = _list_awards().filter(readable, uuid=uuid, member_id__isnull=False).first()
    if row is None:
        raise AwardNotFound()
    return row


def _list_awards() -> QuerySet[AwardRow]:
    return AwardRow.objects.select_related("badge", "version").prefetch_related("credentials")


def _list_standing_facts() -> QuerySet[Fact]:
    return Fact.objects.filter(Q(withdrawn_at__isnull=True) | Q(occurred_at__gt=F("withdrawn_at")))
