"""Every page says in its title of which site it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "solerni_xblocks"
PAGES = [path for path in SOURCE.rglob("*.html") if "{% block title %}" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_title_names_the_site(path: Path) -> None:
    title = re.search(r"{% block title %}(.*?){% endblock %}", path.read_text(encoding="utf-8"))
    assert title is not None
    assert title[1].endswith(" · Solerni") or "Solerni" in title[1].partition(" · ")[0]
