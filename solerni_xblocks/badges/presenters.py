"""Words and shapes for people: rules as sentences, progress, checks. Data in, what templates and JSON need out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from solerni_xblocks.badges.data import (
    Achievement,
    Award,
    Check,
    CheckName,
    FactKind,
    Outcome,
    Progress,
    Report,
    Requirement,
)
from solerni_xblocks.badges.rules.criteria import list_leaves, parse_criterion

LANGUAGES = ("fr", "en")

CHECKS = {
    CheckName.STRUCTURE: gettext_lazy("The file has the form of an Open Badge 3.0."),
    CheckName.CONTEXTS: gettext_lazy("Its vocabulary is known."),
    CheckName.TERMS: gettext_lazy("The signature covers everything it says."),
    CheckName.SIGNATURE: gettext_lazy("Nothing changed since it was signed."),
    CheckName.ISSUER: gettext_lazy("The key belongs to the issuer, this site."),
    CheckName.DATES: gettext_lazy("It is valid today."),
}
OUTCOMES = {
    Outcome.PASSED: gettext_lazy("Yes"),
    Outcome.FAILED: gettext_lazy("No"),
    Outcome.NOT_CHECKED: gettext_lazy("Not checked"),
}
VERDICTS = {
    Outcome.PASSED: gettext_lazy("This badge is genuine: this site issued it, and nothing in it changed."),
    Outcome.FAILED: gettext_lazy("Do not rely on this file: at least one check failed."),
    Outcome.NOT_CHECKED: gettext_lazy("This site cannot vouch for this file: somebody else issued it."),
}
CODES = {
    "file.too_large": gettext_lazy("The file is larger than 1 MB."),
    "file.not_json": gettext_lazy("This is not JSON."),
    "file.number_too_large": gettext_lazy("A number is too large to be written down exactly."),
    "file.not_an_object": gettext_lazy("This is not a JSON object."),
    "file.duplicate_name": gettext_lazy("The same name stands twice in one object."),
    "file.too_many_values": gettext_lazy("The file holds too many values."),
    "file.too_deep": gettext_lazy("The file is nested too deep."),
    "structure.field": gettext_lazy("A field is missing or has the wrong form."),
    "proof.missing": gettext_lazy("There is no signature."),
    "proof.too_many": gettext_lazy("There are too many signatures."),
    "proof.unsupported": gettext_lazy("The kind of signature is not known here."),
    "proof.incomplete": gettext_lazy("The signature is not complete."),
    "context.order": gettext_lazy("The vocabularies of Open Badges must come first, in their order."),
    "context.too_many": gettext_lazy("The file names too many vocabularies."),
    "context.unknown": gettext_lazy("A vocabulary is not known here, and nothing is fetched."),
    "term.undefined": gettext_lazy("A word is in no vocabulary, so no signature covers it."),
    "text.control": gettext_lazy("The text holds control characters that cannot be signed safely."),
    "iri.invalid": gettext_lazy("An identifier is not an absolute address."),
    "language.invalid": gettext_lazy("A language is not named correctly."),
    "node.blank": gettext_lazy("The file uses internal identifiers that are not allowed."),
    "node.alike": gettext_lazy("Too many parts of the file look alike."),
    "json_ld.invalid": gettext_lazy("The file cannot be read as linked data."),
    "signature.wrong": gettext_lazy("The signature does not fit what the file says."),
    "key.not_here": gettext_lazy("The key is kept elsewhere, and nothing is fetched."),
    "issuer.other_controller": gettext_lazy("The key is not one of the issuer that the file names."),
    "issuer.foreign_key": gettext_lazy("The file names this site, but the key is not ours."),
    "issuer.not_here": gettext_lazy("The issuer is not this site: ask the issuer."),
    "dates.form": gettext_lazy("A date has the wrong form or names no time zone."),
    "dates.reversed": gettext_lazy("It would end before it begins."),
    "dates.not_yet": gettext_lazy("It is not valid yet."),
    "dates.expired": gettext_lazy("It has expired."),
    "earlier.failed": gettext_lazy("Not looked at, since an earlier check failed."),
}


def choose_language(course_language: str) -> str:
    """The language in which a badge of the course says its rule."""
    return course_language if course_language in LANGUAGES else "en"


def list_sentences(criterion: Mapping[str, Any], *, language: str) -> tuple[str, ...]:
    """``criterion`` in words, one sentence for each leaf, in ``language``. Raises CriterionError."""
    with override(language):
        return tuple(_say_rule(leaf.kind, leaf.at_least) for leaf in list_leaves(parse_criterion(criterion)))


def show_achievement(achievement: Achievement) -> dict[str, Any]:
    """A badge for a template."""
    return {
        "name": achievement.name,
        "description": achievement.description,
        "language": achievement.language,
        "number": achievement.number,
        "sentences": achievement.sentences,
        "url": reverse("solerni_badges:achievement", args=[achievement.uuid]),
        "image_url": reverse("solerni_badges:image", args=[achievement.uuid]),
    }


def show_progress(progress: Progress) -> dict[str, Any]:
    """Where a member stands, for a template."""
    return {
        "requirements": [_show_requirement(requirement) for requirement in progress.requirements],
        "award": show_award(progress.award) if progress.award else None,
    }


def show_award(award: Award) -> dict[str, Any]:
    """An award for a template: date, why, addresses."""
    return {
        "achievement": show_achievement(award.achievement),
        "uuid": str(award.uuid),
        "awarded_at": award.awarded_at,
        "published_at": award.published_at,
        "is_public": award.is_public,
        "is_signed": award.is_signed,
        "reasons": [_show_requirement(requirement)["text"] for requirement in award.counted],
        "url": reverse("solerni_badges:award", args=[award.uuid]),
        "file_url": reverse("solerni_badges:credential", args=[award.uuid]),
    }


def show_report(report: Report) -> dict[str, Any]:
    """A verification for a template and for JSON."""
    return {
        "verdict": report.verdict.value,
        "text": str(VERDICTS[report.verdict]),
        "checks": [_show_check(check) for check in report.checks],
        "credential": dict(report.shown),
    }


def list_initials(name: str) -> str:
    """At most two letters to stand on a badge's picture."""
    return "".join(word[0] for word in name.split()[:2] if word[0].isprintable()).upper()


