"""Moderators, their decisions, and what they work with: templates of messages and lists of words."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.core.modelkit import AppendOnlyModel
from solerni_xblocks.discussion.models.posts import Post, State


class Clause(models.TextChoices):
    """The eight rules of the terms, by the ids that the terms anchor and under the headings of the sample terms."""

    SPELLING = "posts.spelling", _("Careful writing")
    COURTESY = "posts.courtesy", _("Courtesy")
    ON_TOPIC = "posts.on_topic", _("On topic")
    LANGUAGE = "posts.language", _("The language of the course")
    TEMPLATE = "posts.template", _("The form asked for")
    RIGHTS = "posts.rights", _("Rights on what you share")
    PROMOTION = "posts.promotion", _("No promotion")
    PLAGIARISM = "posts.plagiarism", _("No plagiarism")


ILLEGAL = "illegal"
"""The ground of what breaks the law rather than a rule of the terms: whoever decides names the provision."""

GROUND_CHOICES = [*Clause.choices, (ILLEGAL, _("Illegal content"))]
"""On what a decision may rest."""


class Act(models.TextChoices):
    """What a decision does: to a post, and with the last two to its author, whose post stays where it stood."""

    PUBLISH = "publish", _("Publish")
    REFUSE = "refuse", _("Refuse")
    ASK = "ask", _("Ask for a correction")
    KEEP = "keep", _("Keep as it is")
    HIDE = "hide", _("Hide")
    REMOVE = "remove", _("Remove")
    RESTORE = "restore", _("Restore")
    WARN = "warn", _("Warn")
    MUTE = "mute", _("Set to reading only")
    LOCK = "lock", _("Lock the thread")
    UNLOCK = "unlock", _("Unlock the thread")


class Decision(AppendOnlyModel):
    """One ruling on a post, or on the thread that it opens (LOCK, UNLOCK), with the state before and after.

    Written by decide and by lock_thread, never changed. ``moderator_id`` null: taken by software alone (a hide on
    reports). ``version`` is the wording judged. ``clause`` is the first of its grounds; all of them, with their
    passages, are DecisionGrounds. ``batch`` names decisions taken in one gesture; ``undoes`` is the decision that this
    one takes back. ``contest_until`` ends the right to contest.

    Evidence: it holds the moderator's id and words and none of the author's, and stays when either is forgotten.

    .. pii: who decided, and their message to the author
    .. pii_types: id, other
    .. pii_retirement: retained
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="decisions")
    moderator_id = models.IntegerField(null=True, db_index=True)
    act = models.CharField(max_length=10, choices=Act.choices)
    version = models.PositiveIntegerField(default=1)
    outcome = models.CharField(max_length=10, choices=State.choices)
    clause = models.CharField(max_length=40, blank=True, choices=GROUND_CHOICES)
    message = models.TextField(blank=True)
    before = models.CharField(max_length=10, choices=State.choices)
    after = models.CharField(max_length=10, choices=State.choices)
    batch = models.UUIDField(null=True, db_index=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    contest_until = models.DateTimeField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return str(self.uuid)


class DecisionGround(AppendOnlyModel):
    """One ground of a decision: the clause, in the version of the terms then in force, and the passage meant.

    ``clause`` may be ``illegal``: ``law`` is then the provision that the message breaks. ``terms_url`` is the
    permalink of the version of the terms (empty on a site without them, and for illegal content). ``start`` and
    ``end`` count code points in the title or the source of the wording judged; null for the whole.

    .. no_pii: a clause, and positions in a text
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="grounds")
    clause = models.CharField(max_length=40, choices=GROUND_CHOICES)
    law = models.CharField(max_length=300, blank=True)
    terms_url = models.CharField(max_length=500, blank=True)
    part = models.CharField(max_length=10, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    explanation = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("ground of a decision")
        verbose_name_plural = _("grounds of decisions")

    def __str__(self) -> str:
        return self.clause


class Role(models.TextChoices):
    """What somebody who was appointed may do."""

    MODERATOR = "moderator", _("Moderator")
    TRUSTED = "trusted", _("Trusted learner")


class Moderator(models.Model):
    """One member who moderates one course, appointed by staff or an operator (``granted_by`` null: a command).

    ``course_key`` empty: the pool of the whole site, from which second readers come. A trusted learner reads and
    decides on posts before publication; only moderators remove, move, lock and answer appeals. ``is_named``: their
    name stands under their decisions.

    .. pii: who moderates, and who appointed them
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = models.CharField(_("course key"), max_length=255, blank=True)
    user_id = models.IntegerField(_("account id"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MODERATOR)
    is_named = models.BooleanField(_("named under decisions"), default=False)
    granted_by = models.IntegerField(null=True, editable=False)
    at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("moderator")
        verbose_name_plural = _("moderators")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user_id", "course_key"], name="solerni_moderator_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.course_key}"


class MessageTemplate(models.Model):
    """A message to authors that moderators start from; written in the admin (``course_key`` empty: the whole site).

    .. no_pii: words of operators to nobody in particular
    """

    course_key = models.CharField(_("course key"), max_length=255, blank=True)
    name = models.CharField(_("name"), max_length=100)
    act = models.CharField(_("decision"), max_length=10, choices=Act.choices)
    clause = models.CharField(_("rule"), max_length=40, choices=Clause.choices, blank=True)
    language = models.CharField(_("language"), max_length=10, default="fr")
    text = models.TextField(_("text"))

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("message template")
        verbose_name_plural = _("message templates")

    def __str__(self) -> str:
        return self.name


class WordEntry(models.Model):
    """One word or phrase of an operator's or a course's list (``course_key`` empty: the whole site).

    ``action``: what a match asks for. ``glossary`` entries are course words that the spelling rule knows. Written by
    the flow edit_words alone, ``at`` with each change: processes know by it that the list is another.

    .. pii: who added the entry
    .. pii_types: id
    .. pii_retirement: local_api
    """

    class Action(models.TextChoices):
        """What a match does."""

        BLOCK = "block", _("Refuse")
        HOLD = "hold", _("Hold")
        NUDGE = "nudge", _("Ask the author to read again")
        ALLOW = "allow", _("Innocent")
        GLOSSARY = "glossary", _("Known word")

    course_key = models.CharField(_("course key"), max_length=255, blank=True)
    phrase = models.CharField(_("word or phrase"), max_length=100)
    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    clause = models.CharField(_("rule"), max_length=40, choices=Clause.choices, default=Clause.COURTESY)
    added_by = models.IntegerField(null=True, editable=False)
    at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("word of a list")
        verbose_name_plural = _("words of lists")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["course_key", "phrase"], name="solerni_word_once"),
        ]

    def __str__(self) -> str:
        return self.phrase
