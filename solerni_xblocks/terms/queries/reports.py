"""Figures for operators: who has agreed, refused, been told. The same number of queries for ten rows and for many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncDate

from solerni_xblocks.core import clock
from solerni_xblocks.host import api as host
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Actor, AnswerCount, Report, VersionFigures
from solerni_xblocks.terms.errors import DocumentNotFound
from solerni_xblocks.terms.queries import changes, documents, timelines
from solerni_xblocks.terms.rules import timeline

_ANSWERS = (Act.ACCEPT, Act.DECLINE, Act.WITHDRAW, Act.STOP)
_BATCH = 500


def get_report(slug: str) -> Report:
    """Versions of a document with what members last said of each. Eight queries. Raises DocumentNotFound."""
    versions = documents.list_versions(slug)
    if not versions:
        raise DocumentNotFound
    said = {row.pop("version_uuid"): row for row in _count_versions(slug)}
    told = dict(_count_told(slug))
    notices = {row.pop("version_uuid"): row for row in _count_notices([one.uuid for one in versions])}
    nothing = {"accepted": 0, "declined": 0, "withdrawn": 0, "stopped": 0}
    return Report(
        document=slug,
        active=host.people().count_active(),
        accepted=_count_accepted(slug),
        figures=tuple(
            VersionFigures(
                version=one,
                told=told.get(one.uuid, 0),
                **said.get(one.uuid, nothing),
                **notices.get(one.uuid, {"failed": 0, "bounced": 0}),
            )
            for one in versions
        ),
        answers=tuple(AnswerCount(**row) for row in _count_answers(slug)),
    )


def list_silent(slug: str) -> Iterator[int]:
    """Members who were told by mail of a change that awaits an answer, and have given none; a part at a time."""
    for asking in changes.list_asking(clock.now()):
        if asking.document != slug:
            continue
        told = models.Notice.objects.filter(version_uuid=asking.version_uuid, state=models.Notice.State.SENT)
        reached = 0
        while ids := _list_next(told, reached):
            reached = ids[-1]
            answered = changes.find_answered(ids, asking)
            yield from (member_id for member_id in ids if member_id not in answered)


def _list_next(told: QuerySet[Any], reached: int) -> list[int]:
    rows = told.filter(member_id__gt=reached).order_by("member_id").values_list("member_id", flat=True)
    return list(rows.distinct()[:_BATCH])


def _list_last(slug: str) -> QuerySet[Any]:
    """What each member said last of each version; guardians apart."""
    answers = models.Proof.objects.filter(document=slug, act__in=_ANSWERS).exclude(actor=Actor.GUARDIAN)
    last = answers.order_by().values("subject", "version_uuid").annotate(last=Max("id")).values("last")
    return models.Proof.objects.filter(id__in=last).order_by()


def _count_versions(slug: str) -> list[dict[str, Any]]:
    names = {"accepted": Act.ACCEPT, "declined": Act.DECLINE, "withdrawn": Act.WITHDRAW, "stopped": Act.STOP}
    counts = {name: Count("id", filter=Q(act=act)) for name, act in names.items()}
    return list(_list_last(slug).values("version_uuid").annotate(**counts))


def _count_answers(slug: str) -> list[dict[str, Any]]:
    rows = _list_last(slug).annotate(day=TruncDate("decided_at"))
    keys = ("label", "language", "course_key", "channel", "act", "day")
    return list(rows.values(*keys).annotate(count=Count("id")).order_by("-day", *keys))


def _count_told(slug: str) -> Iterator[tuple[UUID, int]]:
    told = models.Proof.objects.filter(document=slug, act=Act.NOTIFY).order_by()
    return told.values_list("version_uuid").annotate(count=Count("subject", distinct=True)).iterator()


def _count_notices(versions: list[UUID]) -> list[dict[str, Any]]:
    rows = models.Notice.objects.filter(version_uuid__in=versions, channel=models.Notice.Channel.MAIL).order_by()
    states = {"failed": models.Notice.State.FAILED, "bounced": models.Notice.State.BOUNCED}
    counts = {name: Count("id", filter=Q(state=state)) for name, state in states.items()}
    return list(rows.values("version_uuid").annotate(**counts))


def _count_accepted(slug: str) -> int:
    """How many members have accepted what the document asks now."""
    satisfying = timeline.find_satisfying(timelines.list_timeline(slug), clock.now())
    last = _list_last(slug).filter(version_uuid__in=satisfying, act=Act.ACCEPT)
    return last.aggregate(count=Count("subject", distinct=True))["count"]
