
from django.db import migrations, models
import django.db.models.deletion
import solerni_xblocks.core.identifiers
import solerni_xblocks.discussion.models.versions


class Migration(migrations.Migration):

    dependencies = [
        ('solerni_discussion', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=solerni_xblocks.core.identifiers.make_uuid, editable=False, unique=True)),
                ('member_id', models.IntegerField(db_index=True, null=True)),
                ('course_key', models.CharField(max_length=255)),
                ('is_open', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('second_reader_id', models.IntegerField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('is_reversed', models.BooleanField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
            },
        ),
        migrations.CreateModel(
            name='AppealMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('writer_id', models.IntegerField(null=True)),
                ('submission', models.UUIDField()),
                ('by_moderation', models.BooleanField()),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'message about an appeal',
                'verbose_name_plural': 'messages about appeals',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=solerni_xblocks.core.identifiers.make_uuid, editable=False, unique=True)),
                ('member_id', models.IntegerField(db_index=True, null=True)),
                ('course_key', models.CharField(max_length=255)),
                ('usage_key', models.CharField(max_length=255)),
                ('file', models.FileField(upload_to=solerni_xblocks.discussion.models.versions.name_file)),
                ('name', models.CharField(max_length=150)),
                ('alternative', models.CharField(blank=True, max_length=300)),
                ('content_type', models.CharField(max_length=80)),
                ('size', models.PositiveIntegerField()),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('sha256', models.CharField(max_length=64)),
                ('rights', models.CharField(choices=[('', 'Nothing to declare'), ('mine', 'I made it'), ('licensed', 'Its licence allows it'), ('quoted', 'It is a short quotation, with its source')], max_length=10)),
                ('licence', models.CharField(blank=True, max_length=100)),
                ('rights_source', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=solerni_xblocks.core.identifiers.make_uuid, editable=False, unique=True)),
                ('course_key', models.CharField(max_length=255)),
                ('usage_key', models.CharField(max_length=255)),
                ('source', models.CharField(choices=[('rule', 'A rule'), ('mode', 'The place is read before publication'), ('suspect', 'A rule, after publication'), ('report', 'Reports of members'), ('notice', 'A notice of illegal content'), ('revision', 'A corrected message')], max_length=10)),
                ('is_open', models.BooleanField(default=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('post_version', models.PositiveIntegerField(default=1)),
                ('score', models.FloatField(default=0)),
                ('claimed_by', models.IntegerField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('warned_at', models.DateTimeField(null=True)),
                ('escalated_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'case',
                'verbose_name_plural': 'cases',
            },
        ),
        migrations.CreateModel(
            name='DecisionGround',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clause', models.CharField(choices=[('posts.spelling', 'Careful writing'), ('posts.courtesy', 'Courtesy'), ('posts.on_topic', 'On topic'), ('posts.language', 'The language of the course'), ('posts.template', 'The form asked for'), ('posts.rights', 'Rights on what you share'), ('posts.promotion', 'No promotion'), ('posts.plagiarism', 'No plagiarism')], max_length=40)),
                ('terms_url', models.CharField(blank=True, max_length=500)),
                ('part', models.CharField(blank=True, max_length=10)),
                ('start', models.PositiveIntegerField(null=True)),
                ('end', models.PositiveIntegerField(null=True)),
                ('explanation', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'ground of a decision',
                'verbose_name_plural': 'grounds of decisions',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member_id', models.IntegerField()),
                ('course_key', models.CharField(max_length=255)),
                ('usage_key', models.CharField(max_length=255)),
                ('slot', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('discussion', 'Discussion'), ('question', 'Question'), ('contribution', 'Contribution')], default='discussion', max_length=12)),
                ('voice', models.CharField(choices=[('self', 'In my name'), ('anonymous', 'Without my name'), ('moderator', 'As a moderator, in my name'), ('unnamed', 'As a moderator, without my name')], default='self', max_length=10)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('source', models.TextField(blank=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('rule', models.CharField(max_length=40)),
                ('clause', models.CharField(blank=True, max_length=40)),
                ('code', models.CharField(max_length=60)),
                ('outcome', models.PositiveSmallIntegerField(choices=[(0, 'Publish'), (1, 'Ask the author to read again'), (2, 'Hold'), (3, 'Refuse')], default=2)),
                ('is_dry', models.BooleanField(default=False)),
                ('part', models.CharField(max_length=10)),
                ('start', models.PositiveIntegerField(null=True)),
                ('end', models.PositiveIntegerField(null=True)),
                ('seen', models.CharField(blank=True, max_length=200)),
                ('score', models.FloatField(null=True)),
                ('threshold', models.FloatField(null=True)),
            ],
            options={
                'verbose_name': 'finding',
                'verbose_name_plural': 'findings',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Fingerprint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.BigIntegerField()),
                ('hash', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'fingerprint',
                'verbose_name_plural': 'fingerprints',
            },
        ),
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor_id', models.IntegerField(db_index=True, null=True)),
                ('course_key', models.CharField(max_length=255)),
                ('act', models.CharField(max_length=40)),
                ('subject_kind', models.CharField(max_length=20)),
                ('subject', models.UUIDField()),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('why', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'entry of the moderation log',
                'verbose_name_plural': 'moderation log',
            },
        ),
        migrations.CreateModel(
            name='MessageTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course_key', models.CharField(blank=True, max_length=255, verbose_name='course key')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('act', models.CharField(choices=[('publish', 'Publish'), ('refuse', 'Refuse'), ('ask', 'Ask for a correction'), ('keep', 'Keep as it is'), ('hide', 'Hide'), ('remove', 'Remove'), ('restore', 'Restore')], max_length=10, verbose_name='decision')),
                ('clause', models.CharField(blank=True, choices=[('posts.spelling', 'Careful writing'), ('posts.courtesy', 'Courtesy'), ('posts.on_topic', 'On topic'), ('posts.language', 'The language of the course'), ('posts.template', 'The form asked for'), ('posts.rights', 'Rights on what you share'), ('posts.promotion', 'No promotion'), ('posts.plagiarism', 'No plagiarism')], max_length=40, verbose_name='rule')),
                ('language', models.CharField(default='fr', max_length=10, verbose_name='language')),
                ('text', models.TextField(verbose_name='text')),
            ],
            options={
                'verbose_name': 'message template',
                'verbose_name_plural': 'message templates',
                'ordering': ('name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member_id', models.IntegerField()),
                ('kind', models.CharField(choices=[('reply', 'A reply in a thread that you follow'), ('mention', 'Somebody mentioned you'), ('answer', 'Your reply was accepted'), ('endorsed', 'Your reply was endorsed by staff'), ('thread', 'A new thread in a place that you follow'), ('decision', 'A decision about your message'), ('report', 'An answer to your report'), ('appeal', 'News of a case that you contested'), ('queue', 'Messages wait for moderators')], max_length=10)),
                ('about', models.UUIDField()),
                ('course_key', models.CharField(max_length=255)),
                ('usage_key', models.CharField(blank=True, max_length=255)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('mail_due_at', models.DateTimeField(null=True)),
                ('mailed_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
            },
        ),
        migrations.CreateModel(
            name='PlaceMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member_id', models.IntegerField()),
                ('place_key', models.CharField(max_length=255)),
                ('read_at', models.DateTimeField(null=True)),
                ('sort', models.CharField(blank=True, max_length=20)),
                ('follows', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'place mark',
                'verbose_name_plural': 'place marks',
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member_id', models.IntegerField(unique=True)),
                ('frequency', models.CharField(choices=[('never', 'Never by mail'), ('at_once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week')], default='at_once', max_length=10)),
                ('digested_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'preference',
                'verbose_name_plural': 'preferences',
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=solerni_xblocks.core.identifiers.make_uuid, editable=False, unique=True)),
                ('reporter_id', models.IntegerField(db_index=True, null=True)),
                ('name', models.CharField(blank=True, max_length=150)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('reason', models.CharField(choices=[('posts.spelling', 'Careless writing'), ('posts.courtesy', 'Insulting language'), ('posts.on_topic', 'Off topic'), ('posts.language', 'Not in the language of the course'), ('posts.template', 'Not in the form asked for'), ('posts.rights', 'Shared without the right to'), ('posts.promotion', 'Promotion or slur of a product'), ('posts.plagiarism', 'Copied from somebody else'), ('abusive', 'Abusive'), ('harassment', 'Harassment'), ('obscene', 'Obscene'), ('libellous', 'Libellous'), ('copyright', 'Breaks a copyright'), ('other', 'Something else'), ('illegal', 'Illegal content')], max_length=20)),
                ('note', models.TextField(blank=True)),
                ('law', models.CharField(blank=True, max_length=500)),
                ('good_faith', models.BooleanField(default=False)),
                ('post_version', models.PositiveIntegerField(default=1)),
                ('weight', models.FloatField(default=1)),
                ('is_open', models.BooleanField(default=True, null=True)),
                ('is_upheld', models.BooleanField(null=True)),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(max_length=60)),
                ('ends_on', models.DateField(null=True)),
                ('territory', models.CharField(blank=True, max_length=200)),
                ('facts', models.TextField()),
                ('source_type', models.CharField(max_length=60)),
                ('automated_detection', models.BooleanField()),
                ('automated_decision', models.CharField(max_length=60)),
                ('ground', models.CharField(max_length=60)),
                ('ground_reference', models.CharField(max_length=500)),
                ('ground_url', models.CharField(blank=True, max_length=500)),
                ('explanation', models.TextField()),
                ('is_also_illegal', models.BooleanField(default=False)),
                ('category', models.CharField(max_length=80)),
                ('keywords', models.CharField(blank=True, max_length=500)),
                ('content_type', models.CharField(max_length=60)),
                ('content_language', models.CharField(blank=True, max_length=10)),
                ('content_on', models.DateField()),
                ('applied_on', models.DateField()),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': 'statement of reasons',
                'verbose_name_plural': 'statements of reasons',
            },
        ),
        migrations.CreateModel(
            name='ThreadMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member_id', models.IntegerField()),
                ('read_at', models.DateTimeField(null=True)),
                ('follows', models.BooleanField(null=True)),
            ],
            options={
                'verbose_name': 'thread mark',
                'verbose_name_plural': 'thread marks',
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('editor_id', models.IntegerField(db_index=True, null=True)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('source', models.TextField()),
                ('rights', models.CharField(blank=True, choices=[('', 'Nothing to declare'), ('mine', 'I made it'), ('licensed', 'Its licence allows it'), ('quoted', 'It is a short quotation, with its source')], default='', max_length=10)),
                ('licence', models.CharField(blank=True, max_length=100)),
                ('rights_source', models.CharField(blank=True, max_length=500)),
                ('measures', models.TextField(blank=True)),
                ('policy', models.CharField(blank=True, max_length=64)),
                ('outcome', models.PositiveSmallIntegerField(choices=[(0, 'Publish'), (1, 'Ask the author to read again'), (2, 'Hold'), (3, 'Refuse')], default=0)),
                ('insisted', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'version',
                'verbose_name_plural': 'versions',
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member_id', models.IntegerField(db_index=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'vote',
                'verbose_name_plural': 'votes',
            },
        ),
        migrations.CreateModel(
            name='WordEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course_key', models.CharField(blank=True, db_index=True, max_length=255, verbose_name='course key')),
                ('phrase', models.CharField(max_length=100, verbose_name='word or phrase')),
                ('action', models.CharField(choices=[('glossary', 'Known word'), ('nudge', 'Ask the author to read again'), ('hold', 'Hold'), ('block', 'Refuse')], max_length=10, verbose_name='action')),
                ('clause', models.CharField(choices=[('posts.spelling', 'Careful writing'), ('posts.courtesy', 'Courtesy'), ('posts.on_topic', 'On topic'), ('posts.language', 'The language of the course'), ('posts.template', 'The form asked for'), ('posts.rights', 'Rights on what you share'), ('posts.promotion', 'No promotion'), ('posts.plagiarism', 'No plagiarism')], default='posts.courtesy', max_length=40, verbose_name='rule')),
                ('added_by', models.IntegerField(editable=False, null=True)),
                ('at', models.DateTimeField(editable=False)),
            ],
            options={
                'verbose_name': 'word of a list',
                'verbose_name_plural': 'words of lists',
            },
        ),
        migrations.RemoveField(
            model_name='heldfor',
            name='post',
        ),
        migrations.RemoveIndex(
            model_name='post',
            name='solerni_post_queue',
        ),
        migrations.RemoveIndex(
            model_name='thread',
            name='solerni_thread_activity',
        ),
        migrations.RemoveIndex(
            model_name='thread',
            name='solerni_thread_author',
        ),
        migrations.AddField(
            model_name='decision',
            name='act',
            field=models.CharField(choices=[('publish', 'Publish'), ('refuse', 'Refuse'), ('ask', 'Ask for a correction'), ('keep', 'Keep as it is'), ('hide', 'Hide'), ('remove', 'Remove'), ('restore', 'Restore')], default='publish', max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='decision',
            name='batch',
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='contest_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='undoes',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='solerni_discussion.decision'),
        ),
        migrations.AddField(
            model_name='decision',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='moderator',
            name='is_named',
            field=models.BooleanField(default=False, verbose_name='named under decisions'),
        ),
        migrations.AddField(
            model_name='moderator',
            name='role',
            field=models.CharField(choices=[('moderator', 'Moderator'), ('trusted', 'Trusted learner')], default='moderator', max_length=10, verbose_name='role'),
        ),
        migrations.AddField(
            model_name='post',
            name='comments',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='post',
            name='edited_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='post',
            name='endorsed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='post',
            name='endorsed_by',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='post',
            name='parent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='solerni_discussion.post'),
        ),
        migrations.AddField(
            model_name='post',
            name='plain',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='post',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='post',
            name='voice',
            field=models.CharField(choices=[('self', 'In my name'), ('anonymous', 'Without my name'), ('moderator', 'As a moderator, in my name'), ('unnamed', 'As a moderator, without my name')], default='self', max_length=10),
        ),
        migrations.AddField(
            model_name='post',
            name='votes',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='post',
            name='words',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='thread',
            name='answer',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='solerni_discussion.post'),
        ),
        migrations.AddField(
            model_name='thread',
            name='excerpt',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='thread',
            name='group_id',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='thread',
            name='is_answered',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='thread',
            name='is_pinned',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='thread',
            name='kind',
            field=models.CharField(choices=[('discussion', 'Discussion'), ('question', 'Question'), ('contribution', 'Contribution')], default='discussion', max_length=12),
        ),
        migrations.AddField(
            model_name='thread',
            name='last_author_id',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='thread',
            name='locked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='thread',
            name='merged_into',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='solerni_discussion.thread'),
        ),
        migrations.AddField(
            model_name='thread',
            name='open_reports',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='thread',
            name='voice',
            field=models.CharField(choices=[('self', 'In my name'), ('anonymous', 'Without my name'), ('moderator', 'As a moderator, in my name'), ('unnamed', 'As a moderator, without my name')], default='self', max_length=10),
        ),
        migrations.AddField(
            model_name='thread',
            name='votes',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='decision',
            name='after',
            field=models.CharField(choices=[('published', 'Published'), ('held', 'Waiting for a moderator'), ('revising', 'To be corrected'), ('refused', 'Refused'), ('hidden', 'Hidden until a moderator has read it'), ('removed', 'Removed'), ('withdrawn', 'Withdrawn by its author')], max_length=10),
        ),
        migrations.AlterField(
            model_name='decision',
            name='at',
            field=models.DateTimeField(db_index=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='before',
            field=models.CharField(choices=[('published', 'Published'), ('held', 'Waiting for a moderator'), ('revising', 'To be corrected'), ('refused', 'Refused'), ('hidden', 'Hidden until a moderator has read it'), ('removed', 'Removed'), ('withdrawn', 'Withdrawn by its author')], max_length=10),
        ),
        migrations.AlterField(
            model_name='decision',
            name='moderator_id',
            field=models.IntegerField(db_index=True, null=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='outcome',
            field=models.CharField(choices=[('published', 'Published'), ('held', 'Waiting for a moderator'), ('revising', 'To be corrected'), ('refused', 'Refused'), ('hidden', 'Hidden until a moderator has read it'), ('removed', 'Removed'), ('withdrawn', 'Withdrawn by its author')], max_length=10),
        ),
        migrations.AlterField(
            model_name='moderator',
            name='course_key',
            field=models.CharField(blank=True, max_length=255, verbose_name='course key'),
        ),
        migrations.AlterField(
            model_name='post',
            name='state',
            field=models.CharField(choices=[('published', 'Published'), ('held', 'Waiting for a moderator'), ('revising', 'To be corrected'), ('refused', 'Refused'), ('hidden', 'Hidden until a moderator has read it'), ('removed', 'Removed'), ('withdrawn', 'Withdrawn by its author')], max_length=10),
        ),
        migrations.AlterField(
            model_name='thread',
            name='state',
            field=models.CharField(choices=[('published', 'Published'), ('held', 'Waiting for a moderator'), ('revising', 'To be corrected'), ('refused', 'Refused'), ('hidden', 'Hidden until a moderator has read it'), ('removed', 'Removed'), ('withdrawn', 'Withdrawn by its author')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['author_id', 'state', 'created_at'], name='solerni_post_author'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['usage_key', 'state', 'last_activity_at', 'id'], name='solerni_thread_activity'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['usage_key', 'state', 'created_at', 'id'], name='solerni_thread_newest'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['usage_key', 'state', 'votes', 'id'], name='solerni_thread_votes'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['course_key', 'state', 'last_activity_at', 'id'], name='solerni_thread_course'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['author_id', 'usage_key'], name='solerni_thread_author'),
        ),
        migrations.AddField(
            model_name='vote',
            name='post',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='votes_given', to='solerni_discussion.post'),
        ),
        migrations.AddField(
            model_name='version',
            name='post',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='solerni_discussion.post'),
        ),
        migrations.AddField(
            model_name='threadmark',
            name='thread',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='solerni_discussion.thread'),
        ),
        migrations.AddField(
            model_name='statement',
            name='decision',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='statement', to='solerni_discussion.decision'),
        ),
        migrations.AddField(
            model_name='report',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='solerni_discussion.case'),
        ),
        migrations.AddField(
            model_name='report',
            name='decision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='solerni_discussion.decision'),
        ),
        migrations.AddField(
            model_name='report',
            name='post',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='solerni_discussion.post'),
        ),
        migrations.AddIndex(
            model_name='placemark',
            index=models.Index(fields=['place_key', 'follows'], name='solerni_place_followers'),
        ),
        migrations.AddConstraint(
            model_name='placemark',
            constraint=models.UniqueConstraint(fields=('member_id', 'place_key'), name='solerni_place_mark_once'),
        ),
        migrations.AddField(
            model_name='notice',
            name='post',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='solerni_discussion.post'),
        ),
        migrations.AddField(
            model_name='notice',
            name='thread',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='solerni_discussion.thread'),
        ),
        migrations.AddField(
            model_name='logentry',
            name='parent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='solerni_discussion.logentry'),
        ),
        migrations.AddField(
            model_name='fingerprint',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fingerprints', to='solerni_discussion.post'),
        ),
        migrations.AddField(
            model_name='finding',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='solerni_discussion.post'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('member_id', 'usage_key', 'slot'), name='solerni_draft_slot'),
        ),
        migrations.AddField(
            model_name='decisionground',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grounds', to='solerni_discussion.decision'),
        ),
        migrations.AddField(
            model_name='case',
            name='post',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='solerni_discussion.post'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='post',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='solerni_discussion.post'),
        ),
        migrations.AddField(
            model_name='appealmessage',
            name='appeal',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='solerni_discussion.appeal'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='decision',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='solerni_discussion.decision'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='outcome',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers_appeal', to='solerni_discussion.decision'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='solerni_discussion.report'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(fields=('post', 'member_id'), name='solerni_vote_once'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('post', 'number'), name='solerni_version_number'),
        ),
        migrations.AddIndex(
            model_name='threadmark',
            index=models.Index(fields=['thread', 'follows'], name='solerni_thread_followers'),
        ),
        migrations.AddConstraint(
            model_name='threadmark',
            constraint=models.UniqueConstraint(fields=('member_id', 'thread'), name='solerni_thread_mark_once'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('post', 'reporter_id', 'is_open'), name='solerni_report_once'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['mailed_at', 'mail_due_at', 'id'], name='solerni_notice_owed'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['member_id', 'read_at', 'id'], name='solerni_notice_list'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('member_id', 'kind', 'about'), name='solerni_notice_once'),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(fields=['course_key', 'at', 'id'], name='solerni_log_course'),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(fields=['subject'], name='solerni_log_subject'),
        ),
        migrations.AddIndex(
            model_name='fingerprint',
            index=models.Index(fields=['scope', 'hash', 'post'], name='solerni_fingerprint'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['is_open', 'due_at', 'id'], name='solerni_case_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['course_key', 'is_open', 'due_at', 'id'], name='solerni_case_course'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['usage_key', 'is_open'], name='solerni_case_place'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('post', 'is_open'), name='solerni_case_open_once'),
        ),
        migrations.AddConstraint(
            model_name='appealmessage',
            constraint=models.UniqueConstraint(fields=('appeal', 'submission'), name='solerni_appeal_message_once'),
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(fields=['course_key', 'is_open', 'due_at', 'id'], name='solerni_appeal_course'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(fields=('decision', 'member_id'), name='solerni_appeal_once'),
        ),
    ]
