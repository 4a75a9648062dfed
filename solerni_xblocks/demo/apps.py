"""The demo site as a Django app."""
from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Courses, state and pages of the embedded LMS and Studio."""

    name = "solerni_xblocks.demo"
    label = "solerni_demo"
    verbose_name = "Solerni demo"
    default_auto_field = "django.db.models.BigAutoField"