def _show_check(check: Check) -> dict[str, str]:
    return {
        "name": check.name.value,
        "outcome": check.outcome.value,
        "label": str(CHECKS[check.name]),
        "answer": str(OUTCOMES[check.outcome]),
        "code": check.code,
        "text": str(CODES.get(check.code, "")),
        "detail": check.detail,
    }


def _show_requirement(requirement: Requirement) -> dict[str, Any]:
    return {
        "kind": requirement.kind,
        "needed": requirement.needed,
        "counted": min(requirement.counted, requirement.needed),
        "is_met": requirement.is_met,
        "is_count": requirement.needed > 1 or requirement.kind == FactKind.POST_PUBLISHED,
        "text": _say_standing(requirement),
    }


def _say_rule(kind: str, at_least: int) -> str:
    if kind == FactKind.TERMS_ACCEPTED:
        return _("Accept the terms of use")
    words = ngettext(
        "Publish %(count)d post in the discussions of the course",
        "Publish %(count)d posts in the discussions of the course",
        at_least,
    )
    return words % {"count": at_least}


def _say_standing(requirement: Requirement) -> str:
    if requirement.kind == FactKind.TERMS_ACCEPTED:
        return _("Terms of use accepted") if requirement.is_met else _("Terms of use not accepted yet")
    words = ngettext(
        "%(counted)d of %(needed)d post published", "%(counted)d of %(needed)d posts published", requirement.needed
    )
    return words % {"counted": min(requirement.counted, requirement.needed), "needed": requirement.needed}
