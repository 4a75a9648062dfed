"""PyLD: document and proof options canonised each time, with its caches on."""

from __future__ import annotations

import json
from itertools import cycle

from tests.benchmarks import serving
from tests.benchmarks.peers import given
from tests.benchmarks.plain import PlainSigner
from tests.benchmarks.timing import Subject


def main() -> None:
    """Answer orders on the credentials that were given."""
    material = given.load()
    signer = PlainSigner(seed=bytes.fromhex(material["seed"]), contexts=material["contexts"])
    turn = cycle(material["documents"])

    def check(content: bytes) -> None:
        if len(json.loads(content)["proof"]) != 1:
            raise AssertionError("not one proof")

    serving.serve(
        {
            "badges.sign": lambda: Subject(
                run=lambda document: signer.sign(document, material["options"]), prepare=lambda: next(turn), check=check
            )
        }
    )


if __name__ == "__main__":
    main()
