"""What search looks through. How each database indexes it is in the migration that made the table."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.discussion.models.posts import Post


class SearchText(models.Model):
    """The words of one published post, folded and marked (``rules/searching.py``): those of its title and its text.

    Written when a post is published or changed, removed when it is not shown any more or its author is forgotten.
    Each database has its full-text index on ``text``: FULLTEXT (MariaDB, MySQL), GIN (PostgreSQL), FTS5 (SQLite).

    .. pii: what a member wrote, without accents
    .. pii_types: other
    .. pii_retirement: local_api
    """

    post = models.OneToOneField(Post, primary_key=True, on_delete=models.CASCADE, related_name="search_text")
    text = models.TextField()

    class Meta:
        verbose_name = _("text to search")
        verbose_name_plural = _("texts to search")

    def __str__(self) -> str:
        return str(self.post_id)
