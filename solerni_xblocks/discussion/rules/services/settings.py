"""The operator's setting as values: a service that is not set rightly is not asked, and a system check says why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from solerni_xblocks.discussion.data.services import Effect, Service, ServiceSetting

ADDRESSES: Mapping[Service, str] = {
    Service.MISTRAL: "https://api.mistral.ai/v1/moderations",
    Service.OPENAI: "https://api.openai.com/v1/moderations",
    Service.AKISMET: "https://rest.akismet.com/1.1/comment-check",
}
MODELS: Mapping[Service, str] = {
    Service.MISTRAL: "mistral-moderation-2603",
    Service.OPENAI: "omni-moderation-latest",
}
KNOWN = frozenset({"name", "url", "secret", "model", "site", "threshold", "effect", "seconds", "declared"})
WITHOUT_SECRET = frozenset({Service.LANGUAGETOOL})
SELF_HOSTED = frozenset({Service.LANGUAGETOOL, Service.WEBHOOK})
"""Services that may stand in the operator's own network, where plain HTTP is the operator's choice."""

LEAST_SECRET = 32
"""Characters of a webhook's secret: 128 bits at the least, in hexadecimal."""

MOST_SECONDS = 10.0
THRESHOLDS: Mapping[Service, float] = {Service.LANGUAGETOOL: 0.08}


class WrongSetting(ValueError):
    """Why a service is not asked; the text is for the operator and names no secret."""


def read_settings(value: object, *, site: str = "") -> tuple[tuple[ServiceSetting, ...], tuple[str, ...]]:
    """The services to ask, and what is wrong with the others. ``site`` is the public address of this one.

    >>> read_settings({"mistral": {"name": "Mistral AI", "secret": "x"}})[0][0].model
    'mistral-moderation-2603'
    >>> read_settings({"mistral": {"secret": "x"}})[1]
    ('mistral: "name" says who receives the texts, as the privacy page does.',)
    >>> read_settings([])[1]
    ('a dictionary of services is expected.',)
    """
    if not isinstance(value, Mapping):
        return (), ("a dictionary of services is expected.",)
    found, wrong = [], []
    for name, entry in value.items():
        try:
            found.append(_read(str(name), entry, site))
        except WrongSetting as error:
            wrong.append(f"{name}: {error}")
    return tuple(found), tuple(wrong)


def _read(name: str, entry: object, site: str) -> ServiceSetting:
    if name not in set(Service):
        raise WrongSetting(f"known services are {', '.join(Service)}.")
    if not isinstance(entry, Mapping) or set(entry) - KNOWN:
        raise WrongSetting(f"a dictionary with {', '.join(sorted(KNOWN))} is expected.")
    service = Service(name)
    if not entry.get("name"):
        raise WrongSetting('"name" says who receives the texts, as the privacy page does.')
    return ServiceSetting(
        service=service,
        name=str(entry["name"]),
        url=_read_url(service, entry),
        secret=_read_secret(service, entry),
        model=str(entry.get("model") or MODELS.get(service, "")),
        site=_read_site(service, entry, site),
        threshold=_read_number(entry, "threshold", THRESHOLDS.get(service, 0.8), most=1.0),
        effect=_read_effect(service, entry),
        seconds=_read_number(entry, "seconds", 2.0, most=MOST_SECONDS),
        is_declared=entry.get("declared") is True,
    )


def _read_url(service: Service, entry: Mapping[str, Any]) -> str:
    url = str(entry.get("url") or ADDRESSES.get(service, ""))
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise WrongSetting('"url" cannot be read.') from error
    is_plain = parts.scheme == "http" and (service in SELF_HOSTED or host in ("127.0.0.1", "::1", "localhost"))
    if not host or not (parts.scheme == "https" or is_plain):
        raise WrongSetting('"url" is an https address.')
    if parts.username or parts.password or parts.fragment:
        raise WrongSetting('"url" holds no user, password or fragment.')
    return url


def _read_secret(service: Service, entry: Mapping[str, Any]) -> str:
    secret = str(entry.get("secret") or "")
    if not secret and service not in WITHOUT_SECRET:
        raise WrongSetting('"secret" is missing.')
    if not secret.isascii() or not secret.isprintable():
        raise WrongSetting('"secret" holds characters that no key has.')
    if service is Service.WEBHOOK and len(secret) < LEAST_SECRET:
        raise WrongSetting(f'"secret" has {LEAST_SECRET} characters at the least.')
    return secret


def _read_site(service: Service, entry: Mapping[str, Any], site: str) -> str:
    found = str(entry.get("site") or site)
    if service is Service.AKISMET and not found:
        raise WrongSetting('"site" is missing: the public address of this site, with which the key goes.')
    return found


def _read_effect(service: Service, entry: Mapping[str, Any]) -> Effect:
    if service is Service.LANGUAGETOOL:  # spelling never holds a message that is written
        return Effect.NOTE
    text = str(entry.get("effect") or Effect.FLAG)
    if text not in set(Effect):
        raise WrongSetting(f'"effect" is one of {", ".join(Effect)}.')
    return Effect(text)


def _read_number(entry: Mapping[str, Any], name: str, usual: float, *, most: float) -> float:
    value = entry.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= most:
        raise WrongSetting(f'"{name}" is a number above 0, {most:g} at the most.')
    return float(value)
