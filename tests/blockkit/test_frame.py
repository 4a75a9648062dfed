"""The frame of full pages: domains put things beside every page, the kit names none of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from solerni_xblocks import blockkit
from solerni_xblocks.blockkit import pages

DOMAINS = ("terms", "discussion", "badges", "members")
BANNER = "solerni/terms/elements/banner.html"


def test_no_page_of_the_kit_names_a_domain() -> None:
    root = Path(blockkit.__file__).parent
    files = [path for ending in ("html", "js", "css") for path in root.rglob(f"*.{ending}")]
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not [name for name in DOMAINS if f"solerni_{name}" in text or f"solerni/{name}" in text], path


def test_put_beside_twice_shown_once() -> None:
    pages.put_beside(BANNER)
    assert pages.list_beside().count(BANNER) == 1


def test_a_member_gets_the_banner_and_a_visitor_does_not(client: Any, learner: Any) -> None:
    assert "data-solerni-terms-pending" not in client.get("/solerni/badges/verify/").content.decode()
    client.force_login(learner)
    assert client.get("/solerni/badges/verify/").content.decode().count("data-solerni-terms-pending") == 1
