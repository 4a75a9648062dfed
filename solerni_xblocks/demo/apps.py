"""The demo site as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Courses, state and pages of the embedded LMS and Studio."""

    name = "solerni_xblocks.demo"
    label = "solerni_demo"
    verbose_name = "Solerni demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the demo's tables answer for courses and members."""
        from solerni_xblocks.demo.register import SiteRegister  # noqa: PLC0415 - models are loaded now
        from solerni_xblocks.host import standalone  # noqa: PLC0415 - beside the above

        standalone.use_register(SiteRegister())
