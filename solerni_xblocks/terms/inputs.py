"""What comes in, checked for shape: answers from forms and handlers, folders of documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import conf, jsonkit
from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.identifiers import parse_uuid
from solerni_xblocks.terms import api
from solerni_xblocks.terms.data import (
    Answer,
    Audience,
    Birth,
    Channel,
    DocumentSettings,
    GuardianAnswer,
    GuardianLink,
    Kind,
    Origin,
    Registration,
    TextDraft,
    Tick,
)

MAX_ADDRESS_CHARACTERS = 254
MAX_VERSIONS = 50
MAX_ORDER = 32_767
MAX_DAYS = 36_500


@dataclass(frozen=True, kw_only=True)
class SourceDocument:
    """A document as its folder holds it: one text a language, and what ``documents.json`` says of it."""

    slug: str
    settings: DocumentSettings
    requires_acceptance: bool
    texts: dict[str, TextDraft]


def parse_answer(
    data: Mapping[str, Any],
    *,
    document: str,
    member_id: int,
    channel: Channel,
    screen_digest: str,
    course_key: str,
    meta: Mapping[str, Any],
) -> Answer:
    """The answer in a body or form: version and language are the client's, all else the server's. Raises Invalid."""
    language = data.get("language")
    if not isinstance(language, str) or not 2 <= len(language) <= 8 or not language.isalpha():
        raise Invalid(_("This language is not valid."), code="language.invalid")
    return Answer(
        document=document,
        member_id=member_id,
        version_uuid=parse_uuid(data.get("version")),
        language=language,
        channel=channel,
        screen_digest=screen_digest,
        course_key=course_key,
        origin=parse_origin(meta),
    )


def parse_act(data: Mapping[str, Any]) -> str:
    """``accept`` (ticked), ``decline`` or ``withdraw``, from a form. Raises Invalid."""
    act = data.get("answer")
    if act not in ("accept", "decline", "withdraw"):
        raise Invalid(_("Choose to accept or to decline."), code="terms_answer_unknown")
    if act == "accept":
        require_tick(data)
    return str(act)


def require_confirmation(data: Mapping[str, Any]) -> None:
    """Raises Invalid unless the box that confirms the end of the account was ticked."""
    if data.get("confirm") != "on":
        raise Invalid(_("To stop, first tick the box that confirms it."), code="terms_not_confirmed")


def require_tick(data: Mapping[str, Any]) -> None:
    """Raises Invalid unless the box was ticked: nobody accepts by pressing a button alone."""
    agree = data.get("agree")
    if agree is not True and agree != "on":
        raise Invalid(_("To accept, first tick the box that says you have read the document."), code="terms_not_ticked")


def parse_birth(data: Mapping[str, Any]) -> tuple[date, str]:
    """A birth date (ISO) and a country (two letters, or empty). Raises Invalid."""
    return _parse_day(str(data.get("born_on", ""))), str(data.get("country", ""))[:3]


def _parse_day(stated: str) -> date:
    try:
        return date.fromisoformat(stated)
    except ValueError as error:
        raise Invalid(_("Give your birth date: day, month and year."), code="terms_birth_malformed") from error


def parse_address(data: Mapping[str, Any]) -> str:
    """A mail address, or nothing. Raises Invalid."""
    address = str(data.get("email", "")).strip()
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        raise Invalid(_("This mail address is not valid."), code="terms_address_malformed") from error
    if len(address) > MAX_ADDRESS_CHARACTERS:
        raise Invalid(_("This mail address is not valid."), code="terms_address_malformed")
    return address


def parse_link(request_uuid: UUID, secret: str, meta: Mapping[str, Any]) -> GuardianLink:
    """A guardian's link as it was opened."""
    return GuardianLink(request_uuid=request_uuid, secret=secret, origin=parse_origin(meta))


def parse_origin(meta: Mapping[str, Any]) -> Origin:
    """From where a request came, as the server saw it."""
    return Origin(ip=str(meta.get("REMOTE_ADDR", "")), agent=str(meta.get("HTTP_USER_AGENT", "")))


def parse_guardian_answer(
    data: Mapping[str, Any], shown: Iterable[str], *, link: GuardianLink, screen_digest: str
) -> GuardianAnswer:
    """``shown``: ``<version uuid>:<language>`` of each text on the page. Raises Invalid."""
    versions = {}
    for value in list(shown)[:MAX_VERSIONS]:
        uuid, _separator, language = value.partition(":")
        versions[parse_uuid(uuid)] = language[:8]
    if data.get("answer") == "confirm" and data.get("authority") != "on":
        raise Invalid(
            _("To confirm, first tick the box that says you hold parental authority."), code="terms_not_ticked"
        )
    return GuardianAnswer(link=link, versions=versions, screen_digest=screen_digest)


