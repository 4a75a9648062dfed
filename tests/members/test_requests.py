"""Privacy requests: every domain answers, each result is recorded, what failed is asked again."""

from __future__ import annotations

import doctest
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from freezegun import freeze_time

from solerni_xblocks.hooks import duties
from solerni_xblocks.hooks.events.members import MEMBER_FORGOTTEN
from solerni_xblocks.members import api, models, rules
from solerni_xblocks.members.data import Kind
from solerni_xblocks.members.errors import ExportIncomplete, TooManyExports

pytestmark = pytest.mark.django_db
PAGE = "/solerni/members/"


class Performer:
    """A domain that holds two rows, and fails when it is told to."""

    def __init__(self) -> None:
        self.fails = False
        self.calls = 0

    def __call__(self, member_id: int) -> dict[str, Any]:
        self.calls += 1
        if self.fails:
            raise OSError
        return {"posts": ["a secret", "another"], "rows": 2}


@pytest.fixture
def performer(monkeypatch) -> Performer:
    """A domain beside ours; the real ones are registered too, in a copy that the test throws away."""
    monkeypatch.setattr(duties, "_performers", {duty: dict(owing) for duty, owing in duties._performers.items()})
    performer = Performer()
    duties.owe(duties.EXPORT, "a_domain", performer)
    duties.owe(duties.FORGET, "a_domain", performer)
    return performer


@pytest.fixture
def forgotten_signal():
    receiver = Mock()
    MEMBER_FORGOTTEN.connect(receiver)
    yield receiver
    MEMBER_FORGOTTEN.disconnect(receiver)


def test_examples_in_the_rules_are_true() -> None:
    assert doctest.testmod(rules).failed == 0


def test_an_export_holds_what_every_domain_holds(learner, performer) -> None:
    with freeze_time("2030-01-02 03:04:05"):
        export = api.export_data(learner.id)
    assert export.filename == "solerni-2030-01-02.json"
    assert export.document["member"] == {
        "id": learner.id,
        "name": "lea",
        "email": "lea@example.org",
        "language": "fr",
    }
    assert export.document["held"]["a_domain"]["posts"] == ["a secret", "another"]
    assert set(export.document["held"]) == set(duties.list_performers(duties.EXPORT))
    assert json.loads(json.dumps(export.document)) == export.document


def test_the_record_of_an_export_holds_counts_and_no_content(learner, performer) -> None:
    api.export_data(learner.id)
    result = models.DutyResult.objects.get(performer="a_domain")
    assert (result.counts, result.error) == ({"posts": 2, "rows": 2}, "")
    assert models.PrivacyRequest.objects.get().done_at


def test_an_export_with_a_hole_is_not_given_out(learner, performer) -> None:
    performer.fails = True
    with pytest.raises(ExportIncomplete):
        api.export_data(learner.id)
    (request,) = api.list_requests(learner.id)
    assert request.done_at is None
    assert [(found.performer, found.error) for found in request.outcomes if found.error] == [("a_domain", "OSError")]


@pytest.mark.django_db(transaction=True)
def test_exports_at_the_same_moment_do_not_pass_the_limit(learner, settings) -> None:
    settings.SOLERNI_MEMBERS_EXPORTS_PER_DAY = 2

    def export(_number: int) -> bool:
        try:
            return bool(api.export_data(learner.id))
        except TooManyExports:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert 1 <= sum(pool.map(export, range(12))) <= 2


def test_exports_are_not_endless(learner, performer, settings) -> None:
    settings.SOLERNI_MEMBERS_EXPORTS_PER_DAY = 2
    noon = datetime(2030, 1, 1, 12, tzinfo=UTC)
    with freeze_time(noon) as clock:
        performer.fails = True
        with pytest.raises(ExportIncomplete):
            api.export_data(learner.id)
        performer.fails = False
        for _ in range(2):
            api.export_data(learner.id)
        with pytest.raises(TooManyExports):
            api.export_data(learner.id)
        clock.tick(timedelta(hours=24, seconds=1))
        api.export_data(learner.id)


