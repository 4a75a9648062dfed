"""Ed25519 keys: made, kept encrypted, shown as Multikey and as a did:web document (Controlled Identifiers 1.0)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from solerni_xblocks.badges.credentials.canonical import DID_V1, MULTIKEY_V1
from solerni_xblocks.badges.credentials.multibase import decode_base58, encode_base58
from solerni_xblocks.badges.credentials.refusals import CredentialError

ED25519_PUBLIC = b"\xed\x01"
"""The multicodec prefix of an Ed25519 public key."""


@dataclass(frozen=True, kw_only=True)
class KeyPair:
    """A signing key. ``multikey`` is its public half (``z6Mk…``), ``private`` never leaves the process in clear."""

    multikey: str
    private: Ed25519PrivateKey


def generate_key() -> KeyPair:
    """A fresh key."""
    return _make_pair(Ed25519PrivateKey.generate())


def load_key(seed: bytes) -> KeyPair:
    """The key of a 32-byte ``seed``."""
    return _make_pair(Ed25519PrivateKey.from_private_bytes(seed))


def encrypt_key(key: KeyPair, secret: str) -> str:
    """The private half as a Fernet token under ``secret``."""
    return _make_fernet(secret).encrypt(key.private.private_bytes_raw()).decode()


def decrypt_key(token: str, secret: str) -> KeyPair:
    """The key in ``token``. Raises CredentialError when ``secret`` is not the one that closed it."""
    try:
        return load_key(_make_fernet(secret).decrypt(token.encode()))
    except InvalidToken as error:
        raise CredentialError("key.locked") from error


def encode_multikey(public: Ed25519PublicKey) -> str:
    """``z`` and base58 of the prefixed public key."""
    return encode_base58(ED25519_PUBLIC + public.public_bytes_raw())


def decode_multikey(multikey: str) -> Ed25519PublicKey:
    """The public key written in ``multikey``. Raises CredentialError."""
    try:
        raw = decode_base58(multikey)
    except CredentialError as error:
        raise CredentialError("key.invalid") from error
    if len(raw) != 34 or not raw.startswith(ED25519_PUBLIC):
        raise CredentialError("key.invalid")
    return Ed25519PublicKey.from_public_bytes(raw[2:])


def make_did(url: str) -> str:
    """The did:web of ``url``: path form, a port as ``%3A``.

    >>> make_did("https://learn.example.org:8443/solerni/badges/issuer/")
    'did:web:learn.example.org%3A8443:solerni:badges:issuer'
    """
    parts = urlsplit(url)
    return ":".join(["did:web", parts.netloc.replace(":", "%3A"), *filter(None, parts.path.split("/"))])


def make_method_id(did: str, multikey: str) -> str:
    """The verification method of ``multikey``: verifiers then find the key without fetching."""
    return f"{did}#{multikey}"


def make_did_document(did: str, multikeys: Sequence[str]) -> dict[str, Any]:
    """What stands at the did:web address: every key, past ones too, so that old credentials still verify."""
    methods = [make_method_id(did, multikey) for multikey in multikeys]
    return {
        "@context": [DID_V1, MULTIKEY_V1],
        "id": did,
        "verificationMethod": [
            {"id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": multikey}
            for method, multikey in zip(methods, multikeys, strict=True)
        ],
        "assertionMethod": methods,
    }


def _make_pair(private: Ed25519PrivateKey) -> KeyPair:
    return KeyPair(multikey=encode_multikey(private.public_key()), private=private)


def _make_fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(b"solerni badges signing key\0" + secret.encode()).digest()))
