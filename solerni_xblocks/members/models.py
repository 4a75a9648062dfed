"""Rows of the members domain: what members asked of their data, and what each domain did about it."""

from __future__ import annotations

from django.db import models

from solerni_xblocks.core.identifiers import make_uuid


class PrivacyRequest(models.Model):
    """One wish of a member, or of an operator for them: to receive, or to have forgotten, what the service holds.

    Written by export_data and forget_member. Requests to receive go with the member's data; a request to forget
    stays as evidence that it was carried out.

    .. pii: account id of the member and of whoever asked
    .. pii_types: id
    .. pii_retirement: local_api
    """

    class Kind(models.TextChoices):
        EXPORT = "export"
        FORGET = "forget"

    uuid = models.UUIDField(default=make_uuid, unique=True)
    member_id = models.BigIntegerField()
    actor_id = models.BigIntegerField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    requested_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["member_id", "kind", "done_at"], name="solerni_members_request")]

    def __str__(self) -> str:
        return f"{self.uuid} {self.kind}"


class DutyResult(models.Model):
    """What one domain did for a request at one attempt: counts by table or list, or the class of the error.

    Written by export_data and forget_member; stays as long as its request. Never holds what was exported.

    .. no_pii:
    """

    request = models.ForeignKey(PrivacyRequest, on_delete=models.CASCADE, related_name="results")
    performer = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    error = models.CharField(max_length=100, blank=True)
    tried_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id} {self.performer}"
