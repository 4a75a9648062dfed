"""Credentials signed as the domain signs them; the unsigned ones are left in the common folder for the peers."""

from __future__ import annotations

import json
import random
import sys
from datetime import timedelta
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.benchmarks import material, serving
from tests.benchmarks.ours import site
from tests.benchmarks.plain import PlainSigner
from tests.benchmarks.timing import Share, Subject

BASE = "https://learn.example.org"
SEED = bytes(range(32))
CREDENTIALS = 200
BADGES = 50
AWARDS_A_BADGE = 200
WORDS = [
    "Premier pas",
    'dit « oui », "non"',
    "back\\slash",
    "deux\nlignes\r\net\tun tab",
    "עברית ‏right‎",
    "e\u0301 combiné",
    "👩‍🚀🚀",
    "<b>&amp;</b>",
    "%s %(x)b {0}",
    "et _:c14n0 .",
    "ß ı İ ſ",
    "\u2028fin",
]


class Maker:
    """One issuer's key, and badges and awards from a ``seed``."""

    def __init__(self, seed: int = 0) -> None:
        from solerni_xblocks.badges.credentials.keys import load_key, make_did
        from solerni_xblocks.badges.data import Addresses, Issuer

        self.addresses = Addresses(base_url=BASE)
        self.issuer = Issuer(did=make_did(self.addresses.issuer), name="Solerni", url=BASE)
        self.key = load_key(SEED)
        self.draw = random.Random(seed)  # noqa: S311 - data, not secrets

    def make_achievement(self, *, name: str, sentences: tuple[str, ...]) -> Any:
        """A version of a badge."""
        from solerni_xblocks.badges.data import Achievement

        return Achievement(
            uuid=self._make_uuid(),
            badge_uuid=self._make_uuid(),
            course_key=material.COURSE,
            number=self.draw.randint(1, 9),
            name=name,
            description=name,
            language="fr",
            criterion={},
            sentences=sentences,
        )

    def make_grant(self, achievement: Any) -> Any:
        """One award of it."""
        from solerni_xblocks.badges.credentials.compose import Grant
        from solerni_xblocks.badges.data import Requirement

        counts = [self.draw.choice([0, 1, 2, 10, 10**6]) for _ in achievement.sentences]
        return Grant(
            award_uuid=self._make_uuid(),
            subject_uuid=self._make_uuid(),
            awarded_at=material.FIRST_DAY + timedelta(seconds=self.draw.randrange(10**9)),
            counted=[Requirement(kind="post.published", needed=1, counted=count) for count in counts],
        )

    def compose(self, achievement: Any, grant: Any) -> dict[str, Any]:
        """The unsigned credential."""
        from solerni_xblocks.badges.credentials.compose import compose_credential

        return compose_credential(issuer=self.issuer, achievement=achievement, grant=grant, addresses=self.addresses)

    def describe_proof(self) -> dict[str, str]:
        """The proof before its value."""
        from solerni_xblocks.badges.credentials.sign import make_options

        return make_options(self.issuer.did, multikey=self.key.multikey, created=material.FIRST_DAY)

    def make_press(self, achievement: Any, example: Any) -> Any:
        """What signs the awards of ``achievement``."""
        from solerni_xblocks.badges.credentials.press import Press

        return Press(
            issuer=self.issuer, achievement=achievement, addresses=self.addresses, key=self.key, example=example
        )

    def make_signer(self) -> PlainSigner:
        """The plain way, with the same key."""
        from solerni_xblocks.badges.credentials.canonical import load_contexts

        return PlainSigner(seed=SEED, contexts=load_contexts())

    def _make_uuid(self) -> UUID:
        return UUID(int=self.draw.getrandbits(128), version=4)


def main() -> None:
    """Compose the credentials, then answer orders."""
    site.start()
    maker = Maker()
    sentences = ("Accepter les conditions du cours", "Publier au moins une contribution dans la discussion")
    achievement = maker.make_achievement(name="Premier pas", sentences=sentences)
    grants = [maker.make_grant(achievement) for _ in range(CREDENTIALS)]
    _give_peers(maker, [maker.compose(achievement, grant) for grant in grants])
    press = maker.make_press(achievement, grants[0])
    turn = cycle(grants)

    def check(signed: Any) -> None:
        if len(json.loads(signed.content)["proof"]) != 1:
            raise AssertionError("not one proof")

    serving.serve(
        {
            "badges.sign": lambda: Subject(
                run=lambda grant: press.sign(grant, created=material.FIRST_DAY),
                prepare=lambda: next(turn),
                check=check,
                warm_up=20,
            ),
            "badges.sign_equal": compare,
        }
    )


def _give_peers(maker: Maker, documents: list[dict[str, Any]]) -> None:
    from solerni_xblocks.badges.credentials.canonical import load_contexts

    given = {
        "documents": documents,
        "options": maker.describe_proof(),
        "contexts": load_contexts(),
        "seed": SEED.hex(),
    }
    Path(sys.argv[1]).with_name("credentials.json").write_text(json.dumps(given), encoding="utf-8")


def compare() -> Share:
    """How many of ours are, byte for byte, what the plain way makes."""
    with get_context("fork").Pool() as pool:
        same = sum(pool.imap_unordered(_count_same, range(BADGES)))
    return Share(percent=100 * same / (BADGES * AWARDS_A_BADGE))


def _count_same(number: int) -> int:
    """Of the awards of one badge: its words tempt escaping, its rule has one to four leaves."""
    maker = Maker(number)
    signer, options = maker.make_signer(), maker.describe_proof()
    words = [maker.draw.choice(WORDS) + maker.draw.choice(WORDS) + str(leaf) for leaf in range(number % 4 + 1)]
    achievement = maker.make_achievement(name=f"Badge {words[0]}", sentences=tuple(words))
    grants = [maker.make_grant(achievement) for _ in range(AWARDS_A_BADGE)]
    press = maker.make_press(achievement, grants[0])
    start = signer.digest_options(maker.compose(achievement, grants[0]), options)
    return sum(
        press.sign(grant, created=material.FIRST_DAY).content
        == signer.sign_after(start, maker.compose(achievement, grant), options)
        for grant in grants
    )


if __name__ == "__main__":
    main()
