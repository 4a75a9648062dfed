"""Signs many awards of one achievement: what they share is canonicalised once, the rest goes into slots.

The bytes are those of the plain path (``compose``, ``sign``), to which every award that does not fit is handed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from secrets import randbelow
from typing import Any
from uuid import UUID, uuid4

from solerni_xblocks.badges.credentials.compose import Grant, compose_credential
from solerni_xblocks.badges.credentials.keys import KeyPair
from solerni_xblocks.badges.credentials.multibase import encode_base58
from solerni_xblocks.badges.credentials.sign import (
    Signed,
    format_time,
    make_options,
    sign_credential,
    write_bytes,
)
from solerni_xblocks.badges.credentials.template import Form, NotFilled, Template
from solerni_xblocks.badges.data import Achievement, Addresses, Issuer

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Press:
    """Signs grants like ``example`` (as many leaves counted) of one achievement with one key.

    Raises: NotFilled when the achievement needs the plain path; CredentialError when it cannot be signed at all.
    """

    def __init__(
        self, *, issuer: Issuer, achievement: Achievement, addresses: Addresses, key: KeyPair, example: Grant
    ) -> None:
        self._issuer, self._achievement, self._addresses, self._key = issuer, achievement, addresses, key
        self._example = example
        self._document = Template(self._make_document, self._draw)
        self._options = Template(self._make_options, lambda: [_draw_time()])
        self._content = self._prepare_content()
        self._digest_options = lru_cache(maxsize=1)(lambda moment: self._options.digest([moment]))

    def sign(self, grant: Grant, *, created: datetime) -> Signed:
        """What ``sign_credential`` makes of the composed ``grant``, byte for byte."""
        values = [value.encode() for value in _list_values(grant)]
        moment = format_time(created).encode()
        try:
            data = self._digest_options(moment) + self._document.digest(values)
        except NotFilled:
            return sign_credential(self._compose(grant), key=self._key, created=created)
        proof = encode_base58(self._key.private.sign(data)).encode()
        return Signed(content=self._content.fill([*values, moment, proof]), data=data)

    def _prepare_content(self) -> Form:
        values, moment, proof = self._draw(), _draw_time(), f"z{uuid4().hex}"
        signed = {**self._make_document(values), "proof": [{**self._describe_proof(moment), "proofValue": proof}]}
        form = Form(write_bytes(signed).decode(), [*values, moment, proof])
        grant, created = self._read_values(self._draw()), _parse_time(_draw_time())
        plain = sign_credential(self._compose(grant), key=self._key, created=created)
        filled = [value.encode() for value in _list_values(grant)]
        value = encode_base58(self._key.private.sign(plain.data)).encode()
        if form.fill([*filled, format_time(created).encode(), value]) != plain.content:
            raise NotFilled
        return form

    def _compose(self, grant: Grant) -> dict[str, Any]:
        return compose_credential(
            issuer=self._issuer, achievement=self._achievement, grant=grant, addresses=self._addresses
        )

    def _make_document(self, values: Sequence[str]) -> Mapping[str, Any]:
        return self._compose(self._read_values(values))

    def _make_options(self, values: Sequence[str]) -> Mapping[str, Any]:
        context = self._compose(self._example)["@context"]
        return {"@context": context, **self._describe_proof(values[0])}

    def _describe_proof(self, moment: str) -> dict[str, str]:
        return make_options(self._issuer.did, multikey=self._key.multikey, created=_parse_time(moment))

    def _read_values(self, values: Sequence[str]) -> Grant:
        award, subject, awarded, *counts = values
        counted = [replace(leaf, counted=int(count)) for leaf, count in zip(self._example.counted, counts, strict=True)]
        return Grant(
            award_uuid=UUID(award), subject_uuid=UUID(subject), awarded_at=_parse_time(awarded), counted=counted
        )

    def _draw(self) -> list[str]:
        counts = [str(10**15 + randbelow(10**15)) for _ in self._example.counted]
        return [str(uuid4()), str(uuid4()), _draw_time(), *counts]


def _list_values(grant: Grant) -> list[str]:
    counts = [str(leaf.counted) for leaf in grant.counted]
    return [str(grant.award_uuid), str(grant.subject_uuid), format_time(grant.awarded_at), *counts]


def _draw_time() -> str:
    return format_time(EPOCH + timedelta(seconds=randbelow(10**10)))


def _parse_time(text: str) -> datetime:
    return datetime.fromisoformat(text)
