from math import log

import django.db.models.deletion
from django.db import migrations, models

SCALE = 2 * 24 * 3600 / log(2)
"""Of ``flows/appear.py`` when this was written."""


def warm_threads(apps, schema_editor):
    threads = apps.get_model("solerni_discussion", "Thread").objects
    for id_, at in threads.values_list("id", "last_activity_at").iterator(chunk_size=2000):
        threads.filter(id=id_).update(heat=at.timestamp() / SCALE)


class Migration(migrations.Migration):

    dependencies = [
        ("solerni_discussion", "0004_drop_held_for"),
    ]

    operations = [
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("after_id", models.IntegerField(default=0)),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="solerni_discussion.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "errand",
                "verbose_name_plural": "errands",
            },
        ),
        # First the new one: MariaDB lets no index go that a foreign key rests on.
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["thread", "parent", "id"], name="solerni_post_order"),
        ),
        migrations.RemoveIndex(
            model_name="post",
            name="solerni_post_reading",
        ),
        migrations.AddField(
            model_name="thread",
            name="heat",
            field=models.FloatField(default=0),
        ),
        migrations.RunPython(warm_threads, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["usage_key", "state", "replies", "id"], name="solerni_thread_replies"),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["usage_key", "state", "heat", "id"], name="solerni_thread_heat"),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["usage_key", "is_pinned"], name="solerni_thread_pinned"),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["usage_key", "open_reports"], name="solerni_thread_reported"),
        ),
    ]
