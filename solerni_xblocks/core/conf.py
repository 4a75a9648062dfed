"""Every setting of Solerni: name, default, meaning. Read lazily, so that no setting is needed at import."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One Django setting: its ``name``, the ``default`` when the operator says nothing, what it ``means``."""

    name: str
    default: Any
    meaning: str


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting(
            name="SOLERNI_HOST",
            default="solerni_xblocks.host.standalone.Standalone",
            meaning="Dotted path of the host adapter. The platform's plugin settings set the Open edX one.",
        ),
        Setting(
            name="SOLERNI_CLOCK",
            default="django.utils.timezone.now",
            meaning="Dotted path of a callable that returns the aware current time.",
        ),
        Setting(
            name="SOLERNI_BASE_URL",
            default="",
            meaning="Public root URL (https://learn.example.org) for links in mails and credentials; "
            "empty: LMS_ROOT_URL of the platform.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_MAX_CHARACTERS",
            default=20_000,
            meaning="Longest post, in characters of Markdown source.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_HOLD_HOURS",
            default=72,
            meaning="Working hours within which a held post is promised an answer; shown to its author.",
        ),
        Setting(
            name="SOLERNI_BADGES_ISSUER_NAME",
            default="",
            meaning="Name of the issuer in credentials; empty: PLATFORM_NAME.",
        ),
        Setting(
            name="SOLERNI_BADGES_KEY_SECRET",
            default="",
            meaning="Secret that encrypts signing keys at rest; empty: derived from SECRET_KEY. "
            "Losing it loses the keys, not the credentials already issued.",
        ),
        Setting(
            name="SOLERNI_TERMS_PSEUDONYM_SECRET",
            default="",
            meaning="Secret that turns an account id into the pseudonym kept in proofs; empty: derived from "
            "SECRET_KEY. Changing it parts members from the proofs they gave: everybody is asked again.",
        ),
        Setting(
            name="SOLERNI_TERMS_CONTACT",
            default="",
            meaning="Address for questions and complaints, written into imported documents in place of {contact} and "
            "shown under held and refused posts; "
            "empty: CONTACT_EMAIL of the platform, else DEFAULT_FROM_EMAIL.",
        ),
        Setting(
            name="SOLERNI_MEMBERS_EXPORTS_PER_DAY",
            default=5,
            meaning="How many times a member may download their data within 24 hours.",
        ),
    )
}


def get(name: str) -> Any:
    """The operator's value of ``name``, or its default. Raises KeyError for a name that is not declared above."""
    return getattr(settings, name, SETTINGS[name].default)


def get_contact() -> str:
    """Where people ask and complain: a mail address without a display name, or the page that the operator set."""
    own = str(get("SOLERNI_TERMS_CONTACT") or getattr(settings, "CONTACT_EMAIL", "") or settings.DEFAULT_FROM_EMAIL)
    address = parseaddr(own)[1]
    return address if "@" in address else own


def get_base_url() -> str:
    """The public root URL without a trailing slash, or an empty string when the operator has set none."""
    return str(get("SOLERNI_BASE_URL") or getattr(settings, "LMS_ROOT_URL", "") or "").rstrip("/")
