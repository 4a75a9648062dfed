"""Mails of notices: as their member wants them, each once, and nothing that is hidden, read or untrue by then."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from freezegun import freeze_time
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.core.errors import Refused, Unavailable
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Act, Complaint
from solerni_xblocks.discussion.data.mailing import Frequency
from solerni_xblocks.discussion.flows import mail_notices, send_letters
from solerni_xblocks.discussion.management.checks import check_mails
from solerni_xblocks.discussion.models import Case, Notice, NoticeKind, Post, Report, Thread, Voice
from solerni_xblocks.hooks import gates
from solerni_xblocks.host.api import mail as host_mail
from tests.discussion.conftest import INSULT, make_draft, open_thread, say

MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
TUESDAY_AT_SEVEN = datetime.fromisoformat("2026-11-24T07:00:00+01:00")
SECOND = timedelta(seconds=1)


@pytest.fixture
def monday() -> Any:
    with freeze_time(MONDAY) as frozen:
        yield frozen


@pytest.fixture
def thread(monday: Any, learner: Any, cafe: Any) -> Any:
    """Léa's thread, which she follows and read when she opened it."""
    opened = open_thread(learner, cafe, title="Où trouver du pain ?").thread_uuid
    monday.tick(1)
    return opened


def reply(who: Any, cafe: Any, thread: Any, text: str = "À la boulangerie") -> Any:
    return api.publish_post(who.id, cafe, make_draft(text), thread_uuid=thread)


def want(who: Any, frequency: str, kind: str = "reply", course_key: str = "") -> None:
    api.choose_mails(who.id, course_key, {kind: Frequency(frequency)})


def break_mail() -> Any:
    return patch.object(host_mail(), "send", side_effect=SMTPServerDisconnected("gone"))


def parts(sent: Any) -> tuple[str, str]:
    return sent.body, sent.alternatives[0][0]


def test_a_reply_is_mailed_at_once_to_who_follows(thread, learner, other_learner, cafe) -> None:
    post = reply(other_learner, cafe, thread)
    assert (api.settle_mails(), api.settle_mails()) == ((1, 0), (0, 0))
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([learner.email], "Nouvelle réponse · Où trouver du pain ?")
    for part in parts(sent):
        for told in ("sam", "À la boulangerie", f"https://learn.example.org/solerni/discussion/post/{post.uuid}/"):
            assert told in part
    assert Notice.objects.get(mailed_at__isnull=False).member_id == learner.id


def test_a_mail_is_in_its_readers_language(thread, learner, other_learner, cafe, register) -> None:
    register.languages[learner.id] = "en"
    reply(other_learner, cafe, thread)
    api.settle_mails()
    register.languages[learner.id] = "fr"
    reply(other_learner, cafe, thread)
    api.settle_mails()
    english, french = mail.outbox
    assert "Hello lea" in english.body and "23 November 2026" in english.body
    assert "Bonjour lea" in french.body and "23 novembre 2026" in french.body


def test_a_digest_leaves_in_the_morning_by_course_and_thread(
    thread, learner, other_learner, cafe, register, monday
) -> None:
    want(learner, "daily")
    far = CourseKey.from_string("course-v1:Solerni+Far+2026")
    for who in (learner, other_learner):
        register.give_role(who.id, far, "student")
    there = type(cafe)(course_key=far, usage_key=far.make_usage_key("solerni_discussion", "bar"))
    second = open_thread(learner, there, title="Et du vin ?").thread_uuid
    for text in ("Ici", "Là"):
        reply(other_learner, cafe, thread, text)
    monday.tick(1)
    reply(other_learner, there, second, "Nulle part")
    assert api.settle_mails() == (0, 0)
    monday.move_to(TUESDAY_AT_SEVEN - SECOND)
    assert api.settle_mails() == (0, 0)
    monday.move_to(TUESDAY_AT_SEVEN)
    assert (api.settle_mails(), api.settle_mails()) == ((1, 0), (0, 0))
    (sent,) = mail.outbox
    assert "3" in sent.subject
    for part in parts(sent):
        order = ["Découvrir Solerni", "Où trouver du pain ?", "Ici", "Là", str(far), "Et du vin ?", "Nulle part"]
        found = [part.index(words) for words in order]
        assert found == sorted(found)
        assert part.count("Où trouver du pain ?") == 1


