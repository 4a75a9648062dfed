"""Rows of the demo (content): courses, their blocks, the fields of blocks, what learners have done with them.

Text keys, no foreign keys: rows of learners outlive a re-import of the course, as in the platform.
"""

from __future__ import annotations

from django.db import models

from solerni_xblocks.core import clock

__all__ = ["Block", "BlockCompletion", "Course", "Grade", "StoredField"]


class Course(models.Model):
    """One course. Written by the OLX import; touched first by every Studio edit, so that edits queue up behind it.

    ``title`` and ``language`` are copies of the root block's fields, for lists. Stays until the operator removes it.

    .. no_pii:
    """

    course_key = models.CharField(max_length=255, unique=True)
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=8, default="fr")
    edited_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """Where one block stands in its course. Written by the import and by Studio edits, deleted with the block.

    .. no_pii:
    """

    usage_key = models.CharField(max_length=255, unique=True)
    course_key = models.CharField(max_length=255)
    parent_key = models.CharField(max_length=255, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["course_key", "position", "id"], name="solerni_demo_block_course")]

    def __str__(self) -> str:
        return self.usage_key


class StoredField(models.Model):
    """The JSON value of one field. Authored scopes have ``user_id`` 0, so have summaries shared by all learners;
    ``subject`` is a usage key, a block type (preferences) or empty (user_info). Written by the runtime only.

    Authored rows go with their block; learners' rows stay as long as the account.

    .. no_pii: the people are invented, and ``reset`` erases them
    """

    scope = models.CharField(max_length=32)
    course_key = models.CharField(max_length=255, blank=True)
    subject = models.CharField(max_length=255, blank=True)
    user_id = models.BigIntegerField(default=0)
    name = models.CharField(max_length=100)
    value = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "subject", "user_id", "name"], name="solerni_demo_field_once"),
        ]
        indexes = [models.Index(fields=["course_key", "scope", "user_id"], name="solerni_demo_field_course")]

    def __str__(self) -> str:
        return f"{self.subject} {self.name}"


class BlockCompletion(models.Model):
    """How far one learner has come with one block, 0 to 1. Written by the runtime when a block says so.

    .. no_pii: the people are invented, and ``reset`` erases them
    """

    user_id = models.BigIntegerField()
    course_key = models.CharField(max_length=255)
    usage_key = models.CharField(max_length=255)
    completion = models.FloatField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "usage_key"], name="solerni_demo_completion_once"),
        ]
        indexes = [models.Index(fields=["user_id", "course_key"], name="solerni_demo_completion_course")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.usage_key} {self.completion}"


class Grade(models.Model):
    """The latest score of one learner in one block. Written by the runtime when a block grades the current user.

    .. no_pii: the people are invented, and ``reset`` erases them
    """

    user_id = models.BigIntegerField()
    course_key = models.CharField(max_length=255)
    usage_key = models.CharField(max_length=255)
    value = models.FloatField()
    max_value = models.FloatField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "usage_key"], name="solerni_demo_grade_once")]
        indexes = [models.Index(fields=["user_id", "course_key"], name="solerni_demo_grade_course")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.usage_key} {self.value}/{self.max_value}"
