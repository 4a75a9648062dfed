"""The gate: who owes what."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.terms.queries import gate, surroundings


def list_due(member_id: int) -> list[str]:
    """Addresses of the site's documents that the member has still to accept, in their order. Two queries."""
    return gate.list_due(member_id)


def require_acceptance(member_id: int, course_key: CourseKey | None) -> None:
    """Returns when the member owes the site no acceptance; answers the gates TAKE_PART and POST.

    Warm: no query. Cold: one, on proofs. Apart from these, a process looks at the epoch row at most every 5 s.

    ``course_key`` None: outside any course.

    Raises: ParentalConsentRequired (code ``parental_consent_required``) for a minor whose guardian has not confirmed;
    TermsRequired (code ``terms_required``, ``where_to_go`` and ``terms_url`` lead to the document); AnswerUnknown
    (503) when the database cannot be asked.
    """
    gate.require_acceptance(member_id, course_key)


def require_document(member_id: int, slug: str, course_key: CourseKey, *, back: str) -> None:
    """Returns when the member has accepted the document, or it asks for nothing; same cost as require_acceptance.

    ``back``: the URL to come back to after accepting.

    Raises: TermsRequired; TermsShut when the course has no such document in force; AnswerUnknown.
    """
    gate.require_document(member_id, slug, course_key, back=back)


def require_way(member_id: int, usage_key: UsageKey) -> None:
    """Returns when every terms block in which the block stands lets the member pass, whatever kind of block it is.

    Warm: no query. Where blocks stand is read again after 30 s at most.

    Raises: TermsRequired, ParentalConsentRequired, TermsShut, AnswerUnknown.
    """
    surroundings.require_way(member_id, usage_key)


def forget_answers(member_id: int | None = None) -> None:
    """Let this process forget what its gate remembers: of one member, or (None) everything, as tests need."""
    gate.forget_answers(member_id)
    if member_id is None:
        surroundings.forget_guards()
