"""The app that brings shared templates and static files."""

from __future__ import annotations

from django.apps import AppConfig


class BlockkitConfig(AppConfig):
    """Templates, static files and the check that gates have answerers."""

    name = "solerni_xblocks.blockkit"
    label = "solerni_blockkit"
    verbose_name = "Solerni blocks"
    default_auto_field = "django.db.models.BigAutoField"
    plugin_app: dict = {}

    def ready(self) -> None:
        from solerni_xblocks.blockkit import checks  # noqa: F401, PLC0415 - registers the checks once apps are loaded
