"""Our side's site: Django with every domain, its tables made."""

from __future__ import annotations

import os

import django

from tests.benchmarks import rows


def start() -> None:
    """Set Django up on the folder given on the command line, and make the tables."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.ours.settings"
    django.setup()
    rows.make_tables()
