"""The door of the terms domain: read documents, answer them, ask the gate. All else is inside.

Times are aware (UTC), languages two-letter codes, HTML is sanitised.
"""

from __future__ import annotations

from solerni_xblocks.terms.api.answers import (
    accept_on_behalf,
    accept_version,
    decline_version,
    export_member,
    forget_member,
    get_receipt,
    get_standing,
    list_receipts,
    withdraw_acceptance,
)
from solerni_xblocks.terms.api.changes import (
    find_accepted,
    find_change,
    list_pending,
    postpone_version,
    record_banner,
    record_bounce,
    settle_notices,
    stop_service,
)
from solerni_xblocks.terms.api.documents import (
    export_documents,
    find_differences,
    find_page_for_course,
    get_page,
    get_source,
    list_clauses,
    list_documents,
)
from solerni_xblocks.terms.api.evidence import (
    count_proofs,
    find_last_checkpoint,
    get_report,
    list_silent,
    record_reading,
    take_checkpoint,
    trim_evidence,
    verify_proofs,
)
from solerni_xblocks.terms.api.gate import forget_answers, list_due, require_acceptance, require_document, require_way
from solerni_xblocks.terms.api.guardians import (
    ask_guardian,
    check_birth,
    confirm_as_guardian,
    correct_birth,
    get_guardianship,
    open_guardian_link,
    refuse_as_guardian,
    settle_guardians,
    state_birth,
    withdraw_as_guardian,
)
from solerni_xblocks.terms.api.publishing import (
    cancel_version,
    is_slug_free,
    make_text,
    preview_draft,
    publish_draft,
    publish_if_changed,
    publish_version,
    save_document,
)
from solerni_xblocks.terms.api.registration import (
    accept_when_registering,
    list_accepted_texts,
    list_registration_pages,
    require_boxes,
    require_confirmed_address,
)
from solerni_xblocks.terms.data import SAMPLES
from solerni_xblocks.terms.queries.checks import check_documents
from solerni_xblocks.terms.queries.exemptions import check_exemptions
from solerni_xblocks.terms.queries.surfaces import check_filters, check_registration, describe_filters, is_mfe_told
from solerni_xblocks.terms.queries.upkeep import check_checkpoints

__all__ = [
    "SAMPLES",
    "accept_on_behalf",
    "accept_version",
    "accept_when_registering",
    "ask_guardian",
    "cancel_version",
    "check_birth",
    "check_checkpoints",
    "check_documents",
    "check_exemptions",
    "check_filters",
    "check_registration",
    "confirm_as_guardian",
    "correct_birth",
    "count_proofs",
    "decline_version",
    "describe_filters",
    "export_documents",
    "export_member",
    "find_accepted",
    "find_change",
    "find_differences",
    "find_last_checkpoint",
    "find_page_for_course",
    "forget_answers",
    "forget_member",
    "get_guardianship",
    "get_page",
    "get_receipt",
    "get_report",
    "get_source",
    "get_standing",
    "is_mfe_told",
    "is_slug_free",
    "list_accepted_texts",
    "list_clauses",
    "list_documents",
    "list_due",
    "list_pending",
    "list_receipts",
    "list_registration_pages",
    "list_silent",
    "make_text",
    "open_guardian_link",
    "postpone_version",
    "preview_draft",
    "publish_draft",
    "publish_if_changed",
    "publish_version",
    "record_banner",
    "record_bounce",
    "record_reading",
    "refuse_as_guardian",
    "require_acceptance",
    "require_boxes",
    "require_confirmed_address",
    "require_document",
    "require_way",
    "save_document",
    "settle_guardians",
    "settle_notices",
    "state_birth",
    "stop_service",
    "take_checkpoint",
    "trim_evidence",
    "verify_proofs",
    "withdraw_acceptance",
    "withdraw_as_guardian",
]
