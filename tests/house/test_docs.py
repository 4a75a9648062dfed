"""Documents say what the code says, links lead somewhere, and the project speaks of itself alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.reference import list_blocks, list_handlers, make_pages

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "solerni_xblocks").rglob("*.md")]


@pytest.mark.parametrize("name", sorted(make_pages()))
def test_a_reference_page_says_what_the_code_says(name: str) -> None:
    path = ROOT / name
    assert path.exists(), "run make docs"
    assert path.read_text(encoding="utf-8") == make_pages()[name], "run make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_inside_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target) and not target.startswith("/"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("block", list_blocks(), ids=lambda block: block.__name__)
def test_every_handler_says_what_it_does_and_who_may_call_it(block: type) -> None:
    for name, door, what in list_handlers(block):
        assert what, name
        assert door in ("learner_reads", "learner_writes", "learner_uploads", "author_writes"), name


def test_every_command_in_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`?make ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named >= {"demo", "test"}
    assert {name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()


def test_the_tree_holds_no_registry_address_and_no_absolute_workplace_path() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    unwanted = re.compile(
        "/".join(["", "work", "(main|shared)"]) + "|files[.]" + "pythonhosted|" + "registry[.]" + "npmjs"
    )
    for name in filter(None, tracked.split("\0")):
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".txt", ".in", ".toml", ".js", ".css", ".html", ".json", ".xml", ""}
            and path.is_file()
        ):
            assert not unwanted.search(path.read_text(encoding="utf-8", errors="ignore")), name
