"""The gate: who owes what."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.terms.data import Guard
from solerni_xblocks.terms.queries import gate, surroundings


def list_due(member_id: int) -> list[str]:
    """Addresses of the site's documents that the member has still to accept, in their order. Two queries."""
    return gate.list_due(member_id)


def require_acceptance(member_id: int, course_key: CourseKey | None) -> None:
    """Returns when the member owes the site no acceptance; answers the gates TAKE_PART and POST.

    Warm: no query. Cold: one, on proofs. Apart from these, a process looks at the epoch row at most every 5 s.

    ``course_key`` None: outside any course.

    Raises: BirthRequired (code ``birth_required``) where birth dates are asked and this one is unknown;
    ParentalConsentRequired (code ``parental_consent_required``) for a minor whose guardian has not confirmed;
    TermsRequired (code ``terms_required``, ``where_to_go`` and ``terms_url`` lead to the document); AnswerUnknown
    (503) when the database cannot be asked.
    """
    gate.require_acceptance(member_id, course_key)


def require_document(member_id: int | None, guard: Guard, course_key: CourseKey, *, back: str) -> None:
    """Returns when the member has answered the document as ``guard`` asks, or it asks for nothing; same cost as
    require_acceptance. A visitor (None) has answered nothing.

    ``back``: the URL to come back to after answering.

    Raises: TermsRequired, ParentalConsentRequired, BirthRequired; TermsShut when the course has no such document in
    force; AnswerUnknown.
    """
    gate.require_document(member_id, guard, course_key, back=back)


def require_way(member_id: int | None, usage_key: UsageKey, *, parent: UsageKey | None = None) -> None:
    """Returns when every terms block that keeps the block back lets the member pass, whatever kind of block it is:
    those in which it stands, and those that close its section.

    Warm: no query. Where blocks stand is read again after 30 s at most. ``parent``: in which block it stands, if that
    is known.

    Raises: as require_document.
    """
    surroundings.require_way(member_id, usage_key, parent=parent)


def forget_answers(member_id: int | None = None) -> None:
    """Let this process forget what its gate remembers: of one member, or (None) everything, as tests need."""
    gate.forget_answers(member_id)
    if member_id is None:
        surroundings.forget_guards()
