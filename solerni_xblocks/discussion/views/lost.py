"""A session that ended while somebody wrote: the words come back, with the way to log in."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def ask_to_log_in(request: HttpRequest, *names: str) -> HttpResponse:
    """To the login page; when one of the fields ``names`` was filled in, first a page that keeps it."""
    typed = "\n\n".join(filter(None, (request.POST.get(name, "") for name in names)))
    login = redirect_to_login(request.get_full_path())
    if not typed:
        return login
    context = {"typed": typed, "login_url": login["Location"]}
    return render(request, "solerni/discussion/logged_out.html", context, status=401)
