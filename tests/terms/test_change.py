"""The page of a change: against what this member accepted; accept, stop, later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from freezegun import freeze_time

from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.hooks.events.terms import TERMS_STOPPED
from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.errors import PostponementRefused, StopRefused, TermsOutdated, TermsRequired
from tests.terms.conftest import list_answers, make_answer

pytestmark = pytest.mark.django_db
INSTANT = datetime(2026, 12, 1, 12, tzinfo=UTC)
BEFORE, SECOND = INSTANT - timedelta(days=20), timedelta(seconds=1)
CHANGE = "/solerni/terms/change/terms/"


@pytest.fixture
def versions(publish, learner) -> Any:
    """Two major versions and a minor one; the learner accepted the first; a third major one is announced."""
    with freeze_time(BEFORE - timedelta(days=9)):
        first = publish("1.0")
        api.accept_version(make_answer(learner.id, first))
    with freeze_time(BEFORE - timedelta(days=5)):
        publish("1.1", note=" Bien sûr.", requires_acceptance=False)
    with freeze_time(BEFORE):
        ahead = publish("2.0", note=" Et patients.", summary="La patience.", effective_at=INSTANT)
    return first, ahead


def post(client: Any, version: Any, answer: str, **more: str) -> Any:
    data = {"version": str(version.uuid), "language": "fr", "answer": answer, **more}
    return client.post(CHANGE, data)


def test_the_page_tells_what_differs_from_what_this_member_accepted(versions, learner, client) -> None:
    with freeze_time(INSTANT - timedelta(days=1)):
        client.force_login(learner)
        text = client.get(CHANGE).content.decode()
    assert "La patience." in text
    assert "1.0" in text
    assert "Et patients." in text
    assert "<ins>" in text
    for choice in ("accept", "stop", "later"):
        assert f"data-solerni-terms-{choice}" in text
    assert "checked" not in text


@pytest.mark.parametrize(("offset", "offered"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)])
def test_later_is_a_choice_before_the_instant_only(versions, learner, client, offset, offered: bool) -> None:
    with freeze_time(INSTANT + offset):
        client.force_login(learner)
        assert ("data-solerni-terms-later" in client.get(CHANGE).content.decode()) is offered
        answer = post(client, versions[1], "later")
    assert answer.status_code == (303 if offered else 409)
    assert models.Snooze.objects.filter(count=1).exists() is offered


def test_later_stores_nothing_but_the_snooze_and_ends_after_some_times(versions, learner) -> None:
    rows = models.Proof.objects.count()
    for number in range(3):
        with freeze_time(INSTANT - timedelta(days=15) + timedelta(days=4 * number)):
            api.postpone_version(learner.id, "terms", versions[1].uuid)
            assert api.list_pending(learner.id) == []
    with freeze_time(INSTANT - timedelta(days=1)):
        assert len(api.list_pending(learner.id)) == 1
        with pytest.raises(PostponementRefused):
            api.postpone_version(learner.id, "terms", versions[1].uuid)
    assert models.Proof.objects.count() == rows
    assert models.Snooze.objects.get().count == 3


def test_later_never_reaches_past_the_date(versions, learner) -> None:
    with freeze_time(INSTANT - timedelta(hours=1)):
        assert api.postpone_version(learner.id, "terms", versions[1].uuid).later_until == INSTANT
    with freeze_time(INSTANT):
        assert api.list_pending(learner.id)[0].change.is_due
        api.forget_answers()
        with pytest.raises(TermsRequired):
            api.require_acceptance(learner.id, None)


def test_another_members_or_documents_version_cannot_be_put_off(versions, learner, publish) -> None:
    with freeze_time(INSTANT - timedelta(days=2)):
        for slug, uuid in (("terms", versions[0].uuid), ("privacy", versions[1].uuid), ("terms", make_uuid())):
            with pytest.raises(PostponementRefused):
                api.postpone_version(learner.id, slug, uuid)
    assert not models.Snooze.objects.exists()


def test_accepting_ahead_opens_the_gate_at_the_date(versions, learner, client) -> None:
    with freeze_time(INSTANT - timedelta(days=1)):
        client.force_login(learner)
        answer = post(client, versions[1], "accept", agree="on", next="/courses/x/")
        assert (answer.status_code, answer["Location"]) == (303, "/courses/x/")
        assert api.list_pending(learner.id) == []
    with freeze_time(INSTANT + SECOND):
        api.require_acceptance(learner.id, None)
    proof = list_answers().get(version_uuid=versions[1].uuid)
    assert (proof.act, proof.channel, proof.language) == ("accept", "page", "fr")
    assert len(proof.screen_digest) == 64


def test_accepting_without_a_tick_is_refused_and_foreign_addresses_are_not_followed(versions, learner, client) -> None:
    with freeze_time(INSTANT):
        client.force_login(learner)
        assert post(client, versions[1], "accept").status_code == 400
        answer = post(client, versions[1], "accept", agree="on", next="https://evil.example/")
    assert answer["Location"] == reverse("solerni_terms:document", args=["terms"])


def test_from_the_date_on_the_document_leads_to_the_change_with_the_way_back(versions, learner, client) -> None:
    with freeze_time(INSTANT):
        client.force_login(learner)
        answer = client.get("/solerni/terms/terms/?next=/courses/x/")
        assert (answer.status_code, answer["Location"]) == (302, f"{CHANGE}?next=%2Fcourses%2Fx%2F")
        assert client.get(answer["Location"]).status_code == 200


def test_a_due_change_is_answered_by_the_minor_version_that_came_since(versions, learner, publish, client) -> None:
    with freeze_time(INSTANT + timedelta(days=2)):
        minor = publish("2.1", note=" Et patients, toujours.", requires_acceptance=False)
        client.force_login(learner)
        assert "2.1" in client.get(CHANGE).content.decode()
        assert post(client, minor, "accept", agree="on").status_code == 303
        api.require_acceptance(learner.id, None)


def test_who_owes_nothing_is_led_to_the_document(versions, learner, client) -> None:
    with freeze_time(INSTANT):
        api.accept_version(make_answer(learner.id, versions[1]))
        client.force_login(learner)
        assert client.get(CHANGE).status_code == 302
    client.logout()
    assert client.get(CHANGE)["Location"].startswith("/login")


@pytest.fixture
def stops() -> Any:
    heard: list[Any] = []

    def hear(stop: Any, **kwargs: Any) -> None:
        heard.append(stop)

    TERMS_STOPPED.connect(hear)
    yield heard
    TERMS_STOPPED.disconnect(hear)


def test_stop_offers_the_export_first_and_silence_changes_nothing(versions, learner, client, stops) -> None:
    with freeze_time(INSTANT):
        client.force_login(learner)
        rows = models.Proof.objects.count()
        text = client.get("/solerni/terms/stop/terms/").content.decode()
        assert text.index(reverse("solerni_members:my_data")) < text.index("data-solerni-terms-stop-now")
        answer = client.post("/solerni/terms/stop/terms/", {"version": str(versions[1].uuid), "language": "fr"})
        assert answer.status_code == 400
    assert (models.Proof.objects.count(), stops) == (rows, [])


def test_a_confirmed_stop_is_proved_and_announced(
    versions, learner, client, stops, django_capture_on_commit_callbacks
) -> None:
    data = {"version": str(versions[1].uuid), "language": "fr", "confirm": "on", "password": "secret"}
    with freeze_time(INSTANT), django_capture_on_commit_callbacks(execute=True):
        client.force_login(learner)
        answer = client.post("/solerni/terms/stop/terms/", data)
    assert (answer.status_code, answer["Location"]) == (303, "/solerni/terms/stopped/")
    proof = models.Proof.objects.get(act="stop")
    assert (proof.version_uuid, proof.label, proof.channel) == (versions[1].uuid, "2.0", "page")
    assert [(one.member_id, one.document) for one in stops] == [(learner.id, "terms")]


@pytest.mark.parametrize("password", ["", "guess", "\x00"])
def test_who_cannot_show_that_the_account_is_theirs_stops_nothing(
    versions, learner, client, stops, password: str
) -> None:
    data = {"version": str(versions[1].uuid), "language": "fr", "confirm": "on", "password": password}
    with freeze_time(INSTANT):
        client.force_login(learner)
        answer = client.post("/solerni/terms/stop/terms/", data)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert page.count("checked") == 1  # what was ticked stays ticked
    assert 'aria-invalid="true"' in page
    assert "guess" not in page
    assert not models.Proof.objects.filter(act="stop").exists()
    assert stops == []


def test_stop_counts_wrong_passwords_with_those_of_closing(versions, learner, client) -> None:
    data = {"version": str(versions[1].uuid), "language": "fr", "confirm": "on", "password": "guess"}
    with freeze_time(INSTANT):
        client.force_login(learner)
        for _ in range(5):
            client.post("/solerni/members/close/", {"password": "guess"})
        assert client.post("/solerni/terms/stop/terms/", data).status_code == 429


def test_there_is_nothing_to_stop_for_who_accepted_or_is_not_asked(versions, learner, stops) -> None:
    with freeze_time(INSTANT):
        with pytest.raises(TermsOutdated):
            api.stop_service(make_answer(learner.id, versions[0]))
        api.accept_version(make_answer(learner.id, versions[1]))
        with pytest.raises(StopRefused):
            api.stop_service(make_answer(learner.id, versions[1]))
    assert not models.Proof.objects.filter(act="stop").exists()


def test_a_minor_version_asks_nobody_and_rewrites_nothing(publish, learner) -> None:
    with freeze_time(BEFORE):
        first = publish("1.0")
        api.accept_version(make_answer(learner.id, first))
        rows = list(models.Proof.objects.values())
        publish("1.1", note=" x", requires_acceptance=False)
        assert api.list_pending(learner.id) == []
        assert api.find_change(learner.id, "terms") is None
        assert api.settle_notices().queued == 0
    assert list(models.Proof.objects.values())[: len(rows)] == rows
    assert list_answers().get().version_uuid == first.uuid


def test_the_difference_is_right_after_two_major_and_one_minor_version(publish, learner, client) -> None:
    first = publish("1.0")
    api.accept_version(make_answer(learner.id, first))
    publish("2.0", note=" Deux.")
    publish("2.1", note=" Deux et demi.", requires_acceptance=False)
    publish("3.0", note=" Trois.")
    anonymous = client.get("/solerni/terms/terms/3.0/?against=2.1").content.decode()
    assert "Deux et demi." in anonymous
    assert anonymous.count("<del>") == 1
    client.force_login(learner)
    own = client.get("/solerni/terms/terms/3.0/").content.decode()
    assert "Deux" not in own
    assert "Trois." in own
    assert client.get("/solerni/terms/terms/3.0/?against=9").status_code == 404


def test_the_banner_is_proved_once_and_can_be_put_off(versions, learner, client) -> None:
    address, uuid = "/solerni/terms/pending/", str(versions[1].uuid)
    with freeze_time(INSTANT - timedelta(days=10)):
        assert client.get(address).json() == {"pending": []}
        client.force_login(learner)
        (shown,) = client.get(address).json()["pending"]
        assert (shown["version"], shown["may_postpone"], shown["url"]) == (uuid, True, CHANGE)
        for _ in range(2):
            client.post(address, {"version": uuid, "act": "seen"}, content_type="application/json")
        proof = models.Proof.objects.get(act="notify")
        assert (proof.channel, proof.actor, proof.version_uuid) == ("banner", "service", versions[1].uuid)
        answer = client.post(
            address, {"version": uuid, "act": "later", "document": "terms"}, content_type="application/json"
        )
        assert answer.json() == {"pending": []}


@pytest.mark.parametrize(
    "body", ["", "[]", '{"act": "seen"}', '{"act": "x", "version": 1}', "\x00", '{"act": ["seen"]}']
)
def test_a_malformed_banner_answer_is_refused(versions, learner, client, body: str) -> None:
    client.force_login(learner)
    answer = client.post("/solerni/terms/pending/", body, content_type="application/json")
    assert answer.status_code == 400


def test_the_banner_costs_the_same_whatever_was_published(
    versions, learner, publish, django_assert_num_queries
) -> None:
    with freeze_time(INSTANT - timedelta(days=10)):
        with django_assert_num_queries(4):
            api.list_pending(learner.id, languages=["fr"])
        for number in range(9):
            publish(f"0.{number}", slug=f"other-{number}")
        with django_assert_num_queries(4):
            api.list_pending(learner.id, languages=["fr"])


def test_an_optional_document_is_declined_or_withdrawn_and_closes_nothing(publish, learner, client) -> None:
    version = publish(slug="news", is_required=False)
    client.force_login(learner)
    address, data = "/solerni/terms/news/", {"version": str(version.uuid), "language": "fr"}
    client.post(address, {**data, "answer": "accept", "agree": "on"})
    assert "data-solerni-terms-withdraw" in client.get(address).content.decode()
    client.post(address, {**data, "answer": "withdraw"})
    acts = list(list_answers().order_by("id").values_list("act", flat=True))
    assert acts == ["accept", "withdraw"]
    api.require_acceptance(learner.id, None)


def test_two_documents_due_are_shown_in_their_order(publish, learner, client) -> None:
    first, second = publish(order=1), publish(slug="charter", order=2)
    publish(slug="visitors", order=3, is_required=False)
    client.force_login(learner)
    for slug, number in (("terms", "1"), ("charter", "2")):
        text = client.get(f"/solerni/terms/{slug}/").content.decode()
        assert f"Document {number} " in text.split("data-solerni-terms-number>")[1]
    with pytest.raises(TermsRequired) as refusal:
        api.require_acceptance(learner.id, None)
    assert refusal.value.where_to_go.startswith("/solerni/terms/terms/")
    api.accept_version(make_answer(learner.id, first))
    assert api.list_due(learner.id) == ["charter"]
    assert "data-solerni-terms-number" not in client.get("/solerni/terms/charter/").content.decode()
    api.accept_version(make_answer(learner.id, second, document="charter"))
    assert api.list_due(learner.id) == []
