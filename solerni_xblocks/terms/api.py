"""The door of the terms domain: read documents, answer them, ask the gate. All else is inside.

Times are aware (UTC), languages two-letter codes, HTML is sanitised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core.errors import NotFound
from solerni_xblocks.terms.data import (
    SAMPLES,
    AcceptedText,
    Actor,
    Answer,
    Audience,
    Change,
    Channel,
    CheckpointTaken,
    Clause,
    Comparison,
    DocumentSummary,
    ExportedDocument,
    FullReceipt,
    GuardianAnswer,
    GuardianLink,
    Guardianship,
    GuardianVisit,
    Kind,
    NoticesSettled,
    Page,
    Pending,
    Preview,
    Receipt,
    Registration,
    Report,
    Standing,
    TextDraft,
    Verification,
    Version,
    VersionDraft,
)
from solerni_xblocks.terms.errors import NoteMissing, ReceiptNotFound
from solerni_xblocks.terms.flows import accept_when_registering as registering
from solerni_xblocks.terms.flows import answer_as_guardian, answer_version
from solerni_xblocks.terms.flows import ask_guardian as asking
from solerni_xblocks.terms.flows import cancel_version as cancellation
from solerni_xblocks.terms.flows import forget_member as forgetting
from solerni_xblocks.terms.flows import postpone_version as postponement
from solerni_xblocks.terms.flows import publish_draft as drafts
from solerni_xblocks.terms.flows import publish_version as publication
from solerni_xblocks.terms.flows import queue_notices as queueing
from solerni_xblocks.terms.flows import record_bounce as bounces
from solerni_xblocks.terms.flows import record_reading as reading
from solerni_xblocks.terms.flows import send_notices as sending
from solerni_xblocks.terms.flows import settle_guardians as settling_guardians
from solerni_xblocks.terms.flows import show_banner as banner
from solerni_xblocks.terms.flows import state_birth as birth_statement
from solerni_xblocks.terms.flows import stop_service as stopping
from solerni_xblocks.terms.flows import take_checkpoint as checkpointing
from solerni_xblocks.terms.flows import trim_evidence as trimming
from solerni_xblocks.terms.queries import (
    changes,
    comparisons,
    documents,
    gate,
    guardians,
    holdings,
    proofs,
    registration,
    reports,
    surroundings,
    verification,
)
from solerni_xblocks.terms.queries.checks import check_documents
from solerni_xblocks.terms.queries.exemptions import check_exemptions
from solerni_xblocks.terms.queries.surfaces import (
    check_filters,
    check_registration,
    describe_filters,
    is_mfe_told,
)
from solerni_xblocks.terms.queries.upkeep import check_checkpoints
from solerni_xblocks.terms.rules import publishing

__all__ = [
    "SAMPLES",
    "accept_on_behalf",
    "accept_version",
    "accept_when_registering",
    "ask_guardian",
    "cancel_version",
    "check_birth",
    "check_checkpoints",
    "check_documents",
    "check_exemptions",
    "check_filters",
    "check_registration",
    "confirm_as_guardian",
    "correct_birth",
    "count_proofs",
    "decline_version",
    "describe_filters",
    "export_documents",
    "export_member",
    "find_accepted",
    "find_change",
    "find_differences",
    "find_last_checkpoint",
    "find_page_for_course",
    "forget_answers",
    "forget_member",
    "get_guardianship",
    "get_page",
    "get_receipt",
    "get_report",
    "get_source",
    "get_standing",
    "is_mfe_told",
    "is_slug_free",
    "list_accepted_texts",
    "list_clauses",
    "list_documents",
    "list_due",
    "list_pending",
    "list_receipts",
    "list_registration_pages",
    "list_silent",
    "make_text",
    "open_guardian_link",
    "postpone_version",
    "preview_draft",
    "publish_draft",
    "publish_if_changed",
    "publish_version",
    "record_banner",
    "record_bounce",
    "record_reading",
    "refuse_as_guardian",
    "require_acceptance",
    "require_boxes",
    "require_confirmed_address",
    "require_document",
    "require_way",
    "save_document",
    "settle_guardians",
    "settle_notices",
    "state_birth",
    "stop_service",
    "take_checkpoint",
    "trim_evidence",
    "verify_proofs",
    "withdraw_acceptance",
    "withdraw_as_guardian",
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


def cancel_version(slug: str, name: str, *, actor_id: int | None = None) -> Version:
    """Call off an announced version (label or uuid) before its date; gates of every process know within 5 seconds.

    Raises: DocumentNotFound; CancellationRefused (it has begun, or was called off already).
    """
    return cancellation.cancel_version(slug, name, actor_id=actor_id)


def publish_draft(draft_uuid: UUID) -> Version:
    """Publish a draft of the admin site, which is then gone.

    Raises: DocumentNotFound (no such draft, or published already); and as publish_version.
    """
    return drafts.publish_draft(draft_uuid)


def preview_draft(draft_uuid: UUID) -> Preview:
    """A draft as members will see it, what differs from the version published last, and what stands against it.

    Raises: DocumentNotFound.
    """
    return drafts.preview_draft(draft_uuid)


def is_slug_free(slug: str) -> bool:
    """Whether a document can have that address: well formed, and of no page of the service."""
    return bool(publishing.SLUG.fullmatch(slug)) and slug not in publishing.RESERVED


def export_documents() -> list[ExportedDocument]:
    """The site's documents with the exact sources in force; those of courses are not among them. Five queries."""
    return documents.export_documents()


