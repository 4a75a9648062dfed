"""eddsa-rdfc-2022 the plain way: PyLD canonises document and proof options each time, with its caches on."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import cycle
from typing import Any

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld

from tests.benchmarks import serving
from tests.benchmarks.peers import given
from tests.benchmarks.timing import Subject


def main() -> None:
    """Answer orders on the credentials that were given."""
    material = given.load()
    contexts, options = material["contexts"], material["options"]
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(material["seed"]))
    turn = cycle(material["documents"])

    def load(url: str, _options: Any) -> dict[str, Any]:
        # The tag lets PyLD keep the parsed context from one document to the next.
        return {"contextUrl": None, "documentUrl": url, "document": contexts[url], "tag": "static"}

    def digest(document: dict[str, Any]) -> bytes:
        settings = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
        return sha256(jsonld.normalize(document, settings).encode()).digest()

    def sign(document: dict[str, Any]) -> bytes:
        data = digest({"@context": document["@context"], **options}) + digest(document)
        value = "z" + base58.b58encode(key.sign(data)).decode()
        return json.dumps({**document, "proof": [{**options, "proofValue": value}]}, ensure_ascii=False).encode()

    def check(content: bytes) -> None:
        if len(json.loads(content)["proof"]) != 1:
            raise AssertionError("not one proof")

    serving.serve({"badges.sign": lambda: Subject(run=sign, prepare=lambda: next(turn), check=check)})


if __name__ == "__main__":
    main()
