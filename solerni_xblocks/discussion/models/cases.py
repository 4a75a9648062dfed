"""What waits for a moderator, who reported what, and what was contested."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.core.modelkit import AppendOnlyModel
from solerni_xblocks.discussion.models.moderation import Clause, Decision
from solerni_xblocks.discussion.models.posts import Post


class Source(models.TextChoices):
    """Why a case was opened."""

    RULE = "rule", _("A rule")
    MODE = "mode", _("The place is read before publication")
    SUSPECT = "suspect", _("A rule, after publication")
    REPORT = "report", _("Reports of members")
    NOTICE = "notice", _("A notice of illegal content")
    REVISION = "revision", _("A corrected message")
    SERVICE = "service", _("An external service")


class Case(models.Model):
    """One post that waits for a moderator; at most one is open for a post. Kept with the post.

    ``is_open`` is null once closed: the database then allows the next case. ``version`` counts changes of the case: who
    decides names the one they read. ``post_version`` is the wording that waits. ``claimed_by`` holds a lease until
    ``claimed_until``. ``due_at`` is the promise; ``score`` orders what is due alike.
    ``told_at``, ``warned_at``, ``alerted_at``, ``escalated_at``: when moderators learned that it waits, that half of
    the time is over, that it is nearly due, that it is overdue.

    .. pii: who is working on what
    .. pii_types: id
    .. pii_retirement: local_api
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="cases", db_index=False)
    course_key = models.CharField(max_length=255)
    usage_key = models.CharField(max_length=255)
    source = models.CharField(max_length=10, choices=Source.choices)
    is_open = models.BooleanField(null=True, default=True)
    version = models.PositiveIntegerField(default=1)
    post_version = models.PositiveIntegerField(default=1)
    score = models.FloatField(default=0)
    claimed_by = models.IntegerField(null=True)
    claimed_until = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    publishes_overdue = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    alerted_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["post", "is_open"], name="solerni_case_open_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            # The queue: what is due first, the graver first within the same hour.
            models.Index(fields=["is_open", "due_at", "-score", "id"], name="solerni_case_order"),
            models.Index(fields=["course_key", "is_open", "due_at", "-score", "id"], name="solerni_case_in_course"),
            models.Index(fields=["usage_key", "is_open", "due_at", "-score", "id"], name="solerni_case_in_place"),
            # How long the last decisions took.
            models.Index(fields=["closed_at"], name="solerni_case_closed"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class ReportReason(models.TextChoices):
    """What a reporter says is wrong: one of the eight rules, one of the service's first reasons, or the law."""

    SPELLING = Clause.SPELLING.value, _("Careless writing")
    COURTESY = Clause.COURTESY.value, _("Insulting language")
    ON_TOPIC = Clause.ON_TOPIC.value, _("Off topic")
    LANGUAGE = Clause.LANGUAGE.value, _("Not in the language of the course")
    TEMPLATE = Clause.TEMPLATE.value, _("Not in the form asked for")
    RIGHTS = Clause.RIGHTS.value, _("Shared without the right to")
    PROMOTION = Clause.PROMOTION.value, _("Promotion or slur of a product")
    PLAGIARISM = Clause.PLAGIARISM.value, _("Copied from somebody else")
    ABUSIVE = "abusive", _("Abusive")
    HARASSMENT = "harassment", _("Harassment")
    OBSCENE = "obscene", _("Obscene")
    LIBELLOUS = "libellous", _("Libellous")
    COPYRIGHT = "copyright", _("Breaks a copyright")
    OTHER = "other", _("Something else")
    ILLEGAL = "illegal", _("Illegal content")


class Report(models.Model):
    """One report of one post by one person; a *notice* (DSA article 16) alleges illegal content, account or not.

    ``reporter_id`` null: no account, then ``name`` and ``email`` are given (article 16(2)(c)). ``weight`` is what the
    reporter's record made it count for. ``is_open`` is null once answered or withdrawn (see Case). ``is_upheld`` is
    the answer. ``law`` and ``good_faith`` belong to notices. Words and names leave when the reporter is forgotten.

    .. pii: who reported, why, and where to answer
    .. pii_types: id, name, email_address, other
    .. pii_retirement: local_api
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="reports", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    reporter_id = models.IntegerField(null=True, db_index=True)
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=20, choices=ReportReason.choices)
    note = models.TextField(blank=True)
    law = models.CharField(max_length=500, blank=True)
    good_faith = models.BooleanField(default=False)
    post_version = models.PositiveIntegerField(default=1)
    weight = models.FloatField(default=1)
    is_open = models.BooleanField(null=True, default=True)
    is_upheld = models.BooleanField(null=True)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="reports")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["post", "reporter_id", "is_open"], name="solerni_report_once"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Statement(AppendOnlyModel):
    """The statement of reasons made with one restriction (DSA article 17), in the terms of the Commission's database.

    A post is restricted (``visibility``) or what its author may do (``provision``, until ``ends_on``). Written in the
    decision's transaction, never changed; no name and no text of a member is in it.

    .. no_pii: facts without a name, a clause, dates
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="statement")
    visibility = models.CharField(max_length=60, blank=True)
    provision = models.CharField(max_length=60, blank=True)
    ends_on = models.DateField(null=True)
    territory = models.CharField(max_length=200, blank=True)
    facts = models.TextField()
    source_type = models.CharField(max_length=60)
    automated_detection = models.BooleanField()
    automated_decision = models.CharField(max_length=60)
    ground = models.CharField(max_length=60)
    ground_reference = models.CharField(max_length=500)
    ground_url = models.CharField(max_length=500, blank=True)
    explanation = models.TextField()
    is_also_illegal = models.BooleanField(default=False)
    category = models.CharField(max_length=80)
    keywords = models.CharField(max_length=500, blank=True)
    content_type = models.CharField(max_length=60)
    content_language = models.CharField(max_length=10, blank=True)
    content_on = models.DateField()
    applied_on = models.DateField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("statement of reasons")
        verbose_name_plural = _("statements of reasons")

    def __str__(self) -> str:
        return str(self.decision_id)


