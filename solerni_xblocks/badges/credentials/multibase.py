"""Base58-btc with the multibase prefix ``z`` (W3C Controlled Identifiers 1.0, section 2.4)."""

from __future__ import annotations

import base58

from solerni_xblocks.badges.credentials.refusals import CredentialError

_ALPHABET = base58.BITCOIN_ALPHABET.decode()
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_TEN_DIGITS = 58**10
_MAX_TEXT = 128


def encode_base58(raw: bytes) -> str:
    """``z`` and base58 of ``raw``. Ten digits at a time: spelling a signature must not cost more than making it."""
    number, text = int.from_bytes(raw, "big"), ""
    while number:
        number, ten = divmod(number, _TEN_DIGITS)
        high, low = divmod(ten, 58**4)
        high, third = divmod(high, 3364)
        first, second = divmod(high, 3364)
        text = _PAIRS[first] + _PAIRS[second] + _PAIRS[third] + _PAIRS[low // 3364] + _PAIRS[low % 3364] + text
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return "z" + "1" * zeros + text.lstrip("1")


def decode_base58(text: str) -> bytes:
    """The bytes of ``text``. Raises CredentialError."""
    if not text.startswith("z") or len(text) > _MAX_TEXT:
        raise CredentialError("base58.invalid")
    try:
        return base58.b58decode(text[1:])
    except ValueError as error:
        raise CredentialError("base58.invalid") from error
