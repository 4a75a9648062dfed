"""What the frame of every page shows: who one is, what one may open, whether the clock was moved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from solerni_xblocks.core import clock as core_clock
from solerni_xblocks.demo import clock, personas, site_api

DEMO_CLOCK = "solerni_xblocks.demo.clock.now"


def describe_frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: values under ``frame`` for the header of ``solerni_demo/base.html``."""
    user = getattr(request, "user", None)
    known = _describe_member(request, user) if user and user.is_authenticated else {}
    return {"frame": {"personas": personas.PERSONAS, "moved_to": find_moved_time(), **known}}


def _describe_member(request: HttpRequest, user: Any) -> dict[str, Any]:
    persona = personas.find_persona(user.username)
    is_author = site_api.is_author_anywhere(user)
    views_as_learner = request.session.get(site_api.MASQUERADE) is not None
    return {
        "persona": persona,
        "name": persona.name if persona else user.get_username(),
        "is_author": is_author,
        "is_moderator": bool(persona and persona.is_moderator),
        "is_operator": user.is_superuser,
        "views_as_learner": views_as_learner,
        "offers_views": is_author and (views_as_learner or request.path.startswith("/courses/")),
    }


def find_moved_time() -> datetime | None:
    """The demo's time when the operator moved it, else None."""
    if settings.SOLERNI_CLOCK != DEMO_CLOCK or not clock.get_offset():
        return None
    return core_clock.now()
