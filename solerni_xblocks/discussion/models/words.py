"""What a member told us to accept."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class MemberWord(models.Model):
    """A word that the dictionary does not know and that one member says is right: it never counts against them.

    Written from the advice that pointed at it; stays until the member is forgotten.

    .. pii: words that a member uses
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    member_id = models.IntegerField()
    word = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("word of a member")
        verbose_name_plural = _("words of members")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["member_id", "word"], name="solerni_member_word_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} · {self.word}"
