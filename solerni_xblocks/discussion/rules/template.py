"""Rule 5, the form that the author asked for: an opening post that lacks a part is refused, the part named.

It is an error of the form, like an empty title: the draft stays, nobody is blamed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from solerni_xblocks.discussion.data.measures import TemplateMeasure
from solerni_xblocks.discussion.data.policies import Template
from solerni_xblocks.discussion.data.verdicts import Outcome, Part, Reason, Rule
from solerni_xblocks.discussion.rules.measures.template import fold_heading

TITLE_SHORT = "template.title_short"
TITLE_LONG = "template.title_long"
HEADING_MISSING = "template.heading_missing"
HEADING_EMPTY = "template.heading_empty"
TOO_SHORT = "template.too_short"
TOO_LONG = "template.too_long"
FIELD_MISSING = "template.field_missing"
TAGS_MISSING = "template.tags_missing"
TAG_UNKNOWN = "template.tag_unknown"

_make_reason = partial(Reason, rule=Rule.TEMPLATE, clause=Rule.TEMPLATE.clause, outcome=Outcome.REFUSE)


def judge_template(measure: TemplateMeasure, template: Template) -> Iterator[Reason]:
    """One reason for each part that is missing, empty, too short or too long; replies are free.

    >>> measure = TemplateMeasure(is_opening=True, title=12, words=80)
    >>> [(reason.code, reason.seen) for reason in judge_template(measure, Template(headings=("Contexte",)))]
    [('template.heading_missing', 'Contexte')]
    """
    if measure.is_opening:
        yield from _judge_lengths(measure, template)
        yield from _judge_headings(measure, template)
        yield from _judge_choices(measure, template)


def _judge_lengths(measure: TemplateMeasure, template: Template) -> Iterator[Reason]:
    for code, part, length, limit, is_wrong in (
        (TITLE_SHORT, Part.TITLE, measure.title, template.title_min, measure.title < template.title_min),
        (TITLE_LONG, Part.TITLE, measure.title, template.title_max, measure.title > template.title_max > 0),
        (TOO_SHORT, Part.BODY, measure.words, template.words_min, measure.words < template.words_min),
        (TOO_LONG, Part.BODY, measure.words, template.words_max, measure.words > template.words_max > 0),
    ):
        if is_wrong:
            yield _make_reason(code=code, part=part, score=float(length), threshold=float(limit))


def _judge_headings(measure: TemplateMeasure, template: Template) -> Iterator[Reason]:
    wanted = {fold_heading(heading): heading for heading in template.headings}
    filled: dict[str, int] = {}
    current = ""
    for section in measure.sections:
        # What stands under a heading of the author's own belongs to the part it is in.
        current = section.heading if section.heading in wanted else current
        filled[current] = filled.get(current, 0) + section.letters
    for folded, heading in wanted.items():
        if folded not in filled:
            yield _make_reason(code=HEADING_MISSING, seen=heading)
        elif not filled[folded]:
            yield _make_reason(code=HEADING_EMPTY, seen=heading)


def _judge_choices(measure: TemplateMeasure, template: Template) -> Iterator[Reason]:
    for name in template.fields:
        if name not in measure.fields:
            yield _make_reason(code=FIELD_MISSING, part=Part.FIELDS, seen=name)
    if len(measure.tags) < template.tags_min:
        tags, limit = float(len(measure.tags)), float(template.tags_min)
        yield _make_reason(code=TAGS_MISSING, part=Part.TAGS, score=tags, threshold=limit)
    for tag in measure.tags:
        if template.tags and tag not in template.tags:
            yield _make_reason(code=TAG_UNKNOWN, part=Part.TAGS, seen=tag)
