"""The press and its templates: byte for byte what the plain path makes, or no template at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import base58
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solerni_xblocks.badges import api
from solerni_xblocks.badges.credentials.compose import Grant, compose_credential
from solerni_xblocks.badges.credentials.keys import generate_key
from solerni_xblocks.badges.credentials.multibase import decode_base58, encode_base58
from solerni_xblocks.badges.credentials.press import Press
from solerni_xblocks.badges.credentials.refusals import CredentialError
from solerni_xblocks.badges.credentials.sign import read_back, sign_credential
from solerni_xblocks.badges.credentials.template import NotFilled, Template
from solerni_xblocks.badges.data import Achievement, Addresses, Issuer, Requirement
from solerni_xblocks.badges.models import Award, Credential

KEY = generate_key()
ISSUER = Issuer(did="did:web:learn.example.org:solerni:badges:issuer", name="Solerni", url="https://learn.example.org")
ADDRESSES = Addresses(base_url="https://learn.example.org")
HOSTILE = [
    "%s %b %%",
    '"\\n\\\\',
    "\u2028\x85\u202e",
    "é\u0301👩‍🚀",
    "<a> _:c14n0 .",
    "a\tb\nc\r",
    "\x00\x08\x7f\uffff",
    " . ",
]


def _make_achievement(**words: Any) -> Achievement:
    values = {"name": "Contributeur", "description": "Participe.", "sentences": ("Publier", "Accepter"), **words}
    return Achievement(
        uuid=uuid4(), badge_uuid=uuid4(), course_key="c", number=1, language="fr", criterion={}, **values
    )


def _make_grant(random: Random, leaves: int = 2) -> Grant:
    moment = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=random.randrange(3 * 10**9))
    counted = [Requirement(kind="post.published", needed=1, counted=random.randrange(4)) for _ in range(leaves)]
    uuids = [UUID(int=random.getrandbits(128), version=4) for _ in range(2)]
    return Grant(award_uuid=uuids[0], subject_uuid=uuids[1], awarded_at=moment, counted=counted)


def _press(achievement: Achievement, example: Grant) -> Press:
    return Press(issuer=ISSUER, achievement=achievement, addresses=ADDRESSES, key=KEY, example=example)


def _compose(achievement: Achievement, grant: Grant) -> dict[str, Any]:
    return compose_credential(issuer=ISSUER, achievement=achievement, grant=grant, addresses=ADDRESSES)


@pytest.mark.parametrize("leaves", [1, 2, 4])
def test_random_awards_are_signed_as_the_plain_path_signs_them(leaves: int) -> None:
    random = Random(leaves)  # noqa: S311 - a repeatable test
    achievement = _make_achievement(sentences=tuple(f"Règle {number}" for number in range(leaves)))
    press = _press(achievement, _make_grant(random, leaves))
    for _ in range(25):
        grant = _make_grant(random, leaves)
        created = grant.awarded_at + timedelta(seconds=random.randrange(9))
        document = _compose(achievement, grant)
        signed = press.sign(grant, created=created)
        assert signed == sign_credential(document, key=KEY, created=created)
        assert read_back(signed, document=document, multikey=KEY.multikey) == signed.content


@given(words=st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), min_size=4, max_size=4))
@settings(max_examples=12, deadline=None)
def test_hostile_words_are_signed_as_the_plain_path_signs_them(words: list[str]) -> None:
    random = Random(7)  # noqa: S311 - a repeatable test
    achievement = _make_achievement(name="n" + words[0], description=words[1], sentences=(words[2], words[3] + "."))
    grant = _make_grant(random)
    try:
        press = _press(achievement, grant)
    except NotFilled:
        return
    plain = sign_credential(_compose(achievement, grant), key=KEY, created=grant.awarded_at)
    assert press.sign(grant, created=grant.awarded_at) == plain


def test_several_orders_of_the_blank_nodes_are_met() -> None:
    random = Random(3)  # noqa: S311 - a repeatable test
    achievement = _make_achievement()
    press = _press(achievement, _make_grant(random))
    for _ in range(200):
        press.sign(_make_grant(random), created=datetime(2026, 1, 1, tzinfo=UTC))
    assert len(press._document._texts) > 1


@pytest.mark.parametrize("value", [b"a b", b'"', b"<", b"\xc3\xa9", b"\n", b"%s"])
def test_a_value_that_would_need_escaping_is_not_filled(value: bytes) -> None:
    context = ["https://www.w3.org/ns/credentials/v2"]
    template = Template(
        lambda values: {"@context": context, "type": ["VerifiableCredential"], "name": values[0]},
        lambda: [uuid4().hex],
    )
    assert b'"plain"' in template.fill([b"plain"])
    with pytest.raises(NotFilled):
        template.fill([value])


def test_nodes_that_look_alike_take_the_plain_path() -> None:
    evidence = [{"type": ["Evidence"]}, {"type": ["Evidence"]}]
    with pytest.raises(NotFilled):
        Template(
            lambda values: {**_compose(_make_achievement(), _make_grant(Random(1))), "evidence": evidence},  # noqa: S311
            lambda: [uuid4().hex],
        )


def test_an_order_that_would_depend_on_a_slot_is_no_template() -> None:
    context = ["https://www.w3.org/ns/credentials/v2"]
    with pytest.raises(NotFilled):
        Template(
            lambda values: {
                "@context": context,
                "id": f"urn:{values[0]}",
                "type": ["VerifiableCredential"],
                "issuer": {"id": f"urn:{values[1]}", "name": "x"},
            },
            lambda: [uuid4().hex, uuid4().hex],
        )


def test_settling_many_awards_signs_what_verifies(
    define: Any, tell: Any, learner: Any, other_learner: Any, settings: Any
) -> None:
    settings.SOLERNI_BASE_URL = ""
    define(posts_needed=1, terms_needed=False, name="100 % « é »")
    for member in (learner, other_learner):
        tell.publish_post(member)
    settings.SOLERNI_BASE_URL = "https://learn.example.org"
    assert api.settle_awards().signed == Award.objects.count() == 2
    for credential in Credential.objects.all():
        assert api.verify_credential(credential.get_bytes()).verdict == "passed"


@given(raw=st.binary(max_size=70))
def test_base58_is_that_of_the_library(raw: bytes) -> None:
    assert encode_base58(raw) == "z" + base58.b58encode(raw).decode()
    assert decode_base58(encode_base58(raw)) == raw


@pytest.mark.parametrize("text", ["", "u00", "z0", "zé", "z" * 200])
def test_what_is_not_base58_is_refused(text: str) -> None:
    with pytest.raises(CredentialError):
        decode_base58(text)
