"""What is asked of one who registers, and what they accepted then."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from solerni_xblocks.core import conf
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import AcceptedText, Act, Channel, Page, Version
from solerni_xblocks.terms.errors import AddressUnconfirmed
from solerni_xblocks.terms.queries import documents, permalinks, proofs, texts
from solerni_xblocks.terms.rules import publishing, registration


def list_versions() -> list[Version]:
    """Versions that one who registers must accept, in the order of their documents. Three queries at most."""
    by_document = documents.list_binding_versions()
    return [version for listed in by_document.values() for version in registration.list_asked(listed)]


def list_pages(languages: Iterable[str]) -> list[Page]:
    """The same, to read, each in the first of ``languages`` that it has. One query more."""
    wanted = [*languages, texts.get_default_language()]
    chosen = [(version, publishing.choose_language(version.languages, wanted)) for version in list_versions()]
    found = texts.list_texts([version.uuid for version, _language in chosen])
    return [
        Page(version=version, text=found[version.uuid, language], versions=(version,)) for version, language in chosen
    ]


def shows_boxes() -> bool:
    """Whether the platform's registration shows our boxes: its extension form is ours, or was made from it."""
    try:
        form = import_string(getattr(settings, "REGISTRATION_EXTENSION_FORM", None) or "")
    except ImportError:
        return False
    return bool(getattr(form, "shows_solerni_boxes", False))


def require_confirmed_address(*, is_confirmed: bool) -> None:
    """Raises AddressUnconfirmed where the site asks for a confirmed address."""
    if conf.get("SOLERNI_TERMS_CONFIRMED_ADDRESS") and not is_confirmed:
        raise AddressUnconfirmed


def has_registered(member_id: int) -> bool:
    """Whether an acceptance of theirs came from a registration form. One query."""
    return _list_proofs(member_id).exists()


def list_accepted(member_id: int) -> list[AcceptedText]:
    """The texts that the member accepted when registering, in the order in which they did. Two queries."""
    rows = list(_list_proofs(member_id).order_by("id"))
    titles = texts.list_titles([row.version_uuid for row in rows])
    return [
        AcceptedText(
            title=titles.get(row.version_uuid, {}).get(row.language, row.document),
            label=row.label,
            language=row.language,
            digest=row.text_digest,
            decided_at=row.decided_at,
            url=permalinks.make_permalink(row.document, row.version_uuid, row.language),
        )
        for row in rows
    ]


def _list_proofs(member_id: int) -> QuerySet[models.Proof]:
    subject = proofs.get_subject(member_id)
    return models.Proof.objects.filter(subject=subject, act=Act.ACCEPT, channel=Channel.REGISTRATION)
