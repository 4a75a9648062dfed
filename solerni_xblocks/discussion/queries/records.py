"""Rows become shapes of ``data``; what the viewer may not know is left out here."""

from __future__ import annotations

from django.db.models import F, Prefetch, QuerySet, prefetch_related_objects

from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Part, Passage, Place, Window
from solerni_xblocks.discussion.models import Act, Decision, DecisionGround, Finding, Kind, Post, State, Thread, Voice
from solerni_xblocks.discussion.queries.locks import find_quiet_days, is_thread_locked
from solerni_xblocks.discussion.rules.deciding import OF_THREADS
from solerni_xblocks.discussion.rules.sanctions import SANCTIONS

_ELSEWHERE = SANCTIONS | OF_THREADS | {Act.KEEP}
"""Decisions that changed nothing for the post: who reported, or its author, is told of them elsewhere."""


def with_findings(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related("parent").prefetch_related("findings", _fetch_told())


def fetch_findings(posts: list[Post], *, viewer_id: int, sees_all: bool) -> None:
    """Read, for all of ``posts`` at once, what rules saw and moderators decided, where ``to_post`` tells of it."""
    told = [post for post in posts if _was_held(post, viewer_id, sees_all) or _is_decided(post, viewer_id, sees_all)]
    prefetch_related_objects(told, "findings", _fetch_told())


def _fetch_told() -> Prefetch:
    told = Decision.objects.select_related("undone_by").prefetch_related("grounds")
    return Prefetch("decisions", queryset=told)


def with_answer(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """``threads`` with the ``answer_uuid`` that ``to_thread`` asks for; the answer itself is not read."""
    return threads.annotate(answer_uuid=F("answer__uuid"))


def to_thread(
    thread: Thread, place: Place, *, viewer_id: int, sees_all: bool, hides_replies: bool = False
) -> data.ThreadRecord:
    """The line of a list that ``thread`` of ``place`` makes for the viewer; its answer, if ``with_answer`` asked.

    ``hides_replies``: as ``own_first`` says.
    """
    quiet_days = find_quiet_days(thread, place)
    return data.ThreadRecord(
        uuid=thread.uuid,
        kind=data.Kind(thread.kind),
        title=thread.title,
        author_id=show_author(thread, viewer_id=viewer_id, sees_all=sees_all),
        voice=data.Voice(thread.voice),
        state=data.State(thread.state),
        replies=thread.replies,
        created_at=thread.created_at,
        last_activity_at=thread.last_activity_at,
        last_author_id=None if hides_replies else thread.last_author_id,
        excerpt=thread.excerpt,
        votes=thread.votes,
        open_reports=thread.open_reports if sees_all else 0,
        answer_uuid=None if hides_replies else getattr(thread, "answer_uuid", None),
        is_answered=thread.is_answered,
        resolved_at=thread.resolved_at,
        resolved_by=thread.resolved_by,
        is_pinned=thread.is_pinned,
        is_locked=quiet_days > 0 or is_thread_locked(thread),
        quiet_days=quiet_days,
        hides_replies=hides_replies,
        window=Window(begins=thread.shown_from if sees_all else None, ends=thread.shown_until),
    )


def to_post(post: Post, thread: Thread, *, viewer_id: int, sees_all: bool) -> data.PostRecord:
    """``post`` as the viewer may see it: why it was held, and what was decided, only as author or moderator.

    Of a post that was published once and is not now, others learn only that it stood here.
    """
    may_know = _may_know(post, viewer_id, sees_all)
    is_veiled = post.state != State.PUBLISHED and not may_know
    was_held = _was_held(post, viewer_id, sees_all)
    decisions = _list_decisions(post) if was_held or _is_decided(post, viewer_id, sees_all) else []
    return data.PostRecord(
        uuid=post.uuid,
        thread_uuid=thread.uuid,
        parent_uuid=post.parent.uuid if post.parent else None,
        title=thread.title,
        author_id=None if is_veiled else show_author(post, viewer_id=viewer_id, sees_all=sees_all),
        voice=data.Voice(post.voice),
        version=post.version,
        is_opening=post.is_opening,
        by_staff=post.by_staff,
        source="" if is_veiled else post.source,
        html="" if is_veiled else post.html,
        state=data.State(post.state),
        created_at=post.created_at,
        published_at=post.published_at,
        edited_at=post.edited_at,
        due_at=post.due_at,
        reasons=_list_reasons(post) if was_held else (),
        decision=to_decision(decisions[-1]) if decisions else None,
        votes=post.votes,
        is_accepted=thread.answer_id == post.id,
        is_endorsed=post.endorsed_at is not None,
        is_veiled=is_veiled,
        is_issue=post.is_opening and thread.kind == Kind.ISSUE,
        may_look_back=_may_look_back(post, viewer_id=viewer_id, sees_all=sees_all),
        may_decide=sees_all and post.author_id not in (None, viewer_id),
    )


def _may_know(post: Post, viewer_id: int, sees_all: bool) -> bool:
    return sees_all or (post.author_id is not None and post.author_id == viewer_id)


def _was_held(post: Post, viewer_id: int, sees_all: bool) -> bool:
    return post.due_at is not None and _may_know(post, viewer_id, sees_all)


def _is_decided(post: Post, viewer_id: int, sees_all: bool) -> bool:
    return post.state != State.PUBLISHED and _may_know(post, viewer_id, sees_all)


def _may_look_back(post: Post, *, viewer_id: int, sees_all: bool) -> bool:
    """Who wrote it, unless it was taken down; who moderates, while it is read or waits."""
    if post.author_id == viewer_id:
        return post.state in (State.PUBLISHED, State.HELD, State.REVISING, State.REFUSED)
    return sees_all and post.state in (State.PUBLISHED, State.HELD) and post.author_id is not None


def _list_decisions(post: Post) -> list[Decision]:
    """What was decided on the post and not taken back."""
    done = [row for row in post.decisions.all() if row.act not in _ELSEWHERE and row.undoes_id is None]
    return [row for row in done if not hasattr(row, "undone_by")]


def _list_reasons(post: Post) -> tuple[data.Reason, ...]:
    """What rules saw in the wording that stands; what was only tried shows nowhere."""
    rows = [row for row in post.findings.all() if row.version == post.version and not row.is_dry]
    return tuple(map(to_reason, rows))


def show_author(written: Thread | Post, *, viewer_id: int, sees_all: bool) -> int | None:
    """Who wrote, unless their voice hides them from the viewer."""
    is_hidden = written.voice in (Voice.ANONYMOUS, Voice.UNNAMED_MODERATOR)
    return None if is_hidden and not (sees_all or written.author_id == viewer_id) else written.author_id


def to_reason(row: Finding) -> data.Reason:
    passage = None if row.start is None else Passage(start=row.start, end=row.end)
    return data.Reason(
        rule=row.rule,
        code=row.code,
        clause=row.clause,
        part=Part(row.part),
        passage=passage,
        seen=row.seen,
        score=row.score,
        threshold=row.threshold,
        outcome=data.Outcome(row.outcome),
        is_dry=row.is_dry,
    )


def to_decision(row: Decision) -> data.DecisionRecord:
    """A decision with its grounds; ``undone_by`` costs a query unless it was selected."""
    return data.DecisionRecord(
        uuid=row.uuid,
        moderator_id=row.moderator_id,
        act=data.Act(row.act),
        outcome=data.State(row.outcome),
        clause=row.clause,
        message=row.message,
        at=row.at,
        grounds=tuple(map(to_ground, row.grounds.all())),
        is_undone=hasattr(row, "undone_by"),
    )


def to_ground(row: DecisionGround) -> data.Ground:
    passage = None if row.start is None else Passage(start=row.start, end=row.end)
    return data.Ground(
        clause=row.clause,
        part=Part(row.part or Part.BODY),
        passage=passage,
        explanation=row.explanation,
        law=row.law,
        terms_url=row.terms_url,
    )
