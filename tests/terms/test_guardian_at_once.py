"""Answers of guardians that arrive together, and requests of a minor that do: one counts."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.data import GuardianAnswer, GuardianLink
from tests.terms.conftest import make_answer

pytestmark = pytest.mark.django_db(transaction=True)
LINK = re.compile(r"/guardian/([0-9a-f-]{36})/([\w-]+)/")


@pytest.fixture
def asked(publish, learner) -> tuple[Any, GuardianAnswer]:
    """A minor whose guardian has a link, and what the guardian answers."""
    version = publish()
    api.state_birth(learner.id, born_on=date(2013, 5, 1), country="FR")
    api.accept_version(make_answer(learner.id, version))
    api.ask_guardian(learner.id, email="paul@example.org", language="fr")
    uuid, secret = LINK.search(mail.outbox[-1].body).groups()
    link = GuardianLink(request_uuid=uuid, secret=secret)
    return learner, GuardianAnswer(link=link, versions={version.uuid: "fr"}, screen_digest="1" * 64)


def run_together(*acts: Any) -> list[str]:
    """Acts in as many threads at once; the code of each refusal, empty for none."""

    def run(act: Any) -> str:
        try:
            act()
        except SolerniError as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_of_several_confirmations_at_once_one_counts(asked) -> None:
    _, answer = asked
    codes = run_together(*[lambda: api.confirm_as_guardian(answer)] * 4)
    assert codes == ["", *["terms_guardian_link"] * 3]
    assert models.Proof.objects.filter(actor="guardian").count() == 1


def test_of_a_confirmation_and_a_refusal_at_once_one_counts(asked) -> None:
    _, answer = asked
    codes = run_together(lambda: api.confirm_as_guardian(answer), lambda: api.refuse_as_guardian(answer))
    assert codes == ["", "terms_guardian_link"]
    row = models.GuardianRequest.objects.get()
    (proof,) = models.Proof.objects.filter(actor="guardian")
    assert {"confirmed": "accept", "refused": "decline"}[row.state] == proof.act


def test_requests_at_once_leave_one_link_and_keep_to_the_limit(asked, settings) -> None:
    minor, _ = asked
    settings.SOLERNI_TERMS_GUARDIAN_MAILS_PER_DAY = 3
    codes = run_together(*[lambda: api.ask_guardian(minor.id, email="", language="fr")] * 4)
    assert codes == ["", "", "terms_guardian_mails", "terms_guardian_mails"]
    assert models.GuardianRequest.objects.filter(state="sent").count() == 1
