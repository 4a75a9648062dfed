"""Rows of the demo (site): who people are, the mail that left, the moved clock, the event log, what was seeded."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from solerni_xblocks.core import clock
from solerni_xblocks.core.identifiers import make_uuid

__all__ = ["AccessToken", "Certificate", "ClockOffset", "CourseRole", "LoggedEvent", "Mail", "Profile", "Seeding"]


class Profile(models.Model):
    """What the site knows of an account beyond Django's own. Written by the seed; the language also by its owner.

    Stays as long as the account.

    .. no_pii: the people are invented, and ``reset`` erases them
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="demo_profile")
    persona = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8)
    birth_on = models.DateField(null=True, blank=True)
    guardian_email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.persona}"


class CourseRole(models.Model):
    """One role of one person in one course: learner (``student``), ``staff`` or ``instructor``. Written by the seed
    and by the operator; stays until the operator removes it.

    .. no_pii: the people are invented, and ``reset`` erases them
    """

    class Role(models.TextChoices):
        STUDENT = "student"
        STAFF = "staff"
        INSTRUCTOR = "instructor"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="demo_roles")
    course_key = models.CharField(max_length=255)
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "course_key", "role"], name="solerni_demo_role_once"),
        ]
        indexes = [models.Index(fields=["course_key", "role"], name="solerni_demo_role_course")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.course_key}"


class AccessToken(models.Model):
    """One bearer token of a program that speaks for an account. Written by the token endpoint; of the token itself only
    the sha256 is kept. Counts until ``expires_at``.

    .. no_pii: the people are invented, and ``reset`` erases them
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="demo_tokens")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.expires_at}"


class Certificate(models.Model):
    """One learner completed one course. Written when they ask for it; shown to whoever has its address.

    .. no_pii: the people are invented, and ``reset`` erases them
    """

    uuid = models.UUIDField(default=make_uuid, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="demo_certificates")
    course_key = models.CharField(max_length=255)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="solerni_demo_certificate_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.course_key}"


class Mail(models.Model):
    """One mail to one recipient, as a mail server would have sent it. Written by the mail backend, shown in the
    mailbox, kept until the demo is reset.

    .. no_pii: the people are invented, and ``reset`` erases them
    """

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=998)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    unsubscribe_url = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["to", "-id"], name="solerni_demo_mail_to")]

    def __str__(self) -> str:
        return self.subject


class ClockOffset(models.Model):
    """How far the demo's clock runs ahead of the real one. At most one row (``id`` 1); written by the clock page.

    .. no_pii:
    """

    seconds = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.seconds} s"


class LoggedEvent(models.Model):
    """One event of the platform's tracking log: ids and numbers only. Written by the runtime and by ``host.tracking``,
    kept until the demo is reset.

    .. no_pii: the people are invented, and ``reset`` erases them
    """

    name = models.CharField(max_length=255)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class Seeding(models.Model):
    """One row says that one part of the demo's content is in place, so that a start does it once.

    .. no_pii:
    """

    part = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.part
