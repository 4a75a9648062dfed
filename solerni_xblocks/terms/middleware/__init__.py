"""The site-wide door: before any view runs, whoever the request speaks for is asked what they owe.

Which addresses stay open is in ``addresses``, how a refusal is told in ``answers``. Why a middleware:
docs/decisions/0009-site-wide-door.md.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse
from django.urls import is_valid_path, reverse

from solerni_xblocks.core.errors import Refused, SolerniError
from solerni_xblocks.hooks import gates
from solerni_xblocks.host import api as host
from solerni_xblocks.terms import api, inputs
from solerni_xblocks.terms.errors import AnswerUnknown
from solerni_xblocks.terms.middleware import addresses, answers

log = logging.getLogger(__name__)

NOTICES = "/notices/api/v1/unacknowledged"
"""Where frontends of the platform ask for notices to show; platform-plugin-notices answers there when installed."""


class TermsGate:
    """Passes a request on, or answers it: never both. Visitors pass; an error while asking keeps the door shut.

    To the platform's answer to a refused registration it adds the code that the platform leaves out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == NOTICES and not is_valid_path(NOTICES):
            request.path_info = reverse("solerni_terms:unacknowledged")
        refusal = None if addresses.is_open(request.path_info) else find_refusal(request)
        if refusal is not None:
            return answers.make_answer(request, refusal)
        response = self._get_response(request)
        code = inputs.find_refusal(request)
        return answers.name_refusal(response, code) if code else response


def find_refusal(request: HttpRequest) -> SolerniError | None:
    """What keeps the request out; None when nothing does. Every account that it speaks for must pass."""
    try:
        subjects = list(list_subjects(request))
        if not subjects:
            return None
        place = addresses.read_place(request)
        for member_id in subjects:
            _require(member_id, place)
    except Refused as refusal:
        return None if place.is_metadata and _is_told_elsewhere(request, subjects) else refusal
    except SolerniError as refusal:
        return refusal
    except DatabaseTrouble:
        log.exception("Nobody can be asked what they owe")
        return AnswerUnknown()
    return None


def _is_told_elsewhere(request: HttpRequest, subjects: list[int]) -> bool:
    """Whether the view itself denies access, in the one form on which the Learning MFE leads to the document.

    Its filter asks for the view's user alone: with several accounts it might ask for the wrong one.
    """
    return request.method in ("GET", "HEAD") and len(subjects) == 1 and api.is_mfe_told()


def list_subjects(request: HttpRequest) -> Iterator[int]:
    """The user of the session, then the accounts behind the tokens."""
    user = getattr(request, "user", None)
    session_id = user.id if user is not None and user.is_authenticated else None
    if session_id is not None:
        yield session_id
    yield from host.identities().find_subjects(request) - {session_id}


def _require(member_id: int, place: addresses.Place) -> None:
    if not place.is_answer:
        for course_key in place.courses or (None,):
            gates.require(gates.TAKE_PART, member_id, course_key)
    for usage_key in place.blocks:
        try:
            api.require_way(member_id, usage_key)
        except SolerniError:
            if not (place.is_studio and host.courses().may_author(member_id, usage_key.context_key)):
                raise
