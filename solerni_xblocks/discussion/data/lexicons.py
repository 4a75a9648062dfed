"""What the rules know of a course beside the choices made in a block: its name, its language, its lists of words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from solerni_xblocks.discussion.data.policies import ListedWords

if TYPE_CHECKING:
    from opaque_keys.edx.keys import CourseKey

SITE = "site"
"""How addresses name the site's own list."""


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """``title`` and ``language`` of the course. ``lists``: what the site watches, then what the course does.

    ``known_words``: those of the glossaries of both.
    """

    title: str = ""
    language: str = "fr"
    lists: tuple[ListedWords, ...] = ()
    known_words: tuple[str, ...] = ()


class Effect(StrEnum):
    """What a list does with a word, as files and forms name it."""

    BLOCK = "block"
    HOLD = "hold"
    NUDGE = "nudge"
    ALLOW = "allow"
    GLOSSARY = "glossary"


class WordLine(NamedTuple):
    """An entry as somebody writes it. ``clause``: the rule of the terms that it serves; None: the one it had."""

    phrase: str
    effect: Effect
    clause: str | None = None


@dataclass(frozen=True, kw_only=True)
class WordFault:
    """A line of a list that cannot be: its number among those of a file, or of the part ``effect`` of a form."""

    line: int
    code: str
    seen: str = ""
    effect: Effect | None = None


@dataclass(frozen=True, kw_only=True)
class WordsReading:
    """The list of a course, or (no ``course_key``) of the site, as it stands. ``digest`` changes with it."""

    course_key: CourseKey | None
    title: str
    lines: tuple[WordLine, ...]
    digest: str


@dataclass(frozen=True, kw_only=True)
class WordsChange:
    """How many entries a change of a list added, changed and took away."""

    added: int
    changed: int
    removed: int
