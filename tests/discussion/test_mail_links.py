"""Links that end mails in one click, and the page of choices: signed, for one sort of mail, mute on the account."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.flows import choose_mails
from solerni_xblocks.discussion.models import MailKey, Notice, Preference
from solerni_xblocks.discussion.queries.mail_links import make_stop_url
from tests.discussion.conftest import make_draft, open_thread

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def thread(learner: Any, cafe: Any) -> Any:
    with freeze_time("2026-11-20T10:00:00Z"):
        return open_thread(learner, cafe).thread_uuid


@pytest.fixture
def get_mail(thread: Any, other_learner: Any, cafe: Any) -> Any:
    """The mails that a reply brings."""

    def get_mail() -> list[Any]:
        mail.outbox.clear()
        api.publish_post(other_learner.id, cafe, make_draft("Oui"), thread_uuid=thread)
        api.settle_mails()
        return list(mail.outbox)

    return get_mail


def find_link(sent: Any) -> str:
    """Where a mail program posts to."""
    return urlsplit(sent.message()["List-Unsubscribe"].strip("<>")).path


def visit() -> Client:
    """Somebody without a session, whose program sends no token of a form."""
    return Client(enforce_csrf_checks=True)


def test_one_click_in_a_mail_program_ends_such_mails_and_another_brings_them_back(get_mail) -> None:
    (sent,) = get_mail()
    assert sent.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = find_link(sent)
    for _ in range(2):
        answer = visit().post(link, ONE_CLICK)
        assert (answer.status_code, b'data-solerni-stop="stopped"' in answer.content) == (200, True)
    assert get_mail() == []
    assert visit().post(link, {"resume": "1"}).status_code == 200
    assert len(get_mail()) == 1


def test_a_program_that_opens_the_link_changes_nothing(get_mail) -> None:
    link = find_link(get_mail()[0])
    for answer in (visit().get(link), visit().head(link), visit().post(link), visit().post(link, {"x": "y"})):
        assert answer.status_code == 200
    assert Preference.objects.count() == 0
    page = visit().get(link).content.decode()
    assert 'name="List-Unsubscribe" value="One-Click"' in page
    assert len(get_mail()) == 1


def test_the_page_and_the_link_tell_nothing_of_the_account(get_mail, learner) -> None:
    link = find_link(get_mail()[0])
    answer = visit().get(link)
    page = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert "List-Unsubscribe" in page
    assert re.search(r"\blea\b|@", page) is None
    token = link.rstrip("/").rpartition("/")[2]
    key, _kind, _course = signing.Signer(salt="solerni.discussion.mails").unsign_object(token)
    assert key == MailKey.objects.get(member_id=learner.id).key.hex
    assert answer["Referrer-Policy"] == "same-origin" and "no-store" in answer["Cache-Control"]


def test_a_link_ends_one_sort_of_mail_in_one_course(learner, course_key) -> None:
    visit().post(urlsplit(make_stop_url(learner.id, "reply", str(course_key))).path, ONE_CLICK)
    assert list(Preference.objects.values_list("member_id", "course_key", "kind", "frequency", "before")) == [
        (learner.id, str(course_key), "reply", "never", "at_once")
    ]


def test_the_link_of_a_digest_ends_all_that_it_holds_and_brings_all_back(learner, course_key) -> None:
    api.choose_mails(learner.id, "", {"reply": "daily", "answer": "weekly"})
    api.choose_mails(learner.id, str(course_key), {"mention": "daily"})
    link = urlsplit(make_stop_url(learner.id, "daily", "")).path
    for _ in range(2):
        visit().post(link, ONE_CLICK)

    def list_chosen() -> set[Any]:
        return set(Preference.objects.values_list("course_key", "kind", "frequency"))

    here = str(course_key)
    ended = {("", "reply", "never"), ("", "thread", "never"), (here, "mention", "never"), ("", "answer", "weekly")}
    assert list_chosen() == ended
    visit().post(link, {"resume": "1"})
    assert list_chosen() == {(*one[:2], "daily" if one[2] == "never" else one[2]) for one in ended}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1] + ("a" if token[-1] != "a" else "b"),
        lambda token: "x" + token,
        lambda token: token.partition(":")[0],
        lambda token: token.partition(":")[0] + ":",
        lambda token: token * 20,
        lambda token: "a" * 5000,
        lambda token: "é:ü",
        lambda token: signing.Signer(salt="another").sign_object(["0" * 32, "reply", ""]),
        lambda token: signing.dumps(["0" * 32, "reply", ""]),
    ],
)
def test_a_link_that_we_did_not_sign_is_unknown(learner, course_key, spoil) -> None:
    token = urlsplit(make_stop_url(learner.id, "reply", str(course_key))).path.rstrip("/").rpartition("/")[2]
    for send in (visit().get, lambda path: visit().post(path, ONE_CLICK)):
        answer = send(reverse("solerni_discussion:stop_mails", args=[spoil(token)]))
        assert answer.status_code == 404
    assert Preference.objects.count() == 0


def test_the_links_of_who_is_forgotten_lead_nowhere(learner) -> None:
    link = urlsplit(make_stop_url(learner.id, "reply", "")).path
    api.forget_member(learner.id)
    assert visit().post(link, ONE_CLICK).status_code == 404
    assert Preference.objects.count() == 0


def test_wrong_links_are_counted_and_right_ones_open_all_the_same(learner) -> None:
    wrong = reverse("solerni_discussion:stop_mails", args=["x:y"])
    statuses = [visit().get(wrong).status_code for _ in range(choose_mails.MOST_WRONG + 1)]
    assert statuses == [404] * choose_mails.MOST_WRONG + [429]
    right = urlsplit(make_stop_url(learner.id, "reply", "")).path
    assert visit().post(right, ONE_CLICK).status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.7").get(wrong).status_code == 404


def test_a_link_brings_nothing_back_that_was_ended_on_the_page(learner) -> None:
    api.choose_mails(learner.id, "", {"reply": "never"})
    link = urlsplit(make_stop_url(learner.id, "reply", "")).path
    assert visit().post(link, {"resume": "1"}).status_code == 200
    assert Preference.objects.get().frequency == "never"


def test_a_count_that_the_cache_drops_begins_again(learner, monkeypatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *args, **kwargs: True)
    assert visit().post(urlsplit(make_stop_url(learner.id, "reply", "")).path, ONE_CLICK).status_code == 200


def test_one_link_does_not_change_choices_for_ever(learner) -> None:
    link = urlsplit(make_stop_url(learner.id, "reply", "")).path
    for number in range(choose_mails.MOST_CHANGES):
        assert visit().post(link, ONE_CLICK if number % 2 else {"resume": "1"}).status_code == 200
    assert visit().post(link, ONE_CLICK).status_code == 429


def test_choices_are_kept_for_a_course_and_everywhere(client, learner, course_key) -> None:
    client.force_login(learner)
    page = reverse("solerni_discussion:mails")
    for query in ("", f"?course={str(course_key).replace('+', '%2B')}"):
        answer = client.post(page + query, {"reply": "daily", "mention": ""})
        assert answer.status_code == 302
        assert b"data-solerni-done" in client.get(answer["Location"]).content
    rows = set(Preference.objects.values_list("course_key", "kind", "frequency"))
    assert rows == {("", "reply", "daily"), (str(course_key), "reply", "daily")}
    client.post(page, {"reply": "", "mention": "never"})
    rows = set(Preference.objects.filter(course_key="").values_list("kind", "frequency"))
    assert rows == {("mention", "never")}


def test_a_choice_that_is_not_offered_is_refused(client, learner) -> None:
    client.force_login(learner)
    answer = client.post(reverse("solerni_discussion:mails"), {"reply": "hourly", "queue": "never"})
    assert (answer.status_code, Preference.objects.count()) == (400, 0)
    client.post(reverse("solerni_discussion:mails"), {"queue": "never"})  # a learner moderates nothing
    assert Preference.objects.count() == 0


def test_moderators_choose_for_their_work_too(client, moderator) -> None:
    client.force_login(moderator)
    client.post(reverse("solerni_discussion:mails"), {"queue": "daily"})
    assert list(Preference.objects.values_list("kind", "frequency")) == [("queue", "daily")]


@pytest.mark.parametrize("course", ["course-v1:No+Such+Course", "nonsense", "\x00", "x" * 5000])
def test_the_page_of_a_course_is_for_who_takes_part(client, learner, course) -> None:
    client.force_login(learner)
    assert client.get(reverse("solerni_discussion:mails"), {"course": course}).status_code in (400, 403)
    assert client.post(f"{reverse('solerni_discussion:mails')}?course=nonsense", {"reply": "never"}).status_code == 400


def test_the_page_costs_as_much_whatever_was_told(client, learner, get_mail, django_assert_num_queries) -> None:
    client.force_login(learner)
    for _ in range(3):
        get_mail()
        with django_assert_num_queries(8):
            client.get(reverse("solerni_discussion:mails"))
    assert Notice.objects.count() == 3
