"""State reasons: the statement that a restriction owes (DSA article 17), in the decision's own transaction.

Its words come from a template, in the site's language: no name, and no text of a member.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.models import (
    GROUND_CHOICES,
    ILLEGAL,
    Case,
    Decision,
    DecisionGround,
    Post,
    Report,
    Statement,
    Version,
)
from solerni_xblocks.discussion.rules import statements
from solerni_xblocks.host import api as host

URL_LENGTH = REFERENCE_LENGTH = 500


def state_reasons(
    decision: Decision,
    post: Post,
    *,
    case: Case | None,
    visibility: str = "",
    provision: str = "",
    ends_on: date | None = None,
) -> Statement:
    """Keep why ``decision`` restricts ``post`` (with its ``thread``), or what its author may do until ``ends_on``.

    Its grounds are written before.
    """
    grounds = list(DecisionGround.objects.filter(decision=decision))
    reported = frozenset(Report.objects.filter(case=case).values_list("reason", flat=True)) if case else frozenset()
    category = statements.find_category(decision.clause, reported=reported)
    wording = Version.objects.filter(post=post, number=decision.version).values_list("at", flat=True).first()
    source = case.source if case else ""
    is_illegal = any(ground.clause == ILLEGAL for ground in grounds)
    is_incompatible = any(ground.clause != ILLEGAL for ground in grounds) or not grounds
    return Statement.objects.create(
        decision=decision,
        visibility=visibility,
        provision=provision,
        ends_on=ends_on,
        territory=conf.get("SOLERNI_DISCUSSION_TERRITORY"),
        facts=_write("facts", decision=decision, source=source, reports=len(reported)),
        source_type=statements.name_source(source),
        automated_detection=statements.is_detected_by_software(source),
        automated_decision=statements.name_automation(by_person=decision.moderator_id is not None),
        ground=statements.INCOMPATIBLE if is_incompatible else statements.ILLEGAL,
        ground_reference=_cite(grounds),
        ground_url=_find_url(grounds),
        explanation=_write(
            "explanation", decision=decision, grounds=[(_name(ground), ground.law) for ground in grounds]
        ),
        is_also_illegal=is_illegal and is_incompatible,
        category=category.name,
        keywords=",".join(category.keywords),
        content_type=_name_content(post),
        content_language=host.courses().get_language(CourseKey.from_string(post.thread.course_key)),
        content_on=(wording or post.created_at).date(),
        applied_on=decision.at.date(),
        at=decision.at,
    )


def _cite(grounds: list[DecisionGround]) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        named = ", ".join(dict.fromkeys(ground.law or str(_name(ground)) for ground in grounds))
        return named[:REFERENCE_LENGTH] or _write("house", grounds=grounds)


def _name(ground: DecisionGround) -> Any:
    return dict(GROUND_CHOICES)[ground.clause]


def _find_url(grounds: list[DecisionGround]) -> str:
    """The first clause's address on the Web, whole: statements are read elsewhere too."""
    path = next((ground.terms_url for ground in grounds if ground.terms_url), "")
    return f"{conf.get_base_url()}{path}"[:URL_LENGTH] if path else ""


def _write(part: str, **context: object) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(f"solerni/discussion/statement/{part}.txt", context).strip()


def _name_content(post: Post) -> str:
    has_image = post.attachments.filter(content_type__startswith="image/").exists()
    return ",".join((statements.TEXT, statements.IMAGE) if has_image else (statements.TEXT,))
