"""What members say about versions, and the proof of it, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


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
