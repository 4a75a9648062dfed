"""Documents, versions and proofs for operators to read. What is published and answered cannot be changed here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from solerni_xblocks.terms import api, models


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(models.Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Documents, in their order."""

    list_display = ("slug", "audience", "course_key", "order")


@admin.register(models.Version)
class VersionAdmin(ReadOnlyAdmin):
    """Published versions."""

    list_display = ("document", "label", "published_at", "effective_at", "requires_acceptance", "uuid")
    list_select_related = ("document",)


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
