"""Words as a reader hears them: case, accents, look-alike letters and invisible characters taken away.

The map back to the original is kept, so that a passage found here can be shown in the member's own words.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters of other scripts that look Latin (Unicode confusables, those that keyboards offer), and Latin ligatures.
_LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("авеѕіјкмнорстухԁɡһѵԛԝ", "abesijkmhopctyxdghvqw", strict=True)),
        **dict(zip("αβεηικνορτυχ", "abenikvoptux", strict=True)),
        **dict(zip("ıɑɩʀᴀᴄᴅᴇᴏᴘ", "iairacdeop", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "’": "'",
        "ʼ": "'",
        "‘": "'",
    }
)


@dataclass(frozen=True, kw_only=True)
class Folded:
    """``text`` folded; character ``i`` of it comes from character ``origins[i]`` of the original."""

    text: str
    origins: tuple[int, ...]


def fold(text: str, *, offset: int = 0) -> Folded:
    """``text`` folded, its first character being number ``offset`` of the original.

    >>> fold("Él\u00adаn").text
    'elan'
    """
    letters: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text, start=offset):
        folded = fold_character(character)
        letters.append(folded)
        origins.extend([position] * len(folded))
    return Folded(text="".join(letters), origins=tuple(origins))


@lru_cache(maxsize=1024)
def fold_character(character: str) -> str:
    """What is left of one character: nothing of an accent or of an invisible one, two letters of a ligature."""
    if character < "\x80":
        return character.lower()
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    kept = "".join(part for part in decomposed if unicodedata.category(part) not in ("Mn", "Me", "Cf"))
    return kept.casefold().translate(_LOOK_ALIKES)
