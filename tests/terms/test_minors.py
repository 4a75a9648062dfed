"""Who is a minor, and what that changes at the gate: obligation 3, S18."""

from __future__ import annotations

import doctest
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from solerni_xblocks.core import datekit
from solerni_xblocks.terms import api, models, presenters
from solerni_xblocks.terms.errors import BirthRefused, BirthStated, NothingAsked, ParentalConsentRequired
from solerni_xblocks.terms.rules import guardianship, minority
from tests.terms.conftest import make_answer

SECOND = timedelta(seconds=1)
AGES = {"": (18, 15), "DE": (18, 16), "US": (13, 13)}
days = st.dates(date(1930, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("module", [minority, guardianship])
def test_examples_in_the_rules_are_true(module) -> None:
    assert doctest.testmod(module).failed == 0


@given(days, days)
def test_one_gets_a_year_older_once_a_year(born_on: date, today: date) -> None:
    years = minority.count_years(born_on, today)
    later = minority.count_years(born_on, today + timedelta(days=1))
    assert later - years in (0, 1)
    if born_on <= today:
        assert years * 365.2 <= (today - born_on).days + 1 <= (years + 1) * 366


@given(days, st.sampled_from(sorted(AGES)), days)
def test_nobody_becomes_a_minor_again(born_on: date, country: str, today: date) -> None:
    birth, limits = api_birth(born_on, country), minority.choose_limits(country, AGES)
    before, after = (minority.needs_guardian(birth, day, limits) for day in (today, today + timedelta(days=1)))
    assert before or not after


@given(days, days)
def test_joint_consent_is_asked_of_none_but_minors(born_on: date, today: date) -> None:
    limits = minority.choose_limits("", AGES)
    birth = api_birth(born_on, "")
    if minority.needs_joint_consent(birth, today, limits):
        assert minority.needs_guardian(birth, today, limits)


def api_birth(born_on: date, country: str) -> Any:
    return minority.Birth(born_on=born_on, country=country)


@pytest.mark.parametrize(
    ("born_on", "today", "is_minor"),
    [
        (date(2012, 2, 29), date(2030, 2, 28), True),
        (date(2012, 2, 29), date(2030, 3, 1), False),
        (date(2010, 2, 28), date(2028, 2, 28), False),
        (date(2014, 2, 28), date(2032, 2, 27), True),
    ],
)
def test_births_about_the_29_of_february(born_on: date, today: date, is_minor: bool) -> None:
    limits = minority.choose_limits("", AGES)
    assert minority.needs_guardian(api_birth(born_on, ""), today, limits) is is_minor


@pytest.mark.parametrize(
    ("midnight", "day"),
    [
        (datetime(2026, 3, 28, 23, tzinfo=UTC), date(2026, 3, 29)),  # the night in which summer time begins
        (datetime(2026, 3, 29, 22, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, tzinfo=UTC), date(2026, 10, 25)),  # the night in which it ends
        (datetime(2026, 10, 25, 23, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_a_day_begins_at_midnight_in_paris_whatever_the_season(midnight: datetime, day: date) -> None:
    assert datekit.find_day(midnight - SECOND) == day - timedelta(days=1)
    assert datekit.find_day(midnight) == day


IsOpen = Callable[[Any], bool]


@pytest.fixture
def is_open() -> IsOpen:
    """Whether the site is open to a member."""

    def is_open(member: Any) -> bool:
        try:
            api.require_acceptance(member.id, None)
        except ParentalConsentRequired:
            return False
        return True

    return is_open


BIRTHDAY = datetime(2026, 7, 14, 22, tzinfo=UTC)
"""Midnight in Paris: 15 July."""


@pytest.mark.parametrize(("shift", "expected"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_the_state_clears_at_midnight_of_the_birthday_without_a_job(
    publish, learner, is_open: IsOpen, shift: timedelta, expected: bool
) -> None:
    with freeze_time(BIRTHDAY - timedelta(days=9)):
        api.accept_version(make_answer(learner.id, publish()))
        api.state_birth(learner.id, born_on=date(2008, 7, 15), country="FR")
        assert not is_open(learner)
    with freeze_time(BIRTHDAY + shift):
        assert is_open(learner) is expected


def test_limits_differ_by_country(publish, learner, other_learner, is_open: IsOpen, settings) -> None:
    settings.SOLERNI_TERMS_AGES = {"": (18, 15), "NL": (16, 16)}
    with freeze_time(BIRTHDAY):
        version = publish()
        for member, country in ((learner, "FR"), (other_learner, "nl")):
            api.accept_version(make_answer(member.id, version))
            api.state_birth(member.id, born_on=date(2009, 7, 1), country=country)
    with freeze_time(BIRTHDAY):
        assert not is_open(learner)
        assert is_open(other_learner)


def test_documents_for_minors_are_asked_below_the_age_of_joint_consent(publish, learner, other_learner) -> None:
    with freeze_time(BIRTHDAY):
        publish()
        publish(slug="minors", audience="minors", order=2)
        api.state_birth(learner.id, born_on=date(2012, 1, 1), country="FR")
        api.state_birth(other_learner.id, born_on=date(2010, 1, 1), country="FR")
    with freeze_time(BIRTHDAY):
        assert api.get_guardianship(learner.id).due == ("terms", "minors")
        assert api.get_guardianship(other_learner.id).due == ("terms",)


def test_the_minors_own_tick_does_not_open(publish, learner, is_open: IsOpen) -> None:
    with freeze_time(BIRTHDAY):
        api.state_birth(learner.id, born_on=date(2010, 1, 1), country="")
        api.accept_version(make_answer(learner.id, publish()))
        assert not is_open(learner)
        with pytest.raises(ParentalConsentRequired) as refusal:
            api.require_acceptance(learner.id, None)
    assert refusal.value.code == "parental_consent_required"
    assert refusal.value.where_to_go == "/solerni/terms/guardian/?next=%2F"


def test_who_states_to_be_a_minor_loses_an_open_pass(
    publish, learner, is_open: IsOpen, django_capture_on_commit_callbacks
) -> None:
    with freeze_time(BIRTHDAY):
        api.accept_version(make_answer(learner.id, publish()))
        assert is_open(learner)
        with django_capture_on_commit_callbacks(execute=True):
            api.state_birth(learner.id, born_on=date(2010, 1, 1), country="FR")
        assert not is_open(learner)


def test_a_birth_date_is_stated_once(learner) -> None:
    api.state_birth(learner.id, born_on=date(2010, 1, 1), country="FR")
    api.state_birth(learner.id, born_on=date(2010, 1, 1), country="FR")
    with pytest.raises(BirthStated):
        api.state_birth(learner.id, born_on=date(1990, 1, 1), country="FR")
    assert models.Birth.objects.get().born_on == date(2010, 1, 1)


def test_an_operator_corrects_a_birth_date(learner) -> None:
    api.correct_birth(learner.id, born_on=date(2010, 1, 1), country="FR")
    api.correct_birth(learner.id, born_on=date(2011, 1, 1), country="DE")
    assert models.Birth.objects.values_list("born_on", "country").get() == (date(2011, 1, 1), "DE")


@pytest.mark.parametrize(
    ("born_on", "country", "reason"),
    [
        (date(2026, 7, 16), "FR", "birth.future"),
        (date(1905, 7, 14), "FR", "birth.too_long_ago"),
        (date(2000, 1, 1), "FRA", "country.malformed"),
        (date(2000, 1, 1), "Ä1", "country.malformed"),
    ],
)
def test_an_impossible_birth_is_refused(learner, born_on: date, country: str, reason: str) -> None:
    with freeze_time(BIRTHDAY), pytest.raises(BirthRefused) as refusal:
        api.state_birth(learner.id, born_on=born_on, country=country)
    assert refusal.value.details["reasons"] == [reason]


def test_the_page_for_the_birth_date_exists_where_it_is_asked(client, learner, settings) -> None:
    client.force_login(learner)
    settings.SOLERNI_TERMS_BIRTH_ASKED = False
    assert client.get("/solerni/terms/birth/").status_code == 404
    settings.SOLERNI_TERMS_BIRTH_ASKED = True
    sent = client.get("/solerni/terms/guardian/?next=/here")
    assert sent.status_code == 302
    assert sent["Location"].startswith("/solerni/terms/birth/?next=")
    assert client.get("/solerni/terms/birth/").status_code == 200


def test_a_birth_date_typed_badly_is_asked_again_with_what_was_typed(client, learner, settings) -> None:
    settings.SOLERNI_TERMS_BIRTH_ASKED = True
    client.force_login(learner)
    for typed in ("", "2010-13-45", "\x00", "9" * 5000, "2999-01-01"):
        answer = client.post("/solerni/terms/birth/", {"born_on": typed, "country": "FR"})
        assert answer.status_code == 400
        assert b"data-solerni-terms-refusal" in answer.content
    assert b"2999-01-01" in answer.content
    answer = client.post("/solerni/terms/birth/", {"born_on": "2010-01-01", "country": "", "next": "//evil.example"})
    assert (answer.status_code, answer["Location"]) == (303, "/solerni/terms/guardian/")
    assert client.get("/solerni/terms/birth/").status_code == 302


def test_an_operator_corrects_a_birth_date_in_the_administration(admin_client, learner) -> None:
    api.state_birth(learner.id, born_on=date(2010, 1, 1), country="FR")
    row = models.Birth.objects.get()
    page = f"/admin/solerni_terms/birth/{row.id}/change/"
    assert admin_client.get(page).status_code == 200
    for impossible in ("2999-01-01", "", "x"):
        assert admin_client.post(page, {"born_on": impossible, "country": "FR"}).status_code == 200
    assert admin_client.post(page, {"born_on": "2001-02-03", "country": "BE"}).status_code == 302
    row.refresh_from_db()
    assert (row.born_on, row.country) == (date(2001, 2, 3), "BE")
    for refused in (page.replace("change", "delete"), "/admin/solerni_terms/birth/add/"):
        assert admin_client.post(refused, {"post": "yes"}).status_code == 403


def test_staff_without_the_right_correct_nothing(client, learner, author) -> None:
    api.state_birth(learner.id, born_on=date(2010, 1, 1), country="FR")
    author.is_staff = True
    author.save()
    client.force_login(author)
    page = f"/admin/solerni_terms/birth/{models.Birth.objects.get().id}/change/"
    assert client.post(page, {"born_on": "2001-02-03", "country": "BE"}).status_code == 403


@pytest.mark.parametrize(("age", "is_asked"), [(None, False), (14, True), (40, False)])
def test_a_document_for_minors_is_asked_of_nobody_else(publish, learner, age: int | None, is_asked: bool) -> None:
    version = publish(slug="minors", audience="minors")
    if age:
        born_on = date.today() - timedelta(days=age * 366)
        api.state_birth(learner.id, born_on=born_on, country="FR")
    assert api.get_standing(learner.id, "minors").is_due is is_asked
    answer = make_answer(learner.id, version, document="minors")
    if is_asked:
        assert api.accept_version(answer).act == "accept"
        assert not api.get_standing(learner.id, "minors").is_due
    else:
        with pytest.raises(NothingAsked):
            api.accept_version(answer)


def test_the_form_takes_a_birth_date_of_the_day_that_it_is_on_the_site() -> None:
    with freeze_time(datetime(2026, 6, 1, 22, tzinfo=UTC)):
        assert presenters.birth_form()["latest"] == "2026-06-02"
