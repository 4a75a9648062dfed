"""Which decision can be taken on a post in which state, who may take it, and what it must say."""

from __future__ import annotations

from datetime import datetime

from solerni_xblocks.discussion.data import Act, Power, State

TRANSITIONS: dict[State, dict[Act, State]] = {
    State.HELD: {Act.PUBLISH: State.PUBLISHED, Act.ASK: State.REVISING, Act.REFUSE: State.REFUSED},
    State.REVISING: {Act.PUBLISH: State.PUBLISHED, Act.REFUSE: State.REFUSED},
    State.PUBLISHED: {
        Act.KEEP: State.PUBLISHED,
        Act.ASK: State.REVISING,
        Act.HIDE: State.HIDDEN,
        Act.REMOVE: State.REMOVED,
    },
    State.HIDDEN: {Act.RESTORE: State.PUBLISHED, Act.ASK: State.REVISING, Act.REMOVE: State.REMOVED},
    State.REFUSED: {Act.PUBLISH: State.PUBLISHED},
    State.REMOVED: {Act.RESTORE: State.PUBLISHED},
    State.WITHDRAWN: {Act.KEEP: State.WITHDRAWN},
}
"""What each act makes of a post. What its author withdrew stays so: only who reported is answered."""

EXPLAINED = frozenset({Act.ASK, Act.REFUSE, Act.HIDE, Act.REMOVE, Act.LOCK})
"""Acts that name a rule and speak to the author."""

OF_THREADS = frozenset({Act.LOCK, Act.UNLOCK})
"""Acts on a thread as a whole; the message that opens it stays as it is."""

_BEFORE_PUBLICATION = frozenset({State.HELD, State.REVISING})


def find_transition(state: State, act: Act) -> State | None:
    """The state that ``act`` makes of a post in ``state``; None when it does not apply.

    >>> find_transition(State.HELD, Act.ASK)
    <State.REVISING: 'revising'>
    >>> find_transition(State.REMOVED, Act.HIDE) is None
    True
    """
    return TRANSITIONS[state].get(act)


def may_decide(power: Power, *, state: State, was_published: bool) -> bool:
    """Moderators decide on everything; trusted learners on what nobody else has seen yet.

    >>> may_decide(Power.TRUSTED, state=State.HELD, was_published=False)
    True
    >>> may_decide(Power.TRUSTED, state=State.HELD, was_published=True)
    False
    >>> may_decide(Power.MODERATOR, state=State.REMOVED, was_published=True)
    True
    """
    if power is Power.TRUSTED:
        return state in _BEFORE_PUBLICATION and not was_published
    return power is Power.MODERATOR


def list_acts(power: Power, *, state: State, was_published: bool, is_waiting: bool) -> tuple[Act, ...]:
    """What a moderator with ``power`` can do about a post now; keeping answers a case, so one must wait.

    >>> [act.value for act in list_acts(Power.TRUSTED, state=State.HELD, was_published=False, is_waiting=True)]
    ['publish', 'ask', 'refuse']
    >>> list_acts(Power.NONE, state=State.HELD, was_published=False, is_waiting=True)
    ()
    """
    if not may_decide(power, state=state, was_published=was_published):
        return ()
    return tuple(act for act in TRANSITIONS[state] if act != Act.KEEP or is_waiting)


def is_restriction(act: Act, *, before: State) -> bool:
    """Whether the author loses something by it, so that a statement of reasons is owed (DSA article 17).

    A post that waited and is asked for again loses nothing that it had.

    >>> is_restriction(Act.REFUSE, before=State.HELD), is_restriction(Act.ASK, before=State.HELD)
    (True, False)
    >>> is_restriction(Act.ASK, before=State.PUBLISHED), is_restriction(Act.KEEP, before=State.PUBLISHED)
    (True, False)
    """
    return act in (Act.REFUSE, Act.HIDE, Act.REMOVE) or (act == Act.ASK and before not in _BEFORE_PUBLICATION)


def upholds_reports(after: State) -> bool:
    """Whether who reported was right: the post did not stay as it was."""
    return after != State.PUBLISHED


def may_undo(decided_at: datetime, *, now: datetime, minutes: int) -> bool:
    """A gesture can be taken back for so many minutes; then a new decision is needed.

    >>> at = datetime(2026, 11, 23, 9, 0)
    >>> may_undo(at, now=datetime(2026, 11, 23, 9, 10), minutes=10), may_undo(at, now=at.replace(minute=11), minutes=10)
    (True, False)
    """
    return (now - decided_at).total_seconds() <= minutes * 60
