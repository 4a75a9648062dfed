"""Open the key that signs, making the first one; retire a key."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from solerni_xblocks.badges import queries
from solerni_xblocks.badges.credentials.keys import KeyPair, decrypt_key, encrypt_key, generate_key
from solerni_xblocks.badges.credentials.refusals import CredentialError
from solerni_xblocks.badges.errors import SigningWaits
from solerni_xblocks.badges.models import SigningKey
from solerni_xblocks.core import clock, conf


def open_key() -> tuple[SigningKey, KeyPair]:
    """The newest key that is not retired, opened. Two processes that find none make one.

    Raises: SigningWaits when the secret is not the one that closed the key.
    """
    row = queries.find_current_key() or _make_key()
    try:
        return row, decrypt_key(row.encrypted_private_key, get_secret())
    except CredentialError as error:
        raise SigningWaits() from error


def retire_key(multikey: str) -> None:
    """Sign with it no more. It stays published, so what it signed still verifies."""
    SigningKey.objects.filter(multikey=multikey, retired_at__isnull=True).update(retired_at=clock.now())


def get_secret() -> str:
    """What closes private keys at rest."""
    return str(conf.get("SOLERNI_BADGES_KEY_SECRET") or settings.SECRET_KEY)


def _make_key() -> SigningKey:
    key = generate_key()
    number = (SigningKey.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            return SigningKey.objects.create(
                multikey=key.multikey,
                number=number,
                encrypted_private_key=encrypt_key(key, get_secret()),
                created_at=clock.now(),
            )
    except IntegrityError:
        row = queries.find_current_key()
        if row is None:
            raise
        return row
