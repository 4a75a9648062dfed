"""Sheets of paper: a title, words, and tables of names and values as one PDF. No word of any domain.

Letters come from DejaVu Sans, embedded: Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian, Georgian and more. Chinese,
Japanese and Korean use the fonts that every PDF reader knows by name. The same sheet is the same bytes, always.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from arabic_reshaper import reshape
from bidi import get_display
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

FONTS = Path(__file__).parent / "fonts"
TEXT, BOLD, CODE = "DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono"
KOREAN, JAPANESE, CHINESE = "HYSMyeongJo-Medium", "HeiseiMin-W3", "STSong-Light"
INK, MUTED, LINE = HexColor("#1a1a1a"), HexColor("#595959"), HexColor("#cccccc")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_KANA = re.compile("[\u3040-\u30ff]")
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A name and a value; ``is_code``: digits to compare, in letters of one width."""

    name: str
    value: str
    is_code: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """A heading, words, and rows below them."""

    heading: str
    words: Sequence[str] = ()
    rows: Sequence[Row] = field(default_factory=tuple)


def make_pdf(title: str, parts: Iterable[Part], *, language: str, footer: str) -> bytes:
    """A sheet in A4 under ``title``; ``footer`` stands on every page."""
    _load_fonts()
    sink = BytesIO()
    sheet = SimpleDocTemplate(
        sink,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=22 * mm,
        title=title,
        lang=language,
        invariant=1,
    )
    story: list[Flowable] = [_write(title, _style(BOLD, 18)), Spacer(0, 4 * mm)]
    for part in parts:
        story += _make_part(part, sheet.width - 12)

    def draw_footer(canvas: Any, document: Any) -> None:
        line = _write(footer, _style(TEXT, 8, MUTED))
        _, height = line.wrap(document.width - 12, 20 * mm)
        line.drawOn(canvas, document.leftMargin + 6, 18 * mm - height)

    sheet.build(story, onFirstPage=draw_footer, onLaterPages=draw_footer)
    return sink.getvalue()


def order_for_print(text: str) -> str:
    """``text`` with letters joined and in the order in which they stand on paper, from the left.

    >>> order_for_print("Léa") , order_for_print("שלום")
    ('Léa', 'םולש')
    """
    return str(get_display(reshape(text))) if _RIGHT_TO_LEFT.search(text) else text


def _make_part(part: Part, width: float) -> list[Flowable]:
    made: list[Flowable] = [Spacer(0, 3 * mm), _write(part.heading, _style(BOLD, 12)), Spacer(0, 1.5 * mm)]
    for words in part.words:
        made += [_write(words, _style(TEXT, 9.5)), Spacer(0, 1.5 * mm)]
    if part.rows:
        cells = [
            [
                _write(row.name, _style(TEXT, 9, MUTED)),
                _write(row.value, _style(CODE, 8) if row.is_code else _style(TEXT, 9)),
            ]
            for row in part.rows
        ]
        style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE)]
        padding = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 3)]
        widths, look = [width * 0.32, width * 0.68], [*style, *padding]
        made.append(Table(cells, colWidths=widths, style=look, hAlign="LEFT", splitInRow=1))
    return made


def _style(font: str, size: float, colour: Any = INK) -> ParagraphStyle:
    wrap = "CJK" if font == CODE else None  # digests break anywhere
    return ParagraphStyle(font, fontName=font, fontSize=size, leading=size * 1.4, textColor=colour, wordWrap=wrap)


def _write(text: str, style: ParagraphStyle) -> Paragraph:
    """A paragraph whose East Asian letters find a font that has them."""
    ordered = escape(order_for_print(text), quote=False)
    east = KOREAN if _HANGUL.search(text) else JAPANESE if _KANA.search(text) else CHINESE
    return Paragraph(_EAST_ASIAN.sub(lambda found: f'<font name="{east}">{found[0]}</font>', ordered), style)


@cache
def _load_fonts() -> None:
    """Read the fonts once a process, when the first sheet is made."""
    for name in (TEXT, BOLD, CODE):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    for name in (KOREAN, JAPANESE, CHINESE):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