def test_a_weekly_digest_leaves_on_monday(thread, learner, other_learner, cafe, monday) -> None:
    want(learner, "weekly")
    reply(other_learner, cafe, thread)
    for moment, total in ((TUESDAY_AT_SEVEN, 0), (TUESDAY_AT_SEVEN + timedelta(days=6), 1)):
        monday.move_to(moment)
        api.settle_mails()
        assert len(mail.outbox) == total


def test_never_means_never_and_the_course_goes_before_everywhere(
    thread, learner, other_learner, cafe, course_key
) -> None:
    want(learner, "never")
    reply(other_learner, cafe, thread)
    assert api.settle_mails() == (0, 0)
    want(learner, "at_once", course_key=str(course_key))
    assert api.settle_mails() == (0, 0)  # what was not wanted then is not mailed now
    reply(other_learner, cafe, thread)
    assert api.settle_mails() == (1, 0)


def test_a_site_says_what_holds_for_who_chose_nothing(thread, learner, other_learner, cafe, settings, monday) -> None:
    settings.SOLERNI_DISCUSSION_MAILS = {"reply": "weekly"}
    reply(other_learner, cafe, thread)
    monday.move_to(TUESDAY_AT_SEVEN)
    assert api.settle_mails() == (0, 0)
    want(learner, "daily")  # what waits follows the new choice
    assert api.settle_mails() == (1, 0)


@pytest.mark.parametrize(
    ("name", "value", "faults"),
    [
        ("SOLERNI_DISCUSSION_MAILS", {"reply": "daily", "queue": "never"}, 0),
        ("SOLERNI_DISCUSSION_MAILS", {"reply": "hourly", "replies": "daily", "decision": "never"}, 3),
        ("SOLERNI_DISCUSSION_DIGEST_HOUR", 24, 1),
    ],
)
def test_a_setting_that_says_nothing_known_is_told_by_a_check(settings, name, value, faults) -> None:
    setattr(settings, name, value)
    assert [one.id for one in check_mails(None)] == ["solerni_discussion.E010"] * faults


HIDING = [
    "post hidden",
    "post removed",
    "thread hidden",
    "other group",
    "read",
    "thread read",
    "place read",
    "left",
    "disabled",
    "gate shut",
    "author forgotten",
]


@pytest.mark.parametrize("what", HIDING)
@pytest.mark.parametrize("frequency", ["at_once", "daily"])
def test_nothing_is_told_that_its_reader_may_not_see_or_has_read(
    thread, learner, other_learner, cafe, register, course_key, what, frequency, monday, monkeypatch
) -> None:
    want(learner, frequency)
    post = reply(other_learner, cafe, thread, "Un secret de polichinelle")
    monday.tick(60)
    posts, threads = Post.objects.filter(uuid=post.uuid), Thread.objects.all()
    if what.startswith("post "):
        posts.update(state=what.split()[1])
    elif what == "thread hidden":
        threads.update(state="hidden")
    elif what == "other group":
        threads.update(group_id=7)
    elif what == "read":
        Notice.objects.update(read_at=clock.now())
    elif what == "thread read":
        api.mark_read(learner.id, cafe, thread)
        Notice.objects.update(read_at=None)
    elif what == "place read":
        api.mark_all_read(learner.id, cafe)
    elif what == "left":
        register.roles[learner.id, course_key] = set()
    elif what == "disabled":
        learner.is_active = False
        learner.save()
    elif what == "gate shut":
        shut = {gates.TAKE_PART: [(0, _refuse)]}
        monkeypatch.setattr(gates, "_answerers", {**gates._answerers, **shut})
    else:
        api.forget_member(other_learner.id)
    monday.move_to(TUESDAY_AT_SEVEN)
    sent, failed = api.settle_mails()
    assert failed == 0
    assert all("polichinelle" not in part and "sam" not in part for one in mail.outbox for part in parts(one))
    if what != "author forgotten":  # a reply stands there still, without words and name
        assert (sent, mail.outbox) == (0, [])
        assert not Notice.objects.filter(mail_due_at__isnull=False, mailed_at=None).exists()


def _refuse(member_id: int, course_key: Any) -> None:
    raise Refused("no")


def test_a_gate_that_cannot_answer_puts_the_mail_off(thread, other_learner, cafe, monday, monkeypatch) -> None:
    def fail(member_id: int, course_key: Any) -> None:
        raise Unavailable("unknown")

    reply(other_learner, cafe, thread)
    shut = {gates.TAKE_PART: [(0, fail)]}
    with monkeypatch.context() as patched:
        patched.setattr(gates, "_answerers", {**gates._answerers, **shut})
        assert api.settle_mails() == (0, 1)
    monday.tick(301)
    assert api.settle_mails() == (1, 0)


