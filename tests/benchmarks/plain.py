"""eddsa-rdfc-2022 the plain way, written apart from our signer: PyLD, SHA-256, Ed25519, base58. Peers import it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld


class PlainSigner:
    """Signs documents with the key of ``seed``, under ``contexts`` (URL to document); PyLD's own caches are on."""

    def __init__(self, *, seed: bytes, contexts: Mapping[str, Any]) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._contexts = contexts

    def sign(self, document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
        """The signed document as bytes; document and proof options are canonised each time."""
        return self.sign_after(self.digest_options(document, options), document, options)

    def digest_options(self, document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
        """The part of what is signed that is the same for every document with these contexts and options."""
        return self._digest({"@context": document["@context"], **options})

    def sign_after(self, start: bytes, document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
        """The signed document, ``start`` being the digest of its options: for who compares and does not time."""
        data = start + self._digest(document)
        value = "z" + base58.b58encode(self._key.sign(data)).decode()
        signed = {**document, "proof": [{**options, "proofValue": value}]}
        return json.dumps(signed, ensure_ascii=False, separators=(",", ":")).encode()

    def _digest(self, document: Mapping[str, Any]) -> bytes:
        settings = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": self._load}
        return sha256(jsonld.normalize(document, settings).encode()).digest()

    def _load(self, url: str, _options: Any) -> dict[str, Any]:
        # The tag lets PyLD keep the parsed context from one document to the next.
        return {"contextUrl": None, "documentUrl": url, "document": self._contexts[url], "tag": "static"}
