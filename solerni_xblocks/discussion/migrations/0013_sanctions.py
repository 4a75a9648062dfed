"""Warnings, and reading only for some days: the rows, and statements of reasons about members."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('solerni_discussion', '0012_member_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='statement',
            name='provision',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name='decision',
            name='act',
            field=models.CharField(choices=[('publish', 'Publish'), ('refuse', 'Refuse'), ('ask', 'Ask for a correction'), ('keep', 'Keep as it is'), ('hide', 'Hide'), ('remove', 'Remove'), ('restore', 'Restore'), ('warn', 'Warn'), ('mute', 'Set to reading only')], max_length=10),
        ),
        migrations.AlterField(
            model_name='messagetemplate',
            name='act',
            field=models.CharField(choices=[('publish', 'Publish'), ('refuse', 'Refuse'), ('ask', 'Ask for a correction'), ('keep', 'Keep as it is'), ('hide', 'Hide'), ('remove', 'Remove'), ('restore', 'Restore'), ('warn', 'Warn'), ('mute', 'Set to reading only')], max_length=10, verbose_name='decision'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='visibility',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member_id', models.IntegerField(null=True)),
                ('course_key', models.CharField(max_length=255)),
                ('ends_at', models.DateTimeField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sanction', to='solerni_discussion.decision')),
            ],
            options={
                'verbose_name': 'sanction',
                'verbose_name_plural': 'sanctions',
                'indexes': [models.Index(fields=['member_id', 'course_key', 'ends_at'], name='solerni_sanction_member')],
            },
        ),
    ]
