"""Registration: a page for people, and the platform's API for programs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from solerni_xblocks.core import clock, conf
from solerni_xblocks.demo.registration import RegistrationRefused, register
from solerni_xblocks.terms import api as terms
from solerni_xblocks.terms import inputs, presenters
from solerni_xblocks.terms.data import Tick

OWN_FIELDS = {"username": "text", "email": "email", "password": "password"}
TYPES = {"BooleanField": "checkbox", "CharField": "text"}


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def show_registration(request: HttpRequest) -> HttpResponse:
    """The page: the documents in force with their whole text, a box for each, the account."""
    if request.method != "POST":
        return redirect("solerni_demo:home") if request.user.is_authenticated else _show(request)
    try:
        user = register(request.POST.copy())
    except RegistrationRefused as refusal:
        user = _find_twin(request, refusal)
        if user is None:
            return _show(request, refusal)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("Welcome, %(name)s. A mail confirms what you accepted.") % {"name": user.username})
    return redirect("solerni_demo:home")


@csrf_exempt
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def answer_registration(request: HttpRequest) -> JsonResponse:
    """The platform's API: GET tells the fields, POST opens the account."""
    if request.method != "POST":
        return JsonResponse({"method": "post", "submit_url": request.path, "fields": _list_fields()})
    try:
        user = register(request.POST.copy())
    except RegistrationRefused as refusal:
        errors = {field: [{"user_message": text}] for field, text in refusal.errors.items()}
        return JsonResponse({**errors, "error_code": refusal.code}, status=refusal.status)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return JsonResponse({"success": True, "redirect_url": conf.get_base_url() + settings.LOGIN_REDIRECT_URL})


def _show(request: HttpRequest, refusal: RegistrationRefused | None = None) -> HttpResponse:
    pages = terms.list_registration_pages(languages=[get_language() or ""])
    context = {
        "boxes": [_describe_box(page, request.POST) for page in pages],
        "typed": {field: request.POST.get(field, "") for field in ("username", "email")},
        "birth_field": inputs.BIRTH_FIELD if conf.get("SOLERNI_TERMS_BIRTH_ASKED") else "",
        "born_on": request.POST.get(inputs.BIRTH_FIELD, ""),
        "today": timezone.localdate(clock.now()).isoformat(),
        "errors": refusal.errors if refusal else {},
        "refusal": refusal,
    }
    return render(request, "solerni_demo/register.html", context, status=refusal.status if refusal else 200)


def _describe_box(page: Any, typed: Any) -> dict[str, Any]:
    """A box that the person ticked stays ticked after a refusal, but only for the very text that they ticked."""
    name = Tick(version_uuid=page.version.uuid, language=page.text.language).field_name
    return {
        "name": name,
        "page": page,
        "html": presenters.show_html(page),
        "label": presenters.label_box(page),
        "is_ticked": name in typed,
    }


def _find_twin(request: HttpRequest, refusal: RegistrationRefused) -> Any:
    """A double click sends the form twice: whoever knows the password of that very account has just opened it."""
    if not refusal.code.startswith("duplicate"):
        return None
    user = authenticate(request, username=request.POST.get("username"), password=request.POST.get("password"))
    return user if user is not None and user.email == request.POST.get("email") else None


def _list_fields() -> list[dict[str, Any]]:
    own = [{"name": name, "type": kind, "required": True} for name, kind in OWN_FIELDS.items()]
    extension = import_string(settings.REGISTRATION_EXTENSION_FORM)()
    return own + [
        {
            "name": name,
            "type": TYPES[type(field).__name__],
            "label": str(field.label),
            "instructions": str(field.help_text),
            "required": field.required,
        }
        for name, field in extension.fields.items()
    ]
