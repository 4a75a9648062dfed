"""Shapes of the terms domain: frozen values that api takes and gives. No Django here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

SAMPLES = Path(__file__).parent / "samples"
"""Documents of our own wording in French and English; no lawyer has read them."""


DEFAULT_DOCUMENT = "terms"
"""The document of a terms block whose author chose none."""


class Audience(StrEnum):
    """Whom a document is for. Everyone: visitors read it, members are asked. Course: those who take part in it."""

    EVERYONE = "everyone"
    MEMBERS = "members"
    COURSE = "course"
    MINORS = "minors"


class Kind(StrEnum):
    """What a document is about; notices name it."""

    TERMS = "terms"
    CHARTER = "charter"
    PRICING = "pricing"
    SERVICE = "service"


class Act(StrEnum):
    """What was done about a version."""

    PUBLISH = "publish"
    CANCEL = "cancel"
    NOTIFY = "notify"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    STOP = "stop"


class Channel(StrEnum):
    """Where it was done."""

    BLOCK = "block"
    PAGE = "page"
    REGISTRATION = "registration"
    API = "api"
    GUARDIAN = "guardian"
    OPERATOR = "operator"
    MAIL = "mail"
    BANNER = "banner"


class Actor(StrEnum):
    """Who did it."""

    SELF = "self"
    GUARDIAN = "guardian"
    OPERATOR = "operator"
    SERVICE = "service"


class Stage(StrEnum):
    """Where a published version stands; follows from dates alone, unless it was cancelled before its own."""

    SCHEDULED = "scheduled"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class TextDraft:
    """One language of a version to publish: Markdown ``source``, the ``title`` that stands outside it, and
    ``summary``: what changes, and why."""

    title: str
    source: str
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class VersionDraft:
    """A version to publish. ``effective_at`` None means at once; ``contact``: where questions and complaints go."""

    label: str
    texts: dict[str, TextDraft]
    contact: str
    effective_at: datetime | None = None
    requires_acceptance: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineEntry:
    """One published version as the rules of time see it, without its text. ``id`` tells which was published last."""

    id: int
    uuid: UUID
    effective_at: datetime
    requires_acceptance: bool


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """What one document asks now: acceptance of any version in ``satisfying``; nothing when that is empty.

    ``renewal``: how long an acceptance counts, None for ever.
    """

    document: str
    audience: Audience
    course_key: str
    is_course_wide: bool
    is_required: bool
    renewal: timedelta | None
    satisfying: frozenset[UUID]


@dataclass(frozen=True, kw_only=True, slots=True)
class Birth:
    """When somebody was born, and the country (two letters) whose limits hold."""

    born_on: date
    country: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Ages, in years, below which a guardian must agree: to ``use`` of the service, to ``data`` jointly (S18)."""

    use: int
    data: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What a member has said until now: acceptances that stand, by version, with their instant.

    ``confirmed``: those of the guardian. ``birth``: None when unknown.
    """

    accepted: Mapping[UUID, datetime]
    confirmed: Mapping[UUID, datetime]
    birth: Birth | None


class Obstacle(StrEnum):
    """What stands between a member and the service."""

    GUARDIAN = "guardian"
    TERMS = "terms"


@dataclass(frozen=True, kw_only=True)
class Version:
    """A published version without its text. ``languages`` are sorted codes."""

    uuid: UUID
    document: str
    label: str
    published_at: datetime
    effective_at: datetime
    requires_acceptance: bool
    contact: str
    digest: str
    stage: Stage
    languages: tuple[str, ...]
    is_required: bool = True


@dataclass(frozen=True, kw_only=True)
class Text:
    """One language of a version; ``html`` is the rendering kept at publish, ``digest`` the sha256 of the source."""

    language: str
    title: str
    summary: str
    html: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """A version to read: its text in one language, and every version of the document, newest first."""

    version: Version
    text: Text
    versions: tuple[Version, ...]


class NoticeStage(StrEnum):
    """What a notice of a change says: it is announced, its date is near, it is in force."""

    ANNOUNCED = "announced"
    REMINDED = "reminded"
    DUE = "due"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A version that asks members for an answer, now or from ``effective_at`` on.

    ``satisfying``: versions of which an acceptance answers it. ``answer_uuid``: the one to show and to answer, a minor
    one when it has come since. ``is_change``: members are told of it; not so of the
    very first version of a document that is in force at once.
    """

    version_uuid: UUID
    version_digest: str
    answer_uuid: UUID
    document: str
    label: str
    audience: Audience
    kind: Kind
    is_required: bool
    published_at: datetime
    effective_at: datetime
    satisfying: frozenset[UUID]
    is_change: bool


