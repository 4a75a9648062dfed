"""What one who registers is asked."""

from __future__ import annotations

from collections.abc import Iterable

from solerni_xblocks.terms.data import AcceptedText, Page, Receipt, Registration
from solerni_xblocks.terms.flows import accept_when_registering as registering
from solerni_xblocks.terms.queries import registration


def list_registration_pages(*, languages: Iterable[str] = ()) -> list[Page]:
    """What one who registers must accept, in order: each required document of the site as it is in force, then as it
    is announced. Four queries, whatever their number."""
    return registration.list_pages(languages)


def require_boxes(said: Registration) -> None:
    """Returns when the registration form ticked the box of every version that list_registration_pages asks for.

    Asks for nothing where the platform's form does not show the boxes, nor of an account that comes, without any box,
    from somebody else's log-in: these are asked at their first page.

    Raises: NotTicked; TermsOutdated (a box of a version that is not asked any more); LanguageNotCarried; BirthRefused;
    AnswerUnknown when the database cannot be asked.
    """
    registering.require_boxes(said)


def accept_when_registering(member_id: int, said: Registration) -> list[Receipt]:
    """Record what the registration form of a new account accepted, and its birth date; confirm it by one mail.

    Told twice, done once. Announces: TERMS_ACCEPTED, for each document.
    """
    return registering.accept_when_registering(member_id, said)


def list_accepted_texts(member_id: int) -> list[AcceptedText]:
    """The texts that the member accepted when registering, with their links for ever. Two queries."""
    return registration.list_accepted(member_id)


def require_confirmed_address(*, is_confirmed: bool) -> None:
    """Returns when the address is confirmed, or the site does not ask for it (SOLERNI_TERMS_CONFIRMED_ADDRESS).

    Raises: AddressUnconfirmed.
    """
    registration.require_confirmed_address(is_confirmed=is_confirmed)
