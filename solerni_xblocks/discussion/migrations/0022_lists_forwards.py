"""Indexes of lists, the latest or greatest first: each new one is there before the one that it takes the place of goes.

A table of threads is small beside that of posts, and none of its rows is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import migrations, models

PLACE, COURSE = "usage_key", "course_key"
ORDERS = [
    ("solerni_thread_activity", "solerni_thread_by_activity", PLACE, "-last_activity_at"),
    ("solerni_thread_newest", "solerni_thread_by_creation", PLACE, "-created_at"),
    ("solerni_thread_votes", "solerni_thread_by_votes", PLACE, "-votes"),
    ("solerni_thread_replies", "solerni_thread_by_replies", PLACE, "-replies"),
    ("solerni_thread_heat", "solerni_thread_by_heat", PLACE, "-heat"),
    ("solerni_thread_course", "solerni_thread_in_course", COURSE, "-last_activity_at"),
]


def replace_indexes() -> Iterator[migrations.operations.base.Operation]:
    for before, after, where, order in ORDERS:
        yield migrations.AddIndex("thread", models.Index(fields=[where, "state", order, "-id"], name=after))
        yield migrations.RemoveIndex("thread", before)


class Migration(migrations.Migration):
    dependencies = [("solerni_discussion", "0021_course_issues")]

    operations = [*replace_indexes()]
