"""The app of the badges domain."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BadgesConfig(AppConfig):
    """Facts, criteria, awards, credentials."""

    name = "solerni_xblocks.badges"
    label = "solerni_badges"
    verbose_name = _("Solerni: badges")
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
        from solerni_xblocks.badges import api, receivers  # noqa: PLC0415 - models are not loaded earlier
        from solerni_xblocks.badges.management import checks  # noqa: F401, PLC0415 - registers the checks
        from solerni_xblocks.hooks import duties  # noqa: PLC0415

        receivers.connect()
        duties.owe(duties.EXPORT, self.label, api.export_member)
        duties.owe(duties.FORGET, self.label, api.forget_member)
