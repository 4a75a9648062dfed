"""Django's admin: moderators are appointed and dismissed here; decisions are read, never changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.identifiers import parse_course_key
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.models import Decision, Moderator


class ModeratorForm(forms.ModelForm):
    """An appointment with a course key that can be read."""

    class Meta:
        model = Moderator
        fields = ("course_key", "user_id")

    def clean_course_key(self) -> str:
        """The key, written as the platform writes it."""
        try:
            return str(parse_course_key(self.cleaned_data["course_key"].strip()))
        except Invalid as error:
            raise ValidationError(error.message) from error


@admin.register(Moderator)
class ModeratorAdmin(admin.ModelAdmin):
    """Appointments."""

    form = ModeratorForm
    list_display = ("course_key", "user_id", "granted_by", "at")
    search_fields = ("course_key", "user_id")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Moderator, form: Any, change: bool) -> None:
        """Appoint through the api, then let the admin know the row."""
        key = parse_course_key(obj.course_key)
        api.appoint_moderator(key, obj.user_id, granted_by=request.user.id)
        obj.pk = Moderator.objects.get(course_key=str(key), user_id=obj.user_id).pk

    def delete_model(self, request: HttpRequest, obj: Moderator) -> None:
        """Dismiss through the api."""
        api.dismiss_moderator(parse_course_key(obj.course_key), obj.user_id)


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """Evidence, to read."""

    list_display = ("at", "post", "moderator_id", "outcome", "clause")
    list_filter = ("outcome", "clause")
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
