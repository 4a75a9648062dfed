"""Look at what a member has against the badges that the member does not hold, and award those that are fulfilled."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from solerni_xblocks.badges import queries
from solerni_xblocks.badges.data import BadgeToWin
from solerni_xblocks.badges.flows.sign_award import sign_when_possible
from solerni_xblocks.badges.models import Award
from solerni_xblocks.badges.rules.criteria import Fulfilled, evaluate_criterion, parse_criterion, tally_facts
from solerni_xblocks.core import clock
from solerni_xblocks.hooks.events.announcing import announce
from solerni_xblocks.hooks.events.badges import BADGE_EARNED, AwardData


def evaluate_member(member_id: int, *, course_key: str) -> int:
    """How many badges were awarded. An empty ``course_key`` means every course where something happened."""
    badges = queries.list_badges_to_win(member_id, course_key)
    return sum(_award_if_fulfilled(badge, member_id) for badge in badges)


def _award_if_fulfilled(badge: BadgeToWin, member_id: int) -> bool:
    criterion = parse_criterion(badge.criterion)
    facts = queries.list_counted_facts(member_id, badge.course_key, criterion)
    outcome = evaluate_criterion(criterion, tally_facts(facts))
    if not isinstance(outcome, Fulfilled):
        return False
    return _award(badge, member_id, _explain(badge.rule_version, outcome, facts))


def _award(badge: BadgeToWin, member_id: int, explanation: dict[str, Any]) -> bool:
    with transaction.atomic():
        award, is_new = Award.objects.get_or_create(
            badge_id=badge.id,
            member_id=member_id,
            defaults={"version_id": badge.version_id, "explanation": explanation, "awarded_at": clock.now()},
        )
        if is_new:
            transaction.on_commit(lambda: sign_when_possible(award.id), robust=True)
            announce(
                BADGE_EARNED,
                award=AwardData(
                    award_uuid=award.uuid,
                    badge_uuid=badge.uuid,
                    member_id=member_id,
                    course_key=badge.course_key,
                    at=award.awarded_at,
                ),
            )
    return is_new


def _explain(rule_version: int, outcome: Fulfilled, facts: list[tuple[str, str]]) -> dict[str, Any]:
    """Why: the version of the rule, what each leaf counted, and the first facts that were enough."""
    counted = [{"kind": leaf.kind, "needed": leaf.needed, "counted": leaf.counted} for leaf in outcome.requirements]
    needed = {leaf.kind: leaf.needed for leaf in sorted(outcome.requirements, key=lambda leaf: leaf.needed)}
    sources = {kind: [source for other, source in facts if other == kind][:enough] for kind, enough in needed.items()}
    return {"rule_version": rule_version, "counted": counted, "sources": sources}
