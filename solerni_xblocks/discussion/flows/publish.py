"""Publish: a draft is judged, written once, and told. Threads open with a post; replies follow in published threads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from solerni_xblocks.core import clock, htmlkit
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Advice, Draft, Outcome, Participant, Place, PostRecord, Voice
from solerni_xblocks.discussion.errors.attachments import FileGone
from solerni_xblocks.discussion.errors.writing import AlreadySent, PostsUsedUp, TooFast
from solerni_xblocks.discussion.flows import admitting, judging, wording
from solerni_xblocks.discussion.flows.announcements import announce_state
from solerni_xblocks.discussion.flows.appear import appear
from solerni_xblocks.discussion.flows.attach import attach_files, choose_files, list_declarations, require_nameless
from solerni_xblocks.discussion.flows.open_case import open_case, promise_answer
from solerni_xblocks.discussion.flows.rate import prepare_ratings
from solerni_xblocks.discussion.flows.save_draft import THREAD_SLOT, drop_draft, make_slot
from solerni_xblocks.discussion.models import Attachment, Post, State, Thread


@dataclass(frozen=True, kw_only=True)
class _Attempt:
    """One draft on its way: by whom, where, and under which post."""

    author: Participant
    place: Place
    draft: Draft
    thread: Thread | None = None
    parent: Post | None = None
    slot: str = THREAD_SLOT


def publish_thread(author_id: int, place: Place, draft: Draft) -> PostRecord | Advice:
    """Open a thread in ``place``."""
    return _publish(_Attempt(author=admitting.admit(author_id, place), place=place, draft=draft))


def publish_post(
    author_id: int, place: Place, draft: Draft, *, thread_uuid: UUID, parent_uuid: UUID | None = None
) -> PostRecord | Advice:
    """Reply in a published thread of ``place``, or comment on a reply."""
    author = admitting.admit(author_id, place)
    thread = admitting.find_open_thread(author, place, thread_uuid)
    parent = admitting.find_parent(author, thread, parent_uuid)
    slot = make_slot("comment", parent_uuid) if parent_uuid else make_slot("reply", thread_uuid)
    return _publish(_Attempt(author=author, place=place, draft=draft, thread=thread, parent=parent, slot=slot))


def _publish(attempt: _Attempt) -> PostRecord | Advice:
    post, advice = None, None
    try:
        admitting.require_pace(attempt.author, attempt.place)
        admitting.require_form(attempt.author, attempt.place, attempt.draft, is_opening=attempt.thread is None)
        files = choose_files(attempt.author, attempt.place, attempt.draft.files)
        require_nameless(attempt.draft.voice, files)
        judged = judging.judge_draft(
            attempt.author, attempt.place, attempt.draft, thread=attempt.thread, files=list_declarations(files)
        )
        advice = judging.find_advice(judged.verdict, attempt.place, attempt.draft)
        post = _write(attempt, judged, files) if advice is None else _find_earlier(attempt)
    except (IntegrityError, TooFast, PostsUsedUp, FileGone):
        # Sent before, or the other half of a double click was faster.
        post = _find_earlier(attempt)
        if post is None:
            raise
    if post is None:
        return advice
    return queries.to_written_post(post, attempt.place, viewer=attempt.author)


def _find_earlier(attempt: _Attempt) -> Post | None:
    """What the same submission wrote before. Raises AlreadySent when it was in other words."""
    thread, draft = attempt.thread, attempt.draft
    post = queries.find_submission(attempt.author.id, draft.submission)
    if post is None:
        return None
    is_same_place = post.thread == thread if thread else post.is_opening and post.thread.title == draft.title
    if not is_same_place or post.source != draft.source:
        raise AlreadySent
    return post


@transaction.atomic
def _write(attempt: _Attempt, judged: judging.Judged, files: list[Attachment]) -> Post:
    verdict = judged.verdict
    author, draft = attempt.author, attempt.draft
    if attempt.thread:
        admitting.hold_open(author, attempt.place, attempt.thread, attempt.parent)
    now = clock.now()
    is_held = verdict.outcome >= Outcome.HOLD
    rendered = wording.render(draft.source)
    state = State.HELD if is_held else State.PUBLISHED
    post = Post(
        thread=attempt.thread or _open_thread(attempt, rendered, state=state, at=now),
        parent=attempt.parent,
        author_id=author.id,
        voice=draft.voice,
        submission=draft.submission,
        is_opening=attempt.thread is None,
        by_staff=author.is_staff and draft.voice != Voice.ANONYMOUS,
        source=draft.source,
        html=rendered.html,
        plain=rendered.plain,
        words=rendered.words,
        renderer=htmlkit.POST_RENDERER,
        state=state,
        created_at=now,
        published_at=None if is_held else now,
        due_at=promise_answer(now) if is_held else None,
    )
    if not is_held:
        appear(post, at=now)  # before the row itself: see hold_thread
    post.save(force_insert=True)
    attach_files(post, files)
    wording.keep_version(post, draft, verdict, editor_id=author.id, at=now)
    judging.keep_findings(post, verdict)
    judging.keep_fingerprints(post, judged.fingerprints)
    prepare_ratings(post)
    source = judging.find_source(verdict)
    if source:
        open_case(post, source=source, score=judging.count_ruled(verdict), care=attempt.place.care)
    drop_draft(author.id, attempt.place.usage_key, attempt.slot)
    announce_state(post, at=now)
    return post


def _open_thread(attempt: _Attempt, rendered: wording.Rendered, *, state: State, at: datetime) -> Thread:
    author, place, draft = attempt.author, attempt.place, attempt.draft
    return Thread.objects.create(
        course_key=str(place.course_key),
        usage_key=str(place.usage_key),
        kind=draft.kind,
        title=draft.title,
        excerpt=rendered.excerpt,
        author_id=author.id,
        voice=draft.voice,
        state=state,
        replies_after_own=place.conduct.replies_after_own,
        group_id=author.group_id,
        created_at=at,
        last_activity_at=at,
    )
