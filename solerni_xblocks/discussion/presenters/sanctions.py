"""Sanctions in words: for moderators, and for the member whom one concerns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.discussion.data import Act, Shut
from solerni_xblocks.discussion.data.sanctions import SanctionRecord
from solerni_xblocks.discussion.presenters.posts import ClauseView, view_clause
from solerni_xblocks.discussion.presenters.texts import find_names

IMPOSED = {Act.WARN: _("Warned"), Act.MUTE: _("Reading only")}


@dataclass(frozen=True, kw_only=True)
class SanctionLine:
    """A sanction as moderators read it on the author's record."""

    sanction: SanctionRecord
    name: Any
    moderator: Any
    clause: ClauseView


@dataclass(frozen=True, kw_only=True)
class MuteView:
    """What stands where a member would write, who may only read for now."""

    until: datetime | None
    clause: ClauseView
    url: str


def view_sanctions(sanctions: Iterable[SanctionRecord]) -> list[SanctionLine]:
    """Lines of the record; one query for all names."""
    listed = list(sanctions)
    names = find_names(one.moderator_id for one in listed)
    return [
        SanctionLine(
            sanction=one, name=IMPOSED[one.act], moderator=names[one.moderator_id], clause=view_clause(one.clause)
        )
        for one in listed
    ]


def view_mute(sanction: SanctionRecord | None) -> MuteView | None:
    """Until when, by which rule, and where the member reads why and contests."""
    if sanction is None:
        return None
    return MuteView(
        until=sanction.ends_at,
        clause=view_clause(sanction.clause),
        url=reverse("solerni_discussion:decision", args=[sanction.uuid]),
    )


def view_shut(shut: Shut | None) -> dict[str, Any]:
    """What stands in place of a form; nothing for who may write."""
    return {"mute": view_mute(shut.mute), "closed_at": shut.closed_at} if shut else {}
