"""Rows of change: who was told what and when, who put the answer off."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid


class Notice(models.Model):
    """One message to one member about one version: queued, then sent once or failed.

    ``message_id``: the mail's own, which the proof names too. ``delivery_id``, ``delivery_channel``: what the platform
    calls the message that it handed over, and the way by which it left; empty where there is no platform.

    Written by send_notices; its proof (Proof, act notify) stays when this row is forgotten with the member.

    .. pii: account id, message id of the mail
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    class Stage(models.TextChoices):
        ANNOUNCED = "announced", _("announced")
        REMINDED = "reminded", _("reminded before the date")
        DUE = "due", _("in force")
        CANCELLED = "cancelled", _("cancelled before its date")

    class Channel(models.TextChoices):
        MAIL = "mail", _("mail")
        BANNER = "banner", _("banner")

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        BOUNCED = "bounced", _("returned")

    uuid = models.UUIDField(default=make_uuid, unique=True)
    version_uuid = models.UUIDField()
    member_id = models.BigIntegerField()
    stage = models.CharField(max_length=16, choices=Stage.choices)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    state = models.CharField(max_length=16, choices=State.choices)
    message_id = models.CharField(max_length=255, blank=True)
    delivery_id = models.CharField(max_length=64, blank=True)
    delivery_channel = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["version_uuid", "member_id", "stage", "channel"], name="solerni_terms_notice_once"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="solerni_terms_notice_state"),
            models.Index(fields=["member_id"], name="solerni_terms_notice_member"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.channel}"


class Campaign(models.Model):
    """How far the queue of one stage of one version has come through the members; a restart goes on from there.

    Written by send_notices.

    .. no_pii:
    """

    version_uuid = models.UUIDField()
    stage = models.CharField(max_length=16, choices=Notice.Stage.choices)
    reached_id = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version_uuid", "stage"], name="solerni_terms_campaign_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_uuid} {self.stage}"


class Snooze(models.Model):
    """A member chose Later for a version that is not in force yet: until when, and how often so far.

    Written by postpone_version; forgotten with the member.

    .. pii: account id
    .. pii_types: id
    .. pii_retirement: local_api
    """

    version_uuid = models.UUIDField()
    member_id = models.BigIntegerField()
    until = models.DateTimeField()
    count = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member_id", "version_uuid"], name="solerni_terms_snooze_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_uuid} {self.count}"
