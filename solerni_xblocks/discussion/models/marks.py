"""What each member did as a reader: voted, read, followed, was told."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.discussion.models.posts import Post, Thread


class Vote(models.Model):
    """One member finds one post of another useful; removed when withdrawn.

    .. pii: who voted
    .. pii_types: id
    .. pii_retirement: local_api
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="votes_given", db_index=False)
    member_id = models.IntegerField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["post", "member_id"], name="solerni_vote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} · {self.member_id}"


class ThreadMark(models.Model):
    """How far one member read one thread, and whether they follow it (null: they chose nothing).

    Who opens a thread follows it. Following a place or a course is another thing: it brings new threads.

    .. pii: what a member reads and follows
    .. pii_types: id
    .. pii_retirement: local_api
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="marks", db_index=False)
    member_id = models.IntegerField()
    read_at = models.DateTimeField(null=True)
    follows = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("thread mark")
        verbose_name_plural = _("thread marks")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["member_id", "thread"], name="solerni_thread_mark_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["thread", "follows"], name="solerni_thread_followers"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} · {self.member_id}"


class PlaceMark(models.Model):
    """One member in one place, or in a whole course: read up to when, how sorted, followed or not.

    ``place_key`` is the usage key of a block or the key of a course, as text. ``read_at`` is the moment of the last
    "mark all as read"; what is older is read.

    .. pii: what a member reads and follows
    .. pii_types: id
    .. pii_retirement: local_api
    """

    member_id = models.IntegerField()
    place_key = models.CharField(max_length=255)
    read_at = models.DateTimeField(null=True)
    sort = models.CharField(max_length=20, blank=True)
    follows = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("place mark")
        verbose_name_plural = _("place marks")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["member_id", "place_key"], name="solerni_place_mark_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["place_key", "follows"], name="solerni_place_followers"),
        ]

    def __str__(self) -> str:
        return f"{self.place_key} · {self.member_id}"


class Errand(models.Model):
    """One message of which very many followers are still to be told; removed once all of them are.

    ``after_id`` is the last follower told: the settle command goes on from there.

    .. no_pii: a post, and how far a command came
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="+")
    after_id = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("errand")
        verbose_name_plural = _("errands")

    def __str__(self) -> str:
        return str(self.post_id)


class NoticeKind(models.TextChoices):
    """What a member is told of."""

    REPLY = "reply", _("A reply in a thread that you follow")
    MENTION = "mention", _("Somebody mentioned you")
    ANSWER = "answer", _("Your reply was accepted")
    ENDORSED = "endorsed", _("Your reply was endorsed by staff")
    THREAD = "thread", _("A new thread in a place that you follow")
    LOCKED = "locked", _("A moderator locked a thread in which you take part")
    UNLOCKED = "unlocked", _("A thread in which you take part is open again")
    MOVED = "moved", _("A moderator moved a thread in which you take part")
    SPLIT = "split", _("A moderator made a thread of messages in which you take part")
    MERGED = "merged", _("A moderator merged a thread in which you take part into another")
    RESOLVED = "resolved", _("A course issue in which you take part is resolved")
    DECISION = "decision", _("A decision about your message")
    REPORT = "report", _("News of your report")
    APPEAL = "appeal", _("News of a case that you contested")
    QUEUE = "queue", _("Messages wait for moderators")
    SECOND = "second", _("A contested decision waits for a second reader")


class Notice(models.Model):
    """One thing that one member is told, in the block and by mail; written in the transaction of what happened.

    ``about`` is the uuid of the post, decision, report, case or appeal. ``mail_due_at`` null: no mail is owed; else
    when it is to be looked at next. ``mail_claim`` is who sends it until then; ``mail_tries`` how often that was tried;
    ``mailed_at`` is set when it has left (``flows/mail_notices.py``). Kept for SOLERNI_DISCUSSION_KEEP_DAYS.

    .. pii: what happened to whom
    .. pii_types: id
    .. pii_retirement: local_api
    """

    member_id = models.IntegerField()
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    about = models.UUIDField()
    course_key = models.CharField(max_length=255)
    usage_key = models.CharField(max_length=255, blank=True)
    thread = models.ForeignKey(Thread, null=True, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mail_claim = models.UUIDField(null=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["member_id", "kind", "about"], name="solerni_notice_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["mailed_at", "mail_due_at", "id"], name="solerni_notice_owed"),
            models.Index(fields=["member_id", "read_at", "id"], name="solerni_notice_list"),
            models.Index(fields=["at"], name="solerni_notice_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.member_id}"
