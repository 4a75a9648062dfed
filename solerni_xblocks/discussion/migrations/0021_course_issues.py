"""Course issues: a kind of thread, who resolved one and when (null columns, added in place), and the notice of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('solerni_discussion', '0020_thread_edited_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='thread',
            name='resolved_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='thread',
            name='resolved_by',
            field=models.IntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='draft',
            name='kind',
            field=models.CharField(choices=[('discussion', 'Discussion'), ('question', 'Question'), ('contribution', 'Contribution'), ('issue', 'Course issue')], default='discussion', max_length=12),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('reply', 'A reply in a thread that you follow'), ('mention', 'Somebody mentioned you'), ('answer', 'Your reply was accepted'), ('endorsed', 'Your reply was endorsed by staff'), ('thread', 'A new thread in a place that you follow'), ('locked', 'A moderator locked a thread in which you take part'), ('unlocked', 'A thread in which you take part is open again'), ('moved', 'A moderator moved a thread in which you take part'), ('split', 'A moderator made a thread of messages in which you take part'), ('merged', 'A moderator merged a thread in which you take part into another'), ('resolved', 'A course issue in which you take part is resolved'), ('decision', 'A decision about your message'), ('report', 'News of your report'), ('appeal', 'News of a case that you contested'), ('queue', 'Messages wait for moderators'), ('second', 'A contested decision waits for a second reader')], max_length=10),
        ),
        migrations.AlterField(
            model_name='preference',
            name='kind',
            field=models.CharField(choices=[('reply', 'A reply in a thread that you follow'), ('mention', 'Somebody mentioned you'), ('answer', 'Your reply was accepted'), ('endorsed', 'Your reply was endorsed by staff'), ('thread', 'A new thread in a place that you follow'), ('locked', 'A moderator locked a thread in which you take part'), ('unlocked', 'A thread in which you take part is open again'), ('moved', 'A moderator moved a thread in which you take part'), ('split', 'A moderator made a thread of messages in which you take part'), ('merged', 'A moderator merged a thread in which you take part into another'), ('resolved', 'A course issue in which you take part is resolved'), ('decision', 'A decision about your message'), ('report', 'News of your report'), ('appeal', 'News of a case that you contested'), ('queue', 'Messages wait for moderators'), ('second', 'A contested decision waits for a second reader')], max_length=10),
        ),
        migrations.AlterField(
            model_name='thread',
            name='kind',
            field=models.CharField(choices=[('discussion', 'Discussion'), ('question', 'Question'), ('contribution', 'Contribution'), ('issue', 'Course issue')], default='discussion', max_length=12),
        ),
    ]
