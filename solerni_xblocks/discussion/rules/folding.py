"""Words as a reader hears them: case, accents, look-alike letters and invisible characters taken away.

The map back to the original is kept, so that a passage found here can be shown in the member's own words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
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
    origins: Sequence[int]
    size: int

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original characters ``start`` to ``end`` (excluded) come from, accents after the last included.

        >>> fold("e\u0301te\u0301.").locate(0, 3)
        (0, 5)
        """
        after = self.origins[end] if end < len(self.origins) else self.size
        return self.origins[start], max(after, self.origins[end - 1] + 1)


@lru_cache(maxsize=16)
def fold(text: str) -> Folded:
    """``text`` folded. Remembered shortly: several rules ask for the same text.

    >>> fold("Él\u00adаn").text
    'elan'
    """
    folded = text.translate(_FOLDING)
    if all(len(_FOLDING[character]) == 1 for character in map(ord, set(text))):
        return Folded(text=folded, origins=range(len(text)), size=len(text))
    origins = (position for position, character in enumerate(text) for _ in _FOLDING[ord(character)])
    return Folded(text=folded, origins=tuple(origins), size=len(text))


def fold_character(character: str) -> str:
    """What is left of one character: nothing of an accent or of an invisible one, two letters of a ligature."""
    if character < "\x80":
        return character.lower()
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    kept = "".join(part for part in decomposed if unicodedata.category(part) not in ("Mn", "Me", "Cf"))
    return kept.casefold().translate(_LOOK_ALIKES)


class _Folding(dict[int, str]):
    """What is left of each character, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        left = fold_character(chr(code))
        if len(self) < _MOST_CHARACTERS:
            self[code] = left
        return left


_FOLDING = _Folding()
_MOST_CHARACTERS = 4096
