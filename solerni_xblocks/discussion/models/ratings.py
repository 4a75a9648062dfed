"""What external services said of wordings, and what is still to be asked."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.discussion.models.posts import Post


class RatingState(models.TextChoices):
    """Where a question stands."""

    WAITING = "waiting", _("To be asked")
    AWAITED = "awaited", _("Asked, the answer comes later")
    RATED = "rated", _("Rated")
    FAILED = "failed", _("Not rated")
    MOOT = "moot", _("Changed or gone before it was asked")


class Rating(models.Model):
    """One question to one external service about one wording; written with the wording, answered by the settling.

    ``uuid`` is all that the service is told of it beside the text. ``scores`` are what it answered (JSON, by
    category), ``label`` and ``score`` the gravest; ``is_flagged``: it reached the threshold that the operator set.
    ``failure`` is why the last call brought nothing. ``next_at`` is when to ask (again), or when to give up. No text
    and no key is kept here. Gone when the author is forgotten.

    .. pii: what a service said of a member's words
    .. pii_types: other
    .. pii_retirement: local_api
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="ratings", db_index=False)
    version = models.PositiveIntegerField()
    service = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=RatingState.choices, default=RatingState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    scores = models.TextField(blank=True)
    label = models.CharField(max_length=80, blank=True)
    score = models.FloatField(null=True)
    is_flagged = models.BooleanField(default=False)
    failure = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("rating by a service")
        verbose_name_plural = _("ratings by services")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["post", "version", "service"], name="solerni_rating_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            # What is due; then how a service did lately.
            models.Index(fields=["state", "next_at", "id"], name="solerni_rating_due"),
            models.Index(fields=["service", "asked_at"], name="solerni_rating_service"),
        ]

    def __str__(self) -> str:
        return f"{self.service} · {self.post_id} · {self.version}"
