"""Define a badge: the row follows what its author wrote, and every meaning keeps its own version."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from solerni_xblocks.badges import queries
from solerni_xblocks.badges.data import Achievement, BadgeDefinition
from solerni_xblocks.badges.errors import InvalidDefinition
from solerni_xblocks.badges.models import Badge, BadgeVersion
from solerni_xblocks.badges.rules.criteria import CriterionError, list_leaves, parse_criterion
from solerni_xblocks.core import clock, htmlkit, jsonkit

ATTEMPTS = 3
"""Others may define the same badge at the same moment; the constraints let one win."""


def define_badge(definition: BadgeDefinition) -> Achievement:
    """The current version after ``definition``; a new one only for words and rules that this badge never had."""
    words = _clean(definition)
    digest = sha256(jsonkit.dumps(words).encode()).hexdigest()
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _define(definition, words=words, digest=digest)
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("the loop returns or raises")


def _define(definition: BadgeDefinition, *, words: dict[str, Any], digest: str) -> Achievement:
    badge, _ = Badge.objects.select_related("current").get_or_create(
        usage_key=definition.usage_key, defaults={"course_key": definition.course_key}
    )
    version = badge.current
    if version is None or version.digest != digest:
        version = badge.versions.filter(digest=digest).first() or _add_version(badge, words=words, digest=digest)
        Badge.objects.filter(id=badge.id).update(current=version)
    return queries.to_achievement(version, badge=badge)


def _add_version(badge: Badge, *, words: dict[str, Any], digest: str) -> BadgeVersion:
    number = (badge.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return BadgeVersion.objects.create(badge=badge, number=number, digest=digest, created_at=clock.now(), **words)


def _clean(definition: BadgeDefinition) -> dict[str, Any]:
    try:
        leaves = list_leaves(parse_criterion(definition.criterion))
    except CriterionError as error:
        raise InvalidDefinition(details={"reason": str(error)}) from error
    name = htmlkit.strip_controls(definition.name).strip()[:255]
    if not name or len(leaves) != len(definition.sentences):
        raise InvalidDefinition()
    words = asdict(definition)
    return {
        "name": name,
        "description": htmlkit.strip_controls(definition.description).strip(),
        "language": words["language"],
        "criterion": words["criterion"],
        "sentences": list(definition.sentences),
    }
