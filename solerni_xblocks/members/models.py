"""Rows of the members domain: what members asked of their data, and every change of state of an account."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.core.modelkit import AppendOnlyModel


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


class TransitionCount(models.Model):
    """How many changes of accounts there are: one row, moved by every change before it is written.

    Whoever moves it holds it until the commit, so that changes become visible in the order of their numbers: a process
    that has seen one has seen all before it. Written by close_account, withdraw_closing and settle_accounts.

    .. no_pii:
    """

    id = models.PositiveSmallIntegerField(primary_key=True)
    length = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.length)


class WrongPassword(models.Model):
    """How often somebody in sessions of the member could not show that the account is theirs, and since when.

    Written by prove_owner, which holds the row while it looks at a password; deleted by a right one, or when the
    member is forgotten.

    .. pii: account id of the member
    .. pii_types: id
    .. pii_retirement: local_api
    """

    member_id = models.BigIntegerField(unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member_id} {self.tries}"


class AccountTransition(AppendOnlyModel):
    """One change of state of an account; the last one tells where the account stands, none that it is open.

    Written by close_account, withdraw_closing and settle_accounts; never changed. Stays when the member is forgotten:
    it is what keeps a closed account shut. ``number`` counts the transitions of one account, so that of two at once
    one wins. ``reference``: the version of a document, or the clause, that was the reason.

    .. pii: account id of the member and of whoever acted
    .. pii_types: id
    .. pii_retirement: retained
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("open")
        CLOSING = "closing", _("closing")
        SEALED = "sealed", _("closed")

    class Reason(models.TextChoices):
        OWN_WISH = "own_wish", _("own wish")
        TERMS_STOP = "terms_stop", _("does not go on under new terms")
        GUARDIAN_SILENT = "guardian_silent", _("no consent of a guardian, account never opened")
        GUARDIAN_WITHDREW = "guardian_withdrew", _("consent of the guardian missing")
        WITHDRAWN = "withdrawn", _("closing withdrawn")
        TIME = "time", _("days to withdraw are over")

    member_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    from_state = models.CharField(_("from"), max_length=16, choices=State.choices)
    to_state = models.CharField(_("to"), max_length=16, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=32, choices=Reason.choices)
    motive = models.CharField(_("motive"), max_length=32, blank=True)
    reference = models.CharField(_("reference"), max_length=255, blank=True)
    actor_id = models.BigIntegerField()
    at = models.DateTimeField(_("at"))
    ends_at = models.DateTimeField(_("ends at"), null=True)

    class Meta:
        verbose_name = _("change of an account")
        verbose_name_plural = _("changes of accounts")
        constraints = [models.UniqueConstraint(fields=["member_id", "number"], name="solerni_members_transition")]
        indexes = [models.Index(fields=["to_state", "ends_at"], name="solerni_members_due")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.to_state}"
