"""Publish: a draft is judged, written once, and told. Threads open with a post; replies follow in published threads."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from solerni_xblocks.core import clock, htmlkit
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Draft, Outcome, Place, PostRecord, Reason, Scene
from solerni_xblocks.discussion.errors import AlreadySent, NotTakingPart, PageTooLong, ThreadNotOpen
from solerni_xblocks.discussion.flows.announcements import announce_state
from solerni_xblocks.discussion.flows.appear import appear
from solerni_xblocks.discussion.flows.open_case import open_case, promise_answer
from solerni_xblocks.discussion.models import Finding, Post, Source, State, Thread
from solerni_xblocks.discussion.rules.moderation import MODE_RULE, judge
from solerni_xblocks.hooks import gates
from solerni_xblocks.host import api as host


def publish_thread(author_id: int, place: Place, draft: Draft) -> PostRecord:
    """Open a thread in ``place``."""
    return _publish(author_id, place, draft, scene=_admit(author_id, place), thread=None)


def publish_post(author_id: int, place: Place, draft: Draft, *, thread_uuid: UUID) -> PostRecord:
    """Reply in a published thread of ``place``."""
    scene = _admit(author_id, place)
    thread = queries.get_thread(place, thread_uuid, viewer_id=author_id, sees_all=scene.is_moderator)
    if thread.state != State.PUBLISHED:
        raise ThreadNotOpen
    return _publish(author_id, place, draft, scene=scene, thread=thread)


def _admit(author_id: int, place: Place) -> Scene:
    is_staff = host.courses().is_staff(author_id, place.course_key)
    is_moderator = is_staff or queries.is_appointed(author_id, place.course_key)
    if not (is_moderator or host.courses().is_enrolled(author_id, place.course_key)):
        raise NotTakingPart
    gates.require(gates.POST, author_id, place.course_key)
    return Scene(is_moderator=is_moderator, is_staff=is_staff)


def _publish(author_id: int, place: Place, draft: Draft, *, scene: Scene, thread: Thread | None) -> PostRecord:
    try:
        post = _write(author_id, place, draft, scene=scene, thread=thread)
    except IntegrityError:
        # Sent before, or the other half of a double click was faster.
        earlier = queries.find_submission(author_id, draft.submission)
        if earlier is None:
            raise
        _require_same(earlier, draft, thread)
        post = earlier
    return queries.to_post(post, post.thread, viewer_id=author_id, sees_all=False)


def _require_same(post: Post, draft: Draft, thread: Thread | None) -> None:
    is_same_place = post.thread == thread if thread else post.is_opening and post.thread.title == draft.title
    if not is_same_place or post.source != draft.source:
        raise AlreadySent


@transaction.atomic
def _write(author_id: int, place: Place, draft: Draft, *, scene: Scene, thread: Thread | None) -> Post:
    now = clock.now()
    verdict = judge(draft, scene, place.policy)
    is_held = verdict.outcome >= Outcome.HOLD
    state = State.HELD if is_held else State.PUBLISHED
    post = Post.objects.create(
        thread=thread or _open_thread(author_id, place, draft, state=state),
        author_id=author_id,
        submission=draft.submission,
        is_opening=thread is None,
        by_staff=scene.is_staff,
        source=draft.source,
        html=_render(draft.source),
        renderer=htmlkit.RENDERER,
        state=state,
        created_at=now,
        published_at=None if is_held else now,
        due_at=promise_answer(now) if is_held else None,
    )
    Finding.objects.bulk_create(_make_row(post, reason) for reason in verdict.reasons)
    if is_held:
        ruled = sum(reason.rule != MODE_RULE for reason in verdict.reasons)
        open_case(post, source=Source.RULE if ruled else Source.MODE, score=ruled)
    if not is_held:
        appear(post, at=now)
    announce_state(post, at=now)
    return post


def _open_thread(author_id: int, place: Place, draft: Draft, *, state: State) -> Thread:
    now = clock.now()
    return Thread.objects.create(
        course_key=str(place.course_key),
        usage_key=str(place.usage_key),
        title=draft.title,
        author_id=author_id,
        state=state,
        created_at=now,
        last_activity_at=now,
    )


def _make_row(post: Post, reason: Reason) -> Finding:
    return Finding(
        post=post,
        rule=reason.rule,
        clause=reason.clause,
        code=reason.code,
        part=reason.part,
        start=reason.passage.start if reason.passage else None,
        end=reason.passage.end if reason.passage else None,
    )


def _render(source: str) -> str:
    try:
        return htmlkit.render_markdown(source)
    except htmlkit.PageTooLong as error:
        raise PageTooLong from error
