"""What an author set becomes the policy and the conduct of a place; what cannot be is told, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.discussion.data import (
    Care,
    Conduct,
    FileKind,
    FilePolicy,
    Kind,
    Mode,
    Outcome,
    Pace,
    Policy,
    Requirement,
    Rule,
    RuleSetting,
    Run,
    Template,
)

MAX_NAME = 200
MAX_PROMPT = 20_000
MOST_ENTRIES = 2_000
LONGEST_ENTRY = 100
CEILINGS = {"nudge": Outcome.NUDGE, "hold": Outcome.HOLD, "refuse": Outcome.REFUSE}
NUMBERS = {
    "first_posts": (1, 1_000),
    "quiet_days": (0, 3_650),
    "edit_minutes": (0, 1_000_000),
    "most_posts": (0, 10_000),
    "pace_posts": (0, 10_000),
    "pace_hours": (1, 10_000),
    "pace_gap": (0, 10_000),
    "least_threads": (0, 1_000),
    "least_replies": (0, 1_000),
    "least_words": (0, 100_000),
    "weight": (0, 10_000),
    "most_files": (0, 20),
    "file_megabytes": (0, 100),
    "hide_weight": (0, 1_000),
}
TEMPLATE_NUMBERS = ("title_min", "title_max", "words_min", "words_max")
MOST_HEADINGS = 20
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}")

Fault = tuple[str, Any]


def make_policy(settings: Any) -> Policy:
    """The rules on words; what a course file brought and nobody could have chosen counts as not set."""
    return Policy(
        mode=Mode(settings.moderation) if settings.moderation in list(Mode) else Mode.REACTIVE,
        first_posts=settings.first_posts,
        spares_trusted=settings.spares_trusted,
        lets_insist=settings.lets_insist,
        rules={name: _make_setting(value) for name, value in settings.rules.items() if not _is_wrong_rule(name, value)},
        languages=tuple(_list_texts(settings.languages)),
        glossary=tuple(_list_texts(settings.glossary)),
        domains=tuple(_list_texts(settings.domains)),
        template=_make_template(settings.template),
    )


def make_conduct(settings: Any) -> Conduct:
    """What members may do, beside their words."""
    return Conduct(
        kinds=tuple(Kind(one) for one in settings.kinds if one in list(Kind)) or (Kind.DISCUSSION,),
        learners_open_threads=settings.learners_open_threads,
        allows_anonymity=settings.allows_anonymity,
        opens_at=settings.opens_at,
        closes_at=settings.closes_at,
        edit_minutes=settings.edit_minutes,
        most_posts=settings.most_posts,
        pace=Pace(posts=settings.pace_posts, hours=settings.pace_hours, gap=settings.pace_gap),
        requirement=make_requirement(settings),
        is_divided=settings.is_divided,
        quiet_days=settings.quiet_days if _is_within(settings.quiet_days, *NUMBERS["quiet_days"]) else 0,
        replies_after_own=settings.replies_after_own,
        files=_make_file_policy(settings),
    )


def make_requirement(settings: Any) -> Requirement:
    """What a member is asked for."""
    return Requirement(threads=settings.least_threads, replies=settings.least_replies, words=settings.least_words)


def _make_file_policy(settings: Any) -> FilePolicy:
    megabytes = settings.file_megabytes
    return FilePolicy(
        kinds=tuple(kind for kind in FileKind if kind in settings.file_kinds),
        most=settings.most_files if _is_within(settings.most_files, *NUMBERS["most_files"]) else 0,
        size=int(megabytes * 1_000_000) if _is_within(megabytes, *NUMBERS["file_megabytes"]) else 0,
    )


def make_care(settings: Any) -> Care:
    """What becomes of what is reported, and of what nobody read in time."""
    return Care(hide_weight=settings.hide_weight, publishes_overdue=settings.publishes_overdue)


def find_faults(settings: Any) -> Iterator[Fault]:
    """Each field that cannot be as it is set, with what to mend."""
    if not 1 <= len((settings.display_name or "").strip()) <= MAX_NAME:
        yield "display_name", _("Give the discussion a name of at most 200 characters.")
    if len(settings.prompt or "") > MAX_PROMPT:
        yield "prompt", _("The prompt is too long: 20,000 characters at most.")
    if settings.moderation not in list(Mode):
        yield "moderation", _("Choose when a moderator reads messages.")
    if not settings.kinds or any(one not in list(Kind) for one in settings.kinds):
        yield "kinds", _("Choose at least one kind of thread.")
    if any(one not in list(FileKind) for one in settings.file_kinds):
        yield "file_kinds", _("Choose among the kinds of files that are offered.")
    yield from _check_numbers(settings)
    yield from _check_dates(settings.opens_at, settings.closes_at)
    yield from _check_lists(settings)
    yield from _check_rules(settings.rules)
    yield from _check_template(settings)
    if settings.is_graded and not make_requirement(settings).is_asked:
        yield "is_graded", _("To grade the discussion, ask for threads, replies or words.")


def _check_numbers(settings: Any) -> Iterator[Fault]:
    text = _("“%(name)s” is a number from %(least)s to %(most)s.")
    for name, (least, most) in NUMBERS.items():
        value = getattr(settings, name)
        if not (name == "edit_minutes" and value is None) and not _is_within(value, least, most):
            label = _(settings.fields[name].display_name)
            yield name, text % {"name": label, "least": least, "most": most}


def _check_dates(opens_at: datetime | None, closes_at: datetime | None) -> Iterator[Fault]:
    if opens_at and closes_at and closes_at <= opens_at:
        yield "closes_at", _("The discussion closes after it opens: change one of the two dates.")


def _check_lists(settings: Any) -> Iterator[Fault]:
    if any(not _matches(_LANGUAGE, one) for one in settings.languages):
        yield "languages", _("Name languages by their two-letter codes, such as fr or en.")
    if any(not _matches(_DOMAIN, one) for one in settings.domains):
        yield "domains", _("Write sites as example.org, without https:// and without a path.")
    for name in ("glossary", "domains", "languages"):
        entries = getattr(settings, name)
        if len(entries) > MOST_ENTRIES or any(len(one) > LONGEST_ENTRY for one in _list_texts(entries)):
            yield name, _("This list is too long: 2,000 entries of 100 characters at most.")


def _check_rules(rules: Mapping[str, Any]) -> Iterator[Fault]:
    if any(_is_wrong_rule(name, value) for name, value in rules.items()):
        yield "rules", _("A rule is off, tried or on, with a known effect and a score above 0.")


def _check_template(settings: Any) -> Iterator[Fault]:
    template = settings.template
    headings = template.get("headings", [])
    if not isinstance(headings, list) or len(headings) > MOST_HEADINGS or any(not _is_heading(one) for one in headings):
        yield "template", _("Name at most 20 parts, each in one line of at most 100 characters.")
    elif len({one.strip().casefold() for one in headings}) < len(headings):
        yield "template", _("Two parts of the form have the same name.")
    numbers = [template.get(name, 0) for name in TEMPLATE_NUMBERS]
    if any(not _is_within(one, 0, 20_000) for one in numbers):
        yield "template", _("Lengths are numbers; 0 asks for nothing.")
    elif any(0 < most < least for least, most in (numbers[:2], numbers[2:])):
        yield "template", _("The least length of the form is above the greatest one.")
    if "contribution" in settings.kinds and not headings:
        yield "template", _("Name the parts of a contribution, or do not offer contributions.")


def _make_setting(value: Mapping[str, Any]) -> RuleSetting:
    return RuleSetting(
        run=Run(value["run"]), ceiling=CEILINGS[value.get("ceiling", "refuse")], threshold=value.get("threshold")
    )


def _is_wrong_rule(name: str, value: Any) -> bool:
    if name not in list(Rule) or not isinstance(value, dict) or value.get("run") not in list(Run):
        return True
    threshold = value.get("threshold")
    return value.get("ceiling", "refuse") not in CEILINGS or not (threshold is None or _is_within(threshold, 0, 10_000))


def _make_template(template: Mapping[str, Any]) -> Template:
    numbers = {name: template[name] for name in TEMPLATE_NUMBERS if _is_within(template.get(name), 0, 20_000)}
    headings = template.get("headings")
    named = [one.strip() for one in headings if _is_heading(one)] if isinstance(headings, list) else []
    return Template(headings=tuple(named[:MOST_HEADINGS]), **numbers)


def _is_heading(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_ENTRY and "\n" not in value


def _is_within(value: object, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(value))


def _list_texts(values: list[Any]) -> list[str]:
    return [value.strip() for value in values if isinstance(value, str) and value.strip()]
