"""Minors: birth dates, and what is asked of a guardian."""

from __future__ import annotations

from datetime import date

from solerni_xblocks.terms.data import GuardianAnswer, GuardianLink, Guardianship, GuardianVisit
from solerni_xblocks.terms.flows import answer_as_guardian
from solerni_xblocks.terms.flows import ask_guardian as asking
from solerni_xblocks.terms.flows import erase_address as erasing
from solerni_xblocks.terms.flows import settle_guardians as settling_guardians
from solerni_xblocks.terms.flows import state_birth as birth_statement
from solerni_xblocks.terms.queries import guardians


def state_birth(member_id: int, *, born_on: date, country: str) -> None:
    """Keep when the member was born and the country (two letters, or empty) whose limits hold; stated once.

    The same a second time changes nothing. Raises: BirthRefused (``details["reasons"]``); BirthStated (another one is
    known: an operator corrects it).
    """
    birth_statement.state_birth(member_id, born_on=born_on, country=country)


def check_birth(*, born_on: date, country: str) -> None:
    """Returns when somebody may have been born then. Raises: BirthRefused (``details["reasons"]``)."""
    birth_statement.judge_birth(born_on, country)


def correct_birth(member_id: int, *, born_on: date, country: str) -> None:
    """As state_birth, but in place of what is known: for an operator, who must have checked. Raises: BirthRefused."""
    birth_statement.correct_birth(member_id, born_on=born_on, country=country)


def get_guardianship(member_id: int, *, document: str = "") -> Guardianship:
    """Where the member stands as a minor; ``document``: one of a course that is asked beside those of the site."""
    return guardians.get_guardianship(member_id, document=document)


def ask_guardian(member_id: int, *, email: str, language: str, document: str = "") -> None:
    """Mail a guardian a link for one use, to read what the minor accepted and to answer; empty ``email``: the address
    that was given before. An earlier request gives way.

    Raises: TermsRequired (the minor has not accepted all themselves); GuardianNotAsked (nothing waits);
    GuardianIsSelf; GuardianMailsExhausted (429); GuardianMailUnsent (503).
    """
    asking.ask_guardian(member_id, email=email, language=language, document=document)


def open_guardian_link(link: GuardianLink) -> GuardianVisit:
    """What a guardian's link opens. Opening changes nothing about the request, however often it is done.

    Raises: GuardianLinkDead (404; one answer for unknown, changed, used and expired links); GuardianTriesExhausted
    (429).
    """
    return answer_as_guardian.open_link(link)


def confirm_as_guardian(answer: GuardianAnswer) -> None:
    """Record that the guardian agrees: one proof for each version, which refers to the minor's own.

    Raises: TermsOutdated (other versions are asked by now); LanguageNotCarried; and as open_guardian_link.
    """
    answer_as_guardian.confirm_as_guardian(answer)


def refuse_as_guardian(answer: GuardianAnswer) -> None:
    """Record that the guardian refuses; the minor is told. Raises: as open_guardian_link."""
    answer_as_guardian.refuse_as_guardian(answer)


def withdraw_as_guardian(answer: GuardianAnswer) -> None:
    """Record that the guardian takes their consent back: the minor waits again. Raises: as open_guardian_link."""
    answer_as_guardian.withdraw_as_guardian(answer)


def erase_address(member_id: int) -> None:
    """The member's account is sealed: erase the addresses of their guardian. A consent can still be withdrawn."""
    erasing.erase_address(member_id)


def settle_guardians() -> dict[str, int]:
    """Do what time asks for: counts by step. To run every hour; late is late, never wrong.

    Announces: TERMS_GUARDIAN_SILENT for each minor without consent in time.
    """
    return settling_guardians.settle_guardians()
