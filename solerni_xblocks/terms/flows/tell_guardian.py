"""Mails of the guardian's story. An address that a minor gave is written to about that minor's request alone."""

from __future__ import annotations

import logging
from typing import Any

from django.urls import reverse

from solerni_xblocks.core import conf
from solerni_xblocks.host import api as host
from solerni_xblocks.host.api import Person
from solerni_xblocks.terms import models

log = logging.getLogger(__name__)


def ask(row: models.GuardianRequest, secret: str) -> bool:
    """The link to answer, to the guardian; whether the mail was handed over."""
    return _send_to_guardian("guardian_asked", row, secret)


def thank(row: models.GuardianRequest, secret: str) -> bool:
    """What was confirmed and the link to withdraw it, to the guardian."""
    return _send_to_guardian("guardian_confirmed", row, secret)


def tell_child(row: models.GuardianRequest, what: str) -> bool:
    """To the minor: ``confirmed``, ``refused``, ``withdrawn``, that nobody has answered
    (``waiting``), or that they have named nobody (``unnamed``)."""
    person = host.people().find_person(row.member_id)
    if person is None or not person.email:
        return False
    context = {"url": _make_url("solerni_terms:guardian"), "ends_at": row.expires_at}
    return _send(person, f"guardian_{what}_child", context)


def _send_to_guardian(template: str, row: models.GuardianRequest, secret: str) -> bool:
    child = host.people().find_person(row.member_id)
    context = {
        "child": child.name if child else "",
        "ends_at": row.expires_at,
        "url": _make_url("solerni_terms:guardian_link", row.uuid, secret),
    }
    return _send(Person(id=0, name="", email=row.email, language=row.language), template, context)


def _send(to: Person, template: str, context: dict[str, Any]) -> bool:
    try:
        host.mail().send(to=to, template=f"terms/mail/{template}", context=context)
    except OSError:  # SMTPException is one; the address stands in no log
        log.exception("A mail %s could not be sent", template)
        return False
    return True


def _make_url(name: str, *args: Any) -> str:
    return f"{conf.get_base_url()}{reverse(name, args=args)}"
