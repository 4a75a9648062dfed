"""Contesting decisions: the page of a decision, the complaint, its dialogue, the second reader's answer."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data.contesting import (
    AppealCursor,
    AppealPage,
    AppealReading,
    Contester,
    DecisionReading,
    SecondReading,
    Words,
)
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.flows import answer_appeal as answering
from solerni_xblocks.discussion.flows import claim_appeal as claiming
from solerni_xblocks.discussion.flows import contest
from solerni_xblocks.discussion.queries import appeals


def read_decision(contester: Contester, uuid: UUID) -> DecisionReading:
    """A decision as the post's author, or somebody whose report it answers, reads it.

    Raises: DecisionNotFound, also for everybody else.
    """
    return appeals.read_decision(uuid, contester)


def contest_decision(contester: Contester, uuid: UUID, words: Words) -> UUID:
    """Ask for a second reading within six months (DSA article 20), once; sent twice, it is one. Returns its uuid.

    Whoever can read it a second time is told; who took the decision is not among them.

    Raises: DecisionNotFound, NotContestable, ContestClosed, AlreadyContested, AppealTextMissing, AppealTextTooLong.
    """
    return contest.contest_decision(contester, uuid, words)


def write_as_contester(contester: Contester, uuid: UUID, words: Words) -> None:
    """Add to the dialogue about the decision of that uuid; sent twice, it is one message.

    Raises: DecisionNotFound, AppealNotFound, AppealClosed, AppealTextMissing, AppealTextTooLong.
    """
    contest.write_as_contester(contester, uuid, words)


def list_appeals(reader_id: int, *, after: AppealCursor | None = None) -> AppealPage:
    """25 open appeals of the courses that the person moderates, due first.

    Raises: NotModerator when there is no such course.
    """
    scope = queries.find_scope(reader_id)
    if not (scope.is_everywhere or scope.courses):
        raise NotModerator
    return appeals.list_appeals(scope, reader_id=reader_id, after=after)


def read_appeal(reader_id: int, uuid: UUID) -> AppealReading:
    """All about one appeal of a course that the person moderates. Raises: AppealNotFound."""
    return appeals.read_appeal(uuid, reader_id=reader_id)


def write_as_reader(reader_id: int, uuid: UUID, words: Words) -> None:
    """Ask who contested something; they are told. Sent twice, it is one message.

    Raises: AppealNotFound, FirstReader, PartOfCase, AppealClosed, AppealClaimed, AppealTextMissing, AppealTextTooLong.
    """
    contest.write_as_reader(reader_id, uuid, words)


def claim_appeal(reader_id: int, uuid: UUID) -> None:
    """Take the case on for some minutes, or renew that; others see who works on it.

    Raises: AppealNotFound, FirstReader, PartOfCase, AppealClosed, AppealClaimed.
    """
    claiming.claim_appeal(reader_id, uuid)


def release_appeal(reader_id: int, uuid: UUID) -> None:
    """Give one's claim up, if there is one. Raises: AppealNotFound."""
    claiming.release_appeal(reader_id, uuid)


def answer_appeal(reader_id: int, uuid: UUID, reading: SecondReading) -> None:
    """Close the case: the decision stands, or a new one reverses it; who contested is told why, and what is left.

    A person answers, never the one who decided. Answered twice alike, answered once. A reversal of a post that has
    moved on since (corrected, withdrawn, decided anew) is said, and changes nothing.

    Raises: AppealNotFound, FirstReader, PartOfCase, AppealClosed, AppealClaimed, AppealChanged, AppealTextMissing,
    AppealTextTooLong, ReversalMissing, MessageMissing; as decide_post where a new decision is taken.
    Announces: as decide_post, when reversed.
    """
    answering.answer_appeal(reader_id, uuid, reading)
