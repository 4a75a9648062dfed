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
