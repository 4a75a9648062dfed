"""Django's admin: moderators are appointed and dismissed here; decisions are read, never changed."""

from __future__ import annotations

import csv
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.identifiers import parse_course_key
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Power
from solerni_xblocks.discussion.data.lexicons import Effect, WordLine
from solerni_xblocks.discussion.errors.words import WordsFull, say_fault
from solerni_xblocks.discussion.models import Decision, LogEntry, MessageTemplate, Moderator, Role, WordEntry
from solerni_xblocks.discussion.rules.listing import MOST


class KeyForm(forms.ModelForm):
    """A row with a course key that can be read."""

    def clean_course_key(self) -> str:
        """The key, written as the platform writes it; empty for the whole site."""
        text = self.cleaned_data["course_key"].strip()
        try:
            return str(parse_course_key(text)) if text else ""
        except Invalid as error:
            raise ValidationError(error.message) from error


class ModeratorForm(KeyForm):
    """An appointment."""

    class Meta:
        model = Moderator
        fields = ("course_key", "user_id", "role")
        help_texts: ClassVar[dict[str, Any]] = {"course_key": _("Empty: the whole site, as one of its pool.")}


@admin.register(Moderator)
class ModeratorAdmin(admin.ModelAdmin):
    """Appointments."""

    form = ModeratorForm
    list_display = ("course_key", "user_id", "role", "granted_by", "at")
    search_fields = ("course_key", "user_id")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Moderator, form: Any, change: bool) -> None:
        """Appoint through the api, then let the admin know the row."""
        power = Power.TRUSTED if obj.role == Role.TRUSTED else Power.MODERATOR
        api.appoint_moderator(_read_key(obj), obj.user_id, power=power, granted_by=request.user.id)
        obj.pk = Moderator.objects.get(course_key=obj.course_key, user_id=obj.user_id).pk

    def delete_model(self, request: HttpRequest, obj: Moderator) -> None:
        """Dismiss through the api."""
        api.dismiss_moderator(_read_key(obj), obj.user_id)


class WordForm(KeyForm):
    """An entry that can be found in a text."""

    class Meta:
        model = WordEntry
        fields = ("course_key", "phrase", "action", "clause")
        help_texts: ClassVar[dict[str, Any]] = {"course_key": _("Empty: the whole site.")}

    def clean_phrase(self) -> str:
        """The phrase, when the rules can find it."""
        phrase: str = self.cleaned_data["phrase"].strip()
        fault = api.find_word_fault(phrase)
        if fault:
            raise ValidationError(say_fault(fault.code, line=fault.line, seen=fault.seen))
        return phrase

    def clean(self) -> dict[str, Any]:
        """A full list takes no more."""
        cleaned: dict[str, Any] = super().clean() or {}
        others = WordEntry.objects.filter(course_key=cleaned.get("course_key", "")).exclude(pk=self.instance.pk)
        if others.count() >= MOST:
            raise ValidationError(WordsFull.default_message)
        return cleaned


@admin.register(WordEntry)
class WordEntryAdmin(admin.ModelAdmin):
    """Lists of words, entry by entry; the page of a list changes many at once."""

    form = WordForm
    list_display = ("phrase", "action", "clause", "course_key", "added_by", "at")
    list_filter = ("action", "clause")
    search_fields = ("phrase", "course_key")
    list_per_page = 100

    def save_model(self, request: HttpRequest, obj: WordEntry, form: Any, change: bool) -> None:
        """Write through the api, then let the admin know the row."""
        if change:
            before = WordEntry.objects.get(pk=obj.pk)
            if (before.course_key, before.phrase) != (obj.course_key, obj.phrase):
                api.remove_words([before], editor_id=request.user.id)
        line = WordLine(obj.phrase, Effect(obj.action), obj.clause)
        api.add_words(_read_key(obj), [line], editor_id=request.user.id)
        obj.pk = WordEntry.objects.get(course_key=obj.course_key, phrase=obj.phrase).pk

    def delete_model(self, request: HttpRequest, obj: WordEntry) -> None:
        """Remove through the api."""
        api.remove_words([obj], editor_id=request.user.id)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Remove through the api."""
        api.remove_words(list(queryset), editor_id=request.user.id)


def _read_key(obj: Moderator | WordEntry) -> CourseKey | None:
    """The course of an appointment; None for the whole site."""
    return parse_course_key(obj.course_key) if obj.course_key else None


class EvidenceAdmin(admin.ModelAdmin):
    """Rows that are read, never changed, by whoever has the permission to view them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Decision)
class DecisionAdmin(EvidenceAdmin):
    """Evidence, to read."""

    list_display = ("at", "post", "moderator_id", "act", "outcome", "clause")
    list_filter = ("act", "outcome", "clause")
    date_hierarchy = "at"


@admin.register(MessageTemplate)
class MessageTemplateAdmin(admin.ModelAdmin):
    """Messages that moderators start from."""

    list_display = ("name", "act", "clause", "language", "course_key")
    list_filter = ("act", "clause", "language")


@admin.register(LogEntry)
class LogEntryAdmin(EvidenceAdmin):
    """Every act of moderation, to read and to take along."""

    list_display = ("at", "actor_id", "act", "course_key", "subject_kind", "subject")
    list_filter = ("act",)
    search_fields = ("subject", "course_key", "actor_id")
    date_hierarchy = "at"
    actions = ("export_csv", "export_json")

    @admin.action(description=_("Export as CSV"), permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """The chosen entries as a table; no cell begins as a formula does."""
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="moderation-log.csv"'
        writer = csv.writer(answer)
        writer.writerow(LOGGED)
        for row in queryset.order_by("id").values_list(*LOGGED):
            writer.writerow([_calm(cell) for cell in row])
        return answer

    @admin.action(description=_("Export as JSON"), permissions=["view"])
    def export_json(self, request: HttpRequest, queryset: Any) -> JsonResponse:
        """The chosen entries as a list of objects."""
        answer = JsonResponse({"entries": list(queryset.order_by("id").values(*LOGGED))})
        answer["Content-Disposition"] = 'attachment; filename="moderation-log.json"'
        return answer


LOGGED = ("id", "at", "actor_id", "course_key", "act", "subject_kind", "subject", "before", "after", "why", "parent")


def _calm(cell: Any) -> str:
    """A cell that no spreadsheet computes."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
