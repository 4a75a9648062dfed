"""Forget: a member's words and name leave; threads keep their shape, decisions stay as evidence without their words."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, QuerySet

from solerni_xblocks.discussion.flows.drop_files import forget_files
from solerni_xblocks.discussion.flows.settle_case import drop_cases
from solerni_xblocks.discussion.models import (
    Appeal,
    AppealMessage,
    Case,
    Draft,
    Finding,
    Fingerprint,
    MailKey,
    MemberWord,
    Moderator,
    Notice,
    PlaceMark,
    Post,
    Preference,
    Rating,
    Report,
    Sanction,
    SearchText,
    State,
    Thread,
    ThreadMark,
    Version,
    Vote,
    WordEntry,
)


@transaction.atomic
def forget_member(member_id: int) -> dict[str, int]:
    """Anonymise all that the member wrote, drop what they marked. Told twice, it finds nothing the second time."""
    return {
        **_forget_reading(member_id),
        **_forget_moderating(member_id),
        **_forget_writing(member_id),
    }


def _forget_writing(member_id: int) -> dict[str, int]:
    posts = Post.objects.filter(author_id=member_id)
    threads = Thread.objects.filter(author_id=member_id)
    Finding.objects.filter(post__in=posts).delete()
    Rating.objects.filter(post__in=posts).delete()
    Fingerprint.objects.filter(post__in=posts).delete()
    SearchText.objects.filter(post__in=posts).delete()
    drop_cases(posts)
    _empty_versions(Version.objects.filter(post__in=posts))
    Version.objects.filter(editor_id=member_id).update(editor_id=None)
    Post.objects.filter(endorsed_by=member_id).update(endorsed_by=None)
    Thread.objects.filter(last_author_id=member_id).update(last_author_id=None)
    Thread.objects.filter(resolved_by=member_id).update(resolved_by=None)
    # What waited for a moderator waits no longer, and never appears.
    posts.filter(state=State.HELD).update(state=State.REFUSED)
    threads.filter(state=State.HELD).update(state=State.REFUSED)
    return {
        "posts": posts.update(source="", html="", plain="", words=0, files=0, author_id=None),
        "threads": threads.update(title="", excerpt="", author_id=None),
        "drafts": Draft.objects.filter(member_id=member_id).delete()[0],
        "files": forget_files(member_id),
    }


def _empty_versions(versions: QuerySet[Version]) -> None:
    versions.update(title="", source="", licence="", rights_source="", measures="", editor_id=None)


def _forget_reading(member_id: int) -> dict[str, int]:
    votes = Vote.objects.filter(member_id=member_id)
    voted = Post.objects.filter(pk__in=list(votes.values_list("post_id", flat=True)))
    Thread.objects.filter(pk__in=list(voted.filter(is_opening=True).values_list("thread_id", flat=True))).update(
        votes=F("votes") - 1
    )
    voted.update(votes=F("votes") - 1)
    marks = [ThreadMark, PlaceMark, Preference, MailKey, MemberWord]
    return {
        "votes": votes.delete()[0],
        "marks": sum(model.objects.filter(member_id=member_id).delete()[0] for model in marks),
        "notices": Notice.objects.filter(member_id=member_id).delete()[0],
    }


def _forget_moderating(member_id: int) -> dict[str, int]:
    """Reports, contests and the work of a moderator; a contest stays open: it is answered without its member."""
    Moderator.objects.filter(granted_by=member_id).update(granted_by=None)
    WordEntry.objects.filter(added_by=member_id).update(added_by=None)
    Case.objects.filter(claimed_by=member_id).update(claimed_by=None, claimed_until=None)
    Appeal.objects.filter(second_reader_id=member_id).update(second_reader_id=None, claimed_until=None)
    reports = Report.objects.filter(reporter_id=member_id)
    return {
        "reports": reports.update(reporter_id=None, name="", email="", note="", law=""),
        "appeals": Appeal.objects.filter(member_id=member_id).update(member_id=None),
        "appeal_messages": AppealMessage.objects.filter(writer_id=member_id).update(writer_id=None, text=""),
        "sanctions": Sanction.objects.filter(member_id=member_id).update(member_id=None),
        "appointments": Moderator.objects.filter(user_id=member_id).delete()[0],
    }
