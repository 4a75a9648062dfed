"""System checks with stable ids. E: the service would break a promise; W: something is left open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.utils.module_loading import import_string

from solerni_xblocks.core import conf
from solerni_xblocks.core.platform_settings import WANTED
from solerni_xblocks.core.settings.common import OPENEDX_HOST


@register("solerni")
def check_host(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The host adapter and the clock can be imported."""
    found: list[CheckMessage] = []
    for name in ("SOLERNI_HOST", "SOLERNI_CLOCK"):
        try:
            import_string(conf.get(name))
        except ImportError as error:
            found.append(Error(f"{name} cannot be imported: {error}", id="solerni_core.E001"))
    return found


@register("solerni", deploy=True)
def check_base_url(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Mails and credentials need a public address that does not depend on a visitor's Host header."""
    base = conf.get_base_url()
    if base.startswith("https://"):
        return []
    hint = "Set SOLERNI_BASE_URL (or the platform's LMS_ROOT_URL) to the public https address."
    return [Warning(f"Public root URL is {base or 'not set'}.", hint=hint, id="solerni_core.W001")]


@register("solerni")
def check_unknown_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A setting with our prefix that nobody declares is a typing error."""
    unknown = sorted(name for name in dir(settings) if name.startswith("SOLERNI_") and name not in conf.SETTINGS)
    return [Warning(f"Unknown setting {name}.", id="solerni_core.W002") for name in unknown]


@register("solerni", deploy=True)
def check_platform_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Obligations that the platform keeps for us need its settings; asked only inside a platform."""
    if conf.get("SOLERNI_HOST") != OPENEDX_HOST:
        return []
    return [
        Warning(f"Obligation {wanted.number}: {wanted.setting} should be {wanted.value}.", id=wanted.check_id)
        for wanted in WANTED
        if not wanted.holds()
    ]
