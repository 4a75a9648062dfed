"""External services that rate messages: how the operator set them, what they are asked, what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from solerni_xblocks.discussion.data.verdicts import Passage


class Service(StrEnum):
    """The services that we know how to ask."""

    MISTRAL = "mistral"
    OPENAI = "openai"
    AKISMET = "akismet"
    LANGUAGETOOL = "languagetool"
    WEBHOOK = "webhook"


class Effect(StrEnum):
    """What follows from a rating that reaches the threshold; a person decides in any case."""

    NOTE = "note"
    """It is kept beside the message for those who moderate; nothing waits."""

    FLAG = "flag"
    """The message stays, and waits for a moderator to read it."""

    HOLD = "hold"
    """The message is hidden until a moderator has read it, with a statement of reasons that can be contested."""


@dataclass(frozen=True, kw_only=True)
class ServiceSetting:
    """One service that the operator switched on. ``name`` is how the privacy page names who receives the texts.

    ``secret`` is its key, or what webhooks are signed with; it is never stored. ``seconds`` bound the whole call.
    ``is_declared``: the terms and the privacy page say that texts are sent there.
    """

    service: Service
    name: str
    url: str
    secret: str = field(default="", repr=False)
    model: str = ""
    site: str = ""
    threshold: float = 0.8
    effect: Effect = Effect.FLAG
    seconds: float = 2.0
    is_declared: bool = False


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked about one wording; neither its author nor its place. ``uuid`` is made for this question alone."""

    uuid: UUID
    source: str
    title: str = ""
    language: str = "fr"
    is_again: bool = False


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A question as it is sent."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What a service answered: ``scores`` from 0 to 1 by category, the gravest as ``label`` and ``score``.

    ``clause`` is the rule of the terms that the label is about, empty for none. ``passages`` of the source.
    """

    scores: Mapping[str, float] = field(default_factory=dict)
    label: str = ""
    score: float = 0.0
    clause: str = ""
    passages: tuple[Passage, ...] = ()


class Malformed(ValueError):
    """An answer that is not what the service's documentation says."""
