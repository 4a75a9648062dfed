"""Sign an award: compose, sign, read back, keep the exact bytes. Runs after the award is committed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from solerni_xblocks.badges import queries
from solerni_xblocks.badges.credentials.compose import Grant, compose_credential
from solerni_xblocks.badges.credentials.keys import KeyPair
from solerni_xblocks.badges.credentials.press import Press
from solerni_xblocks.badges.credentials.refusals import CredentialError
from solerni_xblocks.badges.credentials.sign import Signed, read_back, sign_credential
from solerni_xblocks.badges.credentials.template import NotFilled
from solerni_xblocks.badges.data import Achievement, Issuer
from solerni_xblocks.badges.errors import SigningWaits
from solerni_xblocks.badges.flows.open_key import open_key
from solerni_xblocks.badges.models import Award, Credential, SigningKey
from solerni_xblocks.core import clock

log = logging.getLogger(__name__)


class PlainSigner:
    """Signs one award, expanding its contexts: right for a single one."""

    def sign(self, *, issuer: Issuer, achievement: Achievement, grant: Grant, key: KeyPair, created: datetime) -> bytes:
        """The bytes to keep. Raises CredentialError."""
        addresses = queries.get_addresses()
        document = compose_credential(issuer=issuer, achievement=achievement, grant=grant, addresses=addresses)
        make = self._choose(issuer=issuer, achievement=achievement, grant=grant, key=key)
        signed = make(grant, created=created) if make else sign_credential(document, key=key, created=created)
        return read_back(signed, document=document, multikey=key.multikey)

    def _choose(
        self, *, issuer: Issuer, achievement: Achievement, grant: Grant, key: KeyPair
    ) -> Callable[..., Signed] | None:
        return None


class BatchSigner(PlainSigner):
    """Signs many awards: one press for each version of a badge, made at its first award."""

    def __init__(self) -> None:
        self._presses: dict[object, Press | None] = {}

    def _choose(
        self, *, issuer: Issuer, achievement: Achievement, grant: Grant, key: KeyPair
    ) -> Callable[..., Signed] | None:
        shape = (achievement.uuid, key.multikey, len(grant.counted))
        if shape not in self._presses:
            try:
                self._presses[shape] = Press(
                    issuer=issuer, achievement=achievement, addresses=queries.get_addresses(), key=key, example=grant
                )
            except NotFilled:
                self._presses[shape] = None
        press = self._presses[shape]
        return press.sign if press else None


def sign_award(award_id: int, *, signer: PlainSigner) -> bool:
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
    now = clock.now()
    content = signer.sign(
        issuer=issuer,
        achievement=queries.to_achievement(award.version, badge=award.badge),
        grant=grant,
        key=key,
        created=now,
    )
    return _keep(award, content=content, key=key_row, signed_at=now)


def sign_when_possible(award_id: int, *, signer: PlainSigner | None = None) -> bool:
    """The same; an award that cannot be signed now waits for ``solerni_badges_settle``."""
    try:
        return sign_award(award_id, signer=signer or PlainSigner())
    except SigningWaits:
        log.warning("Award %s waits to be signed: see manage.py check", award_id)
    except CredentialError:
        log.exception("Award %s cannot be signed as it stands", award_id)
    return False


def _keep(award: Award, *, content: bytes, key: SigningKey, signed_at: datetime) -> bool:
    try:
        with transaction.atomic():
            if not Award.objects.select_for_update().filter(id=award.id, member_id__isnull=False).exists():
                return False  # forgotten meanwhile
            Credential.objects.create(
                award=award, format=Credential.Format.OPEN_BADGES_3, content=content, key=key, signed_at=signed_at
            )
    except IntegrityError:  # another worker was quicker
        return False
    return True
