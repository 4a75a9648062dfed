"""Rows of the terms domain. What is published and what was answered are append-only; one row counts the changes."""

from __future__ import annotations

from django.db import models

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.core.modelkit import AppendOnlyModel


class Document(models.Model):
    """One text that lives through versions: the terms, the privacy charter, the charter of a course.

    Written by operators (command or admin of the site); stays as long as one of its versions.

    .. no_pii:
    """

    class Audience(models.TextChoices):
        MEMBERS = "members"
        COURSE = "course"

    slug = models.SlugField(max_length=64, unique=True)
    audience = models.CharField(max_length=16, choices=Audience.choices)
    course_key = models.CharField(max_length=255, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.slug


class Version(AppendOnlyModel):
    """One published version of a document: its dates and flags never change, its state follows from the dates.

    Written by publish_version; stays for ever, since proofs name it.

    .. no_pii:
    """

    uuid = models.UUIDField(default=make_uuid, unique=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    label = models.CharField(max_length=40)
    published_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    requires_acceptance = models.BooleanField()
    summary = models.TextField(blank=True)

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
    html = models.TextField()
    renderer = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="solerni_terms_text_language"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.language}"


class Proof(AppendOnlyModel):
    """One answer of one member to one version: evidence, so every value is a copy and nothing cascades.

    Written by accept_version and decline_version; outlives member, document and course. The member appears as a
    keyed pseudonym only; what names the person stands in ProofPerson.

    .. pii: keyed pseudonym of the account, kept as evidence of the answer
    .. pii_types: other
    .. pii_retirement: retained
    """

    class Act(models.TextChoices):
        ACCEPT = "accept"
        DECLINE = "decline"

    class Channel(models.TextChoices):
        BLOCK = "block"
        PAGE = "page"

    class Actor(models.TextChoices):
        SELF = "self"

    uuid = models.UUIDField(default=make_uuid, unique=True)
    act = models.CharField(max_length=16, choices=Act.choices)
    subject = models.CharField(max_length=64)
    version_uuid = models.UUIDField()
    document = models.CharField(max_length=64)
    label = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    text_digest = models.CharField(max_length=64)
    screen_digest = models.CharField(max_length=64)
    course_key = models.CharField(max_length=255, blank=True)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    actor = models.CharField(max_length=16, choices=Actor.choices, default=Actor.SELF)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Double click: one row. Also the index that answers the gate without touching the table.
            models.UniqueConstraint(fields=["subject", "act", "version_uuid"], name="solerni_terms_proof_once"),
        ]
        indexes = [
            models.Index(fields=["version_uuid", "act"], name="solerni_terms_proof_version"),
        ]

    def __str__(self) -> str:
        return f"{self.uuid} {self.act}"


class ProofPerson(models.Model):
    """Who stands behind a proof, and from where they answered: erasable, so that the proof can stay.

    Written with the proof; erased by the duty forget.

    .. pii: account id, network address without its last part, user agent
    .. pii_types: id, ip, other
    .. pii_retirement: local_api
    """

    proof = models.OneToOneField(Proof, on_delete=models.PROTECT, related_name="person")
    member_id = models.BigIntegerField()
    ip = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["member_id"], name="solerni_terms_person_member")]

    def __str__(self) -> str:
        return str(self.proof_id)


class Epoch(models.Model):
    """The one row (id 1) that moves in the transaction of every publication, so that gates know to read again.

    .. no_pii:
    """

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
