"""The app of the terms domain."""
from __future__ import annotations

from django.apps import AppConfig


class TermsConfig(AppConfig):
    """Documents, versions, acceptances, the gate."""

    name = "solerni_xblocks.terms"
    label = "solerni_terms"
    verbose_name = "Solerni: terms"
    default_auto_field = "django.db.models.BigAutoField"
    plugin_app = {
        "url_config": {
            project: {
                "namespace": "solerni_terms",
                "app_name": "solerni_terms",
                "regex": r"^solerni/terms/",
                "relative_path": "urls",
            }
            for project in ("lms.djangoapp", "cms.djangoapp")
        },
    }

    def ready(self) -> None:
        """Wire the domain to the meeting places."""
