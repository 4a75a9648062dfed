"""What goes out: values as templates and handlers want them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import clock, conf, htmlkit
from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.terms import api
from solerni_xblocks.terms.data import Fault, Finding, Page, Receipt, Verification

FORM = "solerni/terms/elements/answer.html"
"""The form that collects an answer, in the block and on the page."""

FAULTS = {
    Fault.ALTERED: "was altered: its hash is not that of its fields",
    Fault.MISPLACED: "was altered, moved or swapped: it does not continue the proof before it",
    Fault.REMOVED: "was removed: there is no proof in this place",
    Fault.INSERTED: "was inserted: the chain does not lead through it",
    Fault.DISOWNED: "was altered, or what stood after it was removed: what follows does not continue it",
    Fault.REWRITTEN: "was altered, or one before it, and the hashes made anew: a checkpoint knows it otherwise",
    Fault.UNREADABLE: "was altered: it cannot be read",
    Fault.PERSON_SWAPPED: "has beside it a person it was not written for (or the pseudonym secret was changed)",
    Fault.PERSON_ALTERED: "has beside it an address, agent, note or actor that was altered",
    Fault.VERSION_REMOVED: "names a published version that was removed",
    Fault.VERSION_ALTERED: "names a published version that was altered",
    Fault.VERSION_INSERTED: "was inserted: no proof says that this version was published",
    Fault.TEXT_ALTERED: "names a published text that was altered",
    Fault.CANCELLATION_REMOVED: "says that a version was cancelled, and the cancellation was removed",
    Fault.CANCELLATION_INSERTED: "names a version whose cancellation was altered or inserted",
    Fault.CHECKPOINT_ALTERED: "was altered",
}

CHILD_FORM = "solerni/terms/elements/guardian_request.html"
"""The form in which a minor accepts, and names a guardian."""

GUARDIAN_FORM = "solerni/terms/elements/guardian_answer.html"
"""The form that collects a guardian's answer."""

WITHDRAWAL_FORM = "solerni/terms/elements/guardian_withdrawal.html"
"""The form in which a guardian takes a consent back."""

ADDRESS_MISSING = _("Give the mail address of one of your parents, or of your guardian.")

LANGUAGE_NAMES = {"fr": "Français", "en": "English"}


@cache
def get_screen_digest(form: str = FORM) -> str:
    """The sha256 of the form's template: which screen collected the answer."""
    return sha256(get_template(form).template.source.encode()).hexdigest()


def show_html(page: Page) -> SafeString:
    """The rendering kept at publish, sanitised again on its way out (which leaves it as it is)."""
    return mark_safe(htmlkit.sanitize_document(page.text.html))  # noqa: S308 - sanitised in this very line


def list_languages(page: Page) -> list[dict[str, Any]]:
    """The languages of the version, each with its own name, for a switch; empty when there is no choice."""
    if len(page.version.languages) < 2:
        return []
    return [
        {"code": code, "name": LANGUAGE_NAMES.get(code, code), "is_shown": code == page.text.language}
        for code in page.version.languages
    ]


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


def describe_verification(seen: Verification) -> str:
    """What a walk saw, in one line."""
    counted = f"{write_number(seen.proofs)} proofs, {seen.chains} chains, {write_number(seen.versions)} versions"
    return f"{counted}, {write_number(seen.checkpoints)} checkpoints: everything is as it was written."


def describe_finding(found: Finding) -> str:
    """What is wrong, and with what."""
    subject = "checkpoint" if found.fault is Fault.CHECKPOINT_ALTERED else "proof"
    if found.fault is Fault.VERSION_INSERTED:
        subject = "version"
    place = f"partition {found.partition}, number {found.seq}" if found.seq is not None else ""
    named = ", ".join(part for part in (place, found.uuid, found.about) if part)
    return f"{subject} ({named}) {FAULTS[found.fault]}."


def write_number(number: int) -> str:
    """A count with thin groups: 10 000."""
    return f"{number:,}".replace(",", " ")


BOX = "solerni/terms/registration/box.txt"
"""The words beside a box of the registration form."""


@cache
def get_box_digest() -> str:
    """The sha256 of the words that stand beside the boxes of a registration form, before title and label are put in."""
    return sha256(get_template(BOX).template.source.encode()).hexdigest()


def label_box(page: Page, *, url: str = "") -> str:
    """What one says by ticking the box of a document; ``url``, if given, ends it."""
    context = {"page": page, "url": url}
    return str(get_template(BOX).template.render(Context(context, autoescape=False))).strip()


def make_permalink(page: Page) -> str:
    """The public address of the version, for ever."""
    path = reverse("solerni_terms:version", args=[page.version.document, str(page.version.uuid)])
    return f"{conf.get_base_url()}{path}?lang={page.text.language}"


def birth_form() -> dict[str, Any]:
    """What the form of the birth date offers: countries whose limits differ, none when they are the same everywhere."""
    today = clock.now().date()
    countries = sorted(country for country in conf.get("SOLERNI_TERMS_AGES") if country)
    return {"countries": countries, "latest": today.isoformat()}


def explain_registration_refusal(refusal: SolerniError) -> str:
    """The refusal in one line of text, with the texts in force when that is what is missing: all that the platform's
    registration passes on."""
    if refusal.code not in ("terms_outdated", "terms_not_ticked"):
        return str(refusal.message)
    pages = api.list_registration_pages(languages=[get_language() or ""])
    texts = [f"{page.text.title} ({page.version.label}): {make_permalink(page)}" for page in pages]
    return " ".join([str(refusal.message), *texts])
