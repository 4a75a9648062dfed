"""From when and until when learners see a thread."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('solerni_discussion', '0022_lists_forwards'),
    ]

    operations = [
        migrations.AddField(
            model_name='thread',
            name='shown_from',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='thread',
            name='shown_until',
            field=models.DateTimeField(null=True),
        ),
    ]