def test_forgetting_is_done_and_announced_when_every_domain_succeeded(
    learner, author, performer, forgotten_signal, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        request = api.forget_member(learner.id, actor_id=author.id)
    assert request.kind is Kind.FORGET
    assert request.done_at
    assert forgotten_signal.call_args.kwargs["member"].member_id == learner.id
    assert models.PrivacyRequest.objects.get().actor_id == author.id


def test_a_failing_domain_is_recorded_and_asked_again_alone(
    learner, author, performer, forgotten_signal, django_capture_on_commit_callbacks
) -> None:
    others = Mock(return_value={})
    duties.owe(duties.FORGET, "b_domain", others)
    performer.fails = True
    with django_capture_on_commit_callbacks(execute=True):
        first = api.forget_member(learner.id, actor_id=author.id)
    assert first.done_at is None
    assert not forgotten_signal.called
    performer.fails = False
    with django_capture_on_commit_callbacks(execute=True):
        second = api.forget_member(learner.id, actor_id=author.id)
    assert second.uuid == first.uuid
    assert second.done_at
    assert (performer.calls, others.call_count, forgotten_signal.call_count) == (2, 1, 1)
    tried = [(found.performer, found.error) for found in second.outcomes if found.performer == "a_domain"]
    assert tried == [("a_domain", "OSError"), ("a_domain", "")]


def test_a_domain_that_fails_half_way_keeps_nothing_of_it(learner, author, performer) -> None:
    def erase_and_fail(member_id: int) -> dict[str, Any]:
        models.PrivacyRequest.objects.filter(kind=Kind.EXPORT).delete()
        raise OSError

    api.export_data(learner.id)
    duties.owe(duties.FORGET, "solerni_members", erase_and_fail)
    api.forget_member(learner.id, actor_id=author.id)
    assert models.PrivacyRequest.objects.filter(kind=Kind.EXPORT).exists()


def test_forgetting_takes_own_exports_and_keeps_the_evidence(learner, other_learner, author) -> None:
    api.export_data(learner.id)
    api.export_data(other_learner.id)
    api.forget_member(learner.id, actor_id=author.id)
    assert [request.kind for request in api.list_requests(learner.id)] == [Kind.FORGET]
    assert [request.kind for request in api.list_requests(other_learner.id)] == [Kind.EXPORT]


def test_an_export_tells_of_earlier_requests_of_the_member_alone(learner, other_learner) -> None:
    api.export_data(other_learner.id)
    api.export_data(learner.id)
    held = api.export_data(learner.id).document["held"]["solerni_members"]
    assert [request["kind"] for request in held["requests"]] == ["export", "export"]


@pytest.mark.parametrize("count", [1, 20])
def test_requests_are_listed_at_one_price(learner, django_assert_num_queries, settings, count: int) -> None:
    settings.SOLERNI_MEMBERS_EXPORTS_PER_DAY = 100
    for _ in range(count):
        api.export_data(learner.id)
    with django_assert_num_queries(2):
        assert len(api.list_requests(learner.id)) == count


def test_the_page_is_for_members(client, learner) -> None:
    for response in (client.get(PAGE), client.post(f"{PAGE}export/")):
        assert response.status_code == 302
        assert response["Location"].startswith("/login?next=")
    client.force_login(learner)
    assert client.get(PAGE).status_code == 200
    assert client.get(f"{PAGE}export/").status_code == 405


def test_a_member_downloads_a_file_and_finds_the_request_listed(client, learner) -> None:
    client.force_login(learner)
    response = client.post(f"{PAGE}export/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].startswith('attachment; filename="solerni-')
    assert "no-store" in response["Cache-Control"]
    assert json.loads(response.content)["member"]["name"] == "lea"
    assert "data-solerni-members-requests" in client.get(PAGE).content.decode()


def test_the_page_works_while_the_terms_gate_is_closed(client, learner, course_key) -> None:
    from solerni_xblocks.hooks import gates

    call_command("solerni_terms", "import", "--samples", "--publish", "--label", "1", verbosity=0)
    with pytest.raises(Exception, match="terms_required"):
        gates.require(gates.TAKE_PART, learner.id, course_key)
    client.force_login(learner)
    assert client.get(PAGE).status_code == 200
    assert client.post(f"{PAGE}export/").status_code == 200


def test_a_refusal_is_told_on_the_page(client, learner, performer, settings) -> None:
    client.force_login(learner)
    settings.SOLERNI_MEMBERS_EXPORTS_PER_DAY = 0
    response = client.post(f"{PAGE}export/")
    assert response.status_code == 403
    assert "data-solerni-members-refusal" in response.content.decode()
    settings.SOLERNI_MEMBERS_EXPORTS_PER_DAY = 1
    performer.fails = True
    assert client.post(f"{PAGE}export/").status_code == 503


def test_the_command_forgets_and_says_so(learner, author, performer, capsys) -> None:
    call_command("solerni_members_forget", learner.username, "--actor", author.username)
    told = capsys.readouterr().out
    assert "a_domain: posts: 2, rows: 2" in told
    assert "Done." in told


def test_the_command_fails_loudly_when_a_domain_does(learner, author, performer) -> None:
    performer.fails = True
    with pytest.raises(CommandError, match="Not done"):
        call_command("solerni_members_forget", learner.username, "--actor", author.username)


@pytest.mark.parametrize(("username", "actor"), [("nobody", "ana"), ("lea", "nobody")])
def test_the_command_knows_both_accounts(learner, author, username: str, actor: str) -> None:
    with pytest.raises(CommandError, match="no account"):
        call_command("solerni_members_forget", username, "--actor", actor)
    assert not models.PrivacyRequest.objects.exists()


def test_the_admin_shows_and_changes_nothing(learner, admin_client) -> None:
    api.export_data(learner.id)
    assert admin_client.get("/admin/solerni_members/privacyrequest/").status_code == 200
    assert admin_client.get("/admin/solerni_members/privacyrequest/add/").status_code == 403
