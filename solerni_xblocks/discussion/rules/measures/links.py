"""The addresses in a Markdown text: where they stand, whose site it is, and whether somebody earns by the click."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from solerni_xblocks.discussion.rules.measures.words import read_words

_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]\"'«»]+", re.IGNORECASE)
_TRAILING = ".,;:!?…*_"
_AMAZON_TAG = re.compile(r".+-2[01]")


class Link(NamedTuple):
    """An address in a text. ``domain`` has no ``www.``; ``key`` is the same for two spellings of one address."""

    url: str
    domain: str
    key: str
    is_affiliate: bool
    start: int
    end: int


def find_links(text: str) -> Iterator[Link]:
    """The addresses in ``text``, in order.

    >>> [(link.domain, link.is_affiliate) for link in find_links("Voir https://www.shop.example/a?ref=moi.")]
    [('shop.example', True)]
    """
    for found in _URL.finditer(text):
        url = found[0].rstrip(_TRAILING)
        try:
            parts = urlsplit(url if "://" in url else f"https://{url}")
            domain = clean_domain(parts.hostname or "")
        except ValueError:  # not an address after all
            continue
        if "." in domain:
            key = f"{domain}{parts.path.rstrip('/')}?{parts.query}".rstrip("?").lower()
            yield Link(url, domain, key, _is_affiliate(domain, parts.query), found.start(), found.start() + len(url))


def clean_domain(name: str) -> str:
    """``name`` of a host as domains are compared.

    >>> clean_domain("WWW.Example.org.")
    'example.org'
    """
    return name.strip().rstrip(".").lower().removeprefix("www.")


def is_within(domain: str, domains: frozenset[str]) -> bool:
    """Whether ``domain`` is one of ``domains`` or lies below one.

    >>> is_within("fr.wikipedia.org", frozenset({"wikipedia.org"}))
    True
    """
    pieces = domain.split(".")
    return any(".".join(pieces[start:]) in domains for start in range(len(pieces) - 1))


def _is_affiliate(domain: str, query: str) -> bool:
    known = read_words("affiliates.txt")
    if domain in known:
        return True
    pairs = parse_qsl(query[:2000])
    return any(key.lower() in known or (key == "tag" and _AMAZON_TAG.fullmatch(value)) for key, value in pairs)
