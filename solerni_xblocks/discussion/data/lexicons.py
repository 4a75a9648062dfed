"""What the rules know of a course beside the choices made in a block: its name, its language, its lists of words."""

from __future__ import annotations

from dataclasses import dataclass

from solerni_xblocks.discussion.data.policies import ListedWords


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """``title`` and ``language`` of the course. ``lists``: what the site watches, then what the course does.

    ``known_words``: those of the glossaries of both.
    """

    title: str = ""
    language: str = "fr"
    lists: tuple[ListedWords, ...] = ()
    known_words: tuple[str, ...] = ()
