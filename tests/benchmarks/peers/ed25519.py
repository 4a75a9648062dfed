"""Ed25519 alone: the signature of 64 bytes, nothing else."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.benchmarks import serving
from tests.benchmarks.peers import given
from tests.benchmarks.timing import Subject


def main() -> None:
    """Answer orders with the key that was given."""
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(given.load()["seed"]))
    serving.serve({"badges.sign": lambda: Subject(run=key.sign, prepare=lambda: bytes(64), batch=50)})


if __name__ == "__main__":
    main()
