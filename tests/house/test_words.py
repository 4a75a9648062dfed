"""French is complete: every word in the sources is in the catalogue, translated, and the compiled file is fresh."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.apps import apps

APPS = {app.label: Path(app.path) for app in apps.get_app_configs() if app.label.startswith("solerni_")}
WITH_WORDS = {label: path for label, path in APPS.items() if (path / "locale").exists()}


def read(path: Path) -> polib.POFile:
    return polib.pofile(str(path / "locale/fr/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("label", WITH_WORDS)
def test_every_word_is_translated(label: str) -> None:
    catalogue = read(WITH_WORDS[label])
    assert [entry.msgid for entry in catalogue if not entry.translated() and not entry.obsolete] == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


@pytest.mark.parametrize("label", WITH_WORDS)
def test_the_compiled_catalogue_is_the_written_one(label: str) -> None:
    folder = WITH_WORDS[label] / "locale/fr/LC_MESSAGES"
    compiled = polib.mofile(str(folder / "django.mo"))
    written = {(entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural) for entry in read(WITH_WORDS[label])}
    assert {(entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural) for entry in compiled} == written


@pytest.mark.parametrize("label", WITH_WORDS)
def test_a_translation_keeps_every_placeholder(label: str) -> None:
    for entry in read(WITH_WORDS[label]):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and not entry.msgid_plural:
                assert sorted(_placeholders(entry.msgid)) == sorted(_placeholders(text)), entry.msgid


def _placeholders(text: str) -> list[str]:
    import re

    return re.findall(r"%\(\w+\)[sd]|\{\w+\}", text)


@pytest.mark.parametrize("label", APPS)
def test_the_catalogue_holds_every_word_of_the_sources(label: str, tmp_path: Path) -> None:
    copy = tmp_path / "app"
    shutil.copytree(APPS[label], copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "locale").mkdir(exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "-l",
        "fr",
        "--no-wrap",
        "--add-location=file",
        "-v",
        "0",
    ]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=copy, check=True, capture_output=True, env=environment)
    found = copy / "locale/fr/LC_MESSAGES/django.po"
    sources = {entry.msgid for entry in polib.pofile(str(found)) if not entry.obsolete} if found.exists() else set()
    known = {entry.msgid for entry in read(WITH_WORDS[label])} if label in WITH_WORDS else set()
    assert sources - known == set()


@pytest.mark.parametrize("label", APPS)
def test_browser_modules_hold_no_words(label: str) -> None:
    """Words for people come in templates: a script that calls gettext would miss the catalogues."""
    for path in (APPS[label] / "static").rglob("*.js"):
        if "vendor" not in path.parts:
            assert "gettext(" not in path.read_text(encoding="utf-8"), path
