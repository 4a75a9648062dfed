"""Proofs, as receipts for their member."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections

from solerni_xblocks.core import clock, conf
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Receipt, Standing
from solerni_xblocks.terms.queries import documents
from solerni_xblocks.terms.rules import evidence, timeline

_SUBJECT = "subject"


def get_subject(member_id: int) -> str:
    """The pseudonym under which the member's proofs are kept."""
    secret = conf.get("SOLERNI_TERMS_PSEUDONYM_SECRET") or settings.SECRET_KEY
    return evidence.make_subject(member_id, secret)


def list_accepted(member_id: int) -> set[UUID]:
    """Versions that the member accepted. One query, on an index that holds the whole answer."""
    database = models.Proof.objects.db
    sql, parameters = _make_lookup(database)
    subject = get_subject(member_id)
    with connections[database].cursor() as cursor:
        cursor.execute(sql, [subject if value == _SUBJECT else value for value in parameters])
        return {value if isinstance(value, UUID) else UUID(value) for (value,) in cursor.fetchall()}


@cache
def _make_lookup(database: str) -> tuple[str, tuple[str, ...]]:
    """The gate's query, written once by the ORM for its database: to write it each time costs ten times its run."""
    rows = models.Proof.objects.filter(subject=_SUBJECT, act=Act.ACCEPT).values_list("version_uuid")
    sql, parameters = rows.query.get_compiler(database).as_sql()
    return sql, tuple(parameters)


def get_standing(member_id: int, slug: str) -> Standing:
    """Where the member stands with a document now, read from the rows themselves. Two queries."""
    entries = documents.list_timeline(slug)
    now = clock.now()
    satisfying = timeline.find_satisfying(entries, now)
    governing = timeline.find_governing(entries, now)
    answers = models.Proof.objects.filter(subject=get_subject(member_id), document=slug).order_by("-id")
    accepted = next((row for row in answers if row.act == Act.ACCEPT and row.version_uuid in satisfying), None)
    declined = next((row for row in answers if row.act == Act.DECLINE and row.version_uuid in satisfying), None)
    return Standing(
        is_due=bool(governing and satisfying and not accepted),
        accepted=to_receipt(accepted) if accepted else None,
        declined=to_receipt(declined) if declined else None,
    )


def export_member(member_id: int) -> dict[str, Any]:
    """All that the domain holds about a member, as plain JSON values."""
    rows = models.Proof.objects.filter(subject=get_subject(member_id)).select_related("person").order_by("id")
    return {"answers": [_export(row) for row in rows]}


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
