"""A word stands once in a list, and may be innocent. Nothing wrote to these lists before."""

from __future__ import annotations

from django.db import migrations, models

ACTIONS = [
    ("block", "Refuse"),
    ("hold", "Hold"),
    ("nudge", "Ask the author to read again"),
    ("allow", "Innocent"),
    ("glossary", "Known word"),
]


class Migration(migrations.Migration):
    dependencies = [("solerni_discussion", "0008_illegal_content")]

    operations = [
        migrations.AlterField(
            model_name="wordentry",
            name="action",
            field=models.CharField(choices=ACTIONS, max_length=10, verbose_name="action"),
        ),
        migrations.AlterField(
            model_name="wordentry",
            name="course_key",
            field=models.CharField(blank=True, max_length=255, verbose_name="course key"),
        ),
        migrations.AddConstraint(
            model_name="wordentry",
            constraint=models.UniqueConstraint(fields=["course_key", "phrase"], name="solerni_word_once"),
        ),
    ]
