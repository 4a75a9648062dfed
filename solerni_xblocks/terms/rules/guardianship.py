"""What may be asked of a guardian, and what of their address is ever shown again. Pure."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from hashlib import sha256

DAY = timedelta(days=1)
WARNING = timedelta(days=3)
"""How long before the end a minor is told that nobody has answered."""
AFTER_REFUSAL = timedelta(days=7)
"""How long a minor whose guardian refused may still download their data, or name another guardian."""


def digest_secret(secret: str) -> str:
    """What is kept of a link's secret: its sha256 (hex)."""
    return sha256(secret.encode()).hexdigest()


def mask_address(address: str) -> str:
    """Enough of an address to see a mistake, too little to write to it.

    >>> mask_address("paul.martin@mail.example.org"), mask_address("")
    ('p…@m….org', '')
    """
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain[:1]}….{domain.rpartition('.')[2]}" if at else ""


def is_same_box(address: str, other: str) -> bool:
    """Whether two addresses reach one mailbox, as far as one can tell: letter case, quotes, ``+tag``, look-alikes
    that mail programs fold, and the dots that Gmail ignores aside.

    >>> is_same_box("Nina+papa@Example.org", "nina@example.org")
    True
    """
    return fold_address(address) == fold_address(other)


def may_send(sent_by_member: int, sent_to_address: int, *, by_member: int, to_address: int) -> bool:
    """Whether one more mail may leave today, for this member and to this address."""
    return sent_by_member < by_member and sent_to_address < to_address


def decide_expiry(now: datetime, effective_at: datetime, days: int) -> datetime:
    """Until when a guardian may answer: so many days, and as many after the date when the version begins to bind."""
    return max(now, effective_at) + timedelta(days=days)


def fold_address(address: str) -> str:
    """What all spellings of one mailbox have in common.

    >>> fold_address("Paul.M+school@GoogleMail.com")
    'paulm@gmail.com'
    """
    plain = unicodedata.normalize("NFKC", address).replace("\u00ad", "").strip().casefold()
    name, _, domain = plain.rpartition("@")
    name = name.strip('"').partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"
