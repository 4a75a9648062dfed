"""Mail: how members want it, what stands for them in its links, and what the service owes by law."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.discussion.models.cases import Appeal, AppealMessage, Report
from solerni_xblocks.discussion.models.marks import NoticeKind
from solerni_xblocks.discussion.models.moderation import Decision


class Frequency(models.TextChoices):
    """When a member wants to be told by mail."""

    NEVER = "never", _("Never by mail")
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


class Preference(models.Model):
    """When one member wants mail of one kind, in one course or (empty key) everywhere; no row: they chose nothing.

    ``before`` is what held until one click in a mail ended it, so that another click brings it back.

    .. pii: how a member wants to be told
    .. pii_types: id
    .. pii_retirement: local_api
    """

    member_id = models.IntegerField()
    course_key = models.CharField(max_length=255, blank=True)
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    before = models.CharField(max_length=10, choices=Frequency.choices, blank=True)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["member_id", "course_key", "kind"], name="solerni_preference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} · {self.kind} · {self.frequency}"


class MailKey(models.Model):
    """What stands for one member in the links of their mails, so that these tell nobody which account it is.

    Made with the first mail; when its member is forgotten, their links lead nowhere.

    .. pii: who a link in a mail belongs to
    .. pii_types: id
    .. pii_retirement: local_api
    """

    member_id = models.IntegerField(unique=True)
    key = models.UUIDField(default=make_uuid, unique=True)

    class Meta:
        verbose_name = _("key of links in mails")
        verbose_name_plural = _("keys of links in mails")

    def __str__(self) -> str:
        return str(self.member_id)


class Purpose(models.TextChoices):
    """What a letter says."""

    DECISION = "decision", _("What was decided on a message")
    QUESTION = "question", _("What the second reader asks")
    ANSWER = "answer", _("How a contest ended")
    RECEIPT = "receipt", _("That a notice came in")
    OUTCOME = "outcome", _("What was decided on a notice")
    LIFTED = "lifted", _("That a sanction was lifted")


class Letter(models.Model):
    """One mail that the service owes somebody by law (DSA articles 16, 17, 20), whatever they chose for others.

    Written in the transaction of what it tells; its reader is found when it leaves. ``due_at`` is when it is to be
    tried next, ``claim`` who tries it until then. Kept for SOLERNI_DISCUSSION_KEEP_DAYS.

    .. no_pii: which decision, contest or notice is told of
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    appeal = models.ForeignKey(Appeal, null=True, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(AppealMessage, null=True, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    due_at = models.DateTimeField()
    claim = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["sent_at", "due_at", "id"], name="solerni_letter_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} · {self.uuid}"
