"""What an operator installs: entry points resolve, the wheel is whole, and it works in an empty environment."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = [
    entry
    for group in ("xblock.v1", "lms.djangoapp", "cms.djangoapp")
    for entry in entry_points(group=group)
    if entry.name.startswith("solerni_")
]

LOAD_ALL = (Path(__file__).parent / "load_installed.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", OURS, ids=lambda entry: f"{entry.group}:{entry.name}")
def test_an_entry_point_resolves(entry) -> None:
    assert entry.load()


def test_no_entry_point_is_missing() -> None:
    assert {entry.name for entry in OURS if entry.group == "xblock.v1"} == {
        "solerni_discussion",
        "solerni_badge",
        "solerni_terms",
    }
    lms = {entry.name for entry in OURS if entry.group == "lms.djangoapp"}
    assert lms == {entry.name for entry in OURS if entry.group == "cms.djangoapp"}
    assert lms >= {"solerni_core", "solerni_blockkit", "solerni_discussion", "solerni_badges", "solerni_terms"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "solerni_xblocks"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert set(tracked) - packed == set()
    assert any(name.endswith("LC_MESSAGES/django.mo") for name in packed)


def test_the_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv/bin/python"
    pins = "teak" if sys.prefix.endswith("teak") else "current"
    install = [python, "-m", "pip", "install", "-q", "-c", ROOT / f"requirements/{pins}.txt", wheel]
    subprocess.run(install, check=True, capture_output=True, cwd=tmp_path)
    done = subprocess.run([python, "-c", LOAD_ALL], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "loaded 15", done.stderr
