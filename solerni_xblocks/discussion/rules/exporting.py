"""A statement of reasons in the shape of the Commission's transparency database (StatementStoreRequest, 2025-07-01).

The decision's uuid is the only identifier; no name and no text of a member is in it.
"""

from __future__ import annotations

from solerni_xblocks.discussion.data.contesting import StatementRecord
from solerni_xblocks.discussion.rules.statements import ILLEGAL

FIELDS = (
    "puid",
    "content_type",
    "content_date",
    "content_language",
    "application_date",
    "account_type",
    "decision_visibility",
    "end_date_visibility_restriction",
    "decision_provision",
    "end_date_service_restriction",
    "territorial_scope",
    "decision_facts",
    "source_type",
    "automated_detection",
    "automated_decision",
    "decision_ground",
    "illegal_content_legal_ground",
    "illegal_content_explanation",
    "incompatible_content_ground",
    "incompatible_content_explanation",
    "incompatible_content_illegal",
    "decision_ground_reference_url",
    "category",
    "category_specification",
)
"""Names of the columns, in the order of a table."""

FACTS_LENGTH, GROUND_LENGTH, EXPLANATION_LENGTH = 5000, 500, 2000
_YES = {True: "Yes", False: "No"}

Fields = dict[str, "str | list[str]"]


def to_request(record: StatementRecord) -> Fields:
    """The fields of one statement; those that do not apply are left out."""
    ends_on = record.ends_on.isoformat() if record.ends_on else ""
    fields: Fields = {
        "puid": str(record.uuid),
        "content_type": list(record.content_types),
        "content_date": record.content_on.isoformat(),
        "content_language": record.content_language.upper(),
        "application_date": record.applied_on.isoformat(),
        "account_type": "ACCOUNT_TYPE_PRIVATE",
        "decision_visibility": [record.visibility] if record.visibility else [],
        "end_date_visibility_restriction": ends_on if record.visibility else "",
        "decision_provision": record.provision,
        "end_date_service_restriction": ends_on if record.provision else "",
        "territorial_scope": list(record.territory),
        "decision_facts": record.facts[:FACTS_LENGTH],
        "source_type": record.source_type,
        "automated_detection": _YES[record.automated_detection],
        "automated_decision": record.automated_decision,
        "decision_ground": record.ground,
        "decision_ground_reference_url": record.ground_url,
        "category": record.category,
        "category_specification": list(record.keywords),
    }
    fields |= _explain(record)
    return {name: fields[name] for name in FIELDS if fields.get(name)}


def _explain(record: StatementRecord) -> Fields:
    ground, explanation = record.ground_reference[:GROUND_LENGTH], record.explanation[:EXPLANATION_LENGTH]
    if record.ground == ILLEGAL:
        return {"illegal_content_legal_ground": ground, "illegal_content_explanation": explanation}
    return {
        "incompatible_content_ground": ground,
        "incompatible_content_explanation": explanation,
        "incompatible_content_illegal": _YES[record.is_also_illegal],
    }
