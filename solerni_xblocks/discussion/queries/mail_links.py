"""Links that end mails in one click: signed, for one member and one sort of mail, without a word about the account."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.urls import reverse

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.models import MailKey

SALT = "solerni.discussion.mails"
LONGEST = 1_000
"""Characters of a token: a course key has 255."""


@dataclass(frozen=True, kw_only=True)
class StopLink:
    """What a link is for: mails of one ``kind`` in a course, or (a rhythm as ``kind``) digests."""

    member_id: int
    kind: str
    course_key: str


def make_stop_url(member_id: int, kind: str, course_key: str) -> str:
    """The address that ends such mails; the same each time."""
    key, _is_new = MailKey.objects.get_or_create(member_id=member_id)
    token = signing.Signer(salt=SALT).sign_object([key.key.hex, kind, course_key])
    return conf.get_base_url() + reverse("solerni_discussion:stop_mails", args=[token])


def find_stop_link(token: str) -> StopLink | None:
    """What ``token`` is for; None when we did not sign it or its member is forgotten. Compared in constant time."""
    try:
        key, kind, course_key = signing.Signer(salt=SALT).unsign_object(token if len(token) <= LONGEST else "")
    except signing.BadSignature:
        return None
    member_id = MailKey.objects.filter(key=UUID(key)).values_list("member_id", flat=True).first()
    return None if member_id is None else StopLink(member_id=member_id, kind=kind, course_key=course_key)
