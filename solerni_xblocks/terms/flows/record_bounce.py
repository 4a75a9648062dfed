"""A notice came back from the mail system."""

from __future__ import annotations

from solerni_xblocks.terms import models


def record_bounce(message_id: str) -> bool:
    """The notice's row says so; its proof stays as it is: it was sent."""
    sent = models.Notice.objects.filter(message_id=message_id, state=models.Notice.State.SENT)
    return bool(message_id) and bool(sent.update(state=models.Notice.State.BOUNCED))
