"""What the author of a course sets for a discussion: the fields of the block, as they travel in course files."""

from __future__ import annotations

from django.utils.translation import gettext_noop
from xblock.core import XBlockMixin
from xblock.fields import Boolean, DateTime, Dict, Float, Integer, List, Scope, String

SET = {"scope": Scope.settings}


class DiscussionSettings(XBlockMixin):
    """Every choice of the author, grouped as the form in Studio shows them."""

    display_name = String(
        display_name=gettext_noop("Name"),
        help=gettext_noop("Shown above the discussion and in the course outline."),
        default="Discussion",
        **SET,
    )
    prompt = String(
        display_name=gettext_noop("Prompt"),
        help=gettext_noop("What to talk about, in Markdown. Shown above the threads."),
        default="",
        scope=Scope.content,
        multiline_editor=True,
    )

    kinds = List(
        display_name=gettext_noop("Kinds of threads"),
        help=gettext_noop("What learners may open."),
        default=["discussion", "question"],
        **SET,
    )
    learners_open_threads = Boolean(
        display_name=gettext_noop("Learners open threads"),
        help=gettext_noop("Otherwise they reply in those of the course team."),
        default=True,
        **SET,
    )
    allows_anonymity = Boolean(
        display_name=gettext_noop("Messages without a name"),
        help=gettext_noop("Learners may hide their name from the others. Moderators and the course team see it."),
        default=False,
        **SET,
    )
    is_divided = Boolean(
        display_name=gettext_noop("Apart by cohort"),
        help=gettext_noop("Learners meet those of their own cohort only. Moderators see every thread."),
        default=False,
        **SET,
    )
    replies_after_own = Boolean(
        display_name=gettext_noop("Replies of others only after one’s own"),
        help=gettext_noop(
            "In each thread, learners read the first message, reply, and only then see the replies of the others. "
            "A reply that waits for a moderator counts. Moderators and the course team see everything."
        ),
        default=False,
        **SET,
    )
    file_kinds = List(
        display_name=gettext_noop("Files that may be added"),
        help=gettext_noop("Told from their content. Images are kept without what cameras write into them."),
        default=["image", "pdf", "text"],
        **SET,
    )
    most_files = Integer(
        display_name=gettext_noop("Most files of one message"), help=gettext_noop("0: none."), default=4, **SET
    )
    file_megabytes = Float(
        display_name=gettext_noop("Largest file, in megabytes"),
        help=gettext_noop("The site may allow less."),
        default=4.0,
        **SET,
    )
    template = Dict(
        display_name=gettext_noop("Form of contributions"),
        help=gettext_noop("Required parts and lengths of what is posted as a contribution."),
        default={},
        scope=Scope.content,
    )

    hide_weight = Float(
        display_name=gettext_noop("Hide what is reported"),
        help=gettext_noop("From this weight of open reports on (one member: about 1), until read. 0: never."),
        default=3.0,
        **SET,
    )
    publishes_overdue = Boolean(
        display_name=gettext_noop("Publish what nobody read in time"),
        help=gettext_noop("Only what waits because every message waits; never what a rule held or was reported."),
        default=False,
        **SET,
    )
    moderation = String(
        display_name=gettext_noop("Moderation"),
        help=gettext_noop("When a moderator reads messages."),
        default="reactive",
        **SET,
    )
    first_posts = Integer(
        display_name=gettext_noop("How many first messages wait"),
        help=gettext_noop("Once so many of a learner's messages were published, the next appear at once."),
        default=3,
        **SET,
    )
    spares_trusted = Boolean(
        display_name=gettext_noop("Trusted learners do not wait"),
        help=gettext_noop("Their messages appear at once, unless a rule holds them."),
        default=False,
        **SET,
    )
    lets_insist = Boolean(
        display_name=gettext_noop("Advice may be passed over"),
        help=gettext_noop("After an advice, learners may publish all the same; moderators see that they did."),
        default=True,
        **SET,
    )
    rules = Dict(
        display_name=gettext_noop("Rules"),
        help=gettext_noop("Which of the eight rules act here, how far they go, and from which score on."),
        default={},
        **SET,
    )
    languages = List(
        display_name=gettext_noop("Languages"),
        help=gettext_noop(
            "In which messages may be written, by their two-letter codes, one a line. Empty: that of the course."
        ),
        default=[],
        **SET,
    )
    glossary = List(
        display_name=gettext_noop("Words of the course"),
        help=gettext_noop("Names and terms that the spelling rule knows here, one a line."),
        default=[],
        scope=Scope.content,
    )
    domains = List(
        display_name=gettext_noop("Sites that may be linked to"),
        help=gettext_noop("Names such as example.org, one a line; links to them never count as promotion."),
        default=[],
        **SET,
    )

    opens_at = DateTime(
        display_name=gettext_noop("Opens"), help=gettext_noop("From then on messages are taken."), default=None, **SET
    )
    closes_at = DateTime(
        display_name=gettext_noop("Closes"),
        help=gettext_noop("From then on the discussion can only be read."),
        default=None,
        **SET,
    )
    quiet_days = Integer(
        display_name=gettext_noop("Days without a message that lock a thread"),
        help=gettext_noop("Learners then read it and write in it no more, until a moderator does. 0: never."),
        default=0,
        **SET,
    )
    edit_minutes = Integer(
        display_name=gettext_noop("How long messages can be changed"),
        help=gettext_noop("Minutes after publication; 0: not at all; empty: always."),
        default=None,
        **SET,
    )
    most_posts = Integer(
        display_name=gettext_noop("Most messages of one learner"),
        help=gettext_noop("0: as many as they like."),
        default=0,
        **SET,
    )
    pace_posts = Integer(
        display_name=gettext_noop("Messages within the period"), help=gettext_noop("0: no limit."), default=0, **SET
    )
    pace_hours = Integer(display_name=gettext_noop("Period, in hours"), default=24, **SET)
    pace_gap = Integer(
        display_name=gettext_noop("Minutes between two messages"), help=gettext_noop("0: no limit."), default=0, **SET
    )

    least_threads = Integer(
        display_name=gettext_noop("Threads to open"), help=gettext_noop("0: not asked."), default=0, **SET
    )
    least_replies = Integer(
        display_name=gettext_noop("Replies to write"), help=gettext_noop("0: not asked."), default=0, **SET
    )
    least_words = Integer(
        display_name=gettext_noop("Words to write in all"), help=gettext_noop("0: not asked."), default=0, **SET
    )
    is_graded = Boolean(
        display_name=gettext_noop("Counts for the grade"),
        help=gettext_noop("The grade is the part of what is asked above that was done."),
        default=False,
        **SET,
    )
    weight = Float(display_name=gettext_noop("Points"), default=1.0, **SET)
