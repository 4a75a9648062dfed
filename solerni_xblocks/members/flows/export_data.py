"""Give a member all that the service holds about them."""

from __future__ import annotations

from datetime import timedelta

from solerni_xblocks.core import clock, conf
from solerni_xblocks.host import api as host
from solerni_xblocks.members import rules
from solerni_xblocks.members.data import Export, Kind
from solerni_xblocks.members.errors import ExportIncomplete, TooManyExports
from solerni_xblocks.members.flows import discharge_duty
from solerni_xblocks.members.queries import requests

FORMAT = "org.solerni.members.export.v1"


def export_data(member_id: int) -> Export:
    """Discharge the duty export; no file unless every domain answered."""
    since = clock.now() - timedelta(hours=24)
    limit = conf.get("SOLERNI_MEMBERS_EXPORTS_PER_DAY")
    request = discharge_duty.open_request(Kind.EXPORT, member_id, actor_id=member_id)
    # Opened first, counted up to itself: of two at the same moment, the later one sees the earlier.
    if not rules.may_export(requests.count_exports_before(request, since), limit):
        request.delete()
        raise TooManyExports
    results = discharge_duty.discharge(request)
    if request.done_at is None:
        raise ExportIncomplete
    person = host.people().find_person(member_id)
    document = {
        "format": FORMAT,
        "exported_at": request.done_at.isoformat(),
        "request": str(request.uuid),
        "member": {
            "id": member_id,
            "name": person.name if person else "",
            "email": person.email if person else "",
            "language": person.language if person else "",
        },
        "held": {result.performer: result.value for result in results},
    }
    return Export(filename=f"solerni-{request.done_at:%Y-%m-%d}.json", document=document)
