"""All rules run, all reasons show at once, the gravest outcome wins; the place's mode may hold what rules let pass."""

from __future__ import annotations

from collections.abc import Iterator

from solerni_xblocks.discussion.data import Draft, Outcome, Part, Policy, Reason, Scene, Verdict
from solerni_xblocks.discussion.rules.courtesy import judge_courtesy

MODE_RULE = "mode"
MODE_CODE = "mode.read_before"


def judge(draft: Draft, scene: Scene, policy: Policy) -> Verdict:
    """What becomes of ``draft`` in this ``scene`` under the ``policy`` of its place.

    >>> from uuid import UUID
    >>> draft = Draft(submission=UUID(int=1), source="Bonjour à tous")
    >>> judge(draft, Scene(is_moderator=False), Policy()).outcome.name
    'PUBLISH'
    >>> judge(draft, Scene(is_moderator=False), Policy(holds_everything=True)).outcome.name
    'HOLD'
    """
    findings = list(_find(draft, scene, policy))
    outcome = max((outcome for outcome, _ in findings), default=Outcome.PUBLISH)
    return Verdict(outcome=outcome, reasons=tuple(reason for _, reason in findings))


def _find(draft: Draft, scene: Scene, policy: Policy) -> Iterator[tuple[Outcome, Reason]]:
    if policy.judges_courtesy:
        for part, text in ((Part.TITLE, draft.title), (Part.BODY, draft.source)):
            for reason in judge_courtesy(text, part=part):
                yield Outcome.HOLD, reason
    # Who reads others' posts before they appear need not be read; an insult is held whoever writes it.
    if policy.holds_everything and not scene.is_moderator:
        yield Outcome.HOLD, Reason(rule=MODE_RULE, code=MODE_CODE)
