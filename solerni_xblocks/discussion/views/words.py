"""Lists of words: which one may change, one list with a box for each effect, its file."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from solerni_xblocks.core.errors import Conflict, SolerniError
from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.data.lexicons import WordsReading
from solerni_xblocks.discussion.errors.words import NotWordEditor
from solerni_xblocks.discussion.inputs import words as inputs

OPERATE = "solerni_discussion.change_wordentry"
"""The permission to change every list, that of the site too."""


@never_cache
@login_required
@require_GET
def list_lists(request: HttpRequest) -> HttpResponse:
    """The lists that the person may change."""
    courses, is_operator = api.list_word_courses(request.user.id), request.user.has_perm(OPERATE)
    if not (courses or is_operator):
        return _refuse(request, NotWordEditor())
    context = {"courses": [(str(key), title) for key, title in courses], "is_operator": is_operator}
    return render(request, "solerni/discussion/word_lists.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit_words(request: HttpRequest, course_key: str) -> HttpResponse:
    """Read one list; try it, save it, or take a file in. What was typed comes back with every refusal of ours."""
    try:
        reading = _read(request, course_key)
    except SolerniError as refusal:
        return _refuse(request, refusal)
    if request.method == "GET":
        return _render(request, reading, inputs.WordsForm.show(reading), done=_find_done(request))
    if "import" in request.POST:
        return _import(request, reading)
    form = inputs.WordsForm(request.POST)
    if not form.is_valid():
        return _render(request, reading, form, status=400)
    return _try(request, reading, form) if "try" in request.POST else _save(request, reading, form)


@never_cache
@login_required
@require_GET
def download_words(request: HttpRequest, course_key: str) -> HttpResponse:
    """The list as a file, which can be taken in again."""
    try:
        reading = _read(request, course_key)
    except SolerniError as refusal:
        return _refuse(request, refusal)
    answer = HttpResponse(api.export_words(reading.course_key), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="words.txt"'
    return answer


def _read(request: HttpRequest, key: str) -> WordsReading:
    return api.read_words(request.user.id, inputs.parse_list_key(key), is_operator=request.user.has_perm(OPERATE))


def _save(request: HttpRequest, reading: WordsReading, form: inputs.WordsForm) -> HttpResponse:
    try:
        change = api.save_words(
            request.user.id,
            reading.course_key,
            form.lines,
            digest=form.cleaned_data["digest"],
            is_operator=request.user.has_perm(OPERATE),
        )
    except Conflict as refusal:
        # What stands there now is shown beside the boxes; saving once more then means it.
        form.data = {**form.data.dict(), "digest": reading.digest}
        theirs = api.export_words(reading.course_key)
        return _render(request, reading, form, refusal=refusal, theirs=theirs, status=refusal.status)
    return _tell(request, reading, change)


def _import(request: HttpRequest, reading: WordsReading) -> HttpResponse:
    try:
        lines = inputs.parse_word_file(request.FILES.get("file"))
        change = api.add_words(reading.course_key, lines, editor_id=request.user.id)
    except SolerniError as refusal:
        form = inputs.WordsForm.show(reading)
        return _render(request, reading, form, refusal=refusal, status=refusal.status)
    return _tell(request, reading, change)


def _tell(request: HttpRequest, reading: WordsReading, change: Any) -> HttpResponse:
    key = presenters.view_words(reading)["key"]
    answer = redirect("solerni_discussion:words", course_key=key)
    answer["Location"] += f"?added={change.added}&changed={change.changed}&removed={change.removed}"
    return answer


def _find_done(request: HttpRequest) -> dict[str, str] | None:
    counts = {name: request.GET.get(name, "") for name in ("added", "changed", "removed")}
    return counts if all(count.isdecimal() for count in counts.values()) else None


def _try(request: HttpRequest, reading: WordsReading, form: inputs.WordsForm) -> HttpResponse:
    text = form.cleaned_data["sample"]
    trial = presenters.view_trial(text, api.try_words(reading.course_key, form.lines, text))
    return _render(request, reading, form, trial=trial)


def _render(
    request: HttpRequest, reading: WordsReading, form: inputs.WordsForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {**presenters.view_words(reading), "form": form, **more}
    return render(request, "solerni/discussion/words.html", context, status=status)


def _refuse(request: HttpRequest, refusal: SolerniError) -> HttpResponse:
    return render(request, "solerni/discussion/words_refused.html", {"refusal": refusal}, status=refusal.status)
