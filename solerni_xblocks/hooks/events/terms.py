"""What terms announces."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import attr
from openedx_events.tooling import OpenEdxPublicSignal


@attr.s(frozen=True, kw_only=True)
class AcceptanceData:
    """One answer of one member to one version. ``course_key`` is the text of the course key, empty site-wide."""

    proof_uuid = attr.ib(type=UUID)
    member_id = attr.ib(type=int)
    document = attr.ib(type=str)
    version_uuid = attr.ib(type=UUID)
    course_key = attr.ib(type=str)
    at = attr.ib(type=datetime)


TERMS_ACCEPTED = OpenEdxPublicSignal(
    event_type="org.solerni.terms.version.accepted.v1", data={"acceptance": AcceptanceData}
)
"""A member accepted a version of a document; the proof row exists."""


@attr.s(frozen=True, kw_only=True)
class GuardianData:
    """A minor without a guardian's consent. ``was_open``: the account had been used before, so nothing is lost yet."""

    member_id = attr.ib(type=int)
    was_open = attr.ib(type=bool)
    at = attr.ib(type=datetime)


TERMS_GUARDIAN_SILENT = OpenEdxPublicSignal(
    event_type="org.solerni.terms.guardian.silent.v1", data={"guardian": GuardianData}
)
"""No guardian agreed in time, or one refused; told again until the member's data is gone."""


@attr.s(frozen=True, kw_only=True)
class StopData:
    """A member does not go on under a version, and stops using the service."""

    member_id = attr.ib(type=int)
    document = attr.ib(type=str)
    version_uuid = attr.ib(type=UUID)
    at = attr.ib(type=datetime)


TERMS_STOPPED = OpenEdxPublicSignal(event_type="org.solerni.terms.version.stopped.v1", data={"stop": StopData})
"""A member chose Stop on the page of a document; the proof row exists."""
