"""Privacy requests for operators to read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from solerni_xblocks.members import models


@admin.register(models.PrivacyRequest)
class PrivacyRequestAdmin(admin.ModelAdmin):
    """Requests and whether they are done; nothing is changed here."""

    list_display = ("uuid", "kind", "member_id", "actor_id", "requested_at", "done_at")
    list_filter = ("kind",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(models.AccountTransition)
class AccountTransitionAdmin(PrivacyRequestAdmin):
    """How accounts came to where they are; nothing is changed here."""

    list_display = ("member_id", "number", "from_state", "to_state", "reason", "actor_id", "at", "ends_at")
    list_filter = ("to_state", "reason")
    search_fields = ("=member_id",)
