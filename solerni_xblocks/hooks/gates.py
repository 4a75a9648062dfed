"""Questions answered at once. Domains register answerers in ``AppConfig.ready()``; flows and doors ask.

A gate with no answerer is open, and a system check says so (solerni_hooks.W001).
"""

from __future__ import annotations

from typing import Any, Protocol

from opaque_keys.edx.keys import CourseKey, UsageKey

POST = "post"
"""May the member publish a post in the course?"""

TAKE_PART = "take_part"
"""May the member use what members alone may use in the course, or (None) outside any course?"""

ANSWER = "answer"
"""May the member answer what they are asked, so that it counts? Consent is not asked first: it is what is given."""

WAY = "way"
"""May the member come to the block (a usage key in place of a course key), past what stands above it?"""

QUESTIONS = (POST, TAKE_PART, ANSWER, WAY)

ACCOUNT, CONSENT = 10, 50
"""When an answerer is asked: whether the account is open at all comes before what its member has agreed to."""


class Answerer(Protocol):
    """Answers by raising Refused, or by returning."""

    def __call__(self, member_id: int, where: Any, /) -> None: ...


_answerers: dict[str, list[tuple[int, Answerer]]] = {question: [] for question in QUESTIONS}


def answer(question: str, answerer: Answerer, *, order: int = CONSENT) -> None:
    """Let ``answerer`` be asked ``question``; told twice, asked once. Raises KeyError for an unknown question.

    ``order``: a lower one is asked first, so that its refusal is the one that is told.
    """
    known = _answerers[question]
    if answerer not in (one for _order, one in known):
        _answerers[question] = sorted([*known, (order, answerer)], key=lambda pair: pair[0])


def require(question: str, member_id: int, where: CourseKey | UsageKey | None) -> None:
    """Returns when every answerer lets the member pass.

    Raises: Refused (code and where to go) from the first that does not; Unavailable when an answer cannot be known.
    """
    for _order, answerer in _answerers[question]:
        answerer(member_id, where)


def list_unanswered() -> list[str]:
    """Questions that nobody answers: their gates are open."""
    return [question for question, answerers in _answerers.items() if not answerers]
