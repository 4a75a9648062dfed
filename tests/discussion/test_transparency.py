"""What is told to the public: statements in the Commission's shape, reports by period, statistics that hide the few."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from solerni_xblocks.core import clock
from solerni_xblocks.core.csvkit import write_csv
from solerni_xblocks.core.datekit import find_day
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Act, Care, Complaint, Ground, Ruling, Seen
from solerni_xblocks.discussion.data.contesting import Contester, SecondReading, Words
from solerni_xblocks.discussion.data.transparency import Period
from solerni_xblocks.discussion.errors import NotModerator, NotStaff
from solerni_xblocks.discussion.errors.deciding import MessageMissing
from solerni_xblocks.discussion.models import GROUND_CHOICES, ILLEGAL, Appeal, Clause, Decision, ReportReason, Statement
from solerni_xblocks.discussion.rules import statements
from solerni_xblocks.discussion.rules.exporting import FIELDS
from tests.discussion import commission
from tests.discussion.conftest import INSULT, make_draft, open_thread


def remove(moderator: Any, post: Any, clause: str = "posts.courtesy") -> Decision:
    ruling = Ruling(act=Act.REMOVE, grounds=(Ground(clause=clause),), message="Voilà.", seen=Seen(case=0, post=1))
    api.decide_post(moderator.id, post.uuid, ruling)
    return Decision.objects.latest("id")


@pytest.fixture
def busy(learner: Any, moderator: Any, author: Any, stranger: Any, register: Any, cafe: Any) -> Any:
    """A removal for each rule, a refusal, a hide on reports; one contested and reversed."""
    for clause in Clause.values:
        remove(moderator, open_thread(learner, cafe, title="Léa Dupont", source="Texte secret"), clause)
    held = open_thread(learner, cafe, source=INSULT)
    api.decide_post(
        moderator.id, held.uuid, Ruling(act=Act.REFUSE, grounds=(Ground(clause="posts.courtesy"),), message="Non.")
    )
    hidden = open_thread(learner, cafe)
    easily = replace(cafe, care=Care(hide_weight=1.0))
    api.report_post(author.id, easily, hidden.uuid, Complaint(reason="harassment"))
    decision = Decision.objects.filter(act=Act.REMOVE).latest("id")
    me = Contester(member_id=learner.id)
    api.contest_decision(me, decision.uuid, Words(submission=uuid4(), text="Non."))
    reading = SecondReading(is_reversed=True, text="Oui.", seen=1)
    api.answer_appeal(author.id, Appeal.objects.get().uuid, reading)
    return hidden


@pytest.fixture
def period() -> Period:
    today = find_day(clock.now())
    return Period(since=today - timedelta(days=2), until=today)


def test_every_statement_is_what_the_commissions_database_takes(busy, period) -> None:
    found = list(api.list_statements(period))
    assert len(found) == Statement.objects.count() == 10
    for fields in found:
        commission.validate(fields)
    told = json.dumps(found)
    for secret in ("Dupont", "secret", "lea", "sam", INSULT):
        assert secret not in told, secret
    assert {fields["automated_decision"] for fields in found} == {
        "AUTOMATED_DECISION_FULLY",
        "AUTOMATED_DECISION_NOT_AUTOMATED",
    }
    assert {fields["decision_visibility"][0][28:] for fields in found} == {"REMOVED", "DISABLED"}


def test_every_column_is_one_of_the_schema() -> None:
    assert set(FIELDS) <= commission.FIELDS


@pytest.mark.parametrize("also", [(), ("posts.courtesy",)])
def test_illegal_content_is_stated_with_the_law_that_it_breaks(learner, moderator, cafe, period, also) -> None:
    post = open_thread(learner, cafe)
    grounds = (*(Ground(clause=clause) for clause in also), Ground(clause=ILLEGAL, law="Code pénal, 222-17"))
    ruling = Ruling(act=Act.REMOVE, grounds=grounds, message="Voilà.", seen=Seen(case=0, post=1))
    api.decide_post(moderator.id, post.uuid, ruling)
    (fields,) = api.list_statements(period)
    commission.validate(fields)
    told = json.dumps(fields, ensure_ascii=False)
    assert "Code pénal, 222-17" in told
    if also:
        assert fields["incompatible_content_illegal"] == "Yes"
    else:
        assert fields["illegal_content_legal_ground"] == "Code pénal, 222-17"
        assert fields["category"] == "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"


def test_illegal_content_without_a_law_is_no_ground(learner, moderator, cafe) -> None:
    post = open_thread(learner, cafe)
    ruling = Ruling(act=Act.REMOVE, grounds=(Ground(clause=ILLEGAL),), message="Voilà.", seen=Seen(case=0, post=1))
    with pytest.raises(MessageMissing):
        api.decide_post(moderator.id, post.uuid, ruling)


@pytest.mark.parametrize("clause", [*dict(GROUND_CHOICES), ""])
@pytest.mark.parametrize("reason", ReportReason.values)
def test_every_clause_and_reason_has_a_category_of_the_schema(clause, reason) -> None:
    category = statements.find_category(clause, reported=frozenset({reason}))
    assert category.name in commission.CATEGORIES and set(category.keywords) <= commission.KEYWORDS


def test_the_command_writes_json_and_csv_of_the_period_alone(busy, period, capsys) -> None:
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    call_command("solerni_discussion_statements", **days)
    listed = json.loads(capsys.readouterr().out)["statements"]
    call_command("solerni_discussion_statements", format="csv", **days)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["puid"] for row in rows] == [fields["puid"] for fields in listed]
    assert json.loads(rows[0]["content_type"]) == ["CONTENT_TYPE_TEXT"]
    call_command("solerni_discussion_statements", since="2021-01-01", until="2021-12-31")
    assert json.loads(capsys.readouterr().out) == {"statements": []}
    for days in ({"since": "yesterday"}, {"since": "2026-02-01", "until": "2026-01-01"}):
        with pytest.raises(CommandError):
            call_command("solerni_discussion_statements", **days)


@pytest.mark.parametrize("cell", ["=1+1", "+33 1", "-2", "@sum", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell) -> None:
    written = "".join(write_csv(["name"], [[cell], [-2], ["café"]]))
    assert list(csv.reader(io.StringIO(written, newline="")))[1:] == [[f"'{cell}"], ["-2"], ["café"]]


def test_statements_are_streamed_in_two_queries_however_many(busy, period, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert len(list(api.list_statements(period))) == 10


def test_the_report_counts_what_happened(busy, period, capsys, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(32):
        report = api.make_report(period)
    assert (report.restrictions, report.decisions["remove"], report.decisions["hide"]) == (10, 8, 1)
    assert report.by_clause["posts.courtesy"] == 3 and report.by_clause["posts.language"] == 1
    assert report.by_source["SOURCE_TYPE_OTHER_NOTIFICATION"] == 1
    assert (report.found_by_software, report.by_automation["AUTOMATED_DECISION_FULLY"]) == (1, 1)
    assert (report.reports.received, report.reports.by_reason) == (1, {"harassment": 1})
    assert (report.appeals.received, report.appeals.answered, report.appeals.upheld) == (1, 1, 1)
    assert (report.appeals_by_party, report.reversed_of_software) == ({"author": 1, "reporter": 0}, 0)
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    call_command("solerni_discussion_transparency", format="json", **days)
    assert json.loads(capsys.readouterr().out)["restrictions"] == 10
    call_command("solerni_discussion_transparency", **days)
    text = capsys.readouterr().out
    assert "10" in text and "Solerni" not in text and "lea" not in text


def test_statistics_hide_small_counts_from_all_but_operators(
    busy, learner, moderator, stranger, period, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(10):
        seen = api.make_statistics(moderator.id, period, is_operator=False)
    assert set(seen.by_clause.values()) == {None} and seen.overturned is None
    assert seen.promised == 72 and seen.decided == 1 and seen.median is not None
    whole = api.make_statistics(moderator.id, period, is_operator=True)
    assert whole.by_moderator[moderator.id] == 9 and whole.overturned == 1
    for person in (learner, stranger):
        with pytest.raises(NotModerator):
            api.make_statistics(person.id, period, is_operator=False)


def test_the_course_team_lists_who_took_part(learner, other_learner, author, stranger, cafe) -> None:
    thread = open_thread(learner, cafe, source="un deux trois").thread_uuid
    api.publish_post(other_learner.id, cafe, make_draft("quatre cinq"), thread_uuid=thread)
    rows = list(api.list_participants(author.id, cafe.usage_key))
    assert [(row.member_id, row.threads, row.replies, row.words) for row in rows] == [
        (learner.id, 1, 0, 3),
        (other_learner.id, 0, 1, 2),
    ]
    for person in (learner, stranger):
        with pytest.raises(NotStaff):
            api.list_participants(person.id, cafe.usage_key)
