"""What goes out: values as templates and handlers want them."""

from __future__ import annotations

from solerni_xblocks.terms.presenters.changes import REPORT_FIELDS, banner, report_rows
from solerni_xblocks.terms.presenters.documents import (
    LANGUAGE_NAMES,
    REASONS,
    explain_reasons,
    list_languages,
    make_permalink,
    show_comparison,
    show_html,
    show_preview,
    write_folder,
)
from solerni_xblocks.terms.presenters.forms import (
    ADDRESS_MISSING,
    BOX,
    CHANGE_FORM,
    CHILD_FORM,
    FORM,
    GUARDIAN_FORM,
    STOP_FORM,
    WITHDRAWAL_FORM,
    birth_form,
    get_screen_digest,
)
from solerni_xblocks.terms.presenters.receipts import (
    ACTORS,
    ACTS,
    CHANNELS,
    list_receipts,
    make_receipt_json,
    make_receipt_pdf,
    make_receipt_permalink,
    make_source_link,
    receipt,
)
from solerni_xblocks.terms.presenters.registration import explain_registration_refusal, label_box

__all__ = [
    "ACTORS",
    "ACTS",
    "ADDRESS_MISSING",
    "BOX",
    "CHANGE_FORM",
    "CHANNELS",
    "CHILD_FORM",
    "FORM",
    "GUARDIAN_FORM",
    "LANGUAGE_NAMES",
    "REASONS",
    "REPORT_FIELDS",
    "STOP_FORM",
    "WITHDRAWAL_FORM",
    "banner",
    "birth_form",
    "explain_reasons",
    "explain_registration_refusal",
    "get_screen_digest",
    "label_box",
    "list_languages",
    "list_receipts",
    "make_permalink",
    "make_receipt_json",
    "make_receipt_pdf",
    "make_receipt_permalink",
    "make_source_link",
    "receipt",
    "report_rows",
    "show_comparison",
    "show_html",
    "show_preview",
    "write_folder",
]
