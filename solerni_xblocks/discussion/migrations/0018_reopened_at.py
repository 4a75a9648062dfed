"""When a moderator unlocked a thread: from then on its quiet counts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('solerni_discussion', '0017_arranging'),
    ]

    operations = [
        migrations.AddField(
            model_name='thread',
            name='reopened_at',
            field=models.DateTimeField(null=True),
        ),
    ]
