"""When a message of a thread was last changed, so that nobody looks through a thread where none was."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('solerni_discussion', '0019_replies_after_own'),
    ]

    operations = [
        migrations.AddField(
            model_name='thread',
            name='edited_at',
            field=models.DateTimeField(null=True),
        ),
    ]
