"""Rules are asked about a wording, and what they saw is kept with its version. Deciding itself is in ``rules``."""

from __future__ import annotations

from solerni_xblocks.discussion.data import Advice, Draft, Outcome, Participant, Place, Reason, Scene, Verdict, Wording
from solerni_xblocks.discussion.models import Finding, Post, Source
from solerni_xblocks.discussion.rules.measuring import measure
from solerni_xblocks.discussion.rules.moderation import MODE_RULE, judge


def judge_draft(author: Participant, place: Place, draft: Draft) -> Verdict:
    """What becomes of the draft in its place."""
    wording = Wording(source=draft.source, title=draft.title, is_opening=bool(draft.title))
    scene = Scene(
        is_moderator=author.is_moderator,
        is_staff=author.is_staff,
        is_trusted=author.is_trusted,
        insists=draft.insists,
    )
    return judge(measure(wording, scene, place.policy), scene, place.policy)


def find_advice(verdict: Verdict, place: Place, draft: Draft) -> Advice | None:
    """What the author must read before the draft is written; None when it is to be written now."""
    may_insist = place.policy.lets_insist
    is_nudged = verdict.outcome is Outcome.NUDGE
    if not (is_nudged or verdict.outcome is Outcome.REFUSE) or (is_nudged and draft.insists and may_insist):
        return None
    return Advice(
        outcome=verdict.outcome,
        reasons=verdict.reasons,
        title=draft.title,
        source=draft.source,
        may_insist=may_insist and is_nudged,
    )


def find_source(verdict: Verdict) -> Source | None:
    """Why a case opens: the mode alone, a rule, or a rule that lets the post pass; None: no case opens."""
    if verdict.outcome == Outcome.HOLD:
        return Source.RULE if count_ruled(verdict) else Source.MODE
    return Source.SUSPECT if verdict.is_to_read else None


def count_ruled(verdict: Verdict) -> int:
    """How many passages rules point at: what orders cases that are due alike."""
    return sum(reason.rule != MODE_RULE for reason in verdict.reasons)


def keep_findings(post: Post, verdict: Verdict) -> None:
    """Keep what rules saw in the current wording, and what they would have seen in dry run."""
    rows = [_make_row(post, reason) for reason in (*verdict.reasons, *verdict.tried)]
    Finding.objects.bulk_create(rows)


def _make_row(post: Post, reason: Reason) -> Finding:
    return Finding(
        post=post,
        version=post.version,
        rule=reason.rule,
        clause=reason.clause,
        code=reason.code,
        outcome=reason.outcome,
        is_dry=reason.is_dry,
        part=reason.part,
        start=reason.passage.start if reason.passage else None,
        end=reason.passage.end if reason.passage else None,
        seen=reason.seen[:200],
        score=reason.score,
        threshold=reason.threshold,
    )