class Appeal(models.Model):
    """One complaint about one decision, by the post's author or by a reporter (DSA article 20).

    ``second_reader_id`` is never who decided first. ``is_reversed`` null until answered; ``outcome`` is the new
    decision, when there is one. Kept with the decision.

    .. pii: who contested, and what was written
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals", db_index=False)
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="appeals")
    member_id = models.IntegerField(null=True, db_index=True)
    course_key = models.CharField(max_length=255)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    second_reader_id = models.IntegerField(null=True)
    claimed_until = models.DateTimeField(null=True)
    is_reversed = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    outcome = models.OneToOneField(Decision, null=True, on_delete=models.PROTECT, related_name="answers_appeal")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["decision", "member_id"], name="solerni_appeal_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["course_key", "is_open", "due_at", "id"], name="solerni_appeal_course"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class AppealMessage(models.Model):
    """One message in the dialogue of an appeal, from its author or from the second reader.

    ``submission`` as in Post. Emptied when its writer is forgotten.

    .. pii: what was written, and by whom
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="messages", db_index=False)
    writer_id = models.IntegerField(null=True)
    submission = models.UUIDField()
    by_moderation = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = _("message about an appeal")
        verbose_name_plural = _("messages about appeals")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["appeal", "submission"], name="solerni_appeal_message_once"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} · {self.at}"


class LogEntry(AppendOnlyModel):
    """One act of somebody who moderates, or of the software on its own; append-only, one row an act.

    ``act`` is a verb of the flows; ``subject`` the uuid of the post, thread, case, report or appeal. ``before`` and
    ``after`` are short plain values (JSON). ``parent`` is the entry of the gesture that this act was part of.

    .. pii: who did what
    .. pii_types: id
    .. pii_retirement: retained
    """

    actor_id = models.IntegerField(null=True, db_index=True)
    course_key = models.CharField(max_length=255)
    act = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    why = models.TextField(blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("entry of the moderation log")
        verbose_name_plural = _("moderation log")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["course_key", "at", "id"], name="solerni_log_course"),
            models.Index(fields=["subject"], name="solerni_log_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.act} · {self.at}"
