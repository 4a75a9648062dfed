"""All rules run, all reasons show at once, the gravest outcome wins; the place's mode may hold what rules let pass."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from solerni_xblocks.discussion.data.judged import Circumstances
from solerni_xblocks.discussion.data.measures import Measures
from solerni_xblocks.discussion.data.policies import Mode, Policy, RuleSetting, Run
from solerni_xblocks.discussion.data.scenes import Scene
from solerni_xblocks.discussion.data.verdicts import Outcome, Reason, Rule, Verdict
from solerni_xblocks.discussion.rules.courtesy import judge_courtesy
from solerni_xblocks.discussion.rules.language import judge_language
from solerni_xblocks.discussion.rules.measures.words import fold_word
from solerni_xblocks.discussion.rules.on_topic import judge_topic
from solerni_xblocks.discussion.rules.plagiarism import judge_plagiarism
from solerni_xblocks.discussion.rules.promotion import judge_promotion
from solerni_xblocks.discussion.rules.rights import judge_rights
from solerni_xblocks.discussion.rules.spelling import index_words, judge_spelling
from solerni_xblocks.discussion.rules.template import judge_template

MODE_RULE = "mode"
MODE_CODE = "mode.read_before"
FIRST_CODE = "mode.first_posts"
SANCTION_CODE = "mode.sanction"

Judge = Callable[[Measures, Scene, Policy, float | None], Iterator[Reason]]


def judge(measures: Measures, scene: Scene, policy: Policy) -> Verdict:
    """What becomes of a wording of which ``measures`` were taken, in this ``scene`` under this ``policy``.

    Nothing is measured here: stored measures can be judged again under another policy.

    >>> judge(Measures(), Scene(), Policy()).outcome.name
    'PUBLISH'
    >>> judge(Measures(), Scene(), Policy(mode=Mode.BEFORE)).outcome.name
    'HOLD'
    """
    found = [reason for rule in Rule for reason in _judge_rule(rule, measures, scene, policy)]
    reasons = [reason for reason in found if not reason.is_dry]
    outcome = max((reason.outcome for reason in reasons), default=Outcome.PUBLISH)
    if outcome is Outcome.NUDGE and scene.insists and policy.lets_insist:
        outcome = Outcome.PUBLISH
    if outcome is Outcome.PUBLISH:
        held = list(_judge_mode(scene, policy))
        reasons += held
        outcome = Outcome.HOLD if held else outcome
    unjudged = _list_unjudged(measures, policy)
    return Verdict(
        outcome=outcome,
        reasons=tuple(reasons),
        tried=tuple(reason for reason in found if reason.is_dry),
        unjudged=unjudged,
        is_to_read=outcome is Outcome.PUBLISH and _is_to_read(reasons, unjudged, scene, policy),
        measures=measures,
        policy=digest_policy(policy),
        circumstances=_keep(measures, scene, policy),
    )


def _keep(measures: Measures, scene: Scene, policy: Policy) -> Circumstances:
    """What is to be kept to judge again: of long glossaries only the words that this wording has."""
    spelling = measures.spelling
    found = {fold_word(one.seen) for one in (*spelling.unknown, *spelling.texting)} if spelling else set()
    known = index_words(policy.glossary + scene.known_words + scene.member_words) if found else {}
    return Circumstances(
        policy=replace(policy, glossary=tuple(known[word] for word in sorted(found & known.keys()))),
        upheld_posts=scene.upheld_posts,
        is_moderator=scene.is_moderator,
    )


def digest_policy(policy: Policy) -> str:
    """A name for ``policy`` that changes with it, to be kept with each verdict (64 figures).

    >>> digest_policy(Policy()) == digest_policy(Policy(rules={})), len(digest_policy(Policy()))
    (True, 64)
    """
    values = {**vars(policy), "rules": {rule.value: policy.get_setting(rule) for rule in Rule}}
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=vars).encode()).hexdigest()


def _judge_rule(rule: Rule, measures: Measures, scene: Scene, policy: Policy) -> Iterator[Reason]:
    setting = policy.get_setting(rule)
    if setting.run is Run.OFF or getattr(measures, rule.value) is None:
        return
    for reason in JUDGES[rule](measures, scene, policy, setting.threshold):
        yield _limit(reason, setting)


def _limit(reason: Reason, setting: RuleSetting) -> Reason:
    return replace(reason, outcome=min(reason.outcome, setting.ceiling), is_dry=setting.run is Run.DRY)


def _judge_spelling(measures: Measures, scene: Scene, policy: Policy, threshold: float | None) -> Iterator[Reason]:
    # The dictionary is French: where another language may be written, it would point at every word of it.
    if measures.spelling and policy.languages == ("fr",):
        accepted = policy.glossary + scene.known_words + scene.member_words
        yield from judge_spelling(measures.spelling, accepted=accepted, threshold=threshold)


def _judge_courtesy(measures: Measures, scene: Scene, policy: Policy, threshold: float | None) -> Iterator[Reason]:
    if measures.courtesy:
        yield from judge_courtesy(measures.courtesy)


def _judge_topic(measures: Measures, scene: Scene, policy: Policy, threshold: float | None) -> Iterator[Reason]:
    if measures.on_topic:
        yield from judge_topic(measures.on_topic, threshold=threshold)


def _judge_language(measures: Measures, scene: Scene, policy: Policy, threshold: float | None) -> Iterator[Reason]:
    if measures.language:
        yield from judge_language(measures.language, languages=policy.languages, threshold=threshold)


def _judge_template(measures: Measures, scene: Scene, policy: Policy, threshold: float | None) -> Iterator[Reason]:
    if measures.template:
        yield from judge_template(measures.template, policy.template)


def _judge_rights(measures: Measures, scene: Scene, policy: Policy, threshold: float | None) -> Iterator[Reason]:
    if measures.rights:
        yield from judge_rights(measures.rights)


def _judge_promotion(measures: Measures, scene: Scene, policy: Policy, threshold: float | None) -> Iterator[Reason]:
    if measures.promotion and not scene.is_moderator:
        yield from judge_promotion(measures.promotion, upheld_posts=scene.upheld_posts, threshold=threshold)


def _judge_plagiarism(measures: Measures, scene: Scene, policy: Policy, threshold: float | None) -> Iterator[Reason]:
    if measures.plagiarism:
        yield from judge_plagiarism(measures.plagiarism, threshold=threshold)


JUDGES: Mapping[Rule, Judge] = {
    Rule.SPELLING: _judge_spelling,
    Rule.COURTESY: _judge_courtesy,
    Rule.ON_TOPIC: _judge_topic,
    Rule.LANGUAGE: _judge_language,
    Rule.TEMPLATE: _judge_template,
    Rule.RIGHTS: _judge_rights,
    Rule.PROMOTION: _judge_promotion,
    Rule.PLAGIARISM: _judge_plagiarism,
}


def _judge_mode(scene: Scene, policy: Policy) -> Iterator[Reason]:
    """Why the post waits though no rule holds it."""
    if scene.is_read_first:
        yield Reason(rule=MODE_RULE, code=SANCTION_CODE)
    # Who reads others' posts before they appear need not be read; an insult is held whoever writes it.
    elif not (scene.is_moderator or (policy.spares_trusted and scene.is_trusted)):
        if policy.mode is Mode.BEFORE:
            yield Reason(rule=MODE_RULE, code=MODE_CODE)
        elif policy.mode is Mode.FIRST and scene.upheld_posts < policy.first_posts:
            yield Reason(rule=MODE_RULE, code=FIRST_CODE)


def _list_unjudged(measures: Measures, policy: Policy) -> dict[str, str]:
    return {rule: why for rule, why in measures.failures.items() if policy.get_setting(rule).run is Run.ON}


def _is_to_read(reasons: list[Reason], unjudged: Mapping[str, str], scene: Scene, policy: Policy) -> bool:
    """Whether a published post stands on the list: a suspect, a rule that broke, or a place where all are read.

    A library that is missing is the operator's matter (a system check says so), not every reader's.
    """
    is_suspect = any(reason.outcome is Outcome.PUBLISH for reason in reasons)
    is_broken = any(why != "library" for why in unjudged.values())
    return is_suspect or is_broken or (policy.mode is Mode.AFTER and not scene.is_moderator)
