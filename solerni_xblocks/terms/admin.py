"""Documents, drafts, versions and proofs for operators. What is published and answered cannot be changed here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import clock
from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.terms import api, models, presenters
from solerni_xblocks.terms.data import Audience
from solerni_xblocks.terms.errors import DraftChanged

PREVIEW = "solerni_terms_draft_preview"


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DocumentForm(forms.ModelForm):
    """A document of a course names its course, and no other does."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_course = values.get("audience") == Audience.COURSE
        if self.instance.pk is None and is_course != bool(values.get("course_key")):
            self.add_error("course_key", gettext("Name the course of a course document, and only of such a one."))
        if values.get("is_course_wide") and not is_course:
            self.add_error("is_course_wide", gettext("Only a course document is asked at the door of a course."))
        if self.instance.pk is None and not api.is_slug_free(str(values.get("slug", ""))):
            self.add_error("slug", gettext("This address is taken by a page of the service."))
        return values


@admin.register(models.Document)
class DocumentAdmin(admin.ModelAdmin):
    """Documents, in their order. Whom one binds is settled when it is made; only its place may change."""

    form = DocumentForm
    list_display = ("slug", "kind", "audience", "course_key", "is_required", "order")
    fields = ("slug", "kind", "audience", "course_key", "is_course_wide", "is_required", "renewal_days", "order")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(name for name in self.fields if name != "order") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DraftTextInline(admin.StackedInline):
    """One language of a draft."""

    model = models.DraftText
    extra = 1
    fields = ("language", "title", "summary", "source")


@admin.register(models.Draft)
class DraftAdmin(admin.ModelAdmin):
    """Versions in the making: written, read as members will, then published."""

    list_display = ("document", "label", "effective_at", "requires_acceptance", "changed_at", "preview")
    list_select_related = ("document",)
    fields = ("document", "label", "effective_at", "requires_acceptance", "contact", "preview")
    readonly_fields = ("preview",)
    inlines = (DraftTextInline,)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.writer_id, obj.changed_at = request.user.id, clock.now()
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[Any]:
        own = path("<int:number>/preview/", self.admin_site.admin_view(self.preview_view), name=PREVIEW)
        return [own, *super().get_urls()]

    @admin.display(description=_("preview"))
    def preview(self, obj: Any) -> str:
        """Where to read the draft as members will, and to publish it."""
        if obj.pk is None:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse(f"admin:{PREVIEW}", args=[obj.pk]), _("Read and publish"))

    def preview_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """The draft as members will see it; a POST publishes it."""
        draft = get_object_or_404(models.Draft, pk=number)
        if not self.has_view_permission(request, draft):
            raise PermissionDenied
        preview = api.preview_draft(draft.uuid)
        if request.method == "POST" and not preview.reasons:
            return self._publish(request, draft)
        context = {
            "preview": preview,
            "texts": presenters.show_preview(preview),
            "reasons": presenters.explain_reasons(preview.reasons),
            "may_publish": request.user.has_perm("solerni_terms.add_version"),
            "back": reverse("admin:solerni_terms_draft_change", args=[number]),
        }
        return render(request, "solerni/terms/preview.html", context)

    def _publish(self, request: HttpRequest, draft: Any) -> HttpResponse:
        if not request.user.has_perm("solerni_terms.add_version"):
            raise PermissionDenied
        try:
            version = api.publish_draft(draft.uuid, digest=request.POST.get("digest", ""))
        except DraftChanged as refusal:
            messages.error(request, str(refusal.message))
            return redirect(f"admin:{PREVIEW}", draft.pk)
        except SolerniError as refusal:
            messages.error(request, str(refusal.message))
            return redirect("admin:solerni_terms_draft_changelist")
        messages.success(request, _("Version %(label)s is published.") % {"label": version.label})
        return redirect("solerni_terms:version", version.document, version.label)


@admin.register(models.Version)
class VersionAdmin(ReadOnlyAdmin):
    """Published versions; one that has not begun can be called off."""

    list_display = ("document", "label", "published_at", "effective_at", "requires_acceptance", "uuid")
    list_select_related = ("document",)
    actions = ("cancel",)

    @admin.action(description=_("Cancel, before its date"), permissions=["cancel"])
    def cancel(self, request: HttpRequest, queryset: Any) -> None:
        """Call off the versions chosen; each says whether it could be."""
        for row in queryset.select_related("document"):
            try:
                api.cancel_version(row.document.slug, str(row.uuid), actor_id=request.user.id)
            except SolerniError as refusal:
                messages.error(request, f"{row.document} {row.label}: {refusal.message}")
            else:
                messages.success(request, _("Version %(label)s is cancelled.") % {"label": row.label})

    def has_cancel_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("solerni_terms.add_cancellation")


class ProofReaderAdmin(ReadOnlyAdmin):
    """Rows for those who may read proofs: being staff is not enough, and each look is recorded."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("solerni_terms.read_proofs")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self._record(request, f"list {request.GET.urlencode()}")
        return super().changelist_view(request, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self._record(request, f"row {object_id}")
        return super().change_view(request, object_id, form_url, extra_context)

    def _record(self, request: HttpRequest, what: str) -> None:
        if self.has_view_permission(request):
            api.record_reading(request.user.id, f"{self.opts.model_name} {what}".strip())


@admin.register(models.Proof)
class ProofAdmin(ProofReaderAdmin):
    """Proofs, found by receipt; the person behind one is not shown."""

    list_display = ("uuid", "act", "document", "label", "language", "decided_at", "channel")
    list_filter = ("act", "document", "label", "channel")
    search_fields = ("=uuid", "=version_uuid")


@admin.register(models.ProofReading)
class ProofReadingAdmin(ProofReaderAdmin):
    """Who has looked at proofs."""

    list_display = ("read_at", "actor_id", "what")
    search_fields = ("=actor_id", "what")


class BirthForm(forms.ModelForm):
    """A birth date that can be true."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        try:
            api.check_birth(born_on=values.get("born_on") or date.max, country=values.get("country", ""))
        except SolerniError as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return values


@admin.register(models.Birth)
class BirthAdmin(ReadOnlyAdmin):
    """Birth dates, for operators to correct when a member shows that theirs is wrong; the log of the site says who."""

    form = BirthForm
    list_display = ("member_id", "born_on", "country", "stated_at")
    fields = ("member_id", "born_on", "country", "stated_at")
    readonly_fields = ("member_id", "stated_at")
    search_fields = ("=member_id",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("solerni_terms.change_birth")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        api.correct_birth(obj.member_id, born_on=obj.born_on, country=obj.country)


@admin.register(models.GuardianRequest)
class GuardianRequestAdmin(ReadOnlyAdmin):
    """What was asked of guardians and what became of it; addresses and secrets are not shown."""

    list_display = ("uuid", "member_id", "state", "asked_at", "expires_at", "answered_at")
    fields = ("uuid", "member_id", "state", "language", "asked_at", "expires_at", "answered_at", "warned_at", "tries")
    list_filter = ("state",)
    search_fields = ("=uuid", "=member_id")
