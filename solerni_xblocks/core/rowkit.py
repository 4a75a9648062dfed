"""Rows of a long page: a template is rendered once for each look that rows have, not once for each row.

A row's ``look`` is all that its template decides by; its ``own`` is what stands in it and decides nothing. The template
writes ``{{ own.author }}`` where the author stands: as it is, without a filter, a tag or an ``if`` round it. A template
that is included gets both too. What it says besides depends on the language alone, so that it is kept for the next
page: no address, no setting.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from html import escape
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_PLACE = re.compile("\x00([a-z_]+)\x00")
_MOST_FORMS = 500

# By template, as long as the engine keeps it; then by language and look.
_forms: WeakKeyDictionary[Any, dict[tuple[str | None, Hashable], list[str]]] = WeakKeyDictionary()


class Row(NamedTuple):
    """One row: ``look`` is a frozen dataclass, ``own`` has at least the names that the template writes for it."""

    look: Hashable
    own: Mapping[str, Any]


class _Places(dict[str, SafeString]):
    """Under any name, the mark of its place."""

    def __missing__(self, name: str) -> SafeString:
        return mark_safe(f"\x00{name}\x00")  # noqa: S308 - a name from a template of ours


def render_rows(template_name: str, rows: Iterable[Row]) -> SafeString:
    """``rows`` as the template shows each, in order; what they have of their own is escaped as in a template."""
    template = get_template(template_name)
    forms, language = _forms.setdefault(template.template, {}), get_language()
    if len(forms) > _MOST_FORMS:
        forms.clear()
    rendered = []
    for look, own in rows:
        form = forms.get((language, look))
        if form is None:
            form = _PLACE.split(template.render({"look": vars(look), "own": _Places()}))
            forms[language, look] = form
        rendered.append(_fill(form, own))
    return mark_safe("".join(rendered))  # noqa: S308 - a template of ours, and what is escaped


def _fill(form: list[str], own: Mapping[str, Any]) -> str:
    """``form`` is text and name in turn, beginning and ending with text."""
    names = form[1::2]
    written = {name: _write(own[name]) for name in dict.fromkeys(names)}
    filled = form.copy()
    filled[1::2] = [written[name] for name in names]
    return "".join(filled)


def _write(value: Any) -> str:
    """As a template writes it; Django's own function does the same in three times the time."""
    return value if isinstance(value, SafeString) else escape(str(value))