def test_an_anonymous_author_is_not_named(thread, learner, other_learner, cafe) -> None:
    Post.objects.filter(uuid=reply(other_learner, cafe, thread).uuid).update(voice=Voice.ANONYMOUS)
    api.settle_mails()
    assert all("sam" not in part and "Anonym" in part for part in parts(mail.outbox[0]))


def test_what_people_wrote_is_escaped_in_html_and_plain_in_text(learner, other_learner, cafe, monday) -> None:
    thread = open_thread(learner, cafe, title="<b>Titre</b>\u202e").thread_uuid
    monday.tick(1)
    reply(other_learner, cafe, thread, "`<script>alert(1)</script>` & *suite*")
    for frequency, moment in (("at_once", MONDAY), ("daily", TUESDAY_AT_SEVEN)):
        want(learner, frequency)
        monday.move_to(moment)
        api.settle_mails()
        reply(other_learner, cafe, thread, "`<script>alert(1)</script>` & *suite*")
    for sent in mail.outbox:
        text, html = parts(sent)
        assert "<script>" not in html and "<b>Titre" not in html and "&lt;b&gt;Titre" in html
        assert "<script>alert(1)</script> & suite" in text


def test_an_answer_that_is_no_longer_accepted_is_not_told(learner, other_learner, cafe, monday) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    Thread.objects.update(kind="question")
    monday.tick(1)
    post = reply(other_learner, cafe, thread)
    api.accept_answer(learner.id, cafe, post.uuid)
    api.withdraw_answer(learner.id, cafe, post.uuid)
    assert api.settle_mails() == (1, 0)
    assert mail.outbox[0].to == [learner.email]
    other = reply(other_learner, cafe, thread)
    monday.tick(1)
    api.accept_answer(learner.id, cafe, other.uuid)
    api.settle_mails()
    assert [sent.to for sent in mail.outbox[1:] if "retenue" in sent.subject] == [[other_learner.email]]


def test_moderators_are_mailed_of_what_waits_and_of_each_step_of_the_promise(learner, moderator, cafe, monday) -> None:
    open_thread(learner, cafe, title="Un mot de trop", source=INSULT)
    told = []
    for hours in (0, 40, 66, 100):
        monday.move_to(MONDAY + timedelta(hours=hours))
        api.settle_cases()
        api.settle_mails()
        told.append(len(mail.outbox))
    assert told == [1, 2, 3, 4]
    assert {sent.to[0] for sent in mail.outbox} == {moderator.email}
    assert all("Un mot de trop" not in part and "/discussion/queue/" in part for part in parts(mail.outbox[0]))
    assert len({sent.message()["Message-ID"] for sent in mail.outbox}) == 4


def test_a_case_that_is_closed_and_a_moderator_who_is_dismissed_bring_no_mail(
    learner, moderator, cafe, course_key
) -> None:
    open_thread(learner, cafe, source=INSULT)
    api.settle_cases()
    Case.objects.update(is_open=None)
    assert api.settle_mails() == (0, 0)
    open_thread(learner, cafe, source=INSULT)
    api.settle_cases()
    api.dismiss_moderator(course_key, moderator.id)
    assert api.settle_mails() == (0, 0)


def test_a_reporter_is_mailed_the_answer_and_not_the_receipt(learner, other_learner, author, cafe) -> None:
    post = open_thread(learner, cafe, title="Un titre à cacher")
    api.report_post(other_learner.id, cafe, post.uuid, Complaint(reason="abusive", note=""))
    assert api.settle_mails() == (0, 0)
    api.decide_post(author.id, post.uuid, say(Act.REMOVE))
    assert api.settle_mails() == (1, 0)
    decision = Report.objects.get().decision
    for part in parts(mail.outbox[-1]):
        assert "Un titre à cacher" not in part
        assert f"/discussion/decision/{decision.uuid}/" in part


def test_a_decision_is_told_by_its_letter_alone(learner, moderator, cafe) -> None:
    held = open_thread(learner, cafe, source=INSULT)
    api.decide_post(moderator.id, held.uuid, say(Act.REFUSE))
    Notice.objects.filter(kind=NoticeKind.QUEUE).delete()
    assert api.settle_mails() == (0, 0)
    assert api.settle_letters() == (1, 0)


