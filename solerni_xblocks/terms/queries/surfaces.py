"""System checks: which filters of the running platform really ask the gate. Settings are read, no rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning

from solerni_xblocks.core import conf, pipelinekit
from solerni_xblocks.terms.queries import registration
from solerni_xblocks.terms.rules.surfaces import REGISTRATION_FORM, SURFACES, Surface

HINT = "Our settings hook merges it; what assigns OPEN_EDX_FILTERS_CONFIG later must keep it."


def check_filters(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each filter that the platform has runs our step, first, and lets its errors through."""
    return [message for surface in SURFACES if _is_there(surface) for message in _check_surface(surface)]


def check_registration(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The registration form shows a box for each document."""
    if registration.shows_boxes():
        return []
    hint = f"Let your REGISTRATION_EXTENSION_FORM inherit {REGISTRATION_FORM}."
    message = "Registration shows no box for the documents: new members are asked at their first page instead."
    return [Warning(message, hint=hint, id="solerni_terms.W023")]


def describe_filters(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What is live, and what this platform leaves to the middleware; told by ``check --deploy`` alone."""
    live = [surface.what for surface in SURFACES if _is_there(surface) and _is_live(surface)]
    found: list[CheckMessage] = []
    if live:
        found.append(Info(f"Filters that ask the terms gate: {', '.join(live)}.", id="solerni_terms.I021"))
    missing = [surface for surface in SURFACES if surface.is_closed and not _is_there(surface)]
    if missing:
        names = ", ".join(f"{surface.what} ({surface.name})" for surface in missing)
        message = f"This openedx-filters lacks, so that the middleware alone closes: {names}."
        found.append(Info(message, id="solerni_terms.I022"))
    return found


@conf.kept_until_changed("OPEN_EDX_FILTERS_CONFIG")
def is_mfe_told() -> bool:
    """Whether the platform itself tells the Learning MFE, through our step, where an obstacle can be removed."""
    return any(_is_there(one) and _is_live(one) for one in SURFACES if one.name == "CoursewareAccessChecksRequested")


def _check_surface(surface: Surface) -> Iterator[CheckMessage]:
    """A filter runs our step, before any other, and lets its errors through."""
    configured = _get_configured(surface)
    steps = pipelinekit.list_steps(configured)
    if surface.path not in steps:
        message = f"{surface.filter_type} does not run {surface.path}: {surface.what} is left to the middleware alone."
        yield Warning(message, hint=HINT, id="solerni_terms.W021")
        return
    if steps[0] != surface.path:
        message = f"{steps[0]} runs before {surface.path}: by returning no dictionary it opens {surface.what}."
        yield Warning(message, hint=HINT, id="solerni_terms.W022")
    if not _lets_errors_through(configured):
        message = f"{surface.filter_type} fails silently: an error would open {surface.what}."
        yield Error(message, hint=f"Set fail_silently to False. {HINT}", id="solerni_terms.E021")


def _is_live(surface: Surface) -> bool:
    configured = _get_configured(surface)
    return pipelinekit.list_steps(configured)[:1] == [surface.path] and _lets_errors_through(configured)


def _lets_errors_through(configured: Any) -> bool:
    """Only a dictionary can say so; a list or a string is always silent."""
    return isinstance(configured, dict) and not configured.get("fail_silently", True)


def _get_configured(surface: Surface) -> Any:
    return (getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None) or {}).get(surface.filter_type)


def _is_there(surface: Surface) -> bool:
    return pipelinekit.has_filter(surface.module, surface.name)
