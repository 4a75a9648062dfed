"""Changes that ask for an answer: notices, Later, Stop."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from solerni_xblocks.terms.data import Answer, Change, NoticesSettled, Pending, Receipt
from solerni_xblocks.terms.flows import postpone_version as postponement
from solerni_xblocks.terms.flows import queue_notices as queueing
from solerni_xblocks.terms.flows import record_banner as banner
from solerni_xblocks.terms.flows import record_bounce as bounces
from solerni_xblocks.terms.flows import send_notices as sending
from solerni_xblocks.terms.flows import stop_service as stopping
from solerni_xblocks.terms.queries import changes


def find_change(member_id: int, slug: str) -> Change | None:
    """The change of the document that awaits the member's answer: what is due first, then what is announced.

    None when nothing is asked of them, or when they have accepted no version and none is announced. Three queries.
    """
    return changes.find_change(member_id, slug)


def list_pending(member_id: int, *, languages: Iterable[str] = ()) -> list[Pending]:
    """Every change that awaits the member's answer and is not put off, for a banner."""
    return changes.list_pending(member_id, languages=languages)


def find_accepted(member_id: int, slug: str, *, other_than: UUID | None = None) -> Receipt | None:
    """The acceptance that the member gave last, of another version than the one named. One query."""
    return changes.find_accepted(member_id, slug, other_than=other_than)


def postpone_version(member_id: int, slug: str, version_uuid: UUID) -> Change:
    """Later: put the answer to an announced version off, for some days, a few times, never past its date.

    Raises: PostponementRefused.
    """
    return postponement.postpone_version(member_id, slug, version_uuid)


def stop_service(answer: Answer) -> Receipt:
    """Stop: the member does not go on under the version that asks them. The account is closed by who hears of it.

    Raises: TermsOutdated; StopRefused (nothing is asked of the member); LanguageNotCarried. Announces: TERMS_STOPPED.
    """
    return stopping.stop_service(answer)


def record_banner(member_id: int, version_uuid: UUID) -> bool:
    """The banner of a change was shown to the member: a proof, once. False when it was there already.

    Raises: TermsOutdated (no such change awaits an answer).
    """
    return banner.record_banner(member_id, version_uuid)


def settle_notices() -> NoticesSettled:
    """Queue and send every notice that is due. Killed anywhere and run again: nobody missed, nobody told twice."""
    queued = queueing.queue_notices()
    sent, failed = sending.send_notices()
    return NoticesSettled(queued=queued, sent=sent, failed=failed)


def record_bounce(message_id: str) -> bool:
    """A notice came back: reports say so. False when no notice left under that message id."""
    return bounces.record_bounce(message_id)
