"""What the rules are told of a course: its language, the words and sites that are its own. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from solerni_xblocks.core import conf
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import ListedWords, Place, Policy
from solerni_xblocks.discussion.rules.measures.links import find_links
from solerni_xblocks.discussion.rules.measures.words import make_vocabulary


@dataclass(frozen=True, kw_only=True)
class Known:
    """``policy`` of the place in the language of its course; the rest as ``Scene`` has it."""

    policy: Policy
    lists: tuple[ListedWords, ...]
    known_words: tuple[str, ...]
    course_words: frozenset[str]
    course_domains: frozenset[str]


def know_course(place: Place) -> Known:
    """What is known of the course in which ``place`` stands; remembered for some seconds, in each process."""
    lexicon = queries.get_lexicon(place.course_key)
    policy = place.policy
    own = (lexicon.title, place.title, place.prompt, *policy.glossary, *lexicon.known_words)
    return Known(
        policy=policy if policy.languages else replace(policy, languages=(lexicon.language,)),
        lists=lexicon.lists,
        known_words=lexicon.known_words,
        course_words=_make_vocabulary(own),
        course_domains=frozenset(_list_domains(place.prompt)),
    )


@lru_cache(maxsize=64)
def _make_vocabulary(texts: tuple[str, ...]) -> frozenset[str]:
    return make_vocabulary(texts)


def _list_domains(prompt: str) -> Iterator[str]:
    """The site itself, and those that the author of the course sends learners to."""
    for link in find_links(f"{conf.get_base_url()} {prompt}"):
        yield link.domain