def read_folder(folder: Path, *, contact: str) -> list[SourceDocument]:
    """The documents in ``<slug>.<language>.md`` files, in their order; ``{contact}`` becomes the address.

    ``documents.json``, if there, gives ``{"<slug>": {"requires_acceptance": true, …}}`` with any of the fields of
    DocumentSettings. Raises Invalid.
    """
    listing = folder / "documents.json"
    settings = jsonkit.parse_object(listing.read_bytes()) if listing.exists() else {}
    texts: dict[str, dict[str, TextDraft]] = {}
    for path in sorted(folder.glob("*.*.md")):
        slug, language, _suffix = path.name.split(".", 2)
        source = path.read_bytes().decode("utf-8").replace("{contact}", contact)
        texts.setdefault(slug, {})[language] = api.make_text(source)
    if not texts:
        raise Invalid(_("There is no document in this folder."), code="terms_folder_empty")
    found = [
        SourceDocument(
            slug=slug,
            settings=_read_settings(slug, settings.get(slug, {})),
            requires_acceptance=settings.get(slug, {}).get("requires_acceptance", True),
            texts=by_language,
        )
        for slug, by_language in texts.items()
    ]
    return sorted(found, key=lambda document: (document.settings.order, document.slug))


def _read_settings(slug: str, written: Any) -> DocumentSettings:
    try:
        return _make_settings(written)
    except (AttributeError, InvalidKeyError, TypeError, ValueError) as error:
        text = _("What documents.json says of “%(slug)s” is not valid.")
        raise Invalid(text % {"slug": slug}, code="terms_folder_settings") from error


def _make_settings(written: dict[str, Any]) -> DocumentSettings:
    """What documents.json says of one document, in the form that the database takes. Raises what the parts raise."""
    read = DocumentSettings(**{name: value for name, value in written.items() if name != "requires_acceptance"})
    if read.course_key:
        CourseKey.from_string(read.course_key)
    flags = (read.is_required, read.is_course_wide, written.get("requires_acceptance", True))
    days = 1 if read.renewal_days is None else read.renewal_days
    is_sound = type(read.order) is int and 0 <= read.order <= MAX_ORDER and type(days) is int and 0 < days <= MAX_DAYS
    if not is_sound or not all(isinstance(flag, bool) for flag in flags) or not isinstance(read.course_key, str):
        raise ValueError(written)
    return replace(read, audience=Audience(read.audience), kind=Kind(read.kind))


BIRTH_FIELD = "solerni_birth_on"
COUNTRY = re.compile("[A-Z]{2}")
TICKED = (True, "true", "True", "on", "1")
"""How browsers, the Authn MFE and programs say that a box is ticked."""
PROVIDER_KEY = "partial_pipeline_token"
"""In the session while an account is being made from somebody else's log-in (python-social-auth)."""


def parse_registration(form: Mapping[str, Any], request: Any, *, screen_digest: str) -> Registration:
    """What a registration form says about documents and birth; ``request`` may be None. Raises Invalid."""
    boxes = {tick.version_uuid: tick for name, value in form.items() if (tick := Tick.read(name)) and value in TICKED}
    meta = getattr(request, "META", {})
    is_by_provider = PROVIDER_KEY in getattr(request, "session", {})
    return Registration(
        ticks=tuple(boxes.values()),
        birth=_parse_birth(form, is_needed=not is_by_provider),
        is_by_provider=is_by_provider,
        screen_digest=screen_digest,
        origin=parse_origin(meta),
    )


def _parse_birth(form: Mapping[str, Any], *, is_needed: bool) -> Birth | None:
    """The country is the platform's own field: without it, the limits for all other countries hold."""
    if not conf.get("SOLERNI_TERMS_BIRTH_ASKED"):
        return None
    stated = str(form.get(BIRTH_FIELD) or "").strip()
    if not stated and not is_needed:
        return None
    country = str(form.get("country") or "").upper()
    return Birth(born_on=_parse_day(stated), country=country if COUNTRY.fullmatch(country) else "")


def keep_registration(request: Any, said: Registration) -> None:
    """Let the same request find what its form said once the account exists; outside a request there is no form."""
    if request is not None:
        request.solerni_registration = said


def keep_refusal(request: Any, code: str) -> None:
    """Let the answer to this request say why its registration was refused: clients of the platform read a code."""
    if request is not None:
        request.solerni_refusal = code


def find_refusal(request: Any) -> str:
    """The code kept so, or nothing."""
    return str(getattr(request, "solerni_refusal", ""))


def take_registration(request: Any) -> Registration | None:
    """What this request's form said, once; None when it had none."""
    said: Registration | None = getattr(request, "solerni_registration", None)
    if said is not None:
        request.solerni_registration = None
    return said
