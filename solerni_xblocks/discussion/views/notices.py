"""The form for notices of illegal content: for everybody, with or without an account. It shows no message."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.core.identifiers import parse_uuid
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.inputs.networks import blur_address
from solerni_xblocks.discussion.inputs.notices import NoticeForm


@never_cache
@require_http_methods(["GET", "POST"])
def give_notice(request: HttpRequest) -> HttpResponse:
    """Say that a message is illegal; what was typed comes back with every refusal."""
    if request.method == "GET":
        form = NoticeForm(member_id=request.user.id, initial={"address": _find_address(request)})
        return _render(request, form)
    form = NoticeForm(request.POST, member_id=request.user.id)
    if not form.is_valid():
        return _render(request, form, status=400)
    notice = form.to_notice(language=(get_language() or "fr")[:2], network=blur_address(request.META))
    try:
        reference = api.give_notice(notice)
    except SolerniError as refusal:
        return _render(request, form, refusal=refusal, status=refusal.status)
    return redirect(f"{reverse('solerni_discussion:notice')}?received={reference}")


def _find_address(request: HttpRequest) -> str:
    """The permanent link of the post that the address of this page names."""
    try:
        post = parse_uuid(request.GET.get("post"))
    except SolerniError:
        return ""
    return request.build_absolute_uri(reverse("solerni_discussion:post", args=[post]))


def _render(
    request: HttpRequest, form: NoticeForm, *, refusal: SolerniError | None = None, status: int = 200
) -> HttpResponse:
    try:
        received = str(parse_uuid(request.GET.get("received")))
    except SolerniError:
        received = ""
    context = {"form": form, "refusal": refusal, "failed": status == 400, "received": received}
    return render(request, "solerni/discussion/notice.html", context, status=status)
