"""The app that carries Solerni's settings hooks and system checks."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Settings and checks shared by every domain."""

    name = "solerni_xblocks.core"
    label = "solerni_core"
    verbose_name = "Solerni"
    default_auto_field = "django.db.models.BigAutoField"
    plugin_app = {
        "settings_config": {
            project: {kind: {"relative_path": f"settings.{module}"} for kind, module in kinds.items()}
            for project in ("lms.djangoapp", "cms.djangoapp")
            for kinds in ({"common": "common", "production": "production", "devstack": "common", "test": "test"},)
        },
    }

    def ready(self) -> None:
        from solerni_xblocks.core import checks  # noqa: F401, PLC0415 - registers the checks once apps are loaded
