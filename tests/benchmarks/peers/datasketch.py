"""Copies as datasketch finds them: MinHash signatures of the words, four in a row, in a locality-sensitive index."""

from __future__ import annotations

from tests.benchmarks import copying, serving

THRESHOLD = 0.25


def main() -> None:
    """Index the posts, then answer orders."""
    from datasketch import MinHash, MinHashLSH

    def sign(text: str) -> MinHash:
        words = text.lower().split()
        signature = MinHash(num_perm=128)
        for place in range(max(1, len(words) - 3)):
            signature.update(" ".join(words[place : place + 4]).encode())
        return signature

    index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
    for number, post in enumerate(copying.make_posts()):
        index.insert(number, sign(post))
    found, false = copying.make_shares(lambda text: set(index.query(sign(text))))
    serving.serve({"discussion.copy_found": lambda: found, "discussion.copy_false": lambda: false})


if __name__ == "__main__":
    main()