@dataclass(frozen=True, kw_only=True)
class Change:
    """A version that awaits the answer of one member.

    ``former``: the acceptance that they gave before, None when there is none. ``later_until``: until when Later would
    put the answer off, None when that is no choice. ``snoozed_until``: until when it was put off last.
    """

    asking: Asking
    is_due: bool
    former: Receipt | None
    later_until: datetime | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Pending:
    """A change that awaits an answer, for the banner: with the title of the document."""

    change: Change
    title: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A draft as members will see it: ``texts`` by language; ``reasons`` (rules.publishing) against publishing it."""

    document: str
    label: str
    effective_at: datetime | None
    requires_acceptance: bool
    contact: str
    texts: tuple[Text, ...]
    comparisons: Mapping[str, tuple[ClauseChange, ...]]
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ExportedDocument:
    """A document as files hold it: the exact sources in force, by language."""

    slug: str
    audience: Audience
    order: int
    requires_acceptance: bool
    sources: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class VersionFigures:
    """How many members said last what of a version; ``told`` by mail or banner; mails that ``failed``, ``bounced``."""

    version: Version
    accepted: int
    declined: int
    withdrawn: int
    stopped: int
    told: int
    failed: int
    bounced: int


@dataclass(frozen=True, kw_only=True)
class AnswerCount:
    """How many answers of one kind were the members' last, by version, language, course, channel and day (UTC)."""

    label: str
    language: str
    course_key: str
    channel: str
    act: str
    day: date
    count: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """A document in figures: of ``active`` accounts, ``accepted`` have agreed to what it asks now."""

    document: str
    active: int
    accepted: int
    figures: tuple[VersionFigures, ...]
    answers: tuple[AnswerCount, ...]

    @property
    def pending(self) -> int:
        """Active accounts without an acceptance that counts."""
        return max(0, self.active - self.accepted)


class Mark(StrEnum):
    """What became of some words, or of a clause."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"
    CHANGED = "changed"


Passage = tuple[tuple[Mark, str], ...]
"""One paragraph: runs of words, each the same, inserted or deleted."""


@dataclass(frozen=True, kw_only=True)
class ClauseChange:
    """What became of one clause. ``id`` empty: what stands before the first clause. ``is_moved``: it changed place."""

    id: str
    heading: str
    mark: Mark
    is_moved: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What changed from ``old`` to ``new``, in the order of the new text; clauses that went stand where they were."""

    old: Version
    new: Version
    language: str
    clauses: tuple[ClauseChange, ...]


@dataclass(frozen=True, kw_only=True)
class NoticesSettled:
    """What one run over notices did."""

    queued: int
    sent: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause of a document: ``id`` stays the same through versions, ``heading`` may be renumbered or reworded."""

    id: str
    heading: str
    level: int


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One proof, as its member sees it."""

    uuid: UUID
    act: Act
    document: str
    version_uuid: UUID
    label: str
    language: str
    text_digest: str
    decided_at: datetime


@dataclass(frozen=True, kw_only=True)
class FullReceipt:
    """One proof with all that shows it is one: for its member to keep.

    ``subject``: the member's pseudonym; ``member_id`` None: the person was forgotten.
    ``title``: of the text that was shown. ``partition``, ``seq``: its place in the chain of proofs, ``hash`` over all
    of it and over the proof before: the sha256 of ``sealed``.
    """

    uuid: UUID
    act: Act
    actor: Actor
    channel: Channel
    subject: str
    member_id: int | None
    document: str
    title: str
    version_uuid: UUID
    label: str
    language: str
    course_key: str
    reference: str
    decided_at: datetime
    text_digest: str
    version_digest: str
    screen_digest: str
    partition: int
    seq: int
    previous_hash: str
    hash: str
    sealed: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a member stands with a version: ``is_due`` when the document asks for an acceptance that is not there.

    ``accepted``, ``declined``: the answer that stands, if any; at most one of them is given.
    """

    is_due: bool
    accepted: Receipt | None
    declined: Receipt | None


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an answer came from, as the server saw it: network address and user agent, empty when unknown."""

    ip: str = ""
    agent: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A member's answer to the version shown. The door fills it; nothing but version and language is the client's.

    ``document`` is the slug that the door shows: a version of another document is refused.
    """

    document: str
    member_id: int
    version_uuid: UUID
    language: str
    channel: Channel
    screen_digest: str
    course_key: str = ""
    origin: Origin = Origin()
    actor: Actor = Actor.SELF
    actor_id: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentSummary:
    """A document for lists: its slug, the title in force (empty while nothing is), its versions, newest first."""

    slug: str
    audience: Audience
    course_key: str
    title: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, kw_only=True)
class ProofEntry:
    """One act to append to the chain. ``member_id`` None: an act of the service about the version itself.

    ``turn`` numbers acts of one kind by one member about one version: a second row of the same turn is refused.
    ``reference``: the mail's message id of a notice, the uuid of the proof that a guardian's answer belongs to.
    """

    act: Act
    member_id: int | None
    version_uuid: UUID
    version_digest: str
    document: str
    label: str
    channel: Channel
    actor: Actor = Actor.SELF
    turn: int = 0
    language: str = ""
    text_digest: str = ""
    screen_digest: str = ""
    course_key: str = ""
    reference: str = ""
    actor_id: int | None = None
    note: str = ""
    origin: Origin = Origin()


class Fault(StrEnum):
    """What is wrong with a piece of evidence."""

    ALTERED = "altered"
    MISPLACED = "misplaced"
    REMOVED = "removed"
    INSERTED = "inserted"
    DISOWNED = "disowned"
    REWRITTEN = "rewritten"
    UNREADABLE = "unreadable"
    PERSON_SWAPPED = "person.swapped"
    PERSON_ALTERED = "person.altered"
    VERSION_REMOVED = "version.removed"
    VERSION_ALTERED = "version.altered"
    VERSION_INSERTED = "version.inserted"
    TEXT_ALTERED = "text.altered"
    CANCELLATION_REMOVED = "cancellation.removed"
    CANCELLATION_INSERTED = "cancellation.inserted"
    CHECKPOINT_ALTERED = "checkpoint.altered"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The first piece of evidence that is not as it was written.

    A proof by its place (``partition``, ``seq``) and ``uuid``, as far as they are known. ``about``: the document,
    label and language of a version; the instant of a checkpoint.
    """

    fault: Fault
    partition: int | None = None
    seq: int | None = None
    uuid: str = ""
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What a walk over all evidence saw. ``finding`` None: everything is as it was written."""

    proofs: int
    chains: int
    versions: int
    checkpoints: int
    finding: Finding | None


@dataclass(frozen=True, kw_only=True)
class CheckpointTaken:
    """The ends of every chain at one instant: by partition (as text), length and hash of the last proof."""

    taken_at: datetime
    total: int
    ends: Mapping[str, tuple[int, str]]
    digest: str


class GuardianState(StrEnum):
    """What became of a request to a guardian."""

    SENT = "sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    LAPSED = "lapsed"
    OF_AGE = "of_age"


@dataclass(frozen=True, kw_only=True)
class Consent:
    """A version that a minor accepted and of which the guardian is asked; ``reference``: the minor's own proof."""

    document: str
    version_uuid: UUID
    effective_at: datetime
    reference: UUID


