"""Credentials signed as the domain signs them; the unsigned ones are left in the common folder for the peers."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.benchmarks import material, serving, texts
from tests.benchmarks.ours import site
from tests.benchmarks.timing import Subject

CREDENTIALS = 200
BASE = "https://learn.example.org"


def main() -> None:
    """Compose the credentials, then answer orders."""
    site.start()
    from solerni_xblocks.badges.credentials.canonical import load_contexts
    from solerni_xblocks.badges.credentials.keys import load_key, make_did
    from solerni_xblocks.badges.credentials.sign import make_options, sign_credential
    from solerni_xblocks.badges.data import Addresses, Issuer

    addresses = Addresses(base_url=BASE)
    issuer = Issuer(did=make_did(addresses.issuer), name="Solerni", url=BASE)
    key = load_key(bytes(range(32)))
    documents = [compose(number, issuer, addresses) for number in range(CREDENTIALS)]
    given = {
        "documents": documents,
        "options": make_options(issuer.did, multikey=key.multikey, created=material.FIRST_DAY),
        "contexts": load_contexts(),
        "seed": bytes(range(32)).hex(),
    }
    Path(sys.argv[1]).with_name("credentials.json").write_text(json.dumps(given), encoding="utf-8")
    turn = cycle(documents)

    def check(content: bytes) -> None:
        if len(json.loads(content)["proof"]) != 1:
            raise AssertionError("not one proof")

    serving.serve(
        {
            "badges.sign": lambda: Subject(
                run=lambda document: sign_credential(document, key=key, created=material.FIRST_DAY),
                prepare=lambda: next(turn),
                check=check,
            )
        }
    )


def compose(number: int, issuer: Any, addresses: Any) -> dict[str, Any]:
    """An unsigned credential of one badge for one more member."""
    from solerni_xblocks.badges.credentials.compose import Grant, compose_credential
    from solerni_xblocks.badges.data import Achievement, Requirement

    sentences = ("Accepter les conditions du cours", "Publier au moins une contribution dans la discussion")
    achievement = Achievement(
        uuid=UUID(int=1),
        badge_uuid=UUID(int=2),
        course_key=material.COURSE,
        number=1,
        name="Premier pas",
        description=texts.make_title(1),
        language="fr",
        criterion={},
        sentences=sentences,
    )
    grant = Grant(
        award_uuid=UUID(int=1000 + number),
        subject_uuid=UUID(int=5000 + number),
        awarded_at=material.FIRST_DAY + timedelta(seconds=number),
        counted=[Requirement(kind="terms.accepted", needed=1, counted=1) for _ in sentences],
    )
    return compose_credential(issuer=issuer, achievement=achievement, grant=grant, addresses=addresses)


if __name__ == "__main__":
    main()
