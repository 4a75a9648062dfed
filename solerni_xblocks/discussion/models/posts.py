"""Threads, posts, and the reasons for which rules held posts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid

TITLE_LENGTH = 200


class State(models.TextChoices):
    """Where a post stands; a thread stands where its opening post does."""

    PUBLISHED = "published", _("Published")
    HELD = "held", _("Waiting for a moderator")
    REFUSED = "refused", _("Refused")


class Thread(models.Model):
    """One conversation in one block, opened by a post; written by the flows publish and decide, kept with the course.

    ``replies`` counts published replies and moves by F() only. ``author_id`` and the title go when the author is
    forgotten: null rather than 0, since no account is meant and no unique constraint may hold two forgotten members
    together.

    .. pii: who opened the thread, the title in their words
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    course_key = models.CharField(max_length=255)
    usage_key = models.CharField(max_length=255)
    title = models.CharField(max_length=TITLE_LENGTH)
    author_id = models.IntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices)
    replies = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    last_activity_at = models.DateTimeField()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        indexes: ClassVar[list[Any]] = [
            # A list walks this backwards from its cursor.
            models.Index(fields=["course_key", "usage_key", "last_activity_at", "id"], name="solerni_thread_activity"),
            models.Index(fields=["author_id"], name="solerni_thread_author"),
        ]

    def __str__(self) -> str:
        return self.title


class Post(models.Model):
    """One message of one member; written by publish, moved on by decide, kept with its thread.

    ``source`` is what the member wrote, ``html`` what ``renderer`` made of it. ``submission`` names the attempt: the
    database refuses the second row of a double click. ``by_staff`` is what the author was when writing. When the
    author is forgotten the text is emptied and ``author_id`` becomes null (see Thread); the row stays, so that
    replies keep their place and decisions what they decided on.

    .. pii: who wrote, and what
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="posts", db_index=False)
    author_id = models.IntegerField(null=True)
    submission = models.UUIDField()
    is_opening = models.BooleanField(default=False)
    by_staff = models.BooleanField(default=False)
    source = models.TextField()
    html = models.TextField()
    renderer = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["author_id", "submission"], name="solerni_post_submission"),
        ]
        indexes: ClassVar[list[Any]] = [
            # A thread is read along this; it serves the foreign key too.
            models.Index(fields=["thread", "id"], name="solerni_post_reading"),
            # The queue of moderators, oldest first.
            models.Index(fields=["state", "created_at", "id"], name="solerni_post_queue"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class HeldFor(models.Model):
    """One reason for which a rule held a post; written with the post, shown to its author and to moderators.

    ``start`` and ``end`` count code points in the title or the source (``part``); both null when the whole is meant.
    Removed when the author is forgotten: offsets say nothing without the text.

    .. no_pii: positions in a text, and the name of a rule
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="held_for")
    rule = models.CharField(max_length=40)
    clause = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=60)
    part = models.CharField(max_length=10)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")

    def __str__(self) -> str:
        return self.code