def test_a_digest_tells_only_so_much_and_says_how_much_more(thread, learner, other_learner, cafe, monday) -> None:
    want(learner, "daily")
    with patch.object(mail_notices, "MOST_SHOWN", 3):
        for number in range(5):
            reply(other_learner, cafe, thread, f"Réponse {number}")
        monday.move_to(TUESDAY_AT_SEVEN)
        assert api.settle_mails() == (1, 0)
    text, html = parts(mail.outbox[0])
    assert "Réponse 2" in text and "Réponse 3" not in text + html
    assert "2" in text.split("Réponse 2")[1]
    assert Notice.objects.filter(mailed_at=None).count() == 0


def test_what_no_server_takes_waits_longer_each_time_and_is_not_lost(thread, other_learner, cafe, monday) -> None:
    reply(other_learner, cafe, thread)
    tried = []
    with break_mail():
        for minute in range(0, 60, 5):
            monday.move_to(MONDAY + timedelta(minutes=minute, seconds=1))
            if api.settle_mails() == (0, 1):
                tried.append(minute)
    assert tried == [0, 5, 15, 35]
    monday.move_to(TUESDAY_AT_SEVEN)
    assert (api.settle_mails(), len(mail.outbox)) == ((1, 0), 1)


def test_a_server_that_is_down_ends_the_run_soon(thread, other_learner, cafe) -> None:
    for _ in range(8):
        reply(other_learner, cafe, thread)
    with break_mail():
        assert api.settle_mails() == (0, send_letters.MOST_FAILURES)
    assert api.settle_mails() == (3, 0)


def test_a_mail_that_no_backend_takes_holds_no_other_up_and_is_given_up(thread, other_learner, cafe, monday) -> None:
    for _ in range(send_letters.MOST_FAILURES + 1):
        reply(other_learner, cafe, thread)
    Notice.objects.update(mail_tries=send_letters.MOST_TRIES - 1)
    with patch.object(host_mail(), "send", side_effect=ValueError("lea@example.org")):
        assert api.settle_mails() == (0, send_letters.MOST_FAILURES + 1)
    monday.move_to(MONDAY + timedelta(days=30))
    assert api.settle_mails() == (0, 0) and not Notice.objects.exclude(mail_due_at=None).exists()


@pytest.mark.parametrize("frequency", ["at_once", "daily"])
def test_a_run_that_dies_while_sending_is_taken_up_with_the_same_message_id(
    thread, learner, other_learner, cafe, monday, frequency
) -> None:
    want(learner, frequency)
    reply(other_learner, cafe, thread)
    monday.move_to(TUESDAY_AT_SEVEN)
    with patch.object(host_mail(), "send", side_effect=KeyboardInterrupt) as send, pytest.raises(KeyboardInterrupt):
        api.settle_mails()
    assert api.settle_mails() == (0, 0)  # its claim still holds
    monday.tick(send_letters.CLAIM)
    assert api.settle_mails() == (1, 0)
    assert mail.outbox[0].message()["Message-ID"] == f"<{send.call_args.kwargs['reference']}@learn.example.org>"


def test_a_digest_costs_as_much_with_many_notices_as_with_few(
    thread, learner, other_learner, cafe, monday, django_assert_num_queries
) -> None:
    """Twice what is due and its plan, claim, read, who reads and may, what they read, names, their key, what left."""
    want(learner, "daily")
    reply(other_learner, cafe, thread)
    monday.move_to(TUESDAY_AT_SEVEN)
    api.settle_mails()
    for count in (1, 10):
        for number in range(count):
            reply(other_learner, cafe, thread, f"Réponse {number}")
        monday.move_to(clock.now() + timedelta(days=1))
        with django_assert_num_queries(16):
            assert api.settle_mails() == (1, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("frequency", ["at_once", "daily"])
def test_of_several_commands_at_once_one_sends_each_mail(learner, other_learner, cafe, frequency) -> None:
    want(learner, frequency)
    with freeze_time(clock.now() - timedelta(days=3)) as frozen:
        thread = open_thread(learner, cafe).thread_uuid
        frozen.tick(1)
        for number in range(5):
            reply(other_learner, cafe, thread, f"Réponse {number}")

    def settle(_number: int) -> int:
        try:
            return api.settle_mails()[0]
        finally:
            connection.close()

    expected = 5 if frequency == "at_once" else 1
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(settle, range(4))) == expected
    assert len(mail.outbox) == expected
    assert Notice.objects.filter(mailed_at=None).count() == 0
