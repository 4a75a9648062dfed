"""Settings in every mode of the LMS and Studio: what exists is merged, never replaced.

Runs while settings are being read: nothing here may ask Django for one.
"""

from __future__ import annotations

from typing import Any

from solerni_xblocks.core import pipelinekit
from solerni_xblocks.terms.rules.surfaces import REGISTRATION_FORM, SURFACES
from solerni_xblocks.terms.settings.middleware import insert_gate


def plugin_settings(settings: Any) -> None:
    """Let the platform ask the gate, and show the documents where people register."""
    add_filter_steps(settings)
    insert_gate(settings)
    add_registration_ticks(settings)


def add_filter_steps(settings: Any) -> None:
    """Put our steps before those of others, for each filter that the installed openedx-filters has."""
    there = [surface for surface in SURFACES if pipelinekit.has_filter(surface.module, surface.name)]
    steps = {surface.filter_type: [surface.path] for surface in there}
    settings.OPEN_EDX_FILTERS_CONFIG = pipelinekit.merge_steps(
        getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None), steps
    )


def add_registration_ticks(settings: Any) -> None:
    """Name our registration form unless the operator has one of their own; let the Authn MFE show its fields."""
    if not getattr(settings, "REGISTRATION_EXTENSION_FORM", None):
        settings.REGISTRATION_EXTENSION_FORM = REGISTRATION_FORM
    settings.ENABLE_DYNAMIC_REGISTRATION_FIELDS = True
    mfe = getattr(settings, "MFE_CONFIG", None)
    if isinstance(mfe, dict):
        settings.MFE_CONFIG = {"ENABLE_DYNAMIC_REGISTRATION_FIELDS": True, **mfe}
