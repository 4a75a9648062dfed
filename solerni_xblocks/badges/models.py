"""Rows of the badges domain: what is defined, what happened, what was awarded, what was signed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.core.modelkit import AppendOnlyModel


class Badge(models.Model):
    """One badge of one block. ``current`` is the version that is awarded now.

    Written when a learner's view meets a block that has none; stays as long as its awards.

    .. no_pii:
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    course_key = models.CharField(max_length=255)
    usage_key = models.CharField(max_length=255, unique=True)
    current = models.ForeignKey("BadgeVersion", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "solerni_badges"
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        indexes = [models.Index(fields=["course_key"], name="solerni_badge_course")]

    def __str__(self) -> str:
        return str(self.uuid)


class BadgeVersion(AppendOnlyModel):
    """What a badge means, word for word: an achievement of its own. Never changed; a change makes another.

    ``criterion`` is the rule as JSON (rules/criteria.py); ``sentences`` say it, one for each leaf of the rule.
    An author who goes back to earlier words goes back to the earlier version.

    .. no_pii:
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    badge = models.ForeignKey(Badge, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    criterion = models.JSONField()
    sentences = models.JSONField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        app_label = "solerni_badges"
        verbose_name = _("version of a badge")
        verbose_name_plural = _("versions of badges")
        constraints = [
            models.UniqueConstraint(fields=["badge", "number"], name="solerni_badgeversion_number"),
            models.UniqueConstraint(fields=["badge", "digest"], name="solerni_badgeversion_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Fact(models.Model):
    """What happened once to one member. Told twice, counted once: kind and source are unique together.

    ``occurred_at`` is the last time it was told true, ``withdrawn_at`` the last time it was withdrawn: it counts
    unless the withdrawal is as late, in whatever order the two arrive. Written by receivers; erased with the member.

    .. pii: account id, and what the member did in a course and when
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    kind = models.CharField(max_length=50)
    source = models.CharField(max_length=100)
    member_id = models.BigIntegerField()
    course_key = models.CharField(max_length=255, blank=True)
    occurred_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "solerni_badges"
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [models.UniqueConstraint(fields=["kind", "source"], name="solerni_fact_once")]
        indexes = [models.Index(fields=["member_id", "course_key"], name="solerni_fact_member")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source}"


class Award(models.Model):
    """One badge held by one member. It is kept when facts are withdrawn later, and outlives its holder's record.

    ``explanation`` says why: the leaves of the rule, what they counted, the sources of the facts (ids and numbers).
    ``subject_uuid`` stands for the member inside the credential and nowhere else. Forgetting a member empties
    ``member_id``, ``subject_uuid`` and ``explanation``; uuid, version, state and the key's name stay.

    .. pii: account id, the badges held, why, and whether they are shown
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    class State(models.TextChoices):
        """Where an award stands."""

        AWARDED = "awarded"

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    badge = models.ForeignKey(Badge, on_delete=models.PROTECT, related_name="awards")
    version = models.ForeignKey(BadgeVersion, on_delete=models.PROTECT, related_name="awards")
    member_id = models.BigIntegerField(null=True)
    subject_uuid = models.UUIDField(default=make_uuid, null=True, editable=False)
    explanation = models.JSONField(default=dict)
    awarded_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.AWARDED)
    is_public = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "solerni_badges"
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [models.UniqueConstraint(fields=["badge", "member_id"], name="solerni_award_once")]
        indexes = [models.Index(fields=["member_id"], name="solerni_award_member")]

    def __str__(self) -> str:
        return str(self.uuid)


class SigningKey(models.Model):
    """One Ed25519 key of this site. The newest that is not retired signs; the public half of each stays published.

    ``number`` is unique, so two processes that both find no key make one. Never deleted: credentials need it.

    .. no_pii:
    """

    multikey = models.CharField(max_length=100, unique=True)
    number = models.PositiveIntegerField(unique=True)
    encrypted_private_key = models.TextField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "solerni_badges"
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")

    def __str__(self) -> str:
        return self.multikey


class Credential(AppendOnlyModel):
    """The signed bytes of one award in one format, served unchanged. Written once, by signing.

    Forgetting a member empties ``content``: the row stays to name the key.

    .. pii: the signed document about the award, with its random subject id
    .. pii_types: other
    .. pii_retirement: local_api
    """

    class Format(models.TextChoices):
        """What the bytes are."""

        OPEN_BADGES_3 = "ob3-eddsa-rdfc-2022"

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="credentials")
    format = models.CharField(max_length=30, choices=Format.choices)
    content = models.BinaryField()
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        app_label = "solerni_badges"
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        constraints = [models.UniqueConstraint(fields=["award", "format"], name="solerni_credential_once")]

    def __str__(self) -> str:
        return f"{self.award_id} {self.format}"

    def get_bytes(self) -> bytes:
        """The stored bytes, whatever buffer type the database driver returns."""
        content: Any = self.content
        return bytes(content)
