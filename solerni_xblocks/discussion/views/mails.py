"""What members are mailed: the page where they choose, and the links in mails that end them, without logging in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.inputs.mailing import SORTS, MailForm, parse_course
from solerni_xblocks.discussion.inputs.networks import blur_address

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""The body of the POST by which a mail program ends mails (RFC 8058, section 3.1); our own button sends the same."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_mails(request: HttpRequest) -> HttpResponse:
    """When to be mailed of what, everywhere or (``course``) in one course."""
    try:
        course_key = parse_course(request.GET.get("course", ""))
        settings = api.get_mail_settings(request.user.id, course_key)
    except SolerniError as refusal:
        return render(request, "solerni/discussion/mails_dead.html", {"refusal": refusal}, status=refusal.status)
    form = MailForm(request.POST or None, settings=settings)
    if request.method == "POST" and form.is_valid():
        api.choose_mails(request.user.id, course_key, form.to_choices())
        where = {"course": course_key, "done": "1"} if course_key else {"done": "1"}
        return redirect(f"{reverse('solerni_discussion:mails')}?{urlencode(where)}")
    context = {"form": form, "settings": settings, "is_done": "done" in request.GET and not form.is_bound}
    return render(request, "solerni/discussion/mails.html", context, status=400 if form.errors else 200)


@csrf_exempt  # mail programs have no session: the signed link is the right to do this
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """What a link in a mail is for. Programs open links by themselves: a POST alone changes anything."""
    network = blur_address(request.META)
    act = api.read_stop_link
    if request.method == "POST":
        name, value = ONE_CLICK
        is_one_click = request.POST.get(name) == value
        act = api.stop_mails if is_one_click else api.resume_mails if "resume" in request.POST else act
    try:
        stop = act(token, network=network)
    except SolerniError as refusal:
        response = render(request, "solerni/discussion/mails_dead.html", {"refusal": refusal}, status=refusal.status)
    else:
        context = {"stop": stop, "sort": SORTS[stop.kind], "is_done": act is not api.read_stop_link}
        response = render(request, "solerni/discussion/mails_stop.html", context)
    response["Referrer-Policy"] = "same-origin"  # the address is the key
    return response
