"""Rows of minority: a birth date, and what was asked of a guardian."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid


class Birth(models.Model):
    """When a member was born, and the country whose limits hold. Nothing else is derived from it.

    Written by state_birth, once; corrected by an operator only; forgotten with the member.

    .. pii: birth date and country of a member
    .. pii_types: id, birth_date, location
    .. pii_retirement: local_api
    """

    member_id = models.BigIntegerField(unique=True)
    born_on = models.DateField(_("born on"))
    country = models.CharField(_("country"), max_length=2)
    stated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("birth date")
        verbose_name_plural = _("birth dates")

    def __str__(self) -> str:
        return str(self.member_id)


class GuardianRequest(models.Model):
    """A minor named a guardian: one request by mail with a link for one use, and what became of it; or, as long as
    they have named nobody (``unnamed``), until when they can.

    Written by start_clock, ask_guardian, answer_as_guardian, settle_guardians. The address is used for this request
    alone: it is erased when the guardian refuses or withdraws, when nobody answers in time, when the member is of age,
    and with the member; a day after a later request took its place. ``token_digest`` and ``withdrawal_digest`` are the
    sha256 of the secrets in the links to answer and, once confirmed, to withdraw; the secrets are kept nowhere.
    ``expires_at``: until when an answer counts; after a refusal or a withdrawal, when the account ends. ``tries``:
    wrong secrets.

    .. pii: account id of the minor, mail address of the guardian
    .. pii_types: id, email_address
    .. pii_retirement: local_api
    """

    class State(models.TextChoices):
        UNNAMED = "unnamed", _("waiting for a guardian’s address")
        SENT = "sent", _("waiting for the guardian")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REPLACED = "replaced", _("replaced by a later request")
        LAPSED = "lapsed", _("ended without consent")
        OF_AGE = "of_age", _("of age: no longer needed")

    uuid = models.UUIDField(default=make_uuid, unique=True)
    member_id = models.BigIntegerField()
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8)
    token_digest = models.CharField(max_length=64, unique=True)
    withdrawal_digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16, choices=State.choices)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("request to a guardian")
        verbose_name_plural = _("requests to guardians")
        indexes = [
            models.Index(fields=["member_id", "state"], name="solerni_terms_guardian_member"),
            models.Index(fields=["state", "expires_at"], name="solerni_terms_guardian_due"),
        ]

    def __str__(self) -> str:
        return f"{self.uuid} {self.state}"


class GuardianKnock(models.Model):
    """Somebody opened a guardian link that leads nowhere: counted, so that nobody tries links one after the other.

    Written by answer_as_guardian; deleted by settle_guardians after a day. ``network`` is the keyed hash of the
    network, not of the address, and belongs to no member.

    .. no_pii:
    """

    network = models.CharField(max_length=64)
    knocked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["network", "knocked_at"], name="solerni_terms_knock_network")]

    def __str__(self) -> str:
        return f"{self.knocked_at:%Y-%m-%d %H:%M}"
