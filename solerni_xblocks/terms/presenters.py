"""What goes out: values as templates and handlers want them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import clock, conf, htmlkit, pdfkit
from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.terms import api
from solerni_xblocks.terms.data import (
    Act,
    Actor,
    Channel,
    ClauseChange,
    Comparison,
    ExportedDocument,
    FullReceipt,
    Mark,
    Page,
    Pending,
    Preview,
    Receipt,
    Report,
)

FORM = "solerni/terms/elements/answer.html"
"""The form that collects an answer, in the block and on the page."""

CHILD_FORM = "solerni/terms/elements/guardian_request.html"
"""The form in which a minor accepts, and names a guardian."""

GUARDIAN_FORM = "solerni/terms/elements/guardian_answer.html"
"""The form that collects a guardian's answer."""

WITHDRAWAL_FORM = "solerni/terms/elements/guardian_withdrawal.html"
"""The form in which a guardian takes a consent back."""

CHANGE_FORM = "solerni/terms/elements/choices.html"
"""The form that collects the answer to a change."""

STOP_FORM = "solerni/terms/elements/stop_form.html"
"""The form in which a member stops."""

ADDRESS_MISSING = _("Give the mail address of one of your parents, or of your guardian.")

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


def write_folder(documents: Iterable[ExportedDocument]) -> Iterator[tuple[str, str]]:
    """Names and contents of the files from which an import makes the same documents again."""
    listing = {}
    for one in documents:
        listing[one.slug] = {
            "order": one.order,
            "requires_acceptance": one.requires_acceptance,
            "audience": one.audience.value,
        }
        for language, source in sorted(one.sources.items()):
            yield f"{one.slug}.{language}.md", source
    yield "documents.json", json.dumps(listing, indent=2) + "\n"


REPORT_FIELDS = ("day", "label", "language", "course_key", "channel", "act", "count")


def report_rows(report: Report) -> Iterator[list[Any]]:
    """A report as rows of a table for programs, its names first."""
    yield list(REPORT_FIELDS)
    for row in report.answers:
        yield [getattr(row, name) for name in REPORT_FIELDS]


def show_comparison(comparison: Comparison) -> dict[str, Any]:
    """A comparison for its template: what changed, and what did not in between, folded."""
    return {"old": comparison.old, "new": comparison.new, **_fold(comparison.clauses)}


def _fold(clauses: Iterable[ClauseChange]) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    for one in clauses:
        is_same = one.mark is Mark.SAME and not one.is_moved
        if is_same and parts and parts[-1]["is_same"]:
            parts[-1]["clauses"].append(_show_clause(one))
        else:
            parts.append({"is_same": is_same, "clauses": [_show_clause(one)]})
    has_changes = any(not part["is_same"] for part in parts)
    return {"parts": parts, "has_changes": has_changes}


REASONS = {
    "label.malformed": _("The label may hold letters, digits, points and hyphens only."),
    "language.default_missing": _("The text in the language of the site is missing."),
    "language.malformed": _("A language is written with two letters, as in fr."),
    "title.length": _("A title is empty or too long."),
    "source.length": _("A text is empty or too long."),
    "summary.length": _("A summary is too long."),
    "effective_at.past": _("The date from which it is in force is past."),
    "contact.missing": _("The address for questions and complaints is missing."),
    "clause.repeated": _("A clause id stands on two headings of one text."),
}


def explain_reasons(reasons: Iterable[str]) -> list[Any]:
    """What stands against publishing, in words."""
    return [REASONS.get(reason, reason) for reason in reasons]


def show_preview(preview: Preview) -> list[dict[str, Any]]:
    """The texts of a draft, each with what differs from the version before."""
    return [
        {
            "text": text,
            "html": mark_safe(htmlkit.sanitize_document(text.html)),  # noqa: S308 - sanitised in this very line
            "name": LANGUAGE_NAMES.get(text.language, text.language),
            "comparison": _fold(preview.comparisons[text.language]) if text.language in preview.comparisons else None,
        }
        for text in preview.texts
    ]


def _show_clause(one: ClauseChange) -> dict[str, Any]:
    return {
        "id": one.id,
        "heading": one.heading,
        "mark": one.mark.value,
        "is_moved": one.is_moved,
        "passages": [[{"mark": mark.value, "words": words} for mark, words in passage] for passage in one.passages],
    }


def banner(pending: Pending) -> dict[str, Any]:
    """A change that awaits an answer, in words."""
    change = pending.change
    url = reverse("solerni_terms:change", args=[change.asking.document])
    values = {"title": pending.title, "moment": date_format(localtime(change.asking.effective_at), "DATETIME_FORMAT")}
    if change.is_due:
        words = gettext("“%(title)s” has changed: a new version is in force, and your answer is asked for.")
    else:
        words = gettext("“%(title)s” changes. The new version is in force from %(moment)s.")
    return {
        "document": change.asking.document,
        "version": str(change.asking.version_uuid),
        "label": change.asking.label,
        "effective_at": change.asking.effective_at.isoformat(),
        "is_due": change.is_due,
        "may_postpone": change.later_until is not None,
        "message": words % values,
        "read": gettext("See what changes and answer"),
        "later": gettext("Later"),
        "name": gettext("Change of a document"),
        "url": url,
        "own_pages": [
            url,
            reverse("solerni_terms:stop", args=[change.asking.document]),
            reverse("solerni_terms:stopped"),
        ],
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
    when = localtime(found.decided_at)
    what = [
        (_("Document"), found.title or found.document),
        (_("Version"), found.label),
        (_("Answer"), ACTS.get(found.act, found.act)),
        (_("Date and time"), date_format(when, "DATETIME_FORMAT") + f" ({when.tzname()})"),
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
    path = reverse("solerni_terms:version", args=[found.document, str(found.version_uuid)])
    return f"{conf.get_base_url()}{path}" + (f"?lang={found.language}" if found.language else "")
