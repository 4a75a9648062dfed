"""Data Integrity proofs of cryptosuite ``eddsa-rdfc-2022`` (W3C VC Data Integrity EdDSA 1.0, section 3.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature

from solerni_xblocks.badges.credentials.canonical import canonicalize
from solerni_xblocks.badges.credentials.keys import KeyPair, decode_multikey, make_method_id
from solerni_xblocks.badges.credentials.multibase import decode_base58, encode_base58
from solerni_xblocks.badges.credentials.refusals import CredentialError

CRYPTOSUITE = "eddsa-rdfc-2022"


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A signed document as ``content``, and the ``data`` (two hashes) that its signature covers."""

    content: bytes
    data: bytes


def sign_credential(document: Mapping[str, Any], *, key: KeyPair, created: datetime) -> Signed:
    """``document`` with one proof by ``key`` of the document's issuer.

    Raises: CredentialError when a term of the document would not be covered by the signature.
    """
    options = make_options(document["issuer"]["id"], multikey=key.multikey, created=created)
    data = hash_pair(canonicalize_options(options, document), canonicalize(document))
    return Signed(content=write_bytes(prove(document, options, data=data, key=key)), data=data)


def read_back(signed: Signed, *, document: Mapping[str, Any], multikey: str) -> bytes:
    """The bytes to keep, once they say ``document`` and the signature fits. Raises CredentialError."""
    found = json.loads(signed.content)
    proofs = found.pop("proof")
    if found != document:
        raise CredentialError("bytes.differ")
    require_signature(proofs[0]["proofValue"], data=signed.data, multikey=multikey)
    return signed.content


def prove(document: Mapping[str, Any], options: Mapping[str, Any], *, data: bytes, key: KeyPair) -> dict[str, Any]:
    """``document`` with its proof, as an array of one (the published schema refuses a bare object)."""
    return {**document, "proof": [{**options, "proofValue": encode_base58(key.private.sign(data))}]}


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
        decode_multikey(multikey).verify(decode_base58(proof_value), data)
    except (CredentialError, InvalidSignature) as error:
        raise CredentialError("signature.wrong") from error


def format_time(moment: datetime) -> str:
    """Seconds in UTC with ``Z``: every date-time names its zone."""
    in_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return in_utc.isoformat()[:19] + "Z"