def get_report(slug: str) -> Report:
    """A document in figures, for operators. The same number of queries whatever was answered.

    Raises: DocumentNotFound (or no version of it).
    """
    return reports.get_report(slug)


def list_silent(slug: str) -> Iterable[int]:
    """Members who were told of a change by mail and have not answered; two queries for each 500."""
    return reports.list_silent(slug)


def accept_on_behalf(answer: Answer, *, operator_id: int | None, note: str) -> Receipt:
    """An operator records that the member accepted elsewhere (on paper, by phone); ``note`` says how. Never invented.

    Raises: NoteMissing; and as accept_version.
    """
    said = " ".join(note.split())[:500]
    if not said:
        raise NoteMissing
    return answer_version.accept_version(
        replace(answer, actor=Actor.OPERATOR, channel=Channel.OPERATOR, actor_id=operator_id, note=said)
    )


def list_clauses(slug: str, *, name: str = "", languages: Iterable[str] = ()) -> list[Clause]:
    """The clauses of a version (as get_page finds it): stable ``id`` and printed ``heading``, in order.

    Raises: DocumentNotFound.
    """
    page = documents.get_page(slug, name=name, languages=languages)
    found = documents.list_clauses(page.version.uuid, page.text.language)
    return [Clause(id=one.clause, heading=one.words, level=one.level) for one in found]


def list_due(member_id: int) -> list[str]:
    """Addresses of the site's documents that the member has still to accept, in their order. Two queries."""
    return gate.list_due(member_id)


def find_change(member_id: int, slug: str) -> Change | None:
    """The change of the document that awaits the member's answer: what is due first, then what is announced.

    None when nothing is asked of them, or when they have accepted no version and none is announced. Three queries.
    """
    return changes.find_change(member_id, slug)


def list_pending(member_id: int, *, languages: Iterable[str] = ()) -> list[Pending]:
    """Every change that awaits the member's answer and is not put off, for a banner."""
    return changes.list_pending(member_id, languages=languages)


def find_differences(slug: str, *, old: str, new: str, languages: Iterable[str] = ()) -> Comparison:
    """What changed from one version (label or uuid) to another, clause by clause, in one language.

    Raises: DocumentNotFound.
    """
    return comparisons.compare_versions(slug, old=old, new=new, languages=languages)


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


def export_member(member_id: int) -> dict[str, Any]:
    """The duty export: all that the domain holds about the member, as plain JSON values."""
    return holdings.export_member(member_id)


def forget_member(member_id: int) -> dict[str, Any]:
    """The duty forget: erases all that names the member; their proofs stay without them. Counts by table."""
    return forgetting.forget_member(member_id)


def verify_proofs(*, published: Iterable[str] = (), tell: Callable[[int], None] = lambda done: None) -> Verification:
    """Walk every proof, every published text and every checkpoint; say what is there, and what is wrong first, if
    anything is. Memory does not grow with the number of proofs; people whom the service forgot leave it valid.

    ``published``: lines of checkpoints that were kept elsewhere. ``tell`` hears now and then how many proofs are done.
    """
    return verification.verify_proofs(published, tell=tell)


def count_proofs() -> int:
    """How many proofs the chains say there are."""
    return verification.count_proofs()


def find_last_checkpoint() -> datetime | None:
    """When the last checkpoint was taken; None when there is none."""
    return verification.find_last_checkpoint()


def take_checkpoint() -> CheckpointTaken:
    """Write down length and hash of every chain, in the table and in the file of SOLERNI_TERMS_CHECKPOINTS.

    Raises: OSError when the file cannot be written; then nothing was taken.
    """
    return checkpointing.take_checkpoint()


def trim_evidence() -> int:
    """Erase network address and agent beside proofs older than SOLERNI_TERMS_EVIDENCE_DAYS; how many were trimmed.

    In batches; safe to run at any time. The proofs stay valid.
    """
    return trimming.trim_evidence()


def list_receipts(member_id: int) -> list[FullReceipt]:
    """Every proof of the member, newest first. One query."""
    return proofs.list_receipts(member_id)


def get_receipt(uuid: UUID, *, reader_id: int, may_read_all: bool = False) -> FullReceipt:
    """A receipt for its member; for anybody else only ``may_read_all``, and that is recorded.

    Raises: ReceiptNotFound.
    """
    receipt = proofs.get_receipt(uuid)
    if receipt.subject != proofs.get_subject(reader_id):
        if not may_read_all:
            raise ReceiptNotFound
        reading.record_reading(reader_id, f"receipt {uuid}")
    return receipt


