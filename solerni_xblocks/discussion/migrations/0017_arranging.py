"""Locks with an end, threads that were moved, split or merged, and the words for them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('solerni_discussion', '0016_owe_no_old_mail'),
    ]

    operations = [
        migrations.AddField(
            model_name='thread',
            name='locked_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='thread',
            name='rearranged_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='act',
            field=models.CharField(choices=[('publish', 'Publish'), ('refuse', 'Refuse'), ('ask', 'Ask for a correction'), ('keep', 'Keep as it is'), ('hide', 'Hide'), ('remove', 'Remove'), ('restore', 'Restore'), ('warn', 'Warn'), ('mute', 'Set to reading only'), ('lock', 'Lock the thread'), ('unlock', 'Unlock the thread')], max_length=10),
        ),
        migrations.AlterField(
            model_name='messagetemplate',
            name='act',
            field=models.CharField(choices=[('publish', 'Publish'), ('refuse', 'Refuse'), ('ask', 'Ask for a correction'), ('keep', 'Keep as it is'), ('hide', 'Hide'), ('remove', 'Remove'), ('restore', 'Restore'), ('warn', 'Warn'), ('mute', 'Set to reading only'), ('lock', 'Lock the thread'), ('unlock', 'Unlock the thread')], max_length=10, verbose_name='decision'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('reply', 'A reply in a thread that you follow'), ('mention', 'Somebody mentioned you'), ('answer', 'Your reply was accepted'), ('endorsed', 'Your reply was endorsed by staff'), ('thread', 'A new thread in a place that you follow'), ('locked', 'A moderator locked a thread in which you take part'), ('unlocked', 'A thread in which you take part is open again'), ('moved', 'A moderator moved a thread in which you take part'), ('split', 'A moderator made a thread of messages in which you take part'), ('merged', 'A moderator merged a thread in which you take part into another'), ('decision', 'A decision about your message'), ('report', 'News of your report'), ('appeal', 'News of a case that you contested'), ('queue', 'Messages wait for moderators'), ('second', 'A contested decision waits for a second reader')], max_length=10),
        ),
        migrations.AlterField(
            model_name='preference',
            name='kind',
            field=models.CharField(choices=[('reply', 'A reply in a thread that you follow'), ('mention', 'Somebody mentioned you'), ('answer', 'Your reply was accepted'), ('endorsed', 'Your reply was endorsed by staff'), ('thread', 'A new thread in a place that you follow'), ('locked', 'A moderator locked a thread in which you take part'), ('unlocked', 'A thread in which you take part is open again'), ('moved', 'A moderator moved a thread in which you take part'), ('split', 'A moderator made a thread of messages in which you take part'), ('merged', 'A moderator merged a thread in which you take part into another'), ('decision', 'A decision about your message'), ('report', 'News of your report'), ('appeal', 'News of a case that you contested'), ('queue', 'Messages wait for moderators'), ('second', 'A contested decision waits for a second reader')], max_length=10),
        ),
    ]
