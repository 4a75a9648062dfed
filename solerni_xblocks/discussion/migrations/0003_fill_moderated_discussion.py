"""Give posts of before what moderated discussion keeps: a first version, their words, what rules saw, an open case."""

from datetime import timedelta

from django.db import migrations

from solerni_xblocks.core.htmlkit import to_plain_text

BATCH = 500


def fill(apps, schema_editor):
    """Row by row in batches, so that no table is locked for long; told twice, it adds nothing."""
    model = {name: apps.get_model("solerni_discussion", name) for name in ("Post", "Thread", "Version", "Case", "Finding", "HeldFor", "Decision")}
    posts = model["Post"].objects.select_related("thread").order_by("id")
    last = 0
    while batch := list(posts.filter(id__gt=last)[:BATCH]):
        last = batch[-1].id
        _fill_posts(model, batch)
    for thread in model["Thread"].objects.filter(excerpt="").iterator(chunk_size=BATCH):
        opening = thread.posts.filter(is_opening=True).values_list("plain", flat=True).first()
        model["Thread"].objects.filter(pk=thread.pk).update(excerpt=(opening or "")[:200], last_author_id=thread.author_id)
    model["Decision"].objects.filter(outcome="refused").update(act="refuse")


def _fill_posts(model, batch):
    for post in batch:
        post.plain = to_plain_text(post.html)
        post.words = len(post.plain.split())
    model["Post"].objects.bulk_update(batch, ["plain", "words"])
    model["Version"].objects.bulk_create(
        [
            model["Version"](
                post=post,
                number=1,
                editor_id=post.author_id,
                title=post.thread.title if post.is_opening else "",
                source=post.source,
                at=post.created_at,
            )
            for post in batch
        ],
        ignore_conflicts=True,
    )
    held = model["HeldFor"].objects.filter(post__in=batch).order_by("id")
    model["Finding"].objects.bulk_create(
        [
            model["Finding"](
                post_id=row.post_id, rule=row.rule, clause=row.clause, code=row.code, part=row.part, start=row.start, end=row.end
            )
            for row in held
        ]
    )
    held.delete()
    model["Case"].objects.bulk_create(
        [
            model["Case"](
                post=post,
                course_key=post.thread.course_key,
                usage_key=post.thread.usage_key,
                source="mode",
                opened_at=post.created_at,
                due_at=post.due_at or post.created_at + timedelta(days=5),
            )
            for post in batch
            if post.state == "held"
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("solerni_discussion", "0002_moderated_discussion"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
