"""The rules that an author sets for a place: which run, how strict, what a post must look like, who is read first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from solerni_xblocks.discussion.data.verdicts import Outcome, Rule


class Mode(StrEnum):
    """When people read what rules let pass."""

    BEFORE = "before"
    """Every post waits for a moderator."""

    FIRST = "first"
    """A member's first posts wait; once ``Policy.first_posts`` were upheld, the next appear at once."""

    AFTER = "after"
    """Posts appear at once, and stand on the list of what is still to be read."""

    REACTIVE = "reactive"
    """Posts appear at once; people read what a rule or a member points at."""


class Run(StrEnum):
    """Whether a rule acts."""

    OFF = "off"
    DRY = "dry"
    """It looks, and what it saw is kept; nothing follows."""

    ON = "on"


@dataclass(frozen=True, kw_only=True)
class RuleSetting:
    """How one rule runs in a place. It asks for no more than ``ceiling``; ``threshold`` None: the rule's own."""

    run: Run = Run.ON
    ceiling: Outcome = Outcome.REFUSE
    threshold: float | None = None


DEFAULT_SETTINGS: Mapping[str, RuleSetting] = MappingProxyType(
    {
        Rule.SPELLING: RuleSetting(ceiling=Outcome.NUDGE),
        Rule.COURTESY: RuleSetting(),
        Rule.ON_TOPIC: RuleSetting(run=Run.DRY, ceiling=Outcome.NUDGE),
        Rule.LANGUAGE: RuleSetting(ceiling=Outcome.HOLD),
        Rule.TEMPLATE: RuleSetting(),
        Rule.RIGHTS: RuleSetting(),
        Rule.PROMOTION: RuleSetting(ceiling=Outcome.HOLD),
        Rule.PLAGIARISM: RuleSetting(ceiling=Outcome.HOLD),
    }
)
"""How rules run where the author set nothing: on topic is tried only, since people decide that."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """What an opening post must look like; what is 0 or empty is not asked. ``tags`` are those to choose from."""

    title_min: int = 0
    title_max: int = 0
    headings: tuple[str, ...] = ()
    words_min: int = 0
    words_max: int = 0
    fields: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tags_min: int = 0


class ListedWord(NamedTuple):
    """A word or phrase of the list of a site or a course.

    ``outcome``: what it asks for, NUDGE, HOLD or REFUSE; None: it is innocent. ``clause``: the rule of the terms that
    it serves, empty for courtesy.
    """

    phrase: str
    outcome: Outcome | None
    clause: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class ListedWords:
    """A list as it stood when it was read. Known by itself, not by its words: what is made of it is made once."""

    words: tuple[ListedWord, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The rules of a place.

    ``rules``: by name, where they differ from ``DEFAULT_SETTINGS``. ``languages``: those in which posts may be
    written, by ISO 639 code; none: that of the course. ``glossary``: words of the course that no dictionary knows.
    ``domains``: sites that may be linked to freely. ``lets_insist``: after an advice the author may publish all the
    same. ``spares_trusted``: the mode holds no post of trusted members.
    """

    mode: Mode = Mode.REACTIVE
    first_posts: int = 3
    spares_trusted: bool = False
    lets_insist: bool = True
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    languages: tuple[str, ...] = ("fr",)
    glossary: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    template: Template = field(default_factory=Template)

    def get_setting(self, rule: str) -> RuleSetting:
        """How ``rule`` runs here."""
        return self.rules.get(rule) or DEFAULT_SETTINGS[rule]
