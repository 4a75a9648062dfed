"""Forget a member: what tells about the person goes, what the world needs to read a kept file stays."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from solerni_xblocks.badges.models import Award, Credential, Fact


def forget_member(member_id: int) -> dict[str, Any]:
    """Counts by table. Facts go; awards lose their holder, their explanation and their bytes."""
    with transaction.atomic():
        awards = list(Award.objects.filter(member_id=member_id).values_list("id", flat=True))
        facts, _ = Fact.objects.filter(member_id=member_id).delete()
        # The one legitimate change of an append-only row: erasure is owed to the member (GDPR, article 17).
        credentials = models.QuerySet(Credential).filter(award_id__in=awards).update(content=b"")
        Award.objects.filter(id__in=awards).update(
            member_id=None, subject_uuid=None, explanation={}, is_public=False, published_at=None
        )
    return {"facts": facts, "awards": len(awards), "credentials": credentials}
