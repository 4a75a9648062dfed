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
        "settings_config": {
            project: {kind: {"relative_path": f"settings.{module}"} for kind, module in kinds.items()}
            for project in ("lms.djangoapp", "cms.djangoapp")
            for kinds in ({"common": "common", "production": "production", "devstack": "common", "test": "test"},)
        },
    }

    def ready(self) -> None:
        """Wire the domain to the meeting places."""
        from django.core import checks  # noqa: PLC0415 - apps are imported before settings exist

        from solerni_xblocks.blockkit import pages  # noqa: PLC0415
        from solerni_xblocks.core import logkit  # noqa: PLC0415
        from solerni_xblocks.hooks import clauses, duties, gates  # noqa: PLC0415
        from solerni_xblocks.terms import api, receivers  # noqa: PLC0415
        from solerni_xblocks.terms.middleware import checks as door_checks  # noqa: PLC0415
        from solerni_xblocks.terms.views import guardian  # noqa: PLC0415

        receivers.connect()
        logkit.calm("openedx_filters.tooling", attribute="solerni_code", words="Gate closed: %s")
        logkit.mask(guardian.SECRET, "django.request", "django.security.csrf")
        pages.put_beside("solerni/terms/elements/banner.html")
        gates.answer(gates.TAKE_PART, api.require_acceptance)
        gates.answer(gates.POST, api.require_acceptance)
        gates.answer(gates.WAY, api.require_way)
        clauses.answer(api.find_clause_url)
        duties.owe(duties.EXPORT, self.label, api.export_member)
        duties.owe(duties.FORGET, self.label, api.forget_member)
        checks.register(api.check_documents, "solerni", checks.Tags.database)
        checks.register(api.check_exemptions, "solerni")
        checks.register(door_checks.check_door, "solerni")
        checks.register(api.check_filters, "solerni")
        checks.register(api.check_registration, "solerni")
        checks.register(api.check_checkpoints, "solerni", deploy=True)
        checks.register(api.describe_filters, "solerni", deploy=True)
