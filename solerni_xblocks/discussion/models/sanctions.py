"""What was imposed on members of a course for what they wrote there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.discussion.models.moderation import Decision


class Sanction(models.Model):
    """A warning, or reading only until ``ends_at``, in one course; ``decision`` says by whom, why and for which post.

    It ends by itself: no job changes the row. ``lifted_at`` ends it sooner, by a moderator or a second reader; who did
    is in the log. Kept with the decision; the member leaves it when forgotten.

    .. pii: who was warned or may not write
    .. pii_types: id
    .. pii_retirement: local_api
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="sanction")
    member_id = models.IntegerField(null=True)
    course_key = models.CharField(max_length=255)
    ends_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        indexes: ClassVar[list[Any]] = [
            # Asked at each message: may the member write in this course now?
            models.Index(fields=["member_id", "course_key", "ends_at"], name="solerni_sanction_member"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} · {self.ends_at}"
