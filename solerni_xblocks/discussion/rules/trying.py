"""Judging what was measured once more, with one rule set otherwise and all else equal; nothing follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from solerni_xblocks.discussion.data.judged import Circumstances
from solerni_xblocks.discussion.data.measures import Measures
from solerni_xblocks.discussion.data.policies import Mode, Policy, RuleSetting, Run
from solerni_xblocks.discussion.data.scenes import Scene, Wording
from solerni_xblocks.discussion.data.trying import Fate, Trial
from solerni_xblocks.discussion.data.verdicts import Outcome, Rule, Verdict
from solerni_xblocks.discussion.rules.measuring import MEASURES, measure
from solerni_xblocks.discussion.rules.moderation import judge

THRESHOLDS: Mapping[Rule, tuple[float, float]] = {
    Rule.SPELLING: (0.01, 1.0),
    Rule.ON_TOPIC: (0.01, 1.0),
    Rule.LANGUAGE: (0.001, 1.0),
    Rule.PROMOTION: (1.0, 6.0),
    Rule.PLAGIARISM: (0.05, 1.0),
}
"""Rules that decide by a number, and between which numbers it can be tried."""

MEASURED_ANEW = frozenset({Rule.SPELLING, Rule.COURTESY, Rule.LANGUAGE, Rule.TEMPLATE})
"""Rules that need the words alone: what they did not measure then, they measure now."""

FATES = {Outcome.NUDGE: Fate.NUDGED, Outcome.HOLD: Fate.HELD, Outcome.REFUSE: Fate.REFUSED}


def complete(measures: Measures, wording: Wording, trial: Trial, policy: Policy) -> Measures | None:
    """``measures`` with what the tried rule needs, taken now where the words are enough; None where they are not.

    >>> from solerni_xblocks.discussion.data.policies import RuleSetting
    >>> trial = Trial(rule=Rule.COURTESY, setting=RuleSetting())
    >>> complete(Measures(), Wording(source="Bonjour"), trial, Policy()).courtesy.found
    ()
    >>> complete(Measures(), Wording(source="Bonjour"), replace(trial, rule=Rule.PLAGIARISM), Policy()) is None
    True
    """
    rule = trial.rule
    if trial.setting.run is Run.OFF or getattr(measures, rule.value) is not None:
        return measures
    if rule not in MEASURED_ANEW:
        return None
    only = {one.value: RuleSetting(run=Run.ON if one is rule else Run.OFF) for one in MEASURES}
    taken = getattr(measure(wording, Scene(), replace(policy, rules=only)), rule.value)
    return None if taken is None else replace(measures, **{rule.value: taken})


def try_rule(measures: Measures, kept: Circumstances, trial: Trial) -> tuple[Verdict, Verdict]:
    """The verdict with the rule as it was set, and with the rule as it is tried; the place's mode plays no part.

    >>> from solerni_xblocks.discussion.data.measures import LanguageMeasure
    >>> measures = Measures(language=LanguageMeasure(letters=80, probabilities={"fr": 0.2, "en": 0.8}))
    >>> trial = Trial(rule=Rule.LANGUAGE, setting=RuleSetting(ceiling=Outcome.HOLD, threshold=0.5))
    >>> [find_fate(verdict).value for verdict in try_rule(measures, Circumstances(), trial)]
    ['published', 'held']
    """
    policy = replace(kept.policy, mode=Mode.REACTIVE)
    scene = Scene(upheld_posts=kept.upheld_posts, is_moderator=kept.is_moderator)
    tried = replace(policy, rules={**policy.rules, trial.rule: trial.setting})
    return judge(measures, scene, policy), judge(measures, scene, tried)


def find_fate(verdict: Verdict) -> Fate:
    """What the verdict makes of a message.

    >>> find_fate(Verdict(outcome=Outcome.PUBLISH, is_to_read=True)).value
    'read'
    """
    if verdict.outcome is Outcome.PUBLISH:
        return Fate.READ if verdict.is_to_read else Fate.PUBLISHED
    return FATES[verdict.outcome]
