"""Letters owed by law: none lost to a mail server that is down or a process that dies, none sent twice."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from freezegun import freeze_time

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data.reports import IllegalNotice
from solerni_xblocks.discussion.flows import send_letters
from solerni_xblocks.discussion.models import Letter
from solerni_xblocks.hooks import duties
from solerni_xblocks.host.api import mail as host_mail
from tests.discussion.conftest import INSULT, REFUSE, open_thread


@pytest.fixture
def refuse(learner: Any, moderator: Any, cafe: Any) -> Any:
    """A message is refused by a process that dies right after the commit: no mail has left."""

    def refuse(title: str = "Colère") -> Any:
        held = open_thread(learner, cafe, title=title, source=INSULT)
        with patch.object(send_letters, "send_letter"):
            return api.decide_post(moderator.id, held.uuid, REFUSE)

    return refuse


def break_mail(error: type[OSError] = SMTPServerDisconnected) -> Any:
    return patch.object(host_mail(), "send", side_effect=error("gone"))


def test_a_process_that_dies_after_the_decision_leaves_its_letter_to_the_command(refuse, learner) -> None:
    refuse()
    assert mail.outbox == []
    assert (api.settle_letters(), api.settle_letters()) == ((1, 0), (0, 0))
    assert [(sent.to, "Colère" in sent.subject) for sent in mail.outbox] == [([learner.email], True)]


def test_a_process_that_dies_while_sending_leaves_the_letter_with_the_same_message_id(refuse) -> None:
    refuse()
    with patch.object(host_mail(), "send", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        api.settle_letters()
    assert api.settle_letters() == (0, 0)  # its claim still holds
    with freeze_time(clock.now() + send_letters.CLAIM):
        assert api.settle_letters() == (1, 0)
    assert mail.outbox[0].message()["Message-ID"] == f"<{Letter.objects.get().uuid}@learn.example.org>"


def test_what_no_server_takes_is_tried_again_later_and_later(refuse) -> None:
    refuse()
    start = clock.now()
    tried = []
    with break_mail():
        for minute in range(0, 60, 5):
            with freeze_time(start + timedelta(minutes=minute, seconds=1)):
                if api.settle_letters() == (0, 1):
                    tried.append(minute)
    assert tried == [0, 5, 15, 35]
    with freeze_time(start + timedelta(days=1)):
        assert api.settle_letters() == (1, 0)
    assert (len(mail.outbox), Letter.objects.get().tries) == (1, 5)


def test_a_server_that_is_down_ends_the_run_soon_and_loses_nothing(refuse) -> None:
    for number in range(7):
        refuse(f"Fil {number}")
    with break_mail(ConnectionRefusedError):
        assert api.settle_letters() == (0, send_letters.MOST_FAILURES)
    with freeze_time(clock.now() + timedelta(days=1)):
        assert api.settle_letters() == (7, 0)
    assert len({sent.subject for sent in mail.outbox}) == 7


def test_an_address_that_no_backend_takes_holds_no_other_letter_up(
    refuse, learner, cafe, settings, django_capture_on_commit_callbacks
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    post = open_thread(learner, cafe)
    told = {
        "explanation": "Menace.",
        "law": "",
        "is_child_abuse": False,
        "member_id": None,
        "good_faith": True,
        "name": "Zoé",
        "email": "=?utf-8?q?=0a?=@x.org",
    }
    with patch("smtplib.SMTP") as server:
        server.return_value.sendmail.return_value = {}
        with django_capture_on_commit_callbacks(execute=True):
            api.give_notice(IllegalNotice(post_uuid=post.uuid, language="fr", network="n", **told))
        refuse()
        with freeze_time(clock.now() + timedelta(minutes=6)):
            assert api.settle_letters() == (1, 1)
    ((_sender, to, _message), _) = server.return_value.sendmail.call_args
    assert (to, Letter.objects.get(sent_at=None).tries) == ([learner.email], 2)


def test_what_can_never_be_sent_is_given_up(refuse) -> None:
    refuse()
    Letter.objects.update(tries=send_letters.MOST_TRIES - 1)
    with patch.object(host_mail(), "send", side_effect=ValueError("zoe@example.org")):
        assert api.settle_letters() == (0, 1)
    with freeze_time(clock.now() + timedelta(days=30)):
        assert api.settle_letters() == (0, 0)


@pytest.mark.parametrize("error", [SMTPRecipientsRefused({}), ValueError("wrong")])
def test_mails_that_are_refused_one_by_one_do_not_end_the_run(refuse, error) -> None:
    for number in range(send_letters.MOST_FAILURES + 2):
        refuse(f"Fil {number}")
    with patch.object(host_mail(), "send", side_effect=error):
        assert api.settle_letters() == (0, send_letters.MOST_FAILURES + 2)


def test_a_step_of_the_command_that_fails_stops_no_other(refuse, caplog) -> None:
    refuse()
    out = io.StringIO()
    with patch.object(api, "settle_files", side_effect=RuntimeError("secret")), pytest.raises(CommandError) as failure:
        call_command("solerni_discussion_settle", stdout=out)
    assert "letters sent 1, failed 0" in out.getvalue()
    assert str(failure.value) == "Failed: files"
    assert "RuntimeError" in caplog.text and "secret" not in caplog.text


def test_a_letter_to_somebody_who_is_forgotten_meanwhile_goes_nowhere(refuse, learner) -> None:
    refuse()
    duties.discharge(duties.FORGET, learner.id, performers=["solerni_discussion"])
    assert api.settle_letters() == (1, 0)
    assert mail.outbox == []


def test_the_command_tells_what_it_sent(refuse) -> None:
    refuse()
    out = io.StringIO()
    call_command("solerni_discussion_settle", stdout=out)
    assert "letters sent 1, failed 0" in out.getvalue()


def test_letters_cost_as_much_each_whatever_waits(refuse, django_assert_num_queries) -> None:
    """Two looks for what is due; for each letter: claim, read, find its reader, write down that it left."""
    for count in (1, 10):
        for number in range(count):
            refuse(f"Fil {number}")
        with django_assert_num_queries(2 + 4 * count):
            assert api.settle_letters() == (count, 0)


@pytest.mark.django_db(transaction=True)
def test_of_several_commands_at_once_one_sends_each_letter(refuse) -> None:
    for number in range(5):
        refuse(f"Fil {number}")

    def settle(_number: int) -> int:
        try:
            return api.settle_letters()[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(settle, range(4))) == 5
    assert len({sent.subject for sent in mail.outbox}) == len(mail.outbox) == 5
