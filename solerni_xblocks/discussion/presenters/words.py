"""Lists of words, and what they see in a text that somebody tries, for templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.discussion.data import Outcome, Part, Reason
from solerni_xblocks.discussion.data.lexicons import SITE, WordsReading
from solerni_xblocks.discussion.presenters.texts import mark_passages

EFFECTS = {
    Outcome.PUBLISH: _("it appears, and a moderator reads it"),
    Outcome.NUDGE: _("its author is asked to read it again"),
    Outcome.HOLD: _("it waits for a moderator"),
    Outcome.REFUSE: _("it is not taken"),
}


def view_words(reading: WordsReading) -> dict[str, Any]:
    """The list, by the name that addresses have for it."""
    return {"words": reading, "key": str(reading.course_key or SITE), "count": len(reading.lines)}


def view_trial(text: str, reasons: Sequence[Reason]) -> dict[str, Any]:
    """The text with what was seen, and what a message would become by it."""
    gravest = max((reason.outcome for reason in reasons), default=None)
    return {
        "segments": mark_passages(text, reasons, part=Part.BODY),
        "found": [{"seen": reason.seen, "effect": EFFECTS[reason.outcome]} for reason in reasons],
        "effect": EFFECTS[gravest] if gravest is not None else "",
    }
