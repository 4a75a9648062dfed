"""The app of the badges domain."""
from __future__ import annotations

from django.apps import AppConfig


class BadgesConfig(AppConfig):
    """Facts, criteria, awards, credentials."""

    name = "solerni_xblocks.badges"
    label = "solerni_badges"
    verbose_name = "Solerni: badges"
    default_auto_field = "django.db.models.BigAutoField"
    plugin_app = {
        "url_config": {
            project: {
                "namespace": "solerni_badges",
                "app_name": "solerni_badges",
                "regex": r"^solerni/badges/",
                "relative_path": "urls",
            }
            for project in ("lms.djangoapp", "cms.djangoapp")
        },
    }

    def ready(self) -> None:
        """Wire the domain to the meeting places."""
