"""What rules are given: one wording of a post, and the circumstances in which it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from solerni_xblocks.discussion.data.policies import ListedWords


class Claim(StrEnum):
    """By what right somebody shares what is not simply their own words."""

    NONE = ""
    MINE = "mine"
    PERMITTED = "permitted"
    LICENSED = "licensed"
    PUBLIC = "public"
    QUOTED = "quoted"


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What an author declared about what they share (rule 6)."""

    claim: Claim = Claim.NONE
    licence: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What is judged: one wording of a post.

    ``fields``: names of the template's fields that were filled. ``files``: the declaration made with each file.
    """

    source: str
    title: str = ""
    is_opening: bool = False
    fields: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    rights: Declaration = field(default_factory=Declaration)
    files: tuple[Declaration, ...] = ()


class Origin(StrEnum):
    """Whose text a candidate for a copy is."""

    OTHER = "other"
    OWN = "own"
    COURSE = "course"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An earlier text that shares fingerprints with a wording. ``name`` finds it again; its text is never shown."""

    origin: Origin
    name: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What the rules may know of the circumstances.

    ``upheld_posts``: how many posts of the author were published and stayed so. ``is_read_first``: a sanction has the
    author's posts read before they appear. ``insists``: the author has seen the advice. ``member_words``: those the
    member told us to accept, and names of people of the place. ``known_words``: the glossaries of the site and of the
    course. ``lists``: words that the site watches, then those of the course. ``course_domains``: sites that the course
    links to. ``course_words``: what ``rules.measures.words.make_vocabulary`` made of it. ``assignment``: the prompt.
    ``thread_texts``: posts of the thread, which a reply may quote. ``recent_links``: addresses that the author posted
    in other posts. ``candidates``: what ``rules.measures.copies.fingerprint`` found alike.
    """

    is_moderator: bool = False
    is_staff: bool = False
    is_trusted: bool = False
    is_read_first: bool = False
    insists: bool = False
    upheld_posts: int = 0
    member_words: tuple[str, ...] = ()
    known_words: tuple[str, ...] = ()
    lists: tuple[ListedWords, ...] = ()
    course_domains: frozenset[str] = frozenset()
    course_words: frozenset[str] = frozenset()
    assignment: str = ""
    thread_texts: tuple[str, ...] = ()
    recent_links: frozenset[str] = frozenset()
    candidates: tuple[Candidate, ...] = ()
