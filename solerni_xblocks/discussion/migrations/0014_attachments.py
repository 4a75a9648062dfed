"""Attachments get the writer that they never had: the table is empty on every site."""

from __future__ import annotations

from django.db import migrations, models

RIGHTS = [
    ("", "Nothing to declare"),
    ("mine", "I made it"),
    ("permitted", "Its author allows me to"),
    ("licensed", "Its licence allows it"),
    ("public", "It is in the public domain"),
    ("quoted", "It is a short quotation, with its source"),
]


class Migration(migrations.Migration):
    """What waits, what shows in which wordings, what is to go; how much somebody sent in a day."""

    dependencies = [("solerni_discussion", "0013_sanctions")]

    operations = [
        migrations.AlterModelOptions(
            name="attachment",
            options={"ordering": ("id",), "verbose_name": "attachment", "verbose_name_plural": "attachments"},
        ),
        migrations.RemoveField(model_name="attachment", name="file"),
        migrations.AddField(
            model_name="attachment",
            name="slot",
            field=models.CharField(default="", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="attachment",
            name="stored_as",
            field=models.CharField(default="", max_length=255),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="attachment", name="since_version", field=models.PositiveIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="attachment", name="until_version", field=models.PositiveIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="attachment", name="dropped_at", field=models.DateTimeField(db_index=True, null=True)
        ),
        migrations.AlterField(
            model_name="attachment",
            name="rights",
            field=models.CharField(blank=True, choices=RIGHTS, default="", max_length=10),
        ),
        migrations.AlterField(
            model_name="version",
            name="rights",
            field=models.CharField(blank=True, choices=RIGHTS, default="", max_length=10),
        ),
        # Each database that we serve adds such a column at once, however many rows there are.
        migrations.AddField(model_name="post", name="files", field=models.PositiveSmallIntegerField(default=0)),
        migrations.CreateModel(
            name="UploadCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("member_id", models.IntegerField()),
                ("on", models.DateField()),
                ("files", models.PositiveIntegerField(default=0)),
                ("size", models.PositiveBigIntegerField(default=0)),
            ],
            options={"verbose_name": "upload count", "verbose_name_plural": "upload counts"},
        ),
        migrations.AddConstraint(
            model_name="uploadcount",
            constraint=models.UniqueConstraint(fields=("member_id", "on"), name="solerni_upload_count"),
        ),
    ]
