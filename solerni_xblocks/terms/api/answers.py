"""What members say about a version, and the receipts of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from solerni_xblocks.terms.data import Answer, FullReceipt, Receipt, Standing, VersionPolicy
from solerni_xblocks.terms.errors import ReceiptNotFound
from solerni_xblocks.terms.flows import answer_version
from solerni_xblocks.terms.flows import forget_member as forgetting
from solerni_xblocks.terms.flows import record_reading as reading
from solerni_xblocks.terms.queries import holdings, proofs


def accept_on_behalf(answer: Answer, *, operator_id: int | None, note: str) -> Receipt:
    """An operator records that the member accepted elsewhere (on paper, by phone); ``note`` says how. Never invented.

    Raises: NoteMissing; and as accept_version.
    """
    return answer_version.accept_on_behalf(answer, operator_id=operator_id, note=note)


def accept_version(answer: Answer) -> Receipt:
    """Record that the member accepts the version shown; a second time changes nothing and returns the same receipt.

    A major version that is announced for later can be accepted before its date.

    Raises: TermsOutdated (neither in force nor announced: draft, superseded, cancelled, of another course);
    NothingAsked; LanguageNotCarried. Announces: TERMS_ACCEPTED.
    """
    return answer_version.accept_version(answer)


def decline_version(answer: Answer) -> Receipt:
    """Record that the member declines the version shown; they may accept later.

    Raises: AlreadyAccepted; and as accept_version.
    """
    return answer_version.decline_version(answer)


def withdraw_acceptance(answer: Answer) -> Receipt:
    """Record that the member takes back the acceptance of an optional document; the acceptance stays as evidence.

    Raises: WithdrawalRefused (the document is required); NothingAsked (nothing accepted); and as accept_version.
    """
    return answer_version.withdraw_acceptance(answer)


def get_standing(member_id: int, slug: str, *, versions: VersionPolicy = VersionPolicy.IN_FORCE) -> Standing:
    """Where the member stands with the document now, read from the rows. Two queries; about minors' one more.

    ``versions``: which answers count.
    """
    return proofs.get_standing(member_id, slug, versions=versions)


def export_member(member_id: int) -> dict[str, Any]:
    """The duty export: all that the domain holds about the member, as plain JSON values."""
    return holdings.export_member(member_id)


def forget_member(member_id: int) -> dict[str, Any]:
    """The duty forget: erases all that names the member; their proofs stay without them. Counts by table."""
    return forgetting.forget_member(member_id)


def list_receipts(member_id: int) -> list[FullReceipt]:
    """Every proof of the member, newest first. One query."""
    return proofs.list_receipts(member_id)


def get_receipt(uuid: UUID, *, reader_id: int, may_read_all: bool = False) -> FullReceipt:
    """A receipt for its member; for anybody else only ``may_read_all``, and that is recorded.

    Raises: ReceiptNotFound.
    """
    receipt = proofs.get_receipt(uuid)
    if receipt.subject != proofs.get_subject(reader_id):
        if not may_read_all:
            raise ReceiptNotFound
        reading.record_reading(reader_id, f"receipt {uuid}")
    return receipt
