"""The app of the members domain."""

from __future__ import annotations

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Duties discharged: export and forget; accounts closed and opened again."""

    name = "solerni_xblocks.members"
    label = "solerni_members"
    verbose_name = "Solerni: members"
    default_auto_field = "django.db.models.BigAutoField"
    plugin_app = {
        "url_config": {
            project: {
                "namespace": "solerni_members",
                "app_name": "solerni_members",
                "regex": r"^solerni/members/",
                "relative_path": "urls",
            }
            for project in ("lms.djangoapp", "cms.djangoapp")
        },
    }

    def ready(self) -> None:
        """Wire the domain to the meeting places."""
        from solerni_xblocks.hooks import duties, gates, ownership  # noqa: PLC0415 - apps are imported before settings exist
        from solerni_xblocks.members import api, receivers  # noqa: PLC0415

        receivers.connect()
        gates.answer(gates.TAKE_PART, api.require_open_account, order=gates.ACCOUNT)
        gates.answer(gates.POST, api.require_open_account, order=gates.ACCOUNT)
        gates.answer(gates.ANSWER, api.require_open_account, order=gates.ACCOUNT)
        gates.answer(gates.WAY, api.require_open_account, order=gates.ACCOUNT)
        ownership.answer(api.prove_owner)
        duties.owe(duties.EXPORT, self.label, api.export_member)
        duties.owe(duties.FORGET, self.label, api.forget_own_rows)
