"""The guardian's link: asked, answered once, withdrawn, lapsed; and everything that must not work."""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPException
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from freezegun import freeze_time

from solerni_xblocks.hooks.events.terms import TERMS_GUARDIAN_SILENT
from solerni_xblocks.members import api as members
from solerni_xblocks.members import receivers as members_receivers
from solerni_xblocks.members.data import Reason, State
from solerni_xblocks.members.errors import AccountClosed, ClosingOver
from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.data import GuardianAnswer, GuardianLink, Origin, Version
from solerni_xblocks.terms.errors import (
    DraftRefused,
    GuardianIsSelf,
    GuardianLinkDead,
    GuardianMailsExhausted,
    GuardianMailUnsent,
    GuardianNotAsked,
    GuardianTriesExhausted,
    ParentalConsentRequired,
    TermsOutdated,
    TermsRequired,
)
from solerni_xblocks.terms.rules import guardianship
from tests.terms.conftest import make_answer

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
PAUL = "paul@example.org"
LINK = re.compile(r"https://learn\.example\.org(/solerni/terms/guardian/([0-9a-f-]{36})/([\w-]+)/)")


@pytest.fixture(autouse=True)
def frozen() -> Any:
    with freeze_time(NOW) as clock:
        yield clock


@pytest.fixture(autouse=True)
def committing(db: None, django_capture_on_commit_callbacks, monkeypatch) -> None:
    """What is to happen after the commit happens at once: each test is one long transaction."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **kwargs: act())


@pytest.fixture
def terms_version(publish) -> Version:
    return publish()


def make_minor(user: Any) -> Any:
    user.date_joined = NOW
    user.save()
    api.state_birth(user.id, born_on=date(2012, 5, 1), country="FR")
    return user


@pytest.fixture
def nina(terms_version: Version, learner) -> Any:
    """A minor who has accepted the terms herself."""
    make_minor(learner)
    api.accept_version(make_answer(learner.id, terms_version))
    return learner


def find_link(address: str = PAUL) -> tuple[str, GuardianLink]:
    """Address and parts of the link in the last mail to somebody."""
    message = [one for one in mail.outbox if one.to == [address]][-1]
    path, uuid, secret = LINK.search(message.body).groups()
    return path, GuardianLink(request_uuid=uuid, secret=secret, origin=Origin(ip="198.51.100.9", agent="Firefox"))


def answer(link: GuardianLink, *versions: Version) -> GuardianAnswer:
    return GuardianAnswer(link=link, versions={one.uuid: "fr" for one in versions}, screen_digest="1" * 64)


def is_open(member: Any) -> bool:
    try:
        api.require_acceptance(member.id, None)
    except ParentalConsentRequired:
        return False
    return True


def ask(member: Any, email: str = PAUL) -> GuardianLink:
    api.ask_guardian(member.id, email=email, language="fr")
    return find_link(email)[1]


def test_both_consents_are_kept_and_linked(nina, terms_version) -> None:
    link = ask(nina)
    assert not is_open(nina)
    api.confirm_as_guardian(answer(link, terms_version))
    assert is_open(nina)
    own, guardians = models.Proof.objects.filter(act="accept").order_by("id")
    assert (own.actor, guardians.actor, guardians.channel) == ("self", "guardian", "guardian")
    assert guardians.subject == own.subject
    assert guardians.reference == str(own.uuid)
    assert guardians.version_uuid == terms_version.uuid
    assert guardians.text_digest == own.text_digest
    assert (guardians.person.ip, guardians.screen_digest) == ("198.51.100.0", "1" * 64)


def test_the_guardians_answer_does_not_replace_the_minors_own(publish, terms_version, nina) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    publish("2.0", note=" new")
    with pytest.raises(ParentalConsentRequired):
        api.forget_answers()
        api.require_acceptance(nina.id, None)
    assert api.get_guardianship(nina.id).due == ("terms",)


def test_a_minor_accepts_before_a_guardian_is_asked(publish, learner) -> None:
    publish()
    make_minor(learner)
    with pytest.raises(TermsRequired):
        ask(learner)
    assert mail.outbox == []


def test_an_adult_asks_nobody(terms_version, learner) -> None:
    with pytest.raises(GuardianNotAsked):
        ask(learner)
    api.state_birth(learner.id, born_on=date(1990, 1, 1), country="FR")
    with pytest.raises(GuardianNotAsked):
        ask(learner)


@pytest.mark.parametrize("address", ["lea@example.org", "LEA@EXAMPLE.ORG", "lea+papa@example.org"])
def test_ones_own_address_is_no_guardian(nina, address: str) -> None:
    with pytest.raises(GuardianIsSelf):
        ask(nina, address)


def test_the_mail_asks_for_this_answer_and_the_secret_is_kept_nowhere(nina) -> None:
    link = ask(nina)
    (message,) = mail.outbox
    assert message.to == [PAUL]
    assert len(LINK.findall(message.body)) == 1
    row = models.GuardianRequest.objects.values().get()
    assert len(link.secret) >= 43  # 256 bits
    assert link.secret not in str(row)


def test_a_link_works_once(nina, terms_version) -> None:
    link = ask(nina)
    api.confirm_as_guardian(answer(link, terms_version))
    for act in (api.confirm_as_guardian, api.refuse_as_guardian, api.withdraw_as_guardian):
        with pytest.raises(GuardianLinkDead):
            act(answer(link, terms_version))
    assert models.Proof.objects.filter(actor="guardian").count() == 1


@pytest.mark.parametrize(("shift", "works"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
def test_a_link_works_until_its_end(nina, terms_version, frozen, shift: timedelta, works: bool) -> None:
    link = ask(nina)
    frozen.move_to(NOW + 14 * DAY + shift)
    if works:
        api.confirm_as_guardian(answer(link, terms_version))
        assert api.settle_guardians()["ended"] == 0
    else:
        with pytest.raises(GuardianLinkDead):
            api.confirm_as_guardian(answer(link, terms_version))


def test_the_link_of_another_child_confirms_nothing_for_this_one(nina, other_learner, terms_version) -> None:
    make_minor(other_learner)
    api.accept_version(make_answer(other_learner.id, terms_version))
    hers, his = ask(nina), ask(other_learner, "ines@example.org")
    mixed = GuardianLink(request_uuid=hers.request_uuid, secret=his.secret, origin=hers.origin)
    with pytest.raises(GuardianLinkDead):
        api.confirm_as_guardian(answer(mixed, terms_version))
    api.confirm_as_guardian(answer(his, terms_version))
    assert (is_open(nina), is_open(other_learner)) == (False, True)


def test_a_later_request_makes_the_earlier_link_worthless(nina, terms_version) -> None:
    wrong, right = ask(nina, "paula@example.org"), ask(nina)
    with pytest.raises(GuardianLinkDead):
        api.confirm_as_guardian(answer(wrong, terms_version))
    api.confirm_as_guardian(answer(right, terms_version))
    assert is_open(nina)


def test_a_tampered_secret_is_refused_and_counted_against_its_link(nina, terms_version, settings) -> None:
    settings.SOLERNI_TERMS_GUARDIAN_TRIES = 3
    link = ask(nina)
    for number in range(3):
        origin = Origin(ip=f"203.0.{number}.9")
        with pytest.raises(GuardianLinkDead):
            api.open_guardian_link(GuardianLink(request_uuid=link.request_uuid, secret="x" * 43, origin=origin))
    with pytest.raises(GuardianTriesExhausted) as refusal:
        origin = Origin(ip="203.0.9.9")
        api.open_guardian_link(GuardianLink(request_uuid=link.request_uuid, secret="y" * 43, origin=origin))
    assert refusal.value.status == 429
    api.confirm_as_guardian(answer(link, terms_version))  # who has the secret is not kept out by those who guess
    assert is_open(nina)


def test_unknown_links_are_counted_against_their_network_for_an_hour(nina, settings, frozen) -> None:
    settings.SOLERNI_TERMS_GUARDIAN_TRIES = 3
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    link = ask(nina)
    uuid = "00000000-0000-4000-8000-000000000000"
    for _ in range(3):
        with pytest.raises(GuardianLinkDead):
            api.open_guardian_link(GuardianLink(request_uuid=uuid, secret="x", origin=Origin(ip="198.51.100.77")))
    wrong = GuardianLink(request_uuid=uuid, secret="x", origin=Origin(ip="198.51.100.77"))
    with pytest.raises(GuardianTriesExhausted):
        api.open_guardian_link(wrong)
    assert api.open_guardian_link(link).child == "lea"  # of the same network, with the secret
    frozen.tick(timedelta(hours=1))
    with pytest.raises(GuardianLinkDead):
        api.open_guardian_link(wrong)
    assert "198.51" not in str(list(models.GuardianKnock.objects.values()))


def test_mails_are_limited_by_minor_and_by_address(nina, other_learner, terms_version, settings, frozen) -> None:
    settings.SOLERNI_TERMS_GUARDIAN_MAILS_PER_DAY = 2
    settings.SOLERNI_TERMS_GUARDIAN_MAILS_PER_ADDRESS = 3
    make_minor(other_learner)
    api.accept_version(make_answer(other_learner.id, terms_version))
    ask(nina)
    api.ask_guardian(nina.id, email="", language="fr")  # send again
    with pytest.raises(GuardianMailsExhausted):
        ask(nina, "other@example.org")
    ask(other_learner, PAUL)
    with pytest.raises(GuardianMailsExhausted):
        ask(other_learner, PAUL.upper())
    frozen.tick(DAY)
    ask(nina)


def test_mails_to_one_box_are_counted_however_its_address_is_spelt(nina, settings) -> None:
    settings.SOLERNI_TERMS_GUARDIAN_MAILS_PER_DAY = 10
    settings.SOLERNI_TERMS_GUARDIAN_MAILS_PER_ADDRESS = 2
    ask(nina, "Paul+a@example.org")
    ask(nina, "paul+b@EXAMPLE.org")
    with pytest.raises(GuardianMailsExhausted):
        ask(nina, "paul@example.org")
    ask(nina, "paula@example.org")


def test_a_mail_that_cannot_leave_asks_nothing(nina) -> None:
    with (
        patch("django.core.mail.EmailMultiAlternatives.send", side_effect=SMTPException),
        pytest.raises(GuardianMailUnsent),
    ):
        ask(nina)
    row = models.GuardianRequest.objects.get()
    assert (row.state, row.email) == ("replaced", "")


def test_versions_other_than_those_asked_are_refused(publish, nina, terms_version) -> None:
    link = ask(nina)
    other = publish(slug="charter", is_required=False)
    for versions in ((), (other,), (terms_version, other)):
        for act in (api.confirm_as_guardian, api.refuse_as_guardian):
            with pytest.raises(TermsOutdated):
                act(answer(link, *versions))


def test_a_minor_version_published_meanwhile_is_the_one_that_the_guardian_reads(publish, nina, terms_version) -> None:
    link = ask(nina)
    newer = publish("1.1", note=" typo", requires_acceptance=False)
    with pytest.raises(TermsOutdated):
        api.confirm_as_guardian(answer(link, terms_version))
    api.confirm_as_guardian(answer(link, newer))
    own, guardians = models.Proof.objects.filter(act="accept").order_by("id")
    assert (own.version_uuid, guardians.version_uuid) == (terms_version.uuid, newer.uuid)
    assert guardians.reference == str(own.uuid)
    assert is_open(nina)


def test_a_refusal_tells_the_minor_erases_the_address_and_ends_the_account(nina, terms_version, frozen, silent) -> None:
    api.refuse_as_guardian(answer(ask(nina), terms_version))
    row = models.GuardianRequest.objects.get()
    assert (row.state, row.email) == ("refused", "")
    assert mail.outbox[-1].to == ["lea@example.org"]
    assert models.Proof.objects.get(actor="guardian").act == "decline"
    frozen.tick(7 * DAY - SECOND)
    assert api.settle_guardians()["ended"] == 0
    frozen.tick(SECOND)
    assert api.settle_guardians()["ended"] == 1
    assert [(one.member_id, one.was_open) for one in silent] == [(nina.id, False)] * 2


def test_a_withdrawal_makes_the_minor_wait_again(nina, terms_version, frozen, silent) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    assert is_open(nina)
    withdrawal = find_link()[1]
    assert api.open_guardian_link(withdrawal).state == "confirmed"
    api.withdraw_as_guardian(answer(withdrawal))
    assert not is_open(nina)
    accepted, withdrawn = models.Proof.objects.filter(actor="guardian").order_by("id")
    assert (withdrawn.act, withdrawn.reference) == ("withdraw", str(accepted.uuid))
    assert not models.GuardianRequest.objects.exclude(email="").exists()
    with pytest.raises(GuardianLinkDead):
        api.withdraw_as_guardian(answer(withdrawal))
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    assert is_open(nina)
    assert models.Proof.objects.get(actor="guardian", act="accept", turn=2)


def test_after_a_withdrawal_the_account_is_closed_not_thrown_away(nina, terms_version, frozen, silent) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    api.withdraw_as_guardian(answer(find_link()[1]))
    frozen.tick(14 * DAY)
    api.settle_guardians()
    assert [(one.member_id, one.was_open) for one in silent] == [(nina.id, True)]


def test_an_account_that_is_opened_again_waits_as_after_a_first_request(nina, terms_version, frozen) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    api.withdraw_as_guardian(answer(find_link()[1]))
    frozen.tick(14 * DAY)
    api.settle_guardians()
    assert members.get_account(nina.id).state is State.CLOSING
    frozen.tick(DAY)
    assert api.settle_guardians()["resumed"] == 0  # nothing resumes while it is closed
    members.withdraw_closing(nina.id, actor_id=nina.id)
    assert not is_open(nina)
    assert [api.settle_guardians()["resumed"] for _run in range(2)] == [1, 0]
    shown = api.get_guardianship(nina.id)
    assert (shown.is_pending, shown.request.expires_at) == (True, NOW + 29 * DAY)
    frozen.move_to(NOW + 29 * DAY - SECOND)
    assert api.settle_guardians()["ended"] == 0
    frozen.tick(SECOND)
    assert api.settle_guardians()["ended"] == 1
    assert members.get_account(nina.id).state is State.CLOSING


def test_an_account_opened_again_with_a_new_request_keeps_the_clock_of_the_request(nina, terms_version, frozen) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    api.withdraw_as_guardian(answer(find_link()[1]))
    frozen.tick(14 * DAY)
    api.settle_guardians()
    members.withdraw_closing(nina.id, actor_id=nina.id)
    link = ask(nina)
    assert api.settle_guardians()["resumed"] == 0
    api.confirm_as_guardian(answer(link, terms_version))
    assert is_open(nina)
    assert api.settle_guardians()["resumed"] == 0


def test_a_link_to_withdraw_that_did_not_leave_is_sent_again(nina, terms_version) -> None:
    link = ask(nina)
    with patch("django.core.mail.EmailMultiAlternatives.send", side_effect=SMTPException):
        api.confirm_as_guardian(answer(link, terms_version))
        assert api.settle_guardians()["thanked"] == 0
    assert is_open(nina)
    assert [api.settle_guardians()["thanked"] for _run in range(2)] == [1, 0]
    api.withdraw_as_guardian(answer(find_link()[1]))
    assert not is_open(nina)


def test_a_closed_account_answers_nothing_and_has_nobody_written_to(nina, terms_version, publish) -> None:
    optional = publish(slug="letters", is_required=False)
    api.accept_version(make_answer(nina.id, optional, document="letters"))
    later = publish("2.0", note=" new")
    proofs = models.Proof.objects.count()
    members.close_account(nina.id, reason=Reason.OWN_WISH, actor_id=nina.id)
    sent = len(mail.outbox)
    for act in (api.accept_version, api.decline_version, api.stop_service):
        with pytest.raises(AccountClosed):
            act(make_answer(nina.id, later))
    with pytest.raises(AccountClosed):
        ask(nina)
    assert (models.Proof.objects.count(), len(mail.outbox)) == (proofs, sent)
    # A consent can be taken back whatever becomes of the account.
    assert api.withdraw_acceptance(make_answer(nina.id, optional, document="letters")).act == "withdraw"


def test_with_the_seal_the_guardians_address_goes_and_the_link_to_withdraw_stays(nina, terms_version, frozen) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    withdrawal = find_link()[1]
    account = members.close_account(nina.id, reason=Reason.OWN_WISH, actor_id=nina.id)
    assert models.GuardianRequest.objects.get().email == PAUL
    frozen.move_to(account.ends_at)
    members.settle_accounts()
    row = models.GuardianRequest.objects.get()
    assert (row.email, row.state) == ("", "confirmed")
    api.withdraw_as_guardian(answer(withdrawal))
    assert models.Proof.objects.get(actor="guardian", act="withdraw")


def test_with_the_seal_an_open_request_ends(nina, frozen) -> None:
    link = ask(nina)
    members.close_account(nina.id, reason=Reason.OWN_WISH, actor_id=nina.id)
    api.erase_address(nina.id)
    row = models.GuardianRequest.objects.get()
    assert (row.email, row.state) == ("", "replaced")
    with pytest.raises(GuardianLinkDead):
        api.open_guardian_link(link)


@pytest.fixture
def silent() -> Any:
    """Facts heard about guardians who did not agree; whoever keeps the accounts hears nothing."""
    heard: list[Any] = []
    TERMS_GUARDIAN_SILENT.disconnect(dispatch_uid="solerni_members.lose_guardian")

    def hear(guardian: Any, **kwargs: Any) -> None:
        heard.append(guardian)

    TERMS_GUARDIAN_SILENT.connect(hear)
    yield heard
    TERMS_GUARDIAN_SILENT.disconnect(hear)
    members_receivers.connect()


def test_silence_warns_then_erases_the_address_and_tells(nina, frozen, silent) -> None:
    ask(nina)
    frozen.move_to(NOW + 11 * DAY)
    assert api.settle_guardians()["warned"] == 1
    assert mail.outbox[-1].to == ["lea@example.org"]
    assert api.settle_guardians()["warned"] == 0
    frozen.move_to(NOW + 14 * DAY)
    assert api.settle_guardians()["ended"] == 1
    assert not models.GuardianRequest.objects.exclude(email="").exists()
    told = len(silent)
    assert {(one.member_id, one.was_open) for one in silent} == {(nina.id, False)}
    api.settle_guardians()  # the receiver failed: it is told again, until the data is gone
    assert len(silent) == told + 1
    api.forget_member(nina.id)
    assert api.settle_guardians()["told_again"] == 0


def test_after_silence_nothing_of_the_minor_is_left_and_the_account_is_shut(nina, terms_version, frozen) -> None:
    ask(nina)
    frozen.tick(14 * DAY)
    assert api.settle_guardians()["ended"] == 1
    assert not models.Birth.objects.exists()
    assert not models.GuardianRequest.objects.exists()
    assert not models.ProofPerson.objects.exists()
    assert models.Proof.objects.filter(act="accept").count() == 1
    assert members.get_account(nina.id).state == "sealed"


def test_an_account_that_was_used_before_is_not_thrown_away(terms_version, learner, frozen, silent) -> None:
    learner.date_joined = NOW - 90 * DAY
    learner.save()
    api.accept_version(make_answer(learner.id, terms_version))
    api.state_birth(learner.id, born_on=date(2012, 5, 1), country="FR")
    ask(learner)
    frozen.tick(14 * DAY)
    api.settle_guardians()
    assert [one.was_open for one in silent] == [True]


def test_a_major_version_asks_child_and_guardian_again(publish, nina, terms_version, frozen) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    frozen.tick(DAY)
    begins_at = NOW + 30 * DAY
    second = publish("2.0", note=" new", effective_at=begins_at)
    sent = len(mail.outbox)
    assert api.settle_guardians()["asked_again"] == 0  # the child first
    api.accept_version(make_answer(nina.id, second))
    assert api.settle_guardians()["asked_again"] == 1
    assert api.settle_guardians()["asked_again"] == 0
    assert len(mail.outbox) == sent + 1
    link = find_link()[1]
    assert [one.version_uuid for one in api.open_guardian_link(link).asked] == [second.uuid]
    assert is_open(nina)
    frozen.move_to(begins_at)
    assert not is_open(nina)
    api.confirm_as_guardian(answer(link, second))
    assert is_open(nina)
    states = list(models.GuardianRequest.objects.order_by("id").values_list("state", "email"))
    assert states == [("replaced", ""), ("confirmed", PAUL)]


def test_an_answer_may_be_given_as_long_after_the_date_as_before(publish, nina, terms_version, frozen, silent) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    second = publish("2.0", note=" new", effective_at=NOW + 30 * DAY)
    frozen.tick(DAY)
    api.accept_version(make_answer(nina.id, second))
    api.settle_guardians()
    frozen.move_to(NOW + 44 * DAY - SECOND)
    assert api.settle_guardians()["ended"] == 0
    frozen.tick(SECOND)
    assert api.settle_guardians()["ended"] == 1
    assert [one.was_open for one in silent] == [True]
    assert not models.GuardianRequest.objects.exclude(email="").exists()


def test_the_address_goes_on_the_birthday(nina, terms_version, frozen) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    frozen.move_to(datetime(2030, 4, 30, 21, 59, 59, tzinfo=UTC))
    assert api.settle_guardians()["of_age"] == 0
    frozen.tick(SECOND)  # midnight in Paris
    assert is_open(nina)
    assert api.settle_guardians()["of_age"] == 1
    assert not models.GuardianRequest.objects.exclude(email="").exists()


def test_a_request_open_on_the_birthday_ends_without_harm(nina, frozen, silent) -> None:
    models.Birth.objects.update(born_on=date(2008, 6, 3))
    link = ask(nina)
    frozen.move_to(datetime(2026, 6, 2, 22, tzinfo=UTC))
    assert is_open(nina)
    frozen.tick(20 * DAY)
    api.settle_guardians()
    assert models.GuardianRequest.objects.get().state == "of_age"
    assert silent == []
    with pytest.raises(GuardianLinkDead):
        api.open_guardian_link(link)


def test_a_replaced_address_is_kept_a_day_for_the_limits_and_no_longer(nina, frozen) -> None:
    ask(nina, "wrong@example.org")
    ask(nina)
    assert api.settle_guardians()["erased"] == 0
    frozen.tick(DAY)
    assert api.settle_guardians()["erased"] == 1
    assert list(models.GuardianRequest.objects.order_by("id").values_list("email", flat=True)) == ["", PAUL]


def test_the_address_is_written_to_for_nothing_else(nina, terms_version, publish, frozen) -> None:
    """All that happens to a confirmed minor, a minor version included, sends the guardian two mails."""
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    publish("1.1", note=" typo", requires_acceptance=False)
    publish(slug="news", is_required=False)
    for _ in range(5):
        frozen.tick(DAY)
        api.settle_guardians()
    assert len([one for one in mail.outbox if one.to == [PAUL]]) == 2


def test_settling_asks_as_much_for_few_as_for_many_that_are_not_due(
    nina, terms_version, django_assert_num_queries
) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    models.GuardianRequest.objects.bulk_create(
        models.GuardianRequest(
            member_id=1000 + number,
            email=f"p{number}@example.org",
            language="fr",
            token_digest=f"{number:064}",
            withdrawal_digest="0" * 64,
            state="confirmed",
            asked_at=NOW,
            expires_at=NOW,
            answered_at=NOW,
        )
        for number in range(40)
    )
    models.Birth.objects.bulk_create(
        models.Birth(member_id=1000 + number, born_on=date(2012, 1, 1), country="FR", stated_at=NOW)
        for number in range(40)
    )
    with django_assert_num_queries(10):
        api.settle_guardians()


def test_a_course_document_needs_the_guardian_too(publish, nina, terms_version, course_key) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    charter = publish(slug="charter", audience="course", course_key=str(course_key), is_course_wide=True)
    api.forget_answers()
    with pytest.raises(ParentalConsentRequired) as refusal:
        api.require_acceptance(nina.id, course_key)
    assert refusal.value.where_to_go.endswith("&document=charter")
    assert is_open(nina)
    assert api.get_guardianship(nina.id, document="charter").due == ("charter",)
    api.accept_version(make_answer(nina.id, charter, document="charter"))
    api.ask_guardian(nina.id, email="", language="fr", document="charter")
    api.confirm_as_guardian(answer(find_link()[1], charter))
    api.require_acceptance(nina.id, course_key)


@pytest.mark.parametrize("slug", ["guardian", "birth", "api"])
def test_a_document_cannot_take_the_address_of_another_page(slug: str) -> None:
    with pytest.raises(DraftRefused):
        api.save_document(slug)


def test_a_withdrawal_in_another_process_is_seen_within_five_seconds(nina, terms_version, frozen) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    assert is_open(nina)
    with patch("solerni_xblocks.terms.queries.gate.forget_answers"):  # this process heard nothing of it
        api.withdraw_as_guardian(answer(find_link()[1]))
    frozen.tick(5 * SECOND)
    assert not is_open(nina)


def test_operators_see_requests_without_addresses_or_secrets(nina, terms_version, admin_client, admin_user) -> None:
    ask(nina)
    row = models.GuardianRequest.objects.get()
    api.accept_version(make_answer(admin_user.id, terms_version))
    for path in ("", f"{row.id}/change/"):
        page = admin_client.get(f"/admin/solerni_terms/guardianrequest/{path}").content.decode()
        assert str(row.uuid) in page
        assert PAUL not in page
        assert row.token_digest not in page


# Pages


@pytest.fixture
def guardian_client() -> Client:
    """A browser without an account."""
    return Client()


def fill(version: Version, **fields: str) -> dict[str, str]:
    shown = {"version-terms": str(version.uuid), "language-terms": "fr", "agree-terms": "on"}
    return {**shown, "email": PAUL, **fields}


PAGE = "/solerni/terms/guardian/"


def test_a_minor_accepts_and_names_a_guardian_on_one_page(client, learner, terms_version) -> None:
    client.force_login(make_minor(learner))
    shown = client.get(PAGE)
    assert terms_version.uuid.hex in shown.content.decode().replace("-", "")
    sent = client.post(PAGE, fill(terms_version, next="/courses/"))
    assert (sent.status_code, sent["Location"]) == (303, f"{PAGE}?next=%2Fcourses%2F")
    waiting = client.get(sent["Location"]).content.decode()
    assert "p…@e….org" in waiting
    assert PAUL not in waiting
    assert models.Proof.objects.get(act="accept").screen_digest


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"email": "not an address"}, 400),
        ({"email": ""}, 400),
        ({"email": "lea@example.org"}, 400),
        ({"email": f"{'x' * 300}@example.org"}, 400),
        ({"email": "a@example.org\nBcc: b@example.org"}, 400),
        ({"agree-terms": ""}, 400),
        ({"version-terms": "00000000-0000-4000-8000-000000000000"}, 409),
    ],
)
def test_a_refusal_keeps_what_the_minor_typed(client, learner, terms_version, fields, status: int) -> None:
    client.force_login(make_minor(learner))
    refused = client.post(PAGE, fill(terms_version, **fields))
    assert refused.status_code == status
    page = refused.content.decode()
    assert "data-solerni-terms-refusal" in page
    if "email" not in fields:
        assert f'value="{PAUL}"' in page
    assert mail.outbox == []


def test_the_page_asks_nothing_of_an_adult_and_a_log_in_of_a_visitor(client, learner, terms_version, settings) -> None:
    settings.SOLERNI_TERMS_BIRTH_ASKED = False
    assert client.get(PAGE)["Location"].startswith("/login")
    client.force_login(learner)
    assert "data-solerni-terms-outcome" in client.get(PAGE).content.decode()
    assert client.post(PAGE, fill(terms_version)).status_code == 409


def test_opening_a_link_changes_nothing_however_often(nina, guardian_client) -> None:
    ask(nina)
    path, _ = find_link()
    before = list(models.GuardianRequest.objects.values())
    for method in (guardian_client.get, guardian_client.head, guardian_client.get):
        answered = method(path)
        assert answered.status_code == 200
    assert list(models.GuardianRequest.objects.values()) == before
    assert not models.GuardianKnock.objects.exists()
    assert answered["Referrer-Policy"] == "same-origin"
    assert "no-store" in answered["Cache-Control"]
    assert PAUL not in answered.content.decode()


def test_a_guardian_confirms_by_a_positive_act(nina, terms_version, guardian_client) -> None:
    ask(nina)
    path, _ = find_link()
    shown = {"version": f"{terms_version.uuid}:fr", "answer": "confirm"}
    unticked = guardian_client.post(path, shown)
    assert unticked.status_code == 400
    assert not is_open(nina)
    done = guardian_client.post(path, {**shown, "authority": "on"})
    assert (done.status_code, done["Location"]) == (303, f"{PAGE}done/confirm/")
    assert guardian_client.get(done["Location"]).status_code == 200
    assert is_open(nina)
    assert guardian_client.post(path, {**shown, "authority": "on"}).status_code == 404


def test_a_guardian_refuses_or_withdraws_on_a_page(nina, terms_version, guardian_client) -> None:
    ask(nina)
    shown = {"version": f"{terms_version.uuid}:fr", "authority": "on"}
    assert guardian_client.post(find_link()[0], {**shown, "answer": "confirm"}).status_code == 303
    path, _ = find_link()
    assert guardian_client.post(path, {**shown, "answer": "confirm"}).status_code == 200  # nothing to confirm any more
    assert guardian_client.post(path, {"answer": "withdraw"})["Location"] == f"{PAGE}done/withdraw/"
    assert not is_open(nina)
    ask(nina)
    assert guardian_client.post(find_link()[0], {**shown, "answer": "refuse"})["Location"] == f"{PAGE}done/refuse/"


@pytest.mark.parametrize("kind", ["unknown", "tampered", "expired", "replayed", "replaced"])
def test_every_dead_link_gets_the_same_page(nina, terms_version, guardian_client, frozen, kind: str) -> None:
    link = ask(nina)
    path, _ = find_link()
    if kind == "unknown":
        path = f"{PAGE}00000000-0000-4000-8000-000000000000/{link.secret}/"
    elif kind == "tampered":
        path = f"{path[:-3]}xx/"
    elif kind == "expired":
        frozen.tick(14 * DAY)
    elif kind == "replayed":
        api.confirm_as_guardian(answer(link, terms_version))
    else:
        ask(nina)
    pages = [method(path, {"answer": "confirm"}) for method in (guardian_client.get, guardian_client.post)]
    unknown = guardian_client.get(f"{PAGE}11111111-0000-4000-8000-000000000000/x/")
    assert {page.status_code for page in pages} == {404}
    strip = re.compile(rb"<[^>]*(csrf|action|value|href)[^>]*>")
    assert strip.sub(b"", pages[0].content) == strip.sub(b"", unknown.content)


@pytest.mark.parametrize(
    "fields", [{}, {"answer": "burn"}, {"answer": "withdraw"}, {"answer": "confirm", "version": "x"}]
)
def test_nonsense_from_a_guardian_changes_nothing(nina, guardian_client, fields: dict[str, str]) -> None:
    ask(nina)
    assert guardian_client.post(find_link()[0], fields).status_code in (200, 400)
    assert models.GuardianRequest.objects.get().state == "sent"


def test_a_form_from_another_site_is_refused(nina) -> None:
    ask(nina)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(find_link()[0], {"answer": "refuse"}).status_code == 403
    assert models.GuardianRequest.objects.get().state == "sent"


# Duties


def test_the_member_receives_and_the_service_forgets_birth_and_requests(nina, terms_version) -> None:
    api.confirm_as_guardian(answer(ask(nina), terms_version))
    held = api.export_member(nina.id)
    assert held["birth"]["born_on"] == "2012-05-01"
    assert held["guardian_requests"][0]["email"] == PAUL
    counts = api.forget_member(nina.id)
    assert counts["solerni_terms_birth"] == 1
    assert counts["solerni_terms_guardianrequest"] == 1
    assert not models.Birth.objects.exists()
    assert not models.GuardianRequest.objects.exists()
    assert models.Proof.objects.filter(actor="guardian").count() == 1


def test_a_minor_who_closes_and_opens_the_account_again_still_needs_a_guardian(nina, terms_version, frozen) -> None:
    ask(nina)
    frozen.move_to(NOW + timedelta(days=13))
    members.close_account(nina.id, reason=Reason.OWN_WISH, actor_id=nina.id)
    frozen.move_to(NOW + timedelta(days=14))
    api.settle_guardians()
    with pytest.raises(ClosingOver):
        members.withdraw_closing(nina.id, actor_id=nina.id)
    assert members.get_account(nina.id).state is State.SEALED


@pytest.mark.parametrize(
    "address", ['"lea"@example.org', "lea@\uff45xample.org", "lea@exam\u00adple.org", "l.e.a@gmail.com"]
)
def test_an_address_spelled_otherwise_is_the_same_box(address: str) -> None:
    own = "lea@googlemail.com" if "gmail" in address else "lea@example.org"
    assert guardianship.is_same_box(address, own)


def test_the_secret_of_a_link_stays_out_of_the_log(nina, terms_version, caplog, monkeypatch) -> None:
    link = ask(nina)
    path = f"/solerni/terms/guardian/{link.request_uuid}/{link.secret}/"
    for name in ("django", "django.request"):
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
        monkeypatch.setattr(logging.getLogger(name), "level", logging.WARNING)
    with caplog.at_level(logging.WARNING):
        assert Client().post(path, {"answer": "confirm"}).status_code == 400
        assert Client(enforce_csrf_checks=True).post(path, {"answer": "confirm"}).status_code == 403
    assert f"/guardian/{link.request_uuid}/-/" in caplog.text
    assert link.secret not in caplog.text
