"""System checks of the site-wide door: it is there, behind the log-in, and no setting opens it by mistake."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning

from solerni_xblocks.core import conf
from solerni_xblocks.terms.settings.middleware import AFTER, GATE


def check_door(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The gate stands in MIDDLEWARE where it knows the user of the session, and open paths are paths."""
    return [*_check_place(), *_check_paths()]


def _check_place() -> list[CheckMessage]:
    listed = list(settings.MIDDLEWARE)
    if GATE not in listed:
        text = "The site-wide terms gate is not among MIDDLEWARE: only blocks and filters ask what members owe."
        return [Warning(text, hint=f"Add {GATE} behind authentication.", id="solerni_terms.W012")]
    if any(name in AFTER for name in listed[listed.index(GATE) :]):
        text = "The site-wide terms gate stands before authentication: it does not know who is logged in."
        return [Warning(text, hint=f"Move {GATE} behind authentication.", id="solerni_terms.W013")]
    return []


def _check_paths() -> list[CheckMessage]:
    paths = conf.get("SOLERNI_TERMS_OPEN_PATHS")
    wrong = [path for path in paths if not str(path).startswith("/") or not str(path).strip("/")]
    text = "SOLERNI_TERMS_OPEN_PATHS: %r opens nothing: write a path of at least one segment, /like/this."
    return [Warning(text % path, id="solerni_terms.W014") for path in wrong]
