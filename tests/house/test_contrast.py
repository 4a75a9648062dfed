"""Colour pairs of kit.css reach WCAG AA in both schemes: 4.5 for text, 3 for edges of controls and the focus ring."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from solerni_xblocks import blockkit

CSS = (Path(blockkit.__file__).parent / "static/solerni/kit/kit.css").read_text(encoding="utf-8")
TEXT = [
    (ink, paper)
    for paper in ("surface", "surface-raised")
    for ink in ("text", "muted", "action", "success", "error", "warning")
] + [("on-action", "action"), ("text", "mark")]
EDGES = [("border", "surface"), ("focus", "surface"), ("border", "surface-raised"), ("focus", "surface-raised")]


def _read_tokens(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    found = dict(re.findall(r"--solerni-([\w-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--solerni-([\w-]+): (#[0-9a-f]{6});", dark))
    return found


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours written #rrggbb."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_the_published_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#4b667c", "#ffffff") == pytest.approx(6.02, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper", "least"), [(*p, 4.5) for p in TEXT] + [(*p, 3.0) for p in EDGES])
def test_a_pair_can_be_read(scheme: str, ink: str, paper: str, least: float) -> None:
    tokens = _read_tokens(scheme)
    assert contrast(tokens[ink], tokens[paper]) >= least


def test_the_ratios_noted_in_the_sheet_are_the_computed_ones() -> None:
    light, dark = _read_tokens("light"), _read_tokens("dark")
    notes = re.findall(r"--solerni-([\w-]+): #[0-9a-f]{6};  /\* on (\w+) ([\d.]+) / ([\d.]+) \*/", CSS)
    assert len(notes) >= 8
    for ink, paper, in_light, in_dark in notes:
        assert f"{contrast(light[ink], light[paper]):.1f}" == in_light
        assert f"{contrast(dark[ink], dark[paper]):.1f}" == in_dark
