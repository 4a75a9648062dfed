"""From frozen values to an Open Badges 3.0 credential (VC 2.0 form), unsigned: ids and numbers, no names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from solerni_xblocks.badges.credentials.canonical import CREDENTIALS_V2, OPEN_BADGES_3, clean_text
from solerni_xblocks.badges.credentials.sign import format_time
from solerni_xblocks.badges.data import Achievement, Addresses, Issuer, Requirement

CONTEXTS = [CREDENTIALS_V2, OPEN_BADGES_3]


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What changes from one award of an achievement to the next: an award, a subject, a time, what was counted."""

    award_uuid: UUID
    subject_uuid: UUID
    awarded_at: datetime
    counted: Sequence[Requirement]


def compose_credential(
    *, issuer: Issuer, achievement: Achievement, grant: Grant, addresses: Addresses
) -> dict[str, Any]:
    """The credential of ``grant``, ready to be signed (Open Badges 3.0, section 8.2 to 8.4)."""
    awarded = format_time(grant.awarded_at)
    return {
        "@context": CONTEXTS,
        "id": addresses.get_award(grant.award_uuid),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": clean_text(achievement.name),
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": clean_text(issuer.name), "url": issuer.url},
        "validFrom": awarded,
        "awardedDate": awarded,
        "credentialSubject": {
            "id": f"urn:uuid:{grant.subject_uuid}",
            "type": ["AchievementSubject"],
            "achievement": compose_achievement(achievement, addresses),
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": _name_result(achievement, index, addresses),
                    "value": str(requirement.counted),
                }
                for index, requirement in enumerate(grant.counted)
            ],
        },
    }


def compose_achievement(achievement: Achievement, addresses: Addresses) -> dict[str, Any]:
    """One version of a badge as an ``Achievement``; each leaf of its rule is a ``ResultDescription``."""
    name = clean_text(achievement.name)
    sentences = [clean_text(sentence) for sentence in achievement.sentences]
    return {
        "id": addresses.get_achievement(achievement.uuid),
        "type": ["Achievement"],
        "achievementType": "Badge",
        "name": name,
        "description": clean_text(achievement.description) or name,
        "criteria": {"narrative": "\n".join(f"- {sentence}" for sentence in sentences)},
        "image": {"id": addresses.get_image(achievement.uuid), "type": "Image", "caption": name},
        "inLanguage": achievement.language,
        "version": str(achievement.number),
        "resultDescription": [
            {
                "id": _name_result(achievement, index, addresses),
                "type": ["ResultDescription"],
                "name": sentence,
                "resultType": "RawScore",
            }
            for index, sentence in enumerate(sentences)
        ],
    }


def publish_achievement(achievement: Achievement, addresses: Addresses) -> dict[str, Any]:
    """The same as a document of its own, as served at its id."""
    return {"@context": CONTEXTS, **compose_achievement(achievement, addresses)}


def _name_result(achievement: Achievement, index: int, addresses: Addresses) -> str:
    return f"{addresses.get_achievement(achievement.uuid)}#rule-{index + 1}"
