"""Data Integrity proofs of cryptosuite ``eddsa-rdfc-2022`` (W3C VC Data Integrity EdDSA 1.0, section 3.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import base58
from cryptography.exceptions import InvalidSignature

from solerni_xblocks.badges.credentials.canonical import canonicalize
from solerni_xblocks.badges.credentials.keys import KeyPair, decode_multikey, make_method_id
from solerni_xblocks.badges.credentials.refusals import CredentialError

CRYPTOSUITE = "eddsa-rdfc-2022"


def sign_credential(document: Mapping[str, Any], *, key: KeyPair, created: datetime) -> bytes:
    """``document`` with one proof by ``key`` of the document's issuer, as the bytes to keep.

    Raises: CredentialError when a term of the document would not be covered by the signature.
    """
    options = make_options(document["issuer"]["id"], multikey=key.multikey, created=created)
    return seal(
        document, options, data=hash_pair(canonicalize_options(options, document), canonicalize(document)), key=key
    )


def seal(document: Mapping[str, Any], options: Mapping[str, Any], *, data: bytes, key: KeyPair) -> bytes:
    """Sign ``data``, write the bytes, read them back. Raises CredentialError when they differ."""
    signed = prove(document, options, data=data, key=key)
    content = write_bytes(signed)
    if json.loads(content) != signed:
        raise CredentialError("bytes.differ")
    require_signature(signed["proof"][0]["proofValue"], data=data, multikey=key.multikey)
    return content


def prove(document: Mapping[str, Any], options: Mapping[str, Any], *, data: bytes, key: KeyPair) -> dict[str, Any]:
    """``document`` with its proof, as an array of one (the published schema refuses a bare object)."""
    value = "z" + base58.b58encode(key.private.sign(data)).decode()
    return {**document, "proof": [{**options, "proofValue": value}]}


def make_options(issuer_id: str, *, multikey: str, created: datetime) -> dict[str, str]:
    """The proof before its value."""
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": format_time(created),
        "verificationMethod": make_method_id(issuer_id, multikey),
        "proofPurpose": "assertionMethod",
    }


def canonicalize_options(options: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """The proof options under the document's own contexts."""
    return canonicalize({"@context": document["@context"], **options})


def hash_pair(options_nquads: str, document_nquads: str) -> bytes:
    """What is signed: the hash of the proof options, then the hash of the document."""
    return sha256(options_nquads.encode()).digest() + sha256(document_nquads.encode()).digest()


def write_bytes(signed: Mapping[str, Any]) -> bytes:
    """The bytes that are kept and served unchanged."""
    return json.dumps(signed, ensure_ascii=False, separators=(",", ":")).encode()


def require_signature(proof_value: str, *, data: bytes, multikey: str) -> None:
    """Raises CredentialError unless ``proof_value`` is the signature of ``data`` by ``multikey``."""
    try:
        signature = base58.b58decode(proof_value[1:]) if proof_value.startswith("z") and len(proof_value) < 100 else b""
        decode_multikey(multikey).verify(signature, data)
    except (ValueError, InvalidSignature) as error:
        raise CredentialError("signature.wrong") from error


def format_time(moment: datetime) -> str:
    """Seconds in UTC with ``Z``: every date-time names its zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
