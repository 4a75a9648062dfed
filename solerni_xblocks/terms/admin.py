"""Documents, versions and proofs for operators to read. What is published and answered cannot be changed here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from solerni_xblocks.terms import models


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


@admin.register(models.Proof)
class ProofAdmin(ReadOnlyAdmin):
    """Proofs, found by receipt; the person behind one is not shown."""

    list_display = ("uuid", "act", "document", "label", "language", "decided_at", "channel")
    list_filter = ("act", "document", "label", "channel")
    search_fields = ("=uuid", "=version_uuid")
