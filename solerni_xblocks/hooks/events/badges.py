"""What badges announces."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import attr
from openedx_events.tooling import OpenEdxPublicSignal


@attr.s(frozen=True, kw_only=True)
class AwardData:
    """One award of one badge to one member. ``course_key`` is text."""

    award_uuid = attr.ib(type=UUID)
    badge_uuid = attr.ib(type=UUID)
    member_id = attr.ib(type=int)
    course_key = attr.ib(type=str)
    at = attr.ib(type=datetime)


BADGE_EARNED = OpenEdxPublicSignal(event_type="org.solerni.badges.badge.earned.v1", data={"award": AwardData})
"""A member fulfilled a badge's criterion; the award row exists and will be signed."""
