"""Threads and posts: what members read. Wordings, findings and files are in ``versions``."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid

TITLE_LENGTH = 200
EXCERPT_LENGTH = 200


class State(models.TextChoices):
    """Where a post stands; a thread stands where its opening post does."""

    PUBLISHED = "published", _("Published")
    HELD = "held", _("Waiting for a moderator")
    REVISING = "revising", _("To be corrected")
    REFUSED = "refused", _("Refused")
    HIDDEN = "hidden", _("Hidden until a moderator has read it")
    REMOVED = "removed", _("Removed")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


class Kind(models.TextChoices):
    """What a thread is for."""

    DISCUSSION = "discussion", _("Discussion")
    QUESTION = "question", _("Question")
    CONTRIBUTION = "contribution", _("Contribution")
    ISSUE = "issue", _("Course issue")


class Voice(models.TextChoices):
    """Under which name a post is shown to peers."""

    SELF = "self", _("In my name")
    ANONYMOUS = "anonymous", _("Without my name")
    MODERATOR = "moderator", _("As a moderator, in my name")
    UNNAMED_MODERATOR = "unnamed", _("As a moderator, without my name")


class Thread(models.Model):
    """One conversation in one block, opened by a post; kept with the course.

    What a list shows stands here, so that a page of a list reads nothing per row: ``replies`` counts published
    answers and comments, ``votes`` those for the opening post, ``open_reports`` those nobody answered yet; counters
    move by F() only. ``last_author_id`` wrote last. ``answer`` is the reply that the asker accepted; ``is_answered``
    also holds when staff endorsed a reply. ``heat`` orders what is emerging (``flows/appear.py``). ``group_id`` is a
    cohort, null for everybody. ``replies_after_own``: learners read its replies once they have written in it (what the
    author of its place chose, kept here for doors that do not know the place). ``locked_at`` closes it to members,
    until ``locked_until`` where that is set. ``reopened_at``: a moderator unlocked it then, and its quiet counts from
    there. ``merged_into`` is where the posts went; ``rearranged_at`` is when it was last moved, split or merged,
    ``edited_at`` when a message was last changed.
    ``resolved_at`` and ``resolved_by``: who moderates said that a course issue is mended.
    Learners find it neither before ``shown_from`` nor from ``shown_until`` on.
    ``author_id`` and the title go when the author is forgotten: null rather than 0, since no account is meant and no
    unique constraint may hold two forgotten members together.

    .. pii: who opened the thread, wrote last and resolved it, the title and the first words of the text
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    course_key = models.CharField(max_length=255)
    usage_key = models.CharField(max_length=255)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.DISCUSSION)
    title = models.CharField(max_length=TITLE_LENGTH)
    excerpt = models.CharField(max_length=EXCERPT_LENGTH, blank=True)
    author_id = models.IntegerField(null=True)
    voice = models.CharField(max_length=10, choices=Voice.choices, default=Voice.SELF)
    state = models.CharField(max_length=10, choices=State.choices)
    group_id = models.IntegerField(null=True)
    replies_after_own = models.BooleanField(default=False)
    replies = models.PositiveIntegerField(default=0)
    votes = models.PositiveIntegerField(default=0)
    open_reports = models.PositiveIntegerField(default=0)
    answer = models.ForeignKey("Post", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    is_answered = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.IntegerField(null=True)
    locked_at = models.DateTimeField(null=True)
    locked_until = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    shown_from = models.DateTimeField(null=True)
    shown_until = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    rearranged_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    last_activity_at = models.DateTimeField()
    last_author_id = models.IntegerField(null=True)
    heat = models.FloatField(default=0)

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        indexes: ClassVar[list[Any]] = [
            # One for each order of a list, the latest or greatest first: walked forwards from a cursor, MariaDB passes
            # over what lies before it within the index; backwards it would read every such row.
            models.Index(fields=["usage_key", "state", "-last_activity_at", "-id"], name="solerni_thread_by_activity"),
            models.Index(fields=["usage_key", "state", "-created_at", "-id"], name="solerni_thread_by_creation"),
            models.Index(fields=["usage_key", "state", "-votes", "-id"], name="solerni_thread_by_votes"),
            models.Index(fields=["usage_key", "state", "-replies", "-id"], name="solerni_thread_by_replies"),
            models.Index(fields=["usage_key", "state", "-heat", "-id"], name="solerni_thread_by_heat"),
            # The few that stand first, and the few that were reported.
            models.Index(fields=["usage_key", "is_pinned"], name="solerni_thread_pinned"),
            models.Index(fields=["usage_key", "open_reports"], name="solerni_thread_reported"),
            models.Index(fields=["course_key", "state", "-last_activity_at", "-id"], name="solerni_thread_in_course"),
            models.Index(fields=["author_id", "usage_key"], name="solerni_thread_author"),
        ]

    def __str__(self) -> str:
        return self.title


class Post(models.Model):
    """One message of one member; kept with its thread. It holds its current wording; every wording is a Version.

    ``source`` is what the member wrote, ``html`` what ``renderer`` made of it, ``plain`` its words, for search.
    ``submission`` names the attempt: the database refuses the second row of a double click. ``by_staff`` is what the
    author was when writing. ``parent`` is the reply that a comment comments on; replies and opening posts have none.
    ``version`` is the number of the current wording, which decisions name. ``votes`` and ``comments`` are counters,
    ``files`` how many show with it.
    When the author is forgotten the text is emptied and ``author_id`` becomes null (see Thread); the row stays, so
    that replies keep their place and decisions what they decided on.

    .. pii: who wrote, and what
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="posts", db_index=False)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replies")
    author_id = models.IntegerField(null=True)
    voice = models.CharField(max_length=10, choices=Voice.choices, default=Voice.SELF)
    submission = models.UUIDField()
    is_opening = models.BooleanField(default=False)
    by_staff = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    source = models.TextField()
    html = models.TextField()
    plain = models.TextField(blank=True)
    renderer = models.CharField(max_length=40)
    words = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices)
    votes = models.PositiveIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)
    files = models.PositiveSmallIntegerField(default=0)
    endorsed_by = models.IntegerField(null=True)
    endorsed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["author_id", "submission"], name="solerni_post_submission"),
        ]
        indexes: ClassVar[list[Any]] = [
            # A thread is read along this; it serves the foreign key too.
            models.Index(fields=["thread", "parent", "id"], name="solerni_post_order"),
            # What a member wrote: their record, their export, their participation.
            models.Index(fields=["author_id", "state", "created_at"], name="solerni_post_author"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
