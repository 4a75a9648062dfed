"""Every wording of a post, what rules saw in it, its fingerprints, its files, and what is still a draft."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.discussion.models.posts import TITLE_LENGTH, Kind, Post, Voice


class Outcome(models.IntegerChoices):
    """What a verdict does to a draft, from light to grave."""

    PUBLISH = 0, _("Publish")
    NUDGE = 1, _("Ask the author to read again")
    HOLD = 2, _("Hold")
    REFUSE = 3, _("Refuse")


class Rights(models.TextChoices):
    """What an author declared about what they share (rule 6: checking is the member's duty)."""

    NONE = "", _("Nothing to declare")
    MINE = "mine", _("I made it")
    PERMITTED = "permitted", _("Its author allows me to")
    LICENSED = "licensed", _("Its licence allows it")
    PUBLIC = "public", _("It is in the public domain")
    QUOTED = "quoted", _("It is a short quotation, with its source")


class Version(models.Model):
    """One wording of a post, and how it was judged; written by publish and by revise, emptied by forget.

    ``measures`` are the stored plain values (JSON) on which the rules decided, so that other thresholds can be tried
    on them; ``policy`` is a digest of the place's policy then. ``outcome`` is the verdict; ``insisted``: the author saw
    the advice and published all the same. ``editor_id`` is who wrote this wording: the author, or a moderator.
    ``rights``, ``licence`` and ``rights_source`` are the declaration made with this wording.

    .. pii: what a member wrote, and who wrote it
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    editor_id = models.IntegerField(null=True, db_index=True)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    source = models.TextField()
    rights = models.CharField(max_length=10, choices=Rights.choices, default=Rights.NONE, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    rights_source = models.CharField(max_length=500, blank=True)
    measures = models.TextField(blank=True)
    policy = models.CharField(max_length=64, blank=True)
    outcome = models.PositiveSmallIntegerField(choices=Outcome.choices, default=Outcome.PUBLISH)
    insisted = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["post", "number"], name="solerni_version_number"),
        ]
        # The rule workshop walks through a period, the latest first.
        indexes: ClassVar[list[Any]] = [models.Index(fields=["at", "id"], name="solerni_version_at")]

    def __str__(self) -> str:
        return f"{self.post_id} · {self.number}"


class Finding(models.Model):
    """One thing that one rule saw in one wording; shown to its author and to moderators, counted in the workshop.

    ``start`` and ``end`` count code points in the title or the source (``part``); both null when the whole is meant.
    ``seen`` is the word or value that tripped the rule, ``score`` and ``threshold`` why it spoke. ``outcome`` is what
    it asked for; ``is_dry``: it was only tried, and did nothing. Words are removed when the author is forgotten.

    .. pii: a word of what the member wrote
    .. pii_types: other
    .. pii_retirement: local_api
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="findings")
    version = models.PositiveIntegerField(default=1)
    rule = models.CharField(max_length=40)
    clause = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=60)
    outcome = models.PositiveSmallIntegerField(choices=Outcome.choices, default=Outcome.HOLD)
    is_dry = models.BooleanField(default=False)
    part = models.CharField(max_length=10)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    seen = models.CharField(max_length=200, blank=True)
    score = models.FloatField(null=True)
    threshold = models.FloatField(null=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self) -> str:
        return self.code


class Fingerprint(models.Model):
    """One winnowed hash of a post's words (rule 8), rewritten with each wording, gone when the post is forgotten.

    ``scope`` is a number made of the course key: a candidate's course is checked on its thread.

    .. no_pii: a number that four words share with many others
    """

    scope = models.BigIntegerField()
    hash = models.BigIntegerField()
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="fingerprints")

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        indexes: ClassVar[list[Any]] = [models.Index(fields=["scope", "hash", "post"], name="solerni_fingerprint")]

    def __str__(self) -> str:
        return f"{self.scope} · {self.hash}"


def name_file(attachment: Attachment, filename: str) -> str:
    """Where the storage keeps a file: under its own number, never under a name that somebody chose."""
    return f"solerni/discussion/{attachment.uuid}"


class Attachment(models.Model):
    """One file that a member joined, waiting in the form ``slot`` (``post`` null) or with the post that shows it.

    ``content_type`` was read from the bytes, never believed; ``name`` is for people only, the storage knows the file as
    ``stored_as``. ``since_version`` and ``until_version`` number the first and the last wording that show it; null: it
    waits, it still shows. ``rights``, ``licence`` and ``rights_source`` as in Version. ``dropped_at``: its bytes may be
    in the storage and are to go, then the row; it is set before bytes are sent there, so that none are ever lost sight
    of, and again when the file is removed, forgotten, or has waited for a week.

    .. pii: a file of a member, and its name
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    member_id = models.IntegerField(null=True, db_index=True)
    course_key = models.CharField(max_length=255)
    usage_key = models.CharField(max_length=255)
    slot = models.CharField(max_length=60)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="attachments")
    since_version = models.PositiveIntegerField(null=True)
    until_version = models.PositiveIntegerField(null=True)
    stored_as = models.CharField(max_length=255)
    name = models.CharField(max_length=150)
    alternative = models.CharField(max_length=300, blank=True)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    rights = models.CharField(max_length=10, choices=Rights.choices, default=Rights.NONE, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    rights_source = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(db_index=True)
    dropped_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name


class UploadCount(models.Model):
    """How much a member sent on one day; counted up by upload in one statement, so that no two slip past the limit.

    Rows of days gone by are cleared away.

    .. pii: on which day a member sent files
    .. pii_types: id
    .. pii_retirement: local_api
    """

    member_id = models.IntegerField()
    on = models.DateField()
    files = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("upload count")
        verbose_name_plural = _("upload counts")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["member_id", "on"], name="solerni_upload_count"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} · {self.on}"


class Draft(models.Model):
    """What a member is typing in one form of one block; rewritten while they type, removed when it is published.

    Else kept for SOLERNI_DISCUSSION_KEEP_DAYS since it was last typed in.

    ``slot`` names the form: ``thread``, or ``reply:`` / ``comment:`` / ``edit:`` and the uuid it is about.
    ``revision`` grows with each save: an older one never overwrites what another window saved later.

    .. pii: unpublished words of a member
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    member_id = models.IntegerField()
    course_key = models.CharField(max_length=255)
    usage_key = models.CharField(max_length=255)
    slot = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.DISCUSSION)
    voice = models.CharField(max_length=10, choices=Voice.choices, default=Voice.SELF)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    source = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["member_id", "usage_key", "slot"], name="solerni_draft_slot"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["updated_at"], name="solerni_draft_age"),
        ]

    def __str__(self) -> str:
        return self.slot
