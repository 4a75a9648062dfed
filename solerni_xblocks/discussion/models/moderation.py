"""Moderators and their decisions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.core.modelkit import AppendOnlyModel
from solerni_xblocks.discussion.models.posts import Post, State


class Clause(models.TextChoices):
    """The eight rules of the terms, by the ids that the terms anchor and under the headings of the sample terms."""

    SPELLING = "posts.spelling", _("Careful writing")
    COURTESY = "posts.courtesy", _("Courtesy")
    ON_TOPIC = "posts.on_topic", _("On topic")
    LANGUAGE = "posts.language", _("The language of the course")
    TEMPLATE = "posts.template", _("The form asked for")
    RIGHTS = "posts.rights", _("Rights on what you share")
    PROMOTION = "posts.promotion", _("No promotion")
    PLAGIARISM = "posts.plagiarism", _("No plagiarism")


class Decision(AppendOnlyModel):
    """One ruling of a moderator on a post, with the state before and after; written by decide, never changed.

    Evidence: it holds the moderator's id and words and none of the author's, and stays when either is forgotten.

    .. pii: who decided, and their message to the author
    .. pii_types: id, other
    .. pii_retirement: retained
    """

    uuid = models.UUIDField(default=make_uuid, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="decisions")
    moderator_id = models.IntegerField(db_index=True)
    outcome = models.CharField(max_length=10, choices=State.choices)
    clause = models.CharField(max_length=40, blank=True, choices=Clause.choices)
    message = models.TextField(blank=True)
    before = models.CharField(max_length=10, choices=State.choices)
    after = models.CharField(max_length=10, choices=State.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return str(self.uuid)


class Moderator(models.Model):
    """One member who moderates one course, appointed by staff or an operator (``granted_by`` null: a command).

    .. pii: who moderates, and who appointed them
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = models.CharField(_("course key"), max_length=255)
    user_id = models.IntegerField(_("account id"))
    granted_by = models.IntegerField(null=True, editable=False)
    at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("moderator")
        verbose_name_plural = _("moderators")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user_id", "course_key"], name="solerni_moderator_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.course_key}"
