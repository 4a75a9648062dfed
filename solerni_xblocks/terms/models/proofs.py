"""Rows of proof: append-only, chained by hash; what names a person stands beside them and can be erased."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.core.modelkit import AppendOnlyModel


class Proof(AppendOnlyModel):
    """One act: a member answered a version, was told of it, or a version was published. Every value is a copy.

    Written by append_proofs alone; outlives member, document and course. The member appears as a keyed pseudonym
    only; what names the person stands in ProofPerson. ``hash`` covers every field and ``previous_hash``, that of the
    row before in the same partition (rules.chain). ``turn`` numbers the acts of one kind about one version.

    .. pii: keyed pseudonym of the account, kept as evidence of the answer
    .. pii_types: other
    .. pii_retirement: retained
    """

    class Act(models.TextChoices):
        PUBLISH = "publish", _("published")
        CANCEL = "cancel", _("cancelled before its date")
        NOTIFY = "notify", _("notified")
        ACCEPT = "accept", _("accepted")
        DECLINE = "decline", _("declined")
        WITHDRAW = "withdraw", _("withdrawn")
        STOP = "stop", _("stopped")

    class Channel(models.TextChoices):
        BLOCK = "block", _("in a course")
        PAGE = "page", _("on the page of the document")
        REGISTRATION = "registration", _("when registering")
        API = "api", _("by a program")
        GUARDIAN = "guardian", _("by the guardian's link")
        OPERATOR = "operator", _("by an operator")
        MAIL = "mail", _("by mail")
        BANNER = "banner", _("by the banner")

    class Actor(models.TextChoices):
        SELF = "self", _("the member")
        GUARDIAN = "guardian", _("the guardian")
        OPERATOR = "operator", _("an operator")
        SERVICE = "service", _("the service")

    uuid = models.UUIDField(default=make_uuid, unique=True)
    partition = models.PositiveSmallIntegerField()
    seq = models.PositiveBigIntegerField()
    act = models.CharField(max_length=16, choices=Act.choices)
    subject = models.CharField(max_length=64, blank=True)
    turn = models.PositiveIntegerField()
    version_uuid = models.UUIDField()
    version_digest = models.CharField(max_length=64)
    document = models.CharField(max_length=64)
    label = models.CharField(max_length=40)
    language = models.CharField(max_length=8, blank=True)
    text_digest = models.CharField(max_length=64, blank=True)
    screen_digest = models.CharField(max_length=64, blank=True)
    course_key = models.CharField(max_length=255, blank=True)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    actor = models.CharField(max_length=16, choices=Actor.choices)
    reference = models.CharField(max_length=255, blank=True)
    decided_at = models.DateTimeField()
    person_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        permissions = [("read_proofs", "May read the proofs of every member (each reading is recorded)")]
        constraints = [
            models.UniqueConstraint(fields=["partition", "seq"], name="solerni_terms_proof_place"),
            # Double click: one row, even where the database knows no row locks.
            models.UniqueConstraint(fields=["subject", "version_uuid", "act", "turn"], name="solerni_terms_proof_turn"),
        ]
        indexes = [
            # Answers the gate without touching the table.
            models.Index(fields=["subject", "id", "act", "actor", "version_uuid"], name="solerni_terms_proof_gate"),
            models.Index(fields=["version_uuid", "act", "subject"], name="solerni_terms_proof_version"),
        ]

    def __str__(self) -> str:
        return f"{self.uuid} {self.act}"


class ProofPerson(models.Model):
    """Who stands behind a proof, and from where they answered: erasable with its salt, so that the proof can stay.

    Written with the proof; erased by the duty forget. Network address and agent are erased earlier, on their own
    clock: ``trimmed_at`` says when, since the row then no longer matches the proof's ``person_digest``.

    .. pii: account id, network address without its last part, user agent, an operator's note
    .. pii_types: id, ip, other
    .. pii_retirement: local_api
    """

    proof = models.OneToOneField(Proof, on_delete=models.PROTECT, related_name="person")
    member_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    ip = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    salt = models.CharField(max_length=32)
    trimmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member_id"], name="solerni_terms_person_member")]

    def __str__(self) -> str:
        return str(self.proof_id)


class Chain(models.Model):
    """The end of one partition of the chain: how many proofs it has and the hash of the last. Locked to append.

    Written by append_proofs. The length of the service's own partition (rules.chain.SERVICE) moves with every
    publication: gates look at it to know whether to read again.

    .. no_pii:
    """

    partition = models.PositiveSmallIntegerField(primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.partition}: {self.length}"


class Checkpoint(AppendOnlyModel):
    """The ends of every partition at one instant, to be published: later, a tail that was cut shows against it.

    Written by take_checkpoint, also to the file that SOLERNI_TERMS_CHECKPOINTS names; stays for ever. ``ends`` is
    ``{"<partition>": [length, head]}``.

    .. no_pii:
    """

    taken_at = models.DateTimeField()
    total = models.PositiveBigIntegerField()
    ends = models.JSONField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d %H:%M} {self.total}"


class ProofReading(AppendOnlyModel):
    """Somebody looked at proofs that are not their own: who, when, what for.

    Written by the admin site and the reports; stays as long as the proofs.

    .. pii: account id of the operator
    .. pii_types: id
    .. pii_retirement: retained
    """

    actor_id = models.BigIntegerField(null=True)
    what = models.CharField(max_length=255)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.what
