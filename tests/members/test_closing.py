"""Closing an account: shut at once, taken back within seven days, sealed afterwards. Obligations 26 and 42."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from solerni_xblocks.core.errors import Unavailable
from solerni_xblocks.core.modelkit import AppendOnlyError
from solerni_xblocks.hooks import gates
from solerni_xblocks.hooks.events.announcing import announce
from solerni_xblocks.hooks.events.members import ACCOUNT_CHANGED
from solerni_xblocks.hooks.events.terms import TERMS_GUARDIAN_SILENT, TERMS_STOPPED, GuardianData, StopData
from solerni_xblocks.members import api, models
from solerni_xblocks.members.data import Reason, State
from solerni_xblocks.members.errors import AccountClosed, ClosingOver, PasswordWrong
from solerni_xblocks.members.flows import close_account
from solerni_xblocks.members.queries import accounts, gate
from solerni_xblocks.terms import api as terms
from solerni_xblocks.terms.data import VersionDraft

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
PAGE = "/solerni/members/"


@pytest.fixture(autouse=True)
def frozen() -> Any:
    with freeze_time(NOW) as clock:
        yield clock


@pytest.fixture(autouse=True)
def committing(db: None, monkeypatch) -> None:
    """What is to happen after the commit happens at once: each test is one long transaction."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **kwargs: act())


def close(member: Any, reason: Reason = Reason.OWN_WISH) -> Any:
    return api.close_account(member.id, reason=reason, actor_id=member.id)


def is_open(member: Any) -> bool:
    try:
        gates.require(gates.TAKE_PART, member.id, None)
    except AccountClosed:
        return False
    return True


def test_access_ends_at_once_and_a_mail_says_until_when_it_can_be_taken_back(learner, other_learner) -> None:
    assert is_open(learner)
    account = close(learner)
    assert (account.state, account.ends_at, account.may_withdraw) == (State.CLOSING, NOW + 7 * DAY, True)
    assert (is_open(learner), is_open(other_learner)) == (False, True)
    (message,) = mail.outbox
    assert message.to == ["lea@example.org"]
    assert "https://learn.example.org/solerni/members/" in message.body


def test_a_closed_account_is_told_before_the_terms(publish_terms, learner) -> None:
    close(learner)
    for question in gates.QUESTIONS:
        with pytest.raises(AccountClosed) as refusal:
            gates.require(question, learner.id, None)
        assert (refusal.value.code, refusal.value.where_to_go) == ("account_closed", PAGE)


@pytest.fixture
def publish_terms() -> None:
    """Terms that nobody has accepted."""
    terms.save_document("terms")
    text = terms.make_text("# Conditions\n\nSoyez aimables.")
    terms.publish_version("terms", VersionDraft(label="1", texts={"fr": text}, contact="a@example.org"))


