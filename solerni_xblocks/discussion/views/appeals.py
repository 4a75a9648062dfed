"""What was contested, for second readers: the list, one case with its dialogue, the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from solerni_xblocks.core.errors import NotFound, SolerniError
from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.data.contesting import AppealReading
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.errors.contesting import REFUSALS
from solerni_xblocks.discussion.inputs.contesting import AnswerForm, WordsForm, parse_appeal_cursor
from solerni_xblocks.discussion.views.lost import ask_to_log_in

CLAIMS = {"take": api.claim_appeal, "release": api.release_appeal}
ASK = _("Your message to who contested")


@never_cache
@login_required
@require_GET
def list_appeals(request: HttpRequest) -> HttpResponse:
    """Open appeals of all that the person moderates, due first."""
    try:
        after = parse_appeal_cursor(request.GET.get("after", ""))
        page = api.list_appeals(request.user.id, after=after)
    except NotModerator as refusal:
        return render(request, "solerni/discussion/not_moderator.html", {"refusal": refusal}, status=refusal.status)
    except SolerniError:  # a cursor that cannot be read: the list from its beginning
        return redirect("solerni_discussion:appeals")
    context = presenters.view_appeals(page) | {"is_further": after is not None, "done": "done" in request.GET}
    return render(request, "solerni/discussion/appeals.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def answer_appeal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read one appeal, ask, and answer it; what was typed comes back with every refusal of ours."""
    if not request.user.is_authenticated:
        return ask_to_log_in(request, "text", "message", "ask-text")
    try:
        reading = api.read_appeal(request.user.id, uuid)
        if request.method == "GET":
            return _render(request, reading)
        return _ask(request, reading) if "ask" in request.POST else _answer(request, reading)
    except NotFound as refusal:
        return render(request, "solerni/discussion/no_decision.html", {"refusal": refusal}, status=refusal.status)


def _ask(request: HttpRequest, reading: AppealReading) -> HttpResponse:
    form = WordsForm(request.POST, label=ASK, prefix="ask")
    if not form.is_valid():
        return _render(request, reading, words=form, status=400)
    try:
        api.write_as_reader(request.user.id, reading.appeal.uuid, form.to_words())
    except SolerniError as refusal:
        return _render(request, _read_again(request, reading), words=form, refusal=refusal, status=refusal.status)
    return redirect(reverse("solerni_discussion:appeal", args=[reading.appeal.uuid]) + "?sent=1")


def _answer(request: HttpRequest, reading: AppealReading) -> HttpResponse:
    form = _make_answer(reading, request.POST)
    if not form.is_valid():
        return _render(request, reading, answer=form, status=400)
    try:
        api.answer_appeal(request.user.id, reading.appeal.uuid, form.to_reading())
    except SolerniError as refusal:
        again = _read_again(request, reading)
        kept = request.POST.copy()
        kept["seen"] = str(again.appeal.version)
        return _render(
            request, again, answer=_make_answer(again, kept), refusal=refusal, status=refusal.status, kept=kept["text"]
        )
    return redirect(reverse("solerni_discussion:appeals") + "?done=1")


def _read_again(request: HttpRequest, reading: AppealReading) -> AppealReading:
    return api.read_appeal(request.user.id, reading.appeal.uuid)


def _make_answer(reading: AppealReading, values: Any = None) -> AnswerForm:
    initial = {"seen": reading.appeal.version}
    return AnswerForm(values, acts=reading.acts, is_sanction=reading.sanction is not None, initial=initial)


def _render(
    request: HttpRequest,
    reading: AppealReading,
    *,
    answer: AnswerForm | None = None,
    words: WordsForm | None = None,
    refusal: SolerniError | None = None,
    status: int = 200,
    kept: str = "",
) -> HttpResponse:
    context = presenters.view_appeal(reading, viewer_id=request.user.id)
    may_answer = reading.appeal.is_open and not reading.refusal
    context |= {
        "form": (answer or _make_answer(reading)) if may_answer else None,
        "words": (words or WordsForm(label=ASK, prefix="ask")) if may_answer else None,
        "barred": REFUSALS[reading.refusal].default_message if reading.refusal and reading.appeal.is_open else "",
        "refusal": refusal,
        "kept": "" if may_answer else kept,
        "failed": status == 400,
        "sent": "sent" in request.GET and request.method == "GET",
    }
    return render(request, "solerni/discussion/appeal.html", context, status=status)


@never_cache
@login_required
@require_POST
def claim_appeal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a case on, or give it up; then its page."""
    how = request.POST.get("how", "take")
    try:
        CLAIMS[how if how in CLAIMS else "take"](request.user.id, uuid)
    except NotFound as refusal:
        return render(request, "solerni/discussion/no_decision.html", {"refusal": refusal}, status=refusal.status)
    except SolerniError as refusal:
        return _render(request, api.read_appeal(request.user.id, uuid), refusal=refusal, status=refusal.status)
    return redirect("solerni_discussion:appeal", uuid)
