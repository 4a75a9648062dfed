"""Receipts: as JSON, on their page, on paper."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import conf, datekit, pdfkit
from solerni_xblocks.terms import api
from solerni_xblocks.terms.data import Act, Actor, Channel, FullReceipt, Receipt
from solerni_xblocks.terms.presenters.documents import LANGUAGE_NAMES

ACTS = {
    Act.ACCEPT: _("Accepted"),
    Act.DECLINE: _("Declined"),
    Act.WITHDRAW: _("Acceptance withdrawn"),
    Act.NOTIFY: _("Told of a new version"),
    Act.STOP: _("Use of the service ended"),
}


CHANNELS = {
    Channel.BLOCK: _("in a course"),
    Channel.PAGE: _("on the page of the document"),
    Channel.REGISTRATION: _("when registering"),
    Channel.API: _("by a program"),
    Channel.GUARDIAN: _("by the guardian’s link"),
    Channel.OPERATOR: _("by an operator"),
    Channel.MAIL: _("by mail"),
    Channel.BANNER: _("by a notice on the site"),
}


ACTORS = {
    Actor.SELF: _("the member"),
    Actor.GUARDIAN: _("the parent or guardian"),
    Actor.OPERATOR: _("an operator, on behalf of the member"),
    Actor.SERVICE: _("the service"),
}


def receipt(shown: Receipt) -> dict[str, Any]:
    """A receipt as JSON."""
    return {
        "uuid": str(shown.uuid),
        "act": shown.act.value,
        "document": shown.document,
        "version": str(shown.version_uuid),
        "label": shown.label,
        "language": shown.language,
        "text_sha256": shown.text_digest,
        "decided_at": shown.decided_at.isoformat(),
    }


def list_receipts(receipts: list[FullReceipt]) -> list[dict[str, Any]]:
    """Receipts for their page."""
    return [{"act_name": ACTS.get(found.act, found.act), "proof": found} for found in receipts]


def make_receipt_json(found: FullReceipt, *, name: str) -> dict[str, Any]:
    """A receipt as a file for programs. ``sealed`` is the text whose sha256 is ``hash``."""
    return {
        "receipt": str(found.uuid),
        "name": name,
        "act": found.act,
        "actor": found.actor,
        "channel": found.channel,
        "decided_at": found.decided_at.isoformat(),
        "document": found.document,
        "title": found.title,
        "version": str(found.version_uuid),
        "label": found.label,
        "language": found.language,
        "course": found.course_key,
        "permalink": make_receipt_permalink(found),
        "source": make_source_link(found),
        "text_sha256": found.text_digest,
        "version_sha256": found.version_digest,
        "screen_sha256": found.screen_digest,
        "reference": found.reference,
        "chain": {"partition": found.partition, "number": found.seq, "previous_hash": found.previous_hash},
        "hash": found.hash,
        "sealed": found.sealed,
    }


def make_receipt_pdf(found: FullReceipt, *, name: str) -> bytes:
    """A receipt on paper, in the reader's language."""
    who = [(_("Name"), name or _("no longer known to the service")), (_("Answered by"), ACTORS[found.actor])]
    what = [
        (_("Document"), found.title or found.document),
        (_("Version"), found.label),
        (_("Answer"), ACTS.get(found.act, found.act)),
        (_("Date and time"), f"{datekit.format_moment(found.decided_at)} ({conf.get('SOLERNI_TIME_ZONE')})"),
        (_("Where"), CHANNELS[found.channel]),
        (_("Language of the text"), LANGUAGE_NAMES.get(found.language, found.language)),
        (_("Course"), found.course_key),
        (_("Text, for ever at"), make_receipt_permalink(found)),
        (_("Its source at"), make_source_link(found)),
    ]
    seal = [
        (_("Receipt"), found.uuid),
        (_("SHA-256 of the text"), found.text_digest),
        (_("SHA-256 of the version"), found.version_digest),
        (_("SHA-256 of the form"), found.screen_digest),
        (_("Hash of the proof"), found.hash),
        (_("Hash of the proof before"), found.previous_hash),
    ]
    place = _("Number %(number)s in partition %(partition)s of the chain of proofs.")
    checking = [
        _("The text: save its source and compute its SHA-256; it must be the one above."),
        _("The proof: the JSON file of this receipt holds the sealed text; its SHA-256 is the hash of the proof."),
        _(
            "The chain: the hash of each proof covers the one before. Ask the service to verify its chain (command "
            "solerni_terms_verify), or compare with a checkpoint that it has published."
        ),
    ]
    parts = [
        pdfkit.Part(heading=str(_("Who")), rows=_make_rows(who)),
        pdfkit.Part(heading=str(_("What")), rows=_make_rows(what)),
        pdfkit.Part(
            heading=str(_("Proof")),
            words=[str(place % {"number": found.seq, "partition": found.partition})],
            rows=_make_rows(seal, is_code=True),
        ),
        pdfkit.Part(heading=str(_("How to check")), words=[str(words) for words in checking]),
    ]
    title = _("Receipt: %(title)s, version %(label)s") % {"title": found.title or found.document, "label": found.label}
    return pdfkit.make_pdf(title, parts, language=get_language() or "", footer=f"{conf.get_base_url()} · {found.uuid}")


def _make_rows(pairs: list[tuple[Any, Any]], *, is_code: bool = False) -> list[pdfkit.Row]:
    return [pdfkit.Row(name=str(name), value=str(value), is_code=is_code) for name, value in pairs if value]


def make_source_link(found: FullReceipt) -> str:
    """Where the exact bytes of the text stay; empty when none was shown."""
    if not found.language:
        return ""
    path = reverse("solerni_terms:text_source", args=[found.version_uuid, found.language])
    return f"{conf.get_base_url()}{path}"


def make_receipt_permalink(found: FullReceipt) -> str:
    """Where the text of a receipt stays."""
    return api.make_permalink(found.document, found.version_uuid, found.language)
