"""The door of the terms domain: read documents, answer them, ask the gate. All else is inside.

Times are aware (UTC), languages two-letter codes, HTML is sanitised.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core.errors import NotFound
from solerni_xblocks.terms.data import (
    SAMPLES,
    Answer,
    Audience,
    DocumentSummary,
    Kind,
    Page,
    Receipt,
    Standing,
    TextDraft,
    Version,
    VersionDraft,
)
from solerni_xblocks.terms.flows import answer_version
from solerni_xblocks.terms.flows import forget_member as forgetting
from solerni_xblocks.terms.flows import publish_version as publication
from solerni_xblocks.terms.queries import documents, gate, proofs
from solerni_xblocks.terms.queries.checks import check_documents
from solerni_xblocks.terms.rules import publishing

__all__ = [
    "SAMPLES",
    "accept_version",
    "check_documents",
    "decline_version",
    "export_member",
    "find_page_for_course",
    "forget_answers",
    "forget_member",
    "get_page",
    "get_standing",
    "list_documents",
    "make_text",
    "publish_if_changed",
    "publish_version",
    "require_acceptance",
    "require_document",
    "save_document",
    "withdraw_acceptance",
]


def save_document(
    slug: str,
    *,
    audience: Audience = Audience.MEMBERS,
    kind: Kind = Kind.TERMS,
    course_key: str = "",
    is_course_wide: bool = False,
    is_required: bool = True,
    renewal_days: int | None = None,
    order: int = 0,
) -> None:
    """Make sure that the document exists, and give it its place in the order; all else is settled when it is created.

    ``everyone``, ``members``: the whole site's. ``minors``: asked of those who need joint consent, and of their
    guardian. ``course``: asked where a terms block of ``course_key`` stands, or (``is_course_wide``) at the course's
    door. Not ``is_required``: nobody is kept out, and an acceptance can be withdrawn.

    Raises: DraftRefused (malformed slug; a course document without course, or the reverse).
    """
    publication.save_document(
        slug,
        order=order,
        audience=audience,
        kind=kind,
        course_key=course_key,
        is_course_wide=is_course_wide,
        is_required=is_required,
        renewal_days=renewal_days,
    )


def publish_version(slug: str, draft: VersionDraft) -> Version:
    """Publish a version of the document: texts rendered, digests taken, nothing ever changed afterwards.

    Gates of every process know within five seconds, and at ``effective_at`` to the instant.

    Raises: DocumentNotFound; DraftRefused (``details["reasons"]``); LabelTaken.
    """
    return publication.publish_version(slug, draft)


def publish_if_changed(slug: str, draft: VersionDraft) -> Version | None:
    """As publish_version, but None when the version published last has texts of the same digests."""
    return publication.publish_if_changed(slug, draft)


def make_text(source: str) -> TextDraft:
    """One language of a version from a Markdown file whose first line is its title (``# Terms of use``)."""
    title, _ = publishing.split_title(source)
    return TextDraft(title=title, source=source)


def accept_version(answer: Answer) -> Receipt:
    """Record that the member accepts the version shown; a second time changes nothing and returns the same receipt.

    A major version that is announced for later can be accepted before its date.

    Raises: TermsOutdated (neither in force nor announced: draft, superseded, cancelled, of another course);
    NothingAsked; LanguageNotCarried. Announces: TERMS_ACCEPTED.
    """
    return answer_version.accept_version(answer)


def decline_version(answer: Answer) -> Receipt:
    """Record that the member declines the version shown; they may accept later.

    Raises: AlreadyAccepted; and as accept_version.
    """
    return answer_version.decline_version(answer)


def withdraw_acceptance(answer: Answer) -> Receipt:
    """Record that the member takes back the acceptance of an optional document; the acceptance stays as evidence.

    Raises: WithdrawalRefused (the document is required); NothingAsked (nothing accepted); and as accept_version.
    """
    return answer_version.withdraw_acceptance(answer)


def get_page(slug: str, *, name: str = "", languages: Iterable[str] = ()) -> Page:
    """A version to read: ``name`` is its label or uuid, empty for the one in force.

    The text is in the first of ``languages`` that the version carries, else in the site's. Raises: DocumentNotFound.
    """
    return documents.get_page(slug, name=name, languages=languages)


def find_page_for_course(slug: str, course_key: CourseKey, *, languages: Iterable[str] = ()) -> Page | None:
    """The version in force of a document that a block of the course may show; None when there is none."""
    document = documents.find_document(slug)
    if document is None or document.course_key not in ("", str(course_key)):
        return None
    try:
        return documents.get_page(slug, name="", languages=languages)
    except NotFound:
        return None


def list_documents() -> list[DocumentSummary]:
    """Every document, in order, with its versions, newest first. Four queries, whatever their number."""
    return documents.list_documents()


def get_standing(member_id: int, slug: str) -> Standing:
    """Where the member stands with the document now, read from the rows. Two queries."""
    return proofs.get_standing(member_id, slug)


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


def forget_answers(member_id: int | None = None) -> None:
    """Let this process forget what its gate remembers: of one member, or (None) everything, as tests need."""
    gate.forget_answers(member_id)


def export_member(member_id: int) -> dict[str, Any]:
    """The duty export: every answer of the member, as plain JSON values."""
    return proofs.export_member(member_id)


def forget_member(member_id: int) -> dict[str, Any]:
    """The duty forget: erases who stands behind the member's proofs; the proofs stay. Counts by table."""
    return forgetting.forget_member(member_id)
