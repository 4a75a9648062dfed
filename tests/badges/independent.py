"""A verifier that shares nothing with ours but the W3C and 1EdTech context files: pyoxigraph for JSON-LD and RDFC-1.0.

It reads the issuer's did.json as anybody would, then follows W3C VC Data Integrity EdDSA 1.0, section 3.2.2.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

import solerni_xblocks

FOLDER = Path(next(iter(solerni_xblocks.__path__))) / "badges" / "credentials" / "contexts"
FILES = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "open-badges-3.0.3.json",
}
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class Unverified(Exception):
    """The document cannot be trusted."""


def verify(content: bytes, did_document: dict[str, Any]) -> None:
    """Raises Unverified unless each proof fits and its key is an assertion key of the issuer."""
    document = json.loads(content)
    proofs = document.pop("proof", [])
    if not proofs or document["issuer"]["id"] != did_document["id"]:
        raise Unverified("no proof, or another issuer")
    for proof in proofs:
        value = proof.pop("proofValue")
        method = next((m for m in did_document["verificationMethod"] if m["id"] == proof["verificationMethod"]), None)
        if method is None or method["id"] not in did_document["assertionMethod"]:
            raise Unverified("unknown key")
        if method["controller"] != did_document["id"] or proof["proofPurpose"] != "assertionMethod":
            raise Unverified("key of another controller")
        options = {"@context": document["@context"], **proof}
        data = sha256(canonicalize(options).encode()).digest() + sha256(canonicalize(document).encode()).digest()
        try:
            key = decode_base58(method["publicKeyMultibase"][1:])
            Ed25519PublicKey.from_public_bytes(key[2:]).verify(decode_base58(value[1:]), data)
        except InvalidSignature as error:
            raise Unverified("signature") from error


def canonicalize(document: dict[str, Any]) -> str:
    """RDFC-1.0 N-Quads of ``document`` with its contexts written in."""
    inlined = [json.loads((FOLDER / FILES[url]).read_text())["@context"] for url in document["@context"]]
    text = json.dumps({**document, "@context": inlined})
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset))


def decode_base58(text: str) -> bytes:
    """The bytes of base58-btc ``text``."""
    number = 0
    for letter in text:
        number = number * 58 + ALPHABET.index(letter)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
