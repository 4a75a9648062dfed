"""Formulas: drawn without a script, harmless whatever stands in them, never dearer than their bounds."""

from __future__ import annotations

import time

import pytest

from solerni_xblocks.core import htmlkit, mathkit

HOSTILE = [
    r"\text{<script>alert(1)</script>}",
    r"\href{javascript:alert(1)}{x}",
    r"\text{<img src=x onerror=alert(1)>}",
    r"\class{a\" onload=\"alert(1)}{x}",
    r"\style{background:url(javascript:alert(1))}{x}",
    r"\text{<style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>}",
    '"><script>alert(1)</script>',
]


def test_formulas_become_mathml_in_the_line_and_on_their_own() -> None:
    html = htmlkit.render_post(r"Soit \(x^2\) et $$\frac{a}{b}$$")
    assert '<math alttext="x^2" display="inline">' in html
    assert '<math alttext="\\frac{a}{b}" display="block">' in html
    assert "<mfrac>" in html and "<script" not in html


@pytest.mark.parametrize("latex", HOSTILE)
@pytest.mark.parametrize("marks", [("\\(", "\\)"), ("$$", "$$")])
def test_what_stands_in_a_formula_stays_harmless(latex: str, marks: tuple[str, str]) -> None:
    html = htmlkit.sanitize_post(htmlkit.render_post(marks[0] + latex + marks[1]))
    attributes = html.split("alttext=", 1)[-1]
    for bad in ("<script", "<img", "<style", "href=", " class=", " style=", 'onload="', 'onerror="'):
        assert bad not in html.replace(attributes.split(">", 1)[0], ""), bad


@pytest.mark.parametrize("latex", [r"\sqrt{", "^", r"\frac", "{" * 60 + "}" * 60, r"\begin{pmatrix}", "&", r"\left("])
def test_what_cannot_be_drawn_stays_as_it_was_written(latex: str) -> None:
    html = htmlkit.render_post(f"$${latex}$$")
    assert "<math" in html or f"<code>$${latex.replace('&', '&amp;')}$$</code>" in html


def test_code_escapes_and_prices_are_no_formulas() -> None:
    assert "<math" not in htmlkit.render_post(r"`\(x\)` et \\(y\\) et 5 $ ou 6 $, \(")


@pytest.mark.parametrize(
    "source", ["\\(" * 9_000, "$$" * 9_000, ("$$" + r"\frac{a}{b}" * 40 + "$$ ") * 45, r"\(x\)" * 3_000]
)
def test_a_hostile_text_is_rendered_within_its_bounds(source: str) -> None:
    begun = time.process_time()
    assert len(htmlkit.render_post(source)) < 500_000
    assert time.process_time() - begun < 3


def test_a_long_text_converts_so_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mathkit, "MOST_WORK", 82)
    html = htmlkit.render_post(r"\(a\) \(b\) \(c\)")
    assert (html.count("<math"), html.count(r"<code>\(c\)</code>")) == (2, 1)
