"""Who is meant: ``@name`` in what a member wrote themselves, not in what they quote or show as code."""

from __future__ import annotations

import re

MOST_MENTIONED = 10
_NAME = re.compile(r"(?<![\w@./-])@([\w.+-]{1,150})")
_APART = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1|`[^`\n]*`|^ {0,3}>[^\n]*|https?://\S+", re.MULTILINE | re.DOTALL)


def find_mentions(source: str) -> tuple[str, ...]:
    """The names after an ``@`` in the Markdown ``source``, ten at most, each once.

    A name may end the sentence: both readings of its last dots are given.

    >>> find_mentions("Merci @lea et @sam. `@code`")
    ('lea', 'sam.', 'sam')
    >>> find_mentions("> dit @lea\\nécrire à a@b.fr")
    ()
    """
    found = _NAME.findall(_APART.sub(" ", source))
    readings = (reading for name in found for reading in (name, name.rstrip(".-+")))
    return tuple(name for name in dict.fromkeys(readings) if name)[: 2 * MOST_MENTIONED]
