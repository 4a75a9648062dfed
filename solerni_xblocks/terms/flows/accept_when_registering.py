"""Judge the boxes of a registration form; once the account exists, turn them into proofs and confirm them by mail."""

from __future__ import annotations

import logging

from django.db import Error as DatabaseTrouble
from django.db import transaction

from solerni_xblocks.host import api as host
from solerni_xblocks.terms.data import Answer, Channel, Receipt, Registration, Tick
from solerni_xblocks.terms.errors import AnswerUnknown, LanguageNotCarried, NotTicked, TermsOutdated
from solerni_xblocks.terms.flows import answer_version, append_proofs, state_birth
from solerni_xblocks.terms.queries import documents, registration
from solerni_xblocks.terms.rules.registration import Verdict, judge_ticks

log = logging.getLogger(__name__)


def require_boxes(said: Registration) -> None:
    """Raises NotTicked, TermsOutdated or LanguageNotCarried unless every box that is asked was ticked; BirthRefused."""
    if said.birth:
        state_birth.judge_birth(said.birth.born_on, said.birth.country)
    if not registration.shows_boxes() or (said.is_by_provider and not said.ticks):
        return
    try:
        asked = {version.uuid: version.languages for version in registration.list_versions()}
    except DatabaseTrouble as error:
        raise AnswerUnknown from error
    verdict = judge_ticks([tick.version_uuid for tick in said.ticks], asked)
    if verdict is Verdict.OUTDATED:
        raise TermsOutdated
    if verdict is Verdict.MISSING:
        raise NotTicked
    if any(tick.language not in asked[tick.version_uuid] for tick in said.ticks):
        raise LanguageNotCarried


def accept_when_registering(member_id: int, said: Registration) -> list[Receipt]:
    """Append one acceptance a box; told twice, done once."""
    with transaction.atomic():
        append_proofs.hold_chains([member_id])
        if registration.has_registered(member_id):
            return []
        if said.birth:
            state_birth.state_birth(member_id, born_on=said.birth.born_on, country=said.birth.country)
        receipts = [receipt for tick in said.ticks if (receipt := _accept(member_id, tick, said))]
        if receipts:
            transaction.on_commit(lambda: _confirm(member_id))
    return receipts


def _accept(member_id: int, tick: Tick, said: Registration) -> Receipt | None:
    """None when the version gave way to another since the box was judged: the first page asks for that one."""
    try:
        return answer_version.accept_version(
            Answer(
                document=documents.get_version(tick.version_uuid).document.slug,
                member_id=member_id,
                version_uuid=tick.version_uuid,
                language=tick.language,
                channel=Channel.REGISTRATION,
                screen_digest=said.screen_digest,
                origin=said.origin,
            )
        )
    except TermsOutdated:
        return None


def _confirm(member_id: int) -> None:
    """Mail what was accepted. The proofs stand whatever happens to the mail."""
    person = host.people().find_person(member_id)
    if person is None or not person.email:
        return
    context = {"texts": registration.list_accepted(member_id)}
    try:
        host.mail().send(to=person, template="terms/mail/registered", context=context)
    except OSError:  # SMTPException is one
        log.exception("The texts accepted by member %s could not be confirmed by mail", member_id)
