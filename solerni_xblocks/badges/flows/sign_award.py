"""Sign an award: compose, sign, read back, keep the exact bytes. Runs after the award is committed."""

from __future__ import annotations

import logging

from django.db import IntegrityError, transaction

from solerni_xblocks.badges import queries
from solerni_xblocks.badges.credentials.compose import Grant, compose_credential
from solerni_xblocks.badges.credentials.refusals import CredentialError
from solerni_xblocks.badges.credentials.sign import sign_credential
from solerni_xblocks.badges.errors import SigningWaits
from solerni_xblocks.badges.flows.open_key import open_key
from solerni_xblocks.badges.models import Award, Credential
from solerni_xblocks.core import clock

log = logging.getLogger(__name__)


def sign_award(award_id: int) -> bool:
    """Whether this call signed. One credential a format, however many try. Raises SigningWaits."""
    award = Award.objects.select_related("badge", "version").filter(id=award_id, credentials__isnull=True).first()
    if award is None or award.subject_uuid is None:
        return False
    issuer = queries.get_issuer()
    key_row, key = open_key()
    grant = Grant(
        award_uuid=award.uuid,
        subject_uuid=award.subject_uuid,
        awarded_at=award.awarded_at,
        counted=queries.to_requirements(award.explanation),
    )
    document = compose_credential(
        issuer=issuer,
        achievement=queries.to_achievement(award.version, badge=award.badge),
        grant=grant,
        addresses=queries.get_addresses(),
    )
    now = clock.now()
    content = sign_credential(document, key=key, created=now)
    try:
        with transaction.atomic():
            if not Award.objects.select_for_update().filter(id=award.id, member_id__isnull=False).exists():
                return False  # forgotten meanwhile
            Credential.objects.create(
                award=award, format=Credential.Format.OPEN_BADGES_3, content=content, key=key_row, signed_at=now
            )
    except IntegrityError:  # another worker was quicker
        return False
    return True


def sign_when_possible(award_id: int) -> bool:
    """The same; an award that cannot be signed now waits for ``solerni_badges_settle``."""
    try:
        return sign_award(award_id)
    except SigningWaits:
        log.warning("Award %s waits to be signed: see manage.py check", award_id)
    except CredentialError:
        log.exception("Award %s cannot be signed as it stands", award_id)
    return False
