"""What forms offer: kinds of threads, voices, the parts of a contribution, reasons to report."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.api import ReportReason
from solerni_xblocks.discussion.data import Kind, Participant, Place, Voice
from solerni_xblocks.discussion.presenters.attachments import view_file_form

KINDS = {
    Kind.DISCUSSION: _("Discussion"),
    Kind.QUESTION: _("Question"),
    Kind.CONTRIBUTION: _("Contribution"),
    Kind.ISSUE: _("Report a course issue"),
}
VOICES = {
    Voice.SELF: _("In my name"),
    Voice.ANONYMOUS: _("Without my name: only moderators and the course team see it"),
    Voice.MODERATOR: _("As a moderator, in my name"),
    Voice.UNNAMED_MODERATOR: _("As a moderator, without my name"),
}


def view_form(place: Place, viewer: Participant) -> dict[str, Any]:
    """The choices of the form that opens threads, and of the one that reports a message."""
    kinds = list_kinds(place, viewer)
    opens_at, closes_at, now = place.conduct.opens_at, place.conduct.closes_at, clock.now()
    return {
        "opens_at": opens_at if opens_at and now < opens_at else None,
        "closes_at": closes_at,
        "is_closed": closes_at is not None and closes_at <= now,
        "quiet_days": place.conduct.quiet_days,
        "may_open": viewer.is_moderator or place.conduct.learners_open_threads,
        "kinds": [(kind, KINDS[kind]) for kind in kinds if kind != Kind.CONTRIBUTION or place.policy.template.headings],
        "voices": list_voices(place, viewer),
        "headings": place.policy.template.headings,
        "report_reasons": ReportReason.choices,
        "file_form": view_file_form(place),
    }


def list_kinds(place: Place, viewer: Participant) -> tuple[Kind, ...]:
    """The kinds of threads that the viewer may open here."""
    return tuple(Kind) if viewer.is_moderator else place.conduct.kinds


def list_voices(place: Place, viewer: Participant) -> list[tuple[Voice, Any]]:
    """Under which names the member may speak here; empty when there is no choice."""
    offered = [Voice.SELF]
    if place.conduct.allows_anonymity:
        offered.append(Voice.ANONYMOUS)
    if viewer.is_moderator:
        offered += [Voice.MODERATOR, Voice.UNNAMED_MODERATOR]
    return [(voice, VOICES[voice]) for voice in offered] if len(offered) > 1 else []
