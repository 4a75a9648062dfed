"""Revise: a post gets another wording, judged like a first one; what stood before stays in its history.

An author changes what is published (within the place's time), what waits, and what a moderator wants corrected or
refused: that goes back to the moderators. A moderator changes the words of others only while published or waiting,
and it is logged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock, htmlkit
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Advice, Draft, Kind, Outcome, Participant, Place, PostRecord, Verdict, Voice
from solerni_xblocks.discussion.errors.writing import EditTimeOver, NotChangeable, PostChanged
from solerni_xblocks.discussion.flows import admitting, judging, wording
from solerni_xblocks.discussion.flows.announcements import announce_change, announce_state
from solerni_xblocks.discussion.flows.appear import disappear, hold_thread
from solerni_xblocks.discussion.flows.attach import attach_files, choose_files, list_declarations, require_nameless
from solerni_xblocks.discussion.flows.index import index_post
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.open_case import open_case, promise_answer
from solerni_xblocks.discussion.flows.rate import prepare_ratings
from solerni_xblocks.discussion.flows.save_draft import drop_draft, make_slot
from solerni_xblocks.discussion.models import Attachment, Post, Source, State, Thread

WAITING_FOR_AUTHOR = (State.REVISING, State.REFUSED)


@dataclass(frozen=True, kw_only=True)
class _Revision:
    """One new wording on its way: by whom, of what."""

    editor: Participant
    place: Place
    post: Post
    draft: Draft

    @property
    def is_by_author(self) -> bool:
        return self.post.author_id == self.editor.id


def revise_post(editor_id: int, place: Place, draft: Draft, *, post_uuid: UUID, version: int) -> PostRecord | Advice:
    """Give the post another wording, when ``version`` is still the one that stands."""
    editor = admitting.admit(editor_id, place)
    post = queries.get_changeable_post(editor, place, post_uuid)
    revision = _Revision(
        editor=editor,
        place=place,
        post=post,
        draft=replace(draft, title=draft.title if post.is_opening else "", kind=Kind(post.thread.kind)),
    )
    if not _is_told_already(revision, version):
        require_changeable(editor, place, post)
        if post.version != version:
            raise tell_change(post)
        files = choose_files(editor, place, draft.files, post=post)
        require_nameless(Voice(post.voice), [row for row in files if row.post_id is None])
        judged = judging.judge_draft(
            editor, place, revision.draft, thread=_find_thread(post), post=post, files=list_declarations(files)
        )
        advice = _find_advice(revision, judged.verdict)
        if advice:
            return advice
        _write(revision, judged, files)
    return queries.to_own_post(post, viewer_id=editor_id, sees_all=editor.is_moderator)


def require_changeable(editor: Participant, place: Place, post: Post) -> None:
    """The editor may give the post another wording now.

    Raises: NotChangeable, EditTimeOver, ThreadLocked, ThreadQuiet.
    """
    if post.author_id != editor.id:
        if post.state not in (State.PUBLISHED, State.HELD):
            raise NotChangeable
        return
    if post.state not in (State.PUBLISHED, State.HELD, *WAITING_FOR_AUTHOR):
        raise NotChangeable
    if editor.is_moderator:
        return
    admitting.require_unlocked(editor, place, post.thread)
    minutes = place.conduct.edit_minutes
    if post.state == State.PUBLISHED and minutes is not None and _age(post) > timedelta(minutes=minutes):
        raise EditTimeOver.tell(minutes)


def tell_change(post: Post) -> PostChanged:
    """The refusal, with the wording that stands now."""
    return PostChanged(
        details={"version": post.version, "title": post.thread.title if post.is_opening else "", "text": post.source}
    )


def _find_thread(post: Post) -> Thread | None:
    """The thread that a reply stands in."""
    return None if post.is_opening else post.thread


def _age(post: Post) -> timedelta:
    return clock.now() - (post.published_at or post.created_at)


def _is_told_already(revision: _Revision, version: int) -> bool:
    """The same words are no new wording: nothing was changed, or the same form was sent twice."""
    post, draft = revision.post, revision.draft
    is_same = post.source == draft.source and (not post.is_opening or post.thread.title == draft.title)
    is_same = is_same and (draft.files is None or set(draft.files) == {row.uuid for row in queries.list_shown(post)})
    is_unchanged = post.version == version and post.state not in WAITING_FOR_AUTHOR
    return is_same and (is_unchanged or post.version == version + 1)


def _find_advice(revision: _Revision, verdict: Verdict) -> Advice | None:
    """What the author must read first: also that what is published now would be hidden until it is read."""
    if not revision.is_by_author:
        return None
    advice = judging.find_advice(verdict, revision.place, revision.draft)
    is_taken_down = revision.post.state == State.PUBLISHED and verdict.outcome == Outcome.HOLD
    if advice or not is_taken_down or revision.draft.insists:
        return advice
    return Advice(
        outcome=Outcome.HOLD,
        reasons=verdict.reasons,
        title=revision.draft.title,
        source=revision.draft.source,
        may_insist=True,
    )


@transaction.atomic
def _write(revision: _Revision, judged: judging.Judged, files: list[Attachment]) -> None:
    verdict = judged.verdict
    post, draft, now = revision.post, revision.draft, clock.now()
    before, rendered = State(post.state), wording.render(draft.source)
    state = _decide_state(revision, verdict)
    changes = {
        "version": post.version + 1,
        "source": draft.source,
        "html": rendered.html,
        "plain": rendered.plain,
        "words": rendered.words,
        "renderer": htmlkit.POST_RENDERER,
        "state": state,
        "edited_at": now,
    }
    if state == State.HELD and before != State.HELD:
        changes["due_at"] = promise_answer(now)
    thread = hold_thread(post.thread_id)
    if revision.is_by_author:
        admitting.require_unlocked(revision.editor, revision.place, thread)
    # The row itself says whether somebody else was faster.
    where = {"thread": post.thread_id, "is_opening": post.is_opening}
    if not Post.objects.filter(pk=post.pk, version=post.version, state=before, **where).update(**changes):
        post.refresh_from_db()
        raise tell_change(post)
    for name, value in changes.items():
        setattr(post, name, value)
    about = {"title": draft.title, "excerpt": rendered.excerpt, "state": state} if post.is_opening else {}
    _change(post.thread, edited_at=now, **about)
    attach_files(post, files)
    wording.keep_version(post, draft, verdict, editor_id=revision.editor.id, at=now)
    judging.keep_findings(post, verdict)
    judging.keep_fingerprints(post, judged.fingerprints)
    prepare_ratings(post)
    _tell(revision, verdict, before, at=now)
    index_post(post)
    drop_draft(revision.editor.id, revision.place.usage_key, make_slot("edit", post.uuid))


def _change(thread: Thread, **values: Any) -> None:
    Thread.objects.filter(pk=thread.pk).update(**values)
    for name, value in values.items():
        setattr(thread, name, value)


def _decide_state(revision: _Revision, verdict: Verdict) -> State:
    """Where the post stands with its new words."""
    before = State(revision.post.state)
    if not revision.is_by_author:
        return before
    if before in WAITING_FOR_AUTHOR or verdict.outcome == Outcome.HOLD:
        return State.HELD
    return before


def _tell(revision: _Revision, verdict: Verdict, before: State, *, at: datetime) -> None:
    """Cases, counters, log and listeners follow."""
    post = revision.post
    if not revision.is_by_author:
        log_act(
            "edit",
            actor_id=revision.editor.id,
            course_key=post.thread.course_key,
            subject_kind="post",
            subject=post.uuid,
            before={"version": post.version - 1},
            after={"version": post.version},
        )
    if post.state == State.HELD:
        source = Source.REVISION if before in WAITING_FOR_AUTHOR else judging.find_source(verdict) or Source.MODE
        open_case(post, source=source, score=judging.count_ruled(verdict))
    elif verdict.is_to_read and revision.is_by_author:
        open_case(post, source=Source.SUSPECT, score=judging.count_ruled(verdict))
    if post.state != before:
        if before == State.PUBLISHED:
            disappear(post)
            announce_change(post, before=before, was_published=True, at=at)
        announce_state(post, at=at)