@pytest.mark.parametrize(("shift", "works"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
def test_a_closing_is_taken_back_until_its_last_second(learner, frozen, shift: timedelta, works: bool) -> None:
    close(learner)
    frozen.move_to(NOW + 7 * DAY + shift)  # summer time has begun in between
    if works:
        assert api.withdraw_closing(learner.id, actor_id=learner.id).state is State.ACTIVE
        assert is_open(learner)
        assert api.settle_accounts() == 0
    else:
        with pytest.raises(ClosingOver):
            api.withdraw_closing(learner.id, actor_id=learner.id)
        assert api.get_account(learner.id).state is State.SEALED
        assert api.settle_accounts() == 1
        assert api.settle_accounts() == 0
        assert not is_open(learner)


def test_of_a_withdrawal_and_a_seal_at_once_one_wins(learner, frozen) -> None:
    close(learner)
    last = accounts.find_last(learner.id)
    assert api.withdraw_closing(learner.id, actor_id=learner.id).state is State.ACTIVE
    assert close_account.seal_account(last) is False
    assert api.get_account(learner.id).state is State.ACTIVE


def test_a_second_closing_moves_no_date(learner, frozen) -> None:
    close(learner)
    frozen.tick(3 * DAY)
    assert close(learner, Reason.TERMS_STOP).ends_at == NOW + 7 * DAY
    assert models.AccountTransition.objects.count() == 1
    assert len(mail.outbox) == 1


def test_an_account_can_be_closed_again_after_it_was_taken_back(learner) -> None:
    close(learner)
    api.withdraw_closing(learner.id, actor_id=learner.id)
    close(learner)
    assert not is_open(learner)
    assert [row.number for row in models.AccountTransition.objects.order_by("id")] == [1, 2, 3]


def test_transitions_are_never_changed(learner) -> None:
    close(learner)
    with pytest.raises(AppendOnlyError):
        models.AccountTransition.objects.update(to_state="active")
    with pytest.raises(AppendOnlyError):
        models.AccountTransition.objects.get().delete()


def test_warm_the_gate_asks_no_query_and_cold_one(learner, other_learner, django_assert_num_queries, frozen) -> None:
    close(other_learner)
    api.forget_accounts()
    with django_assert_num_queries(1):
        api.require_open_account(learner.id, None)
    with django_assert_num_queries(0):
        for _ in range(100):
            api.require_open_account(learner.id, None)
    frozen.tick(timedelta(seconds=5))
    with django_assert_num_queries(1):
        api.require_open_account(learner.id, None)


def test_another_process_follows_within_five_seconds(learner, frozen) -> None:
    assert is_open(learner)
    remembered = gate._Memory.closed
    close(learner)
    gate._Memory.closed = remembered  # as another process still sees it
    frozen.tick(timedelta(seconds=5))
    assert not is_open(learner)


def test_changes_become_visible_in_the_order_of_their_numbers(learner, frozen) -> None:
    """Each change holds the count until its commit, before it takes a number: none with a lower one comes later."""
    close(learner)
    with CaptureQueriesContext(connection) as captured:
        api.withdraw_closing(learner.id, actor_id=learner.id)
    statements = [query["sql"].replace("`", '"') for query in captured]
    writes = [sql.split('"')[1] for sql in statements if sql.startswith(("UPDATE", "INSERT"))]
    assert writes == ["solerni_members_transitioncount", "solerni_members_accounttransition"]
    assert models.TransitionCount.objects.get().length == models.AccountTransition.objects.count() == 2


def test_when_the_database_fails_the_gate_stays_shut(learner) -> None:
    api.forget_accounts()
    with (
        patch.object(gate.models.AccountTransition.objects, "filter", side_effect=OperationalError),
        pytest.raises(Unavailable) as refusal,
    ):
        api.require_open_account(learner.id, None)
    assert refusal.value.status == 503


def test_every_change_is_announced(learner, frozen) -> None:
    heard: list[str] = []

    def hear(account: Any, **kwargs: Any) -> None:
        heard.append(account.state)

    ACCOUNT_CHANGED.connect(hear)
    close(learner)
    api.withdraw_closing(learner.id, actor_id=learner.id)
    close(learner)
    frozen.tick(7 * DAY)
    call_command("solerni_members_settle")
    ACCOUNT_CHANGED.disconnect(hear)
    assert heard == ["closing", "active", "closing", "sealed"]


def test_stop_closes_the_account_and_keeps_the_version_that_was_not_accepted(learner) -> None:
    version = uuid4()
    announce(TERMS_STOPPED, stop=StopData(member_id=learner.id, document="terms", version_uuid=version, at=NOW))
    row = models.AccountTransition.objects.get()
    assert (row.reason, row.reference, row.ends_at) == ("terms_stop", f"terms {version}", NOW + 7 * DAY)
    assert not is_open(learner)


def test_an_account_never_opened_is_sealed_at_once_and_forgotten(learner) -> None:
    terms.state_birth(learner.id, born_on=date(2012, 1, 1), country="FR")
    silent = GuardianData(member_id=learner.id, was_open=False, at=NOW)
    announce(TERMS_GUARDIAN_SILENT, guardian=silent)
    assert api.get_account(learner.id).state is State.SEALED
    assert terms.export_member(learner.id)["birth"] is None
    assert models.PrivacyRequest.objects.get(kind="forget").done_at
    assert mail.outbox == []


def test_an_account_that_was_used_is_closed_with_its_data(learner) -> None:
    terms.state_birth(learner.id, born_on=date(2012, 1, 1), country="FR")
    announce(TERMS_GUARDIAN_SILENT, guardian=GuardianData(member_id=learner.id, was_open=True, at=NOW))
    account = api.get_account(learner.id)
    assert (account.state, account.reason, account.may_withdraw) == (State.CLOSING, Reason.GUARDIAN_WITHDREW, True)
    assert terms.export_member(learner.id)["birth"]


def test_settling_takes_as_many_queries_to_find_many_as_few(learner, frozen, django_assert_num_queries) -> None:
    models.AccountTransition.objects.bulk_create(
        models.AccountTransition(
            member_id=1000 + number,
            number=1,
            from_state="active",
            to_state="closing",
            reason="own_wish",
            actor_id=1000 + number,
            at=NOW,
            ends_at=NOW + 8 * DAY,
        )
        for number in range(50)
    )
    close(learner)
    frozen.tick(7 * DAY)
    with django_assert_num_queries(7):  # two looks, one seal in its savepoint, in line; a guardian's address looked for
        assert api.settle_accounts() == 1


def test_a_forgotten_member_stays_shut_out(learner) -> None:
    close(learner)
    api.forget_member(learner.id, actor_id=learner.id)
    api.forget_accounts()
    assert not is_open(learner)


def test_every_door_leads_a_closed_member_to_their_page(client, learner) -> None:
    client.force_login(learner)
    close(learner)
    page = client.get("/courses/course-v1:Solerni+Demo+2026/", headers={"accept": "text/html"})
    assert page.status_code == 302
    assert page["Location"].startswith(PAGE)
    told = client.get("/courses/course-v1:Solerni+Demo+2026/", headers={"accept": "application/json"})
    assert (told.status_code, told.json()["error_code"]) == (403, "account_closed")
    assert told.json()["where_to_go"].endswith(PAGE)
    entered = client.post("/login", {"username": "lea", "password": "secret"})
    assert client.get(entered["Location"], headers={"accept": "text/html"})["Location"].startswith(PAGE)


# The page


def test_a_member_closes_with_the_password_and_takes_it_back(client, learner) -> None:
    client.force_login(learner)
    assert b"data-solerni-members-close" in client.get(PAGE).content
    wrong = client.post(f"{PAGE}close/", {"password": "guess", "motive": "privacy"})
    assert wrong.status_code == 400
    assert b'value="privacy" selected' in wrong.content
    assert is_open(learner)
    done = client.post(f"{PAGE}close/", {"password": "secret", "motive": "privacy"})
    assert (done.status_code, done["Location"]) == (303, PAGE)
    page = client.get(PAGE).content.decode()
    assert 'data-solerni-members-account="closing"' in page
    assert "data-solerni-members-export" in page
    assert "data-solerni-members-close" not in page
    assert models.AccountTransition.objects.get().motive == "privacy"
    assert client.post(f"{PAGE}reopen/").status_code == 303
    assert is_open(learner)
    assert client.post(f"{PAGE}reopen/").status_code == 409


def test_a_closed_member_still_downloads_and_logs_out(client, learner, frozen) -> None:
    client.force_login(learner)
    close(learner)
    assert client.post(f"{PAGE}export/")["Content-Type"] == "application/json"
    frozen.tick(7 * DAY)
    assert 'data-solerni-members-account="sealed"' in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}export/").status_code == 200
    assert client.post("/logout").status_code in (200, 302)


def test_passwords_are_not_tried_one_after_the_other(client, learner, frozen) -> None:
    client.force_login(learner)
    for _ in range(5):
        assert client.post(f"{PAGE}close/", {"password": "guess"}).status_code == 400
    assert client.post(f"{PAGE}close/", {"password": "secret"}).status_code == 429
    client.force_login(learner)  # another session is no way round
    assert client.post(f"{PAGE}close/", {"password": "secret"}).status_code == 429
    assert is_open(learner)
    frozen.tick(timedelta(minutes=15))
    assert client.post(f"{PAGE}close/", {"password": "guess"}).status_code == 400
    assert client.post(f"{PAGE}close/", {"password": "secret"}).status_code == 303
    assert not models.WrongPassword.objects.exists()


def test_wrong_passwords_are_forgotten_with_the_member(client, learner) -> None:
    with pytest.raises(PasswordWrong):
        api.prove_owner(learner.id, "guess")
    assert api.export_member(learner.id)["wrong_passwords"] == {"tries": 1, "since": NOW.isoformat()}
    assert api.forget_own_rows(learner.id)["solerni_members_wrongpassword"] == 1


def test_nobody_owns_an_account_that_is_not_there(learner) -> None:
    with pytest.raises(PasswordWrong):
        api.prove_owner(10**9, "")


def test_an_account_without_password_is_closed_by_its_name(client, learner) -> None:
    learner.set_unusable_password()
    learner.save()
    client.force_login(learner)
    assert client.post(f"{PAGE}close/", {"password": "sam"}).status_code == 400
    assert client.post(f"{PAGE}close/", {"password": "lea"}).status_code == 303


@pytest.mark.parametrize("fields", [{"motive": "x"}, {"motive": "\x00"}, {"password": "\x00" * 9}, {}])
def test_nonsense_closes_nothing(client, learner, fields: dict[str, str]) -> None:
    client.force_login(learner)
    assert client.post(f"{PAGE}close/", fields).status_code == 400
    assert is_open(learner)


def test_visitors_and_links_close_nothing(client, learner) -> None:
    assert client.post(f"{PAGE}close/", {"password": "secret"}).status_code == 302
    client.force_login(learner)
    for path in ("close/", "reopen/"):
        assert client.get(f"{PAGE}{path}").status_code == 405
    assert is_open(learner)


def test_the_member_receives_what_became_of_the_account(learner) -> None:
    close(learner)
    (change,) = api.export_member(learner.id)["account"]
    assert (change["to"], change["reason"]) == ("closing", "own_wish")
