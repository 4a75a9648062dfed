"""A small Django site for a peer: settings and tables. Everything in a temporary folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from tests.benchmarks import material, rows

APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]


def start(*, apps: list[str], **more: Any) -> None:
    """Set Django up in the folder of the command line, with ``apps`` and ``more`` settings, and make the tables."""
    database = material.make_database(Path(sys.argv[1]))
    # One commit a request, as the platform does: kinder to a peer that writes many rows.
    database["ATOMIC_REQUESTS"] = True
    settings.configure(
        DATABASES={"default": database},
        SECRET_KEY="benchmark",
        ALLOWED_HOSTS=["*"],
        USE_TZ=True,
        LANGUAGE_CODE="fr",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        STATIC_URL="/static/",
        INSTALLED_APPS=APPS + apps,
        LOGGING_CONFIG=None,
        **more,
    )
    django.setup()
    rows.make_tables()
