"""A member says that a word is right, though the dictionary does not know it."""

from __future__ import annotations

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.models import MemberWord
from solerni_xblocks.discussion.rules.folding import fold

MOST = 500
"""Words kept for one member; the oldest leaves for a new one."""


@transaction.atomic
def keep_word(member_id: int, place: Place, word: str) -> None:
    """Accept ``word`` from the member from now on, everywhere. Told twice, kept once. Raises NotTakingPart."""
    queries.get_participant(member_id, place)
    own = MemberWord.objects.filter(member_id=member_id)
    MemberWord.objects.get_or_create(member_id=member_id, word=fold(word).text[:40], defaults={"at": clock.now()})
    surplus = own.order_by("-at", "-id").values_list("pk", flat=True)[MOST:]
    own.filter(pk__in=list(surplus)).delete()
