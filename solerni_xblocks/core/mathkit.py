r"""Formulas in Markdown: ``\(…\)`` in a line, ``$$…$$`` on its own, as MathML that browsers draw without a script.

The converter believes what it is given: what comes out is reduced to a list of presentation elements, with hardly an
attribute. What cannot be converted, or would be long, stays as it was written, as code.
"""

from __future__ import annotations

from typing import Any

import nh3
from latex2mathml.converter import convert
from latex2mathml.exceptions import (
    DenominatorNotFoundError,
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    InvalidAlignmentError,
    InvalidStyleForGenfracError,
    InvalidWidthError,
    LimitsMustFollowMathOperatorError,
    MissingEndError,
    MissingSuperScriptOrSubscriptError,
    NoAvailableTokensError,
    NumeratorNotFoundError,
)
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

MOST_WORK = 8_000
FORMULA_WORK = 40
"""Of all formulas of one text together, in characters, and so many more for each formula: converting takes time."""

LONGEST_FORMULA = 500
DEEPEST = 20

TAGS = frozenset(
    (
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "ms",
        "mtext",
        "mspace",
        "mfrac",
        "msqrt",
        "mroot",
        "msup",
        "msub",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mmultiscripts",
        "mtable",
        "mtr",
        "mtd",
        "mstyle",
        "mpadded",
        "mphantom",
    )
)
ATTRIBUTES = {"math": {"display", "alttext"}, "mo": {"stretchy", "fence", "form"}, "mtable": {"columnalign"}}

_FAULTS = (
    DenominatorNotFoundError,
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    InvalidAlignmentError,
    InvalidStyleForGenfracError,
    InvalidWidthError,
    LimitsMustFollowMathOperatorError,
    MissingEndError,
    MissingSuperScriptOrSubscriptError,
    NoAvailableTokensError,
    NumeratorNotFoundError,
    AssertionError,
    IndexError,
    KeyError,
    StopIteration,
    TypeError,
    ValueError,
    RecursionError,
)
_MARKS = {"\\(": "\\)", "$$": "$$"}


def read_formulas(parser: MarkdownIt) -> MarkdownIt:
    """Let ``parser`` know formulas; before escapes, since ``\\(`` is one otherwise."""
    parser.inline.ruler.before("escape", "formula", _read)
    parser.add_render_rule("formula", _render)
    return parser


def to_mathml(latex: str, *, is_block: bool) -> str:
    r"""Safe MathML of ``latex``; empty when it cannot be converted.

    >>> to_mathml("x^2", is_block=False)
    '<math display="inline" alttext="x^2"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'
    """
    if _measure_depth(latex) > DEEPEST:
        return ""
    try:
        html = convert(latex, display="block" if is_block else "inline")
    except _FAULTS:
        return ""
    named = html.replace("<math ", f'<math alttext="{escapeHtml(latex)}" ', 1)
    return nh3.clean(named, tags=set(TAGS), attributes=ATTRIBUTES, link_rel=None)


def _read(state: Any, is_silent: bool) -> bool:
    opening = state.src[state.pos : state.pos + 2]
    closing = _MARKS.get(opening)
    if closing is None:
        return False
    end = state.src.find(closing, state.pos + 3, state.pos + LONGEST_FORMULA + 4)
    if end == -1:
        return False
    if not is_silent:
        token = state.push("formula", "math", 0)
        token.content, token.info = state.src[state.pos : end + 2], opening
    state.pos = end + 2
    return True


def _render(renderer: Any, tokens: Any, index: int, options: Any, env: dict[str, int]) -> str:
    token = tokens[index]
    latex = token.content[2:-2].strip()
    env["formulas"] = env.get("formulas", 0) + len(latex) + FORMULA_WORK
    mathml = to_mathml(latex, is_block=token.info == "$$") if env["formulas"] <= MOST_WORK else ""
    return mathml or f"<code>{escapeHtml(token.content)}</code>"


def _measure_depth(latex: str) -> int:
    deepest = depth = 0
    for character in latex:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    return max(deepest, latex.count(r"\left"), latex.count(r"\begin"))
