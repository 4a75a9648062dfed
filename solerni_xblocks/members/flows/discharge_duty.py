"""Carry out a request: ask every domain, record what each did, and close it when nothing is missing."""

from __future__ import annotations

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.hooks import duties
from solerni_xblocks.members import models, rules
from solerni_xblocks.members.data import Kind
from solerni_xblocks.members.queries import requests


def open_request(kind: Kind, member_id: int, *, actor_id: int) -> models.PrivacyRequest:
    """A new request, not done."""
    return models.PrivacyRequest.objects.create(
        kind=kind, member_id=member_id, actor_id=actor_id, requested_at=clock.now()
    )


def discharge(request: models.PrivacyRequest) -> list[duties.Result]:
    """Run the performers that have not succeeded yet and record each result; ``done_at`` is set when all have."""
    performers = duties.list_performers(request.kind)
    missing = rules.list_missing(performers, requests.list_outcomes(request))
    results = duties.discharge(request.kind, request.member_id, performers=missing)
    with transaction.atomic():
        models.DutyResult.objects.bulk_create(_to_row(request, result) for result in results)
        if not rules.list_missing(performers, requests.list_outcomes(request)):
            request.done_at = clock.now()
            request.save(update_fields=["done_at"])
    return results


def _to_row(request: models.PrivacyRequest, result: duties.Result) -> models.DutyResult:
    return models.DutyResult(
        request=request,
        performer=result.performer,
        counts=rules.count_items(result.value),
        error=result.error[:100],
        tried_at=clock.now(),
    )