def get_source(version_uuid: UUID, language: str) -> str:
    """The source of one language of a published version, whose sha256 is its digest. Raises: DocumentNotFound."""
    return documents.get_source(version_uuid, language)


def record_reading(actor_id: int, what: str) -> None:
    """Record that somebody looked at proofs that are not their own: ``what``, in a few words without names."""
    reading.record_reading(actor_id, what)


def list_registration_pages(*, languages: Iterable[str] = ()) -> list[Page]:
    """What one who registers must accept, in order: each required document of the site as it is in force, then as it
    is announced. Four queries, whatever their number."""
    return registration.list_pages(languages)


def require_boxes(said: Registration) -> None:
    """Returns when the registration form ticked the box of every version that list_registration_pages asks for.

    Asks for nothing where the platform's form does not show the boxes, nor of an account that comes, without any box,
    from somebody else's log-in: these are asked at their first page.

    Raises: NotTicked; TermsOutdated (a box of a version that is not asked any more); LanguageNotCarried; BirthRefused;
    AnswerUnknown when the database cannot be asked.
    """
    registering.require_boxes(said)


def accept_when_registering(member_id: int, said: Registration) -> list[Receipt]:
    """Record what the registration form of a new account accepted, and its birth date; confirm it by one mail.

    Told twice, done once. Announces: TERMS_ACCEPTED, for each document.
    """
    return registering.accept_when_registering(member_id, said)


def list_accepted_texts(member_id: int) -> list[AcceptedText]:
    """The texts that the member accepted when registering, with their links for ever. Two queries."""
    return registration.list_accepted(member_id)


def state_birth(member_id: int, *, born_on: date, country: str) -> None:
    """Keep when the member was born and the country (two letters, or empty) whose limits hold; stated once.

    The same a second time changes nothing. Raises: BirthRefused (``details["reasons"]``); BirthStated (another one is
    known: an operator corrects it).
    """
    birth_statement.state_birth(member_id, born_on=born_on, country=country)


def check_birth(*, born_on: date, country: str) -> None:
    """Returns when somebody may have been born then. Raises: BirthRefused (``details["reasons"]``)."""
    birth_statement.judge_birth(born_on, country)


def correct_birth(member_id: int, *, born_on: date, country: str) -> None:
    """As state_birth, but in place of what is known: for an operator, who must have checked. Raises: BirthRefused."""
    birth_statement.correct_birth(member_id, born_on=born_on, country=country)


def get_guardianship(member_id: int, *, document: str = "") -> Guardianship:
    """Where the member stands as a minor; ``document``: one of a course that is asked beside those of the site."""
    return guardians.get_guardianship(member_id, document=document)


def ask_guardian(member_id: int, *, email: str, language: str, document: str = "") -> None:
    """Mail a guardian a link for one use, to read what the minor accepted and to answer; empty ``email``: the address
    that was given before. An earlier request gives way.

    Raises: TermsRequired (the minor has not accepted all themselves); GuardianNotAsked (nothing waits);
    GuardianIsSelf; GuardianMailsExhausted (429); GuardianMailUnsent (503).
    """
    asking.ask_guardian(member_id, email=email, language=language, document=document)


def open_guardian_link(link: GuardianLink) -> GuardianVisit:
    """What a guardian's link opens. Opening changes nothing about the request, however often it is done.

    Raises: GuardianLinkDead (404; one answer for unknown, changed, used and expired links); GuardianTriesExhausted
    (429).
    """
    return answer_as_guardian.open_link(link)


def confirm_as_guardian(answer: GuardianAnswer) -> None:
    """Record that the guardian agrees: one proof for each version, which refers to the minor's own.

    Raises: TermsOutdated (other versions are asked by now); LanguageNotCarried; and as open_guardian_link.
    """
    answer_as_guardian.confirm_as_guardian(answer)


def refuse_as_guardian(answer: GuardianAnswer) -> None:
    """Record that the guardian refuses; the minor is told. Raises: as open_guardian_link."""
    answer_as_guardian.refuse_as_guardian(answer)


def withdraw_as_guardian(answer: GuardianAnswer) -> None:
    """Record that the guardian takes their consent back: the minor waits again. Raises: as open_guardian_link."""
    answer_as_guardian.withdraw_as_guardian(answer)


def settle_guardians() -> dict[str, int]:
    """Do what time asks for: counts by step. To run every hour; late is late, never wrong.

    Announces: TERMS_GUARDIAN_SILENT for each minor without consent in time.
    """
    return settling_guardians.settle_guardians()


def require_confirmed_address(*, is_confirmed: bool) -> None:
    """Returns when the address is confirmed, or the site does not ask for it (SOLERNI_TERMS_CONFIRMED_ADDRESS).

    Raises: AddressUnconfirmed.
    """
    registration.require_confirmed_address(is_confirmed=is_confirmed)
