"""A question with a proof beside it: is whoever holds this session the owner of the account?

Asked before what cannot be undone by anybody else. Members answers; where nobody does, nothing of the kind is guarded,
as with gates.
"""

from __future__ import annotations

from typing import Protocol


class Prover(Protocol):
    """Answers by raising Invalid (not shown) or Refused (tried too often), or by returning."""

    def __call__(self, member_id: int, typed: str) -> None: ...


_provers: list[Prover] = []


def answer(prover: Prover) -> None:
    """Let ``prover`` be asked; told twice, asked once."""
    if prover not in _provers:
        _provers.append(prover)


def require(member_id: int, typed: str) -> None:
    """Returns when ``typed`` shows that the account is theirs: its password, or its name when it has none.

    Raises: Invalid, Refused.
    """
    for prover in _provers:
        prover(member_id, typed)
