"""The app of the discussion domain."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionConfig(AppConfig):
    """Posts, rules, moderation."""

    name = "solerni_xblocks.discussion"
    label = "solerni_discussion"
    verbose_name = _("Solerni: discussion")
    default_auto_field = "django.db.models.BigAutoField"
    plugin_app = {
        "url_config": {
            project: {
                "namespace": "solerni_discussion",
                "app_name": "solerni_discussion",
                "regex": r"^solerni/discussion/",
                "relative_path": "urls",
            }
            for project in ("lms.djangoapp", "cms.djangoapp")
        },
    }

    def ready(self) -> None:
        """Wire the domain to the meeting places."""
        from solerni_xblocks.discussion import api  # noqa: PLC0415 - models exist only once apps are loaded
        from solerni_xblocks.discussion.management import checks  # noqa: F401, PLC0415 - registers the checks
        from solerni_xblocks.hooks import duties  # noqa: PLC0415

        duties.owe(duties.EXPORT, self.label, api.export_member)
        duties.owe(duties.FORGET, self.label, api.forget_member)
