"""Words that members told us to accept."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("solerni_discussion", "0011_workshop")]

    operations = [
        migrations.CreateModel(
            name="MemberWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("member_id", models.IntegerField()),
                ("word", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "word of a member", "verbose_name_plural": "words of members"},
        ),
        migrations.AddConstraint(
            model_name="memberword",
            constraint=models.UniqueConstraint(fields=["member_id", "word"], name="solerni_member_word_once"),
        ),
    ]
