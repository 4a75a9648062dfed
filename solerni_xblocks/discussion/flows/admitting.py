"""Who may write here and now: taking part, the gate *post*, the author's dates and pace. Nothing is changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Conduct, Draft, Participant, Place, Voice
from solerni_xblocks.discussion.errors import ThreadNotFound
from solerni_xblocks.discussion.errors.arranging import ThreadRearranged
from solerni_xblocks.discussion.errors.sanctioning import Muted
from solerni_xblocks.discussion.errors.writing import (
    KindNotOffered,
    NoAnonymity,
    NotYetOpen,
    NowClosed,
    ParentNotFound,
    PostsUsedUp,
    ThreadLocked,
    ThreadNotOpen,
    ThreadQuiet,
    ThreadsByStaffOnly,
    TooFast,
    VoiceNotYours,
)
from solerni_xblocks.discussion.flows.appear import hold_thread
from solerni_xblocks.discussion.models import Post, State, Thread
from solerni_xblocks.hooks import gates


def admit(member_id: int, place: Place) -> Participant:
    """The member as one who may write in ``place`` now.

    Raises: NotTakingPart; Refused or Unavailable from the gate *post*; Muted; NotYetOpen, NowClosed.
    """
    author = queries.get_participant(member_id, place)
    gates.require(gates.POST, member_id, place.course_key)
    require_unmuted(author, place)
    if not author.is_moderator:
        _require_dates(place.conduct)
    return author


def require_unmuted(member: Participant, place: Place) -> None:
    """No moderator lets the member only read for now; who moderates the course is not asked. Raises Muted."""
    running = None if member.is_moderator else queries.find_mute(member.id, place.course_key)
    if running and running.ends_at:
        raise Muted.tell(running.ends_at, where_to_go=reverse("solerni_discussion:decision", args=[running.uuid]))


def require_pace(author: Participant, place: Place) -> None:
    """One more post is within the author's pace. Raises TooFast, PostsUsedUp."""
    conduct = place.conduct
    if author.is_moderator or not (conduct.most_posts or conduct.pace.posts or conduct.pace.gap):
        return
    since = clock.now() - timedelta(hours=conduct.pace.hours)
    count = queries.count_posts(author.id, place, since=since)
    if conduct.most_posts and count.total >= conduct.most_posts:
        raise PostsUsedUp.tell(conduct.most_posts)
    if conduct.pace.posts and count.recent >= conduct.pace.posts:
        raise TooFast.tell(conduct.pace.posts, hours=conduct.pace.hours)
    gap = timedelta(minutes=conduct.pace.gap)
    if count.last_at and gap and count.last_at + gap > clock.now():
        raise TooFast.tell_until(count.last_at + gap)


def require_form(author: Participant, place: Place, draft: Draft, *, is_opening: bool) -> None:
    """The place offers what the draft asks for: a thread, its kind, its voice."""
    conduct = place.conduct
    if is_opening and not author.is_moderator:
        if not conduct.learners_open_threads:
            raise ThreadsByStaffOnly
        if draft.kind not in conduct.kinds:
            raise KindNotOffered(details={"field": "kind"})
    require_voice(author, place, draft.voice)


def require_voice(author: Participant, place: Place, voice: Voice) -> None:
    """The author may speak so. Raises NoAnonymity, VoiceNotYours."""
    if voice == Voice.ANONYMOUS and not place.conduct.allows_anonymity:
        raise NoAnonymity(details={"field": "voice"})
    if voice in (Voice.MODERATOR, Voice.UNNAMED_MODERATOR) and not author.is_moderator:
        raise VoiceNotYours(details={"field": "voice"})


def find_open_thread(author: Participant, place: Place, thread_uuid: UUID) -> Thread:
    """The thread, when the author may reply in it. Raises ThreadNotFound, ThreadNotOpen, ThreadLocked, ThreadQuiet."""
    thread = queries.get_thread_for(author, place, thread_uuid)
    if thread.state != State.PUBLISHED:
        raise ThreadNotOpen
    require_unlocked(author, place, thread)
    return thread


def require_unlocked(author: Participant, place: Place, thread: Thread) -> None:
    """The thread takes the author's words. Raises ThreadLocked, ThreadQuiet."""
    if author.is_moderator:
        return
    if queries.is_thread_locked(thread):
        raise ThreadLocked
    days = queries.find_quiet_days(thread, place)
    if days:
        raise ThreadQuiet.tell(days)


def hold_open(author: Participant, place: Place, thread: Thread, parent: Post | None) -> None:
    """The thread stays as it was read, with the reply to comment on, until the transaction ends.

    Raises: ThreadNotFound, ThreadRearranged, ThreadLocked when somebody was faster; ThreadQuiet.
    """
    now = hold_thread(thread.pk)
    if not queries.is_thread_shown_to(now, author):
        raise ThreadNotFound
    is_parted = parent is not None and not Post.objects.filter(pk=parent.pk, thread=thread, is_opening=False).exists()
    if now.merged_into_id or now.usage_key != thread.usage_key or is_parted:
        raise ThreadRearranged
    require_unlocked(author, place, now)


def find_parent(author: Participant, thread: Thread, parent_uuid: UUID | None) -> Post | None:
    """The reply to comment on; a comment on a comment goes to the same reply. None: a reply to the thread.

    Raises: ParentNotFound for a post of another thread, or one that the author may not see.
    """
    if parent_uuid is None:
        return None
    target = Post.objects.select_related("parent", "thread").filter(thread=thread, uuid=parent_uuid).first()
    if target is None or target.state != State.PUBLISHED or queries.is_hidden(target, author):
        raise ParentNotFound
    return None if target.is_opening else target.parent or target


def _require_dates(conduct: Conduct) -> None:
    now: datetime = clock.now()
    if conduct.opens_at and now < conduct.opens_at:
        raise NotYetOpen.tell(conduct.opens_at)
    if conduct.closes_at and now >= conduct.closes_at:
        raise NowClosed.tell(conduct.closes_at)
