"""Threads whose replies are read once one has written there: a column with a constant default, added in place."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('solerni_discussion', '0018_reopened_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='thread',
            name='replies_after_own',
            field=models.BooleanField(default=False),
        ),
    ]
