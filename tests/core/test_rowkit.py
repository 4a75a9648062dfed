"""Rows whose template is rendered once for each look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import override_settings
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from solerni_xblocks.core import rowkit
from solerni_xblocks.core.rowkit import Row, render_rows

SOURCE = """{% load i18n %}<li title="{{ own.name }}">{% if look.is_new %}{% trans "No" %} {% endif %}{{ own.name }}
{{ own.html }}</li>"""


@dataclass(frozen=True, kw_only=True)
class Look:
    is_new: bool


@pytest.fixture
def row() -> Iterator[str]:
    """The name of a template of a row."""
    loaders = [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", {"row": SOURCE})])]
    engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": loaders}}
    with override_settings(TEMPLATES=[engine]):
        yield "row"


def make(name: Any, *, html: Any = mark_safe("<b>x</b>"), is_new: bool = False) -> Row:  # noqa: B008 - a constant
    return Row(Look(is_new=is_new), {"name": name, "html": html, "unused": None})


@pytest.mark.parametrize("name", ["Zoé", "<i>\"'&amp;", "\x00name\x00", "{{ own.html }}", 7, gettext_lazy("Yes")])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_row_reads_as_its_template_alone_would_make_it(row, name, is_new) -> None:
    made = make(name, html="<b>", is_new=is_new)
    with translation.override("fr"):
        alone = get_template(row).render({"look": made.look, "own": made.own})
        assert render_rows(row, [make("before"), made, made]) == render_rows(row, [make("before")]) + alone + alone


def test_the_template_is_rendered_once_for_each_look_and_language(row, monkeypatch) -> None:
    engine_template, times = type(get_template(row)), []
    render = engine_template.render
    monkeypatch.setattr(engine_template, "render", lambda *args: times.append(1) or render(*args))
    for language in ("fr", "en", "fr"):
        with translation.override(language):
            html = render_rows(row, [make(str(number), is_new=number % 2 == 0) for number in range(100)])
        assert html.count("<li") == 100 and html.count("Non " if language == "fr" else "No ") == 50
    assert len(times) == 4


def test_looks_are_kept_within_bounds(row, monkeypatch) -> None:
    monkeypatch.setattr(rowkit, "_MOST_FORMS", 1)
    for is_new in (True, False, True):
        assert render_rows(row, [make("x", is_new=is_new)]).count("No") == is_new
    assert len(rowkit._forms[get_template(row).template]) == 1


def test_what_a_row_lacks_is_an_error(row) -> None:
    with pytest.raises(KeyError, match="name"):
        render_rows(row, [Row(Look(is_new=False), {"html": ""})])


def test_no_rows_are_nothing(row) -> None:
    assert render_rows(row, []) == ""
