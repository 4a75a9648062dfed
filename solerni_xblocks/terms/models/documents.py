"""Rows of documents: drafts may change; what is published never does."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.core.modelkit import AppendOnlyModel


class Document(models.Model):
    """One text that lives through versions: the terms, the privacy charter, the charter of a course.

    Written by operators (command or admin of the site); stays as long as one of its versions. ``is_required`` false:
    nobody is kept out, members may decline and withdraw. ``is_course_wide``: a course's document is asked at the door
    of the whole course, not only where a block stands.

    .. no_pii:
    """

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        MEMBERS = "members", _("Members")
        COURSE = "course", _("Members who meet it in a course")
        MINORS = "minors", _("Minors and their guardians")

    class Kind(models.TextChoices):
        TERMS = "terms", _("Terms of use")
        CHARTER = "charter", _("Charter")
        PRICING = "pricing", _("Prices")
        SERVICE = "service", _("Description of the service")

    slug = models.SlugField(_("address"), max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.TERMS)
    audience = models.CharField(_("audience"), max_length=16, choices=Audience.choices)
    course_key = models.CharField(_("course"), max_length=255, blank=True)
    is_course_wide = models.BooleanField(_("asked at the door of the course"), default=False)
    is_required = models.BooleanField(_("required"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    renewal_days = models.PositiveIntegerField(_("days after which it is asked again"), null=True, blank=True)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.slug


class Draft(models.Model):
    """A version in the making: operators write it in the admin site, read it as members will, then publish it.

    Written by the admin site; deleted when published.

    .. pii: account id of the operator who wrote last
    .. pii_types: id
    .. pii_retirement: local_api
    """

    uuid = models.UUIDField(default=make_uuid, unique=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="drafts", verbose_name=_("document"))
    label = models.CharField(_("label"), max_length=40)
    effective_at = models.DateTimeField(_("in force from"), null=True, blank=True)
    requires_acceptance = models.BooleanField(_("major: members are asked to accept"), default=True)
    contact = models.CharField(_("contact address"), max_length=254)
    writer_id = models.BigIntegerField(null=True, editable=False)
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"{self.document_id} {self.label}"


class DraftText(models.Model):
    """One language of a draft. Written by the admin site; goes with its draft.

    .. no_pii:
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    source = models.TextField(_("text (Markdown)"))
    summary = models.TextField(_("what changes, and why"), blank=True)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [
            models.UniqueConstraint(fields=["draft", "language"], name="solerni_terms_draft_language"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.language}"


class Version(AppendOnlyModel):
    """One published version of a document: its dates and flags never change, its state follows from the dates.

    Written by publish_version; stays for ever, since proofs name it. ``digest``: of these fields and of the texts'
    digests (rules.publishing.compute_version_digest), so that verify sees what was altered.

    .. no_pii:
    """

    uuid = models.UUIDField(default=make_uuid, unique=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    label = models.CharField(max_length=40)
    published_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    requires_acceptance = models.BooleanField()
    contact = models.CharField(max_length=254)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "label"], name="solerni_terms_version_label"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.label}"


class Text(AppendOnlyModel):
    """One language of a version: the source, the rendering kept at publish, and the digest of the source's bytes.

    Written by publish_version; stays for ever, since proofs name the digest.

    .. no_pii:
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    source = models.TextField()
    summary = models.TextField(blank=True)
    html = models.TextField()
    renderer = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="solerni_terms_text_language"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.language}"


class Cancellation(AppendOnlyModel):
    """A scheduled version that was called off before its date: it never governs.

    Written by cancel_version; stays as long as the version.

    .. pii: account id of the operator
    .. pii_types: id
    .. pii_retirement: retained
    """

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="cancellation")
    cancelled_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return str(self.version_id)
