"""What was measured in a wording: plain values, kept with its version, on which rules decide, now or in a dry run.

Each measure is None where it could not be taken; ``Measures.failures`` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from solerni_xblocks.discussion.data.scenes import Origin
from solerni_xblocks.discussion.data.verdicts import Outcome, Part


@dataclass(frozen=True, kw_only=True)
class Found:
    """A word or passage of a part of the wording: characters ``start`` to ``end`` (excluded), in code points."""

    seen: str
    part: Part
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class SpellingMeasure:
    """``words`` in all, those the dictionary does not know, and those of the texting list."""

    words: int
    unknown: tuple[Found, ...] = ()
    texting: tuple[Found, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Insult(Found):
    """A phrase of our list, or (``is_listed``) of a site's or a course's. It asks for ``outcome``; PUBLISH: a suspect.

    ``clause``: the rule that a listed phrase serves, empty for courtesy.
    """

    outcome: Outcome
    is_listed: bool = False
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class CourtesyMeasure:
    """The phrases of the lists that were found."""

    found: tuple[Insult, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TopicMeasure:
    """How many content words there are, and how many of them the course uses. ``course``: words it has in all."""

    words: int
    shared: int
    course: int


@dataclass(frozen=True, kw_only=True)
class LanguageMeasure:
    """``letters`` judged, whether the dictionary knows every word, and the probability of each language."""

    letters: int
    is_known: bool = False
    probabilities: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading, folded, and how many letters stand under it before the next."""

    heading: str
    letters: int


@dataclass(frozen=True, kw_only=True)
class TemplateMeasure:
    """The form of the wording: length of the title, own words, sections, fields that were filled, tags."""

    is_opening: bool
    title: int
    words: int
    sections: tuple[Section, ...] = ()
    fields: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RightsMeasure:
    """What needs a right: media, long quotations, file hosts; and which declarations are missing or unfinished."""

    images: int = 0
    files: int = 0
    quotations: tuple[Found, ...] = ()
    hosts: tuple[Found, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sign(Found):
    """Something that promotion has: ``kind`` is link, affiliate, price, contact, repeat or word; or slur."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class PromotionMeasure:
    """The signs of promotion, in order."""

    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A passage of the body that an earlier text has too. ``share``: of the smaller text, what both have."""

    origin: Origin
    name: str
    share: float
    words: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class CopiesMeasure:
    """The copies confirmed, the largest first."""

    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Measures:
    """All that was measured. ``failures``: by rule, ``library`` when one is missing, else ``error``."""

    spelling: SpellingMeasure | None = None
    courtesy: CourtesyMeasure | None = None
    on_topic: TopicMeasure | None = None
    language: LanguageMeasure | None = None
    template: TemplateMeasure | None = None
    rights: RightsMeasure | None = None
    promotion: PromotionMeasure | None = None
    plagiarism: CopiesMeasure | None = None
    failures: Mapping[str, str] = field(default_factory=dict)