@dataclass(frozen=True, kw_only=True)
class GuardianRequest:
    """A request as the minor sees it: the address is masked."""

    state: GuardianState
    address: str
    asked_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Guardianship:
    """Where a member stands as a minor. ``due``: documents to accept themselves first; ``asked``: those that wait
    for the guardian; ``is_pending``: a guardian's consent is missing now; ``request``: the last one, if any."""

    birth: Birth | None
    is_minor: bool
    is_pending: bool
    due: tuple[str, ...]
    asked: tuple[Consent, ...]
    request: GuardianRequest | None


@dataclass(frozen=True, kw_only=True)
class GuardianLink:
    """What a guardian's link says, and from where it was opened."""

    request_uuid: UUID
    secret: str
    origin: Origin = Origin()


@dataclass(frozen=True, kw_only=True)
class GuardianVisit:
    """What a guardian's link opens: an answer to give (``sent``) or a consent to withdraw (``confirmed``).

    ``child``: the public name of the minor. ``asked``: what waits for the answer; empty for a consent given.
    """

    state: GuardianState
    child: str
    language: str
    expires_at: datetime
    asked: tuple[Consent, ...]


@dataclass(frozen=True, kw_only=True)
class GuardianAnswer:
    """What a guardian said on the page of a link: the versions that were shown, each in its language, and on which
    screen."""

    link: GuardianLink
    versions: Mapping[UUID, str]
    screen_digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A box of a registration form. The name of its field says which version, in which language, it stands under.

    Nothing else has to travel with the form, and a form that is older than the version in force shows it by itself.
    """

    version_uuid: UUID
    language: str

    @property
    def field_name(self) -> str:
        """How the field is called in forms."""
        return f"solerni_terms_{self.version_uuid.hex}_{self.language}"

    @classmethod
    def read(cls, field_name: str) -> Tick | None:
        """The box behind a field, or None. Clients that put names into snake case add underscores before digits.

        >>> tick = Tick(version_uuid=UUID(int=10), language="fr")
        >>> Tick.read(tick.field_name) == Tick.read(tick.field_name.replace("0", "_0_")) == tick
        True
        """
        found = _TICK.fullmatch(field_name.replace("_", "").lower())
        return cls(version_uuid=UUID(found[1]), language=found[2]) if found else None


_TICK = re.compile(r"solerniterms([0-9a-f]{32})([a-z]{2,8})")


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What a registration form said: the boxes that were ticked and, where it is asked, the birth date.

    ``is_by_provider``: the account comes from somebody else's log-in, which may post the form without showing it.
    """

    ticks: tuple[Tick, ...]
    birth: Birth | None
    is_by_provider: bool
    screen_digest: str
    origin: Origin = Origin()


@dataclass(frozen=True, kw_only=True)
class AcceptedText:
    """A text that was accepted when registering, with its link for ever."""

    title: str
    label: str
    language: str
    digest: str
    decided_at: datetime
    url: str
