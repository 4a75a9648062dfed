"""Admin of badges: to look, and to retire a signing key. Nothing is edited by hand: rows are evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.badges import api
from solerni_xblocks.badges.models import Award, Badge, BadgeVersion, Fact, SigningKey


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows can be read, not changed."""

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Badge)
class BadgeAdmin(ReadOnlyAdmin):
    list_display = ("uuid", "course_key", "usage_key", "current")
    list_select_related = ("current",)
    search_fields = ("uuid", "course_key", "usage_key")


@admin.register(BadgeVersion)
class BadgeVersionAdmin(ReadOnlyAdmin):
    list_display = ("uuid", "name", "number", "language", "created_at")
    search_fields = ("uuid", "name")


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin):
    list_display = ("kind", "source", "member_id", "course_key", "occurred_at", "withdrawn_at")
    list_filter = ("kind",)
    search_fields = ("source", "=member_id")


@admin.register(Award)
class AwardAdmin(ReadOnlyAdmin):
    list_display = ("uuid", "version", "member_id", "awarded_at", "state", "is_public")
    list_select_related = ("version",)
    list_filter = ("state", "is_public")
    search_fields = ("uuid", "=member_id")


@admin.register(SigningKey)
class SigningKeyAdmin(ReadOnlyAdmin):
    list_display = ("multikey", "number", "created_at", "retired_at")
    exclude = ("encrypted_private_key",)
    actions = ("retire_keys",)

    @admin.action(description=_("Retire: the next badge is signed by a new key"), permissions=["retire"])
    def retire_keys(self, request: Any, queryset: Any) -> None:
        """Retire the chosen keys; what they signed stays valid."""
        for multikey in queryset.values_list("multikey", flat=True):
            api.retire_key(multikey)

    def has_retire_permission(self, request: Any) -> bool:
        """Superusers only."""
        return bool(request.user.is_superuser)
