"""Pages of the site: home, log-in, mailbox, clock, event log, errors. Courses and Studio are elsewhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language as set_language_cookie

from solerni_xblocks.core import clock as core_clock
from solerni_xblocks.demo import catalogue, clock, personas, settling, site_api

MAILS_ON_PAGE = 25
EVENTS_ON_PAGE = 50
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; "
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
)
"""A mail runs no script and loads nothing from elsewhere; its links open in the page around it."""


@require_GET
def show_home(request: HttpRequest) -> HttpResponse:
    """The catalogue, what the service promises, who one can be."""
    return render(request, "solerni_demo/home.html", {"courses": catalogue.list_courses(request.user)})


class LogIn(LoginView):
    """Log in with a password, or choose a persona."""

    template_name = "solerni_demo/login.html"
    redirect_authenticated_user = False


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, username: str) -> HttpResponse:
    """Become a persona at once."""
    persona = personas.find_persona(username)
    user = get_user_model().objects.filter(username=username, is_active=True).first()
    if persona is None or user is None:
        raise Http404
    if request.method != "POST":  # an address typed by hand: the home page has the buttons
        return redirect("solerni_demo:home")
    logout(request)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("You are now %(name)s.") % {"name": persona.name})
    return redirect(_find_next(request))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Log out, from any page."""
    logout(request)
    messages.success(request, _("You are logged out."))
    return redirect("solerni_demo:home")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switch the language of pages, and of mails for somebody logged in."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES) and check_for_language(language):
        site_api.set_language(request.user.id, language)
    return set_language_cookie(request)


@require_POST
def choose_view(request: HttpRequest) -> HttpResponse:
    """Let course staff view courses as a learner, or as themselves again."""
    if not site_api.is_author_anywhere(request.user):
        raise PermissionDenied
    if request.POST.get("as") == "student":
        request.session[site_api.MASQUERADE] = "student"
    else:
        request.session.pop(site_api.MASQUERADE, None)
    return redirect(_find_next(request))


@require_GET
def list_mails(request: HttpRequest) -> HttpResponse:
    """Mail that left, newest first; one recipient's with ``?to=``."""
    address = request.GET.get("to", "")
    page = Paginator(site_api.list_mails(address), MAILS_ON_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "address": address, "addresses": site_api.list_addresses()}
    context["query"] = f"{urlencode({'to': address})}&" if address else ""
    return render(request, "solerni_demo/mails.html", context)


@require_GET
def show_mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One mail; its HTML stands in a sandboxed frame."""
    mail = site_api.find_mail(mail_id)
    if mail is None:
        raise Http404
    return render(request, "solerni_demo/mail.html", {"mail": mail})


@require_GET
def show_mail_html(request: HttpRequest, mail_id: int) -> HttpResponse:
    """The HTML of one mail, as sent, shut in a sandbox."""
    mail = site_api.find_mail(mail_id)
    if mail is None or not mail.html:
        raise Http404
    return HttpResponse(f'<base target="_top">{mail.html}', headers={"Content-Security-Policy": MAIL_POLICY})


def show_clock(request: HttpRequest) -> HttpResponse:
    """The demo's time; the operator moves it."""
    if request.method == "POST":
        return _move_clock(request)
    context = {"demo_time": core_clock.now(), "real_time": timezone.now(), "is_moved": bool(clock.get_offset())}
    return render(request, "solerni_demo/clock.html", context)


def _move_clock(request: HttpRequest) -> HttpResponse:
    if not request.user.is_superuser:
        raise PermissionDenied
    step = request.POST.get("step", "")
    if step == "now":
        clock.go_back()
        settling.settle()
        messages.success(request, _("The clock shows the real time again."))
    elif step in clock.STEPS:
        clock.move(step)
        settling.settle()
        messages.success(request, _("The clock has moved forward."))
    return redirect("solerni_demo:clock")


@require_GET
def list_events(request: HttpRequest) -> HttpResponse:
    """The tracking log, newest first."""
    page = Paginator(site_api.list_events(), EVENTS_ON_PAGE).get_page(request.GET.get("page"))
    return render(request, "solerni_demo/events.html", {"page": page})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: the page was old, or somebody logged in or out meanwhile. Leads back to it."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    context = {"kind": "csrf", "back": came_from if is_ours else ""}
    return render(request, "solerni_demo/error.html", context, status=403)


def refuse_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400"""
    return render(request, "solerni_demo/error.html", {"kind": "request"}, status=400)


def refuse_access(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403"""
    return render(request, "solerni_demo/error.html", {"kind": "access"}, status=403)


def miss_page(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404"""
    return render(request, "solerni_demo/error.html", {"kind": "page"}, status=404)


def admit_fault(request: HttpRequest) -> HttpResponse:
    """500: a page that asks nothing of the database, which may be what failed."""
    return render(None, "solerni_demo/fault.html", status=500)


def _find_next(request: HttpRequest) -> str:
    """Where the form was sent from, if it is a page of this site; behind the log-in page, what it leads to."""
    target = request.POST.get("next", "")
    if _is_door(target):
        target = QueryDict(urlsplit(target).query).get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours and not _is_door(target) else settings.LOGIN_REDIRECT_URL


def _is_door(target: str) -> bool:
    return target.partition("?")[0] == settings.LOGIN_URL
