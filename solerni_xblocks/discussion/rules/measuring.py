"""All that is measured in a wording, once, when it is written: library calls, no threshold, no decision.

A measure that fails is left out, and why is kept: the post goes on, and somebody reads it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from typing import Any

from solerni_xblocks.discussion.data.measures import Measures
from solerni_xblocks.discussion.data.policies import Policy, Run
from solerni_xblocks.discussion.data.scenes import Scene, Wording
from solerni_xblocks.discussion.data.verdicts import Rule
from solerni_xblocks.discussion.rules.measures.copies import measure_copies
from solerni_xblocks.discussion.rules.measures.courtesy import measure_courtesy
from solerni_xblocks.discussion.rules.measures.language import LANGUAGES, get_identifier, measure_language
from solerni_xblocks.discussion.rules.measures.libraries import LibraryMissing
from solerni_xblocks.discussion.rules.measures.promotion import get_selling_words, measure_promotion
from solerni_xblocks.discussion.rules.measures.rights import measure_rights
from solerni_xblocks.discussion.rules.measures.spelling import get_dictionary, measure_spelling
from solerni_xblocks.discussion.rules.measures.template import measure_template
from solerni_xblocks.discussion.rules.measures.topic import measure_topic
from solerni_xblocks.discussion.rules.measures.wordlists import get_french_list

LOGGER = logging.getLogger(__name__)
NO_LIBRARY = "library"
FAILED = "error"

Measure = Callable[[Wording, Scene, Policy], Any]

MEASURES: Mapping[Rule, Measure] = {
    Rule.SPELLING: lambda wording, scene, policy: measure_spelling(wording),
    Rule.COURTESY: lambda wording, scene, policy: measure_courtesy(wording, scene.lists),
    Rule.ON_TOPIC: lambda wording, scene, policy: measure_topic(wording, scene.course_words),
    Rule.LANGUAGE: lambda wording, scene, policy: measure_language(wording, policy.languages),
    Rule.TEMPLATE: lambda wording, scene, policy: measure_template(wording),
    Rule.RIGHTS: lambda wording, scene, policy: measure_rights(wording, scene),
    Rule.PROMOTION: lambda wording, scene, policy: measure_promotion(wording, scene, policy.domains),
    Rule.PLAGIARISM: lambda wording, scene, policy: measure_copies(wording, scene, policy.template.headings),
}


def measure(wording: Wording, scene: Scene, policy: Policy) -> Measures:
    """What every rule that runs in the place sees in ``wording``; never raises for what a rule cannot do.

    >>> measures = measure(Wording(source="Bonjour"), Scene(), Policy())
    >>> measures.template.words, measures.courtesy.found
    (1, ())
    """
    taken: dict[str, Any] = {}
    failures: dict[str, str] = {}
    for rule, take in MEASURES.items():
        if policy.get_setting(rule).run is Run.OFF:
            continue
        try:
            taken[rule.value] = take(wording, scene, policy)
        except LibraryMissing as missing:
            failures[rule.value] = NO_LIBRARY
            LOGGER.info("The rule %s cannot judge: %s is not installed.", rule.value, missing.name)
        except Exception:
            # Whatever a library does with a strange text, the member's post is not lost for it.
            failures[rule.value] = FAILED
            LOGGER.exception("The rule %s failed.", rule.value)
    return Measures(**taken, failures=failures)


def warm_up() -> None:
    """Load what rules need, about two seconds once a process, so that no member waits for it."""
    get_french_list()
    get_selling_words()
    for load in (get_dictionary, partial(get_identifier, frozenset(LANGUAGES))):
        with suppress(LibraryMissing):
            load()


def list_missing() -> tuple[str, ...]:
    """The optional libraries that this process cannot load; quick, the large one is only looked for."""
    missing = [] if find_spec("py3langid") else ["py3langid"]
    try:
        get_dictionary()
    except LibraryMissing as error:
        missing.append(error.name)
    return tuple(missing)
