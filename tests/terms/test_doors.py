"""The site-wide door beyond the matrix: what stays open, where it leads, whom it exempts, how it fails."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.checks import run_checks
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string
from freezegun import freeze_time

from solerni_xblocks import terms
from solerni_xblocks.core import conf
from solerni_xblocks.core.errors import Refused, Unavailable
from solerni_xblocks.hooks import gates
from solerni_xblocks.terms import api, middleware
from solerni_xblocks.terms.middleware import TermsGate, addresses, answers
from solerni_xblocks.terms.queries import gate
from solerni_xblocks.terms.settings import common as hook
from solerni_xblocks.terms.settings.middleware import GATE, insert_gate
from tests.terms.conftest import make_answer
from tests.terms.doors import (
    CLIENTS,
    COURSE,
    CREDENTIALS,
    DOORS,
    UNIT,
    Door,
    is_refusal,
    key,
    knock,
    log_in,
    make_member,
    present,
)

pytestmark = pytest.mark.django_db
HTML, JSON = CLIENTS["html"], CLIENTS["json"]
COURSE_HOME = f"/courses/{COURSE}/"
NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)

EXEMPT = [
    *(
        "/login",
        "/logout",
        "/login_refresh",
        "/register",
        "/oauth2/access_token",
        "/auth/login/saml/",
        "/password_reset/",
    ),
    *("/api/user/v1/account/login_session/", "/api/user/v2/account/registration/", "/csrf/api/v1/token"),
    *("/solerni/terms/terms/", "/solerni/terms/terms/1.0/", "/solerni/terms/api/v1/unacknowledged"),
    *("/notices/api/v1/unacknowledged", "/solerni/members/", "/solerni/members/export/"),
    *("/api/user/v1/accounts/deactivate_logout/", "/contact", "/support/contact_us", "/tos", "/privacy", "/cookies"),
    *("/i18n/setlang/", "/static/x.css", "/media/x.png", "/heartbeat", "/robots.txt", "/favicon.ico"),
    *("/solerni/badges/verify/", "/solerni/badges/issuer/did.json", "/.well-known/did.json"),
    *("/solerni/badges/awards/6f1c2a0e-0000-4000-8000-000000000000/", "/certificates/6f1c2a0e000040008000000000000000"),
    *("/certificates/6f1c2a0e-0000-4000-8000-000000000000", "/api/user/v1/accounts/retirement_queue/"),
    *("/api/user/v1/accounts/lea/retirement_status/", "/demo/mail/", "/demo/clock/"),
]
NOT_EXEMPT = [
    *("/terms-of-x/", "/solerni/terms-of-x/", "/login-x", "/loginx", "/solerni", "/solerni/badges/", "/staticx/a"),
    *(
        "//login",
        "/login//x",
        "/login/../courses/",
        "/login/..",
        "/login/./x",
        "/./login",
        "/login\\x",
        "/login/%2e%2e/x",
    ),
    *("/x/login", "/Login", "/login;x", "/certificates/", "/certificates/request", "/certificates/6f1c/../x"),
    *("/api/user/v1/accounts/lea", "/api/user/v1/accounts", "/api/user/v1/preferences/lea", "/demography/", ""),
]


@pytest.mark.parametrize("state", ["owes", "declined", "minor", "accepted"])
def test_what_one_needs_to_answer_or_to_leave_is_never_gated(bring: Any, member: Any, state: str) -> None:
    bring(state)
    client = log_in(member)
    for path in EXEMPT:
        for accepts in CLIENTS.values():
            for method in ("GET", "POST"):
                answer = knock(client, Door(path=path), accepts, method)
                assert not is_refusal(answer), (path, method)
        if state != "accepted" and not path.startswith(("/logout", "/login")):
            assert knock(log_in(member), DOORS["course"], JSON).status_code == 403
    assert client.post("/logout").status_code == 302
    assert client.get(COURSE_HOME)["Location"].startswith("/login")


@pytest.mark.parametrize("path", NOT_EXEMPT)
def test_a_path_that_only_looks_exempt_is_gated(path: str) -> None:
    assert not addresses.is_open(path)


@pytest.mark.parametrize("path", EXEMPT)
def test_a_path_that_is_exempt_is_open(path: str) -> None:
    assert addresses.is_open(path)


@pytest.mark.parametrize("path", addresses.OPEN_PATHS)
def test_a_path_is_exempt_in_whole_segments(path: str) -> None:
    assert all(map(addresses.is_open, (path, f"{path}/", f"{path}/x")))
    assert not any(map(addresses.is_open, (f"{path}-x/y", f"{path}x", f"/x{path}", f"{path}/../x", path.upper())))


@pytest.mark.parametrize(
    "path",
    ["/login/%2e%2e/courses/", "/login/../nowhere/", "//nowhere/", "/login%2f..%2fnowhere/", "/login/%252e%252e/x"],
)
def test_an_encoded_way_round_is_gated(bring: Any, member: Any, path: str) -> None:
    bring("owes")
    assert is_refusal(log_in(member).get(path, **HTML))


def test_own_paths_are_open_and_the_root_never_is(bring: Any, member: Any, settings: Any) -> None:
    bring("owes")
    settings.SOLERNI_TERMS_OPEN_PATHS = ["/nowhere/", "/", ""]
    client = log_in(member)
    assert client.get("/nowhere/at/all/", **HTML).status_code == 404
    assert is_refusal(client.get("/elsewhere/", **HTML))
    assert is_refusal(client.get("/", **HTML))


def test_visitors_pass_without_a_query_and_without_a_cookie(bring: Any) -> None:
    bring("owes")
    request = RequestFactory().get(COURSE_HOME)
    request.user = AnonymousUser()
    with CaptureQueriesContext(connection) as queries:
        assert middleware.find_refusal(request) is None
    assert not queries.captured_queries
    client = Client()
    assert client.get("/").status_code == 200
    assert client.get(COURSE_HOME)["Location"].startswith("/login")
    assert not client.cookies.keys() - {"csrftoken"}


@pytest.mark.parametrize("header", ["Bearer nothing", "JWT a.b.c", "JWT", "Bearer a b", "Basic bGVhOnNlY3JldA=="])
def test_a_stranger_with_a_token_that_is_not_valid_learns_nothing(bring: Any, header: str) -> None:
    bring("owes")
    answer = Client().get("/api/enrollment/v1/enrollment", HTTP_AUTHORIZATION=header, **JSON)
    assert (answer.status_code, answer.json()) == (401, {"error_code": "token_nonexistent"})


def test_without_a_user_of_the_session_only_tokens_count() -> None:
    gate_ = TermsGate(lambda request: HttpResponse("in"))
    assert gate_(RequestFactory().get("/x")).content == b"in"


# where it leads


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("", "/"),
        (f"http://testserver{COURSE_HOME}?page=2#x", f"{COURSE_HOME}?page=2"),
        ("http://evil.example/courses/", "/"),
        ("http://testserver.evil.example/", "/"),
        ("http://testserver@evil.example/", "/"),
        ("//evil.example/", "/"),
        ("http://testserver//evil.example/", "/"),
        ("http://testserver/\\evil.example/", "/"),
        ("javascript:alert(1)//testserver/", "/"),
        ("http://testserver/solerni/terms/terms/", "/"),
        ("http://testserver/logout", "/"),
        ("http://[", "/"),
    ],
)
def test_an_unsafe_request_leads_back_to_the_page_it_came_from(
    bring: Any, member: Any, referrer: str, back: str
) -> None:
    bring("owes")
    answer = log_in(member).post("/nowhere/", HTTP_REFERER=referrer, **HTML)
    assert answer["Location"] == answers.lead_back("/solerni/terms/terms/?next=", back) or back == "/"
    assert answer["Location"] == "/solerni/terms/terms/?" + answers.urlencode({"next": back})


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        (COURSE_HOME, COURSE_HOME),
        ("http://evil.example/", "/solerni/terms/terms/"),
        ("//evil.example/", "/solerni/terms/terms/"),
        ("\\\\evil.example/", "/solerni/terms/terms/"),
        ("javascript:alert(1)", "/solerni/terms/terms/"),
        ("/%2F%2Fevil.example", "/%2F%2Fevil.example"),
        ("https%3A%2F%2Fevil.example%2F", None),
    ],
)
def test_after_accepting_one_goes_on_to_an_own_address_only(
    publish: Any, member: Any, wanted: str, goes_to: str | None
) -> None:
    version = publish()
    form = {"version": version.uuid, "language": "fr", "answer": "accept", "agree": "on", "next": wanted}
    location = log_in(member).post("/solerni/terms/terms/", form, **HTML)["Location"]
    assert location == goes_to or (goes_to is None and "://" not in location and not location.startswith("//"))


@pytest.mark.parametrize(
    ("wanted", "is_followed"),
    [
        ("http://apps.example.org:2000/learning/x", True),
        ("http://apps.example.org/", False),
        ("//evil.example/", False),
    ],
)
def test_after_accepting_one_goes_back_to_a_frontend_of_the_platform(
    publish: Any, member: Any, settings: Any, wanted: str, is_followed: bool
) -> None:
    settings.LOGIN_REDIRECT_WHITELIST = ["apps.example.org:2000"]
    version = publish()
    form = {"version": version.uuid, "language": "fr", "answer": "accept", "agree": "on"}
    location = log_in(member).post(f"/solerni/terms/terms/?next={wanted}", form, **HTML)["Location"]
    assert (location == wanted) is is_followed


def test_nobody_is_asked_again_after_accepting(publish: Any, member: Any) -> None:
    version = publish()
    client = log_in(member)
    page = client.get(COURSE_HOME, **HTML)["Location"]
    assert client.get(page).status_code == 200
    form = {"version": version.uuid, "language": "fr", "answer": "accept", "agree": "on", "next": COURSE_HOME}
    assert client.post(page, form)["Location"] == COURSE_HOME
    assert client.get(COURSE_HOME, **HTML).status_code == 200


def test_a_program_is_led_back_to_the_page_that_called_it(bring: Any, member: Any) -> None:
    bring("owes")
    client = log_in(member)
    path = DOORS["our handler"].path
    body = client.get(path, HTTP_REFERER=f"http://testserver{COURSE_HOME}", **JSON).json()
    assert body["terms_url"].endswith(f"?next={answers.urlencode({'': COURSE_HOME})[1:]}")
    body = client.get(path, HTTP_REFERER="https://apps.example.org/learning", **JSON).json()
    assert body["terms_url"].endswith(f"?next={answers.urlencode({'': COURSE_HOME})[1:]}")  # home of the course asked


def test_inside_a_frame_the_way_out_opens_at_the_top(bring: Any, member: Any) -> None:
    bring("owes")
    framed = {**HTML, "HTTP_SEC_FETCH_DEST": "iframe", "HTTP_SEC_FETCH_MODE": "navigate"}
    unit = f"{COURSE_HOME}units/{UNIT}"
    for referrer, back in ((f"http://testserver{unit}", unit), ("https://apps.example.org/", COURSE_HOME)):
        answer = log_in(member).get(f"/xblock/{UNIT}", HTTP_REFERER=referrer, **framed)
        assert answer.status_code == 403
        page = answer.content.decode()
        assert 'data-solerni-shut="terms_required"' in page
        assert f'href="/solerni/terms/terms/?{answers.urlencode({"next": back})}" target="_top"' in page


@pytest.mark.parametrize(
    ("headers", "is_program"),
    [
        (HTML, False),
        ({**HTML, "HTTP_SEC_FETCH_MODE": "navigate"}, False),
        ({**HTML, "HTTP_SEC_FETCH_MODE": "cors"}, True),
        ({"HTTP_ACCEPT": "*/*"}, True),
        ({}, True),
    ],
)
def test_programs_are_told_from_people(headers: dict[str, str], is_program: bool) -> None:
    assert answers.is_program(RequestFactory().get("/courses/x/", **headers)) is is_program


def test_the_refusal_is_in_the_language_of_the_client(bring: Any, member: Any) -> None:
    bring("owes")
    words = {
        language: log_in(member).get(COURSE_HOME, HTTP_ACCEPT_LANGUAGE=language, **JSON).json()["user_message"]
        for language in ("fr", "en")
    }
    assert "you are asked" in words["en"]
    assert words["en"] != words["fr"]


# courses


def test_a_document_of_a_course_closes_that_course_alone(publish: Any, member: Any, settings: Any) -> None:
    publish(slug="course-charter", audience="course", course_key=str(COURSE), is_course_wide=True)
    client = log_in(member)
    for door in ("course", "unit", "xblock", "foreign handler", "certificate"):
        assert is_refusal(knock(client, DOORS[door], JSON)), door
    assert is_refusal(client.get("/api/courses/v1/blocks/", {"course_id": str(COURSE)}, **JSON))
    assert is_refusal(client.get("/api/courses/v1/blocks/", {"usage_key": str(UNIT)}, **JSON))
    assert not is_refusal(client.get("/api/courses/v1/blocks/", {"course_id": "course-v1:A+B+C"}, **JSON))
    for door in ("home", "enrolments", "queue"):
        assert not is_refusal(knock(client, DOORS[door], JSON)), door


@pytest.mark.parametrize("text", ["course-v1:A", "block-v1:A+B+C", "block-v1:", "course-v1:"])
def test_what_only_looks_like_a_key_asks_for_the_site_alone(text: str) -> None:
    request = RequestFactory().get(f"/courses/{text}/", {"course_id": text})
    place = addresses.read_place(request)
    assert (place.courses, place.blocks) == ((), ())


# members' answers ride along


@pytest.mark.parametrize(
    ("refusal", "status", "code"),
    [
        (Refused("Suspended.", code="account_suspended", where_to_go="/solerni/members/"), 403, "account_suspended"),
        (Refused("Suspended.", code="account_suspended"), 403, "account_suspended"),
        (Unavailable("Closed for works.", code="service_stopped"), 503, "service_stopped"),
    ],
)
def test_answers_of_other_domains_ride_along(
    bring: Any, member: Any, monkeypatch: Any, refusal: Any, status: int, code: str
) -> None:
    bring("accepted")

    def answer(member_id: int, course_key: Any) -> None:
        if member_id == member.id:
            raise refusal

    monkeypatch.setitem(
        gates._answerers, gates.TAKE_PART, [*gates._answerers[gates.TAKE_PART], (gates.CONSENT, answer)]
    )
    client = log_in(member)
    told = client.get(COURSE_HOME, **JSON)
    assert (told.status_code, told.json()["error_code"]) == (status, code)
    shown = client.get(COURSE_HOME, **HTML)
    assert shown.status_code == (302 if refusal.__dict__.get("where_to_go") else status)
    assert client.post("/logout").status_code == 302


# exempt accounts


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [
        ({}, True),
        ({"until": "2030-06-01"}, True),
        ({"until": "2030-05-31"}, False),
        ({"until": ""}, False),
        ({"until": "soon"}, False),
        ({"reason": " "}, False),
        ({"username": "somebody"}, False),
    ],
)
def test_a_service_is_exempt_by_name_with_a_reason_until_a_day(
    bring: Any, member: Any, settings: Any, changes: dict[str, str], is_open: bool
) -> None:
    with freeze_time(NOON):
        bring("owes")
        entry = {"username": "lea", "reason": "Exports grades", "until": "2030-12-31", **changes}
        settings.SOLERNI_TERMS_EXEMPT_ACCOUNTS = [entry]
        assert is_refusal(knock(log_in(member), DOORS["enrolments"], JSON)) is not is_open


def test_an_exempt_service_is_warm_too(bring: Any, member: Any, settings: Any, django_assert_num_queries: Any) -> None:
    bring("owes")
    settings.SOLERNI_TERMS_EXEMPT_ACCOUNTS = [{"username": "lea", "reason": "x", "until": "2999-01-01"}]
    api.require_acceptance(member.id, None)
    with django_assert_num_queries(0):
        api.require_acceptance(member.id, None)


def test_a_superuser_is_not_exempt(bring: Any, member: Any) -> None:
    bring("owes")
    member.is_superuser = member.is_staff = True
    member.save()
    assert is_refusal(log_in(member).get("/admin/", **HTML))


@pytest.mark.parametrize(
    ("entries", "ids"),
    [
        ([], []),
        ([{"username": "a", "reason": "b", "until": "2999-01-01"}], []),
        ([{"username": "a", "until": "2999-01-01"}, {"username": "a", "reason": "b"}, "a"], ["W010"] * 3),
        ([{"username": "a", "reason": "b", "until": "2020-01-01"}], ["W011"]),
    ],
)
def test_a_check_names_exemptions_without_reason_or_past_their_day(settings: Any, entries: Any, ids: list[str]) -> None:
    settings.SOLERNI_TERMS_EXEMPT_ACCOUNTS = entries
    found = [message.id for message in run_checks(tags=["solerni"])]
    assert [id_ for id_ in found if id_ in ("solerni_terms.W010", "solerni_terms.W011")] == [
        f"solerni_terms.{id_}" for id_ in ids
    ]


def test_a_check_tells_when_the_door_is_missing_or_misplaced_or_a_path_opens_nothing(settings: Any) -> None:
    def find() -> list[str]:
        ids = [message.id or "" for message in run_checks(tags=["solerni"])]
        return [id_ for id_ in ids if id_ in {f"solerni_terms.W01{n}" for n in (2, 3, 4)}]

    assert find() == []
    listed = [name for name in settings.MIDDLEWARE if name != GATE]
    settings.MIDDLEWARE = listed
    assert find() == ["solerni_terms.W012"]
    settings.MIDDLEWARE = [GATE, *listed]
    assert find() == ["solerni_terms.W013"]
    settings.MIDDLEWARE = [*listed, GATE]
    settings.SOLERNI_TERMS_OPEN_PATHS = ["help", "/", "/help"]
    assert find() == ["solerni_terms.W014"] * 2


def test_the_how_to_names_what_there_is() -> None:
    page = (Path(__file__).parents[2] / "docs/how-to/gates.md").read_text(encoding="utf-8")
    assert set(re.findall(r"SOLERNI_[A-Z_]+", page)) <= set(conf.SETTINGS)
    source = "".join(path.read_text(encoding="utf-8") for path in Path(terms.__file__).parent.rglob("*.py"))
    for name in re.findall(r"`(solerni_terms\.W\d+|terms_[a-z]+|parental_[a-z_]+)`", page):
        assert f'"{name}"' in source, name
    assert import_string(GATE) is TermsGate
    assert "OPEN_PATHS" in page


# settings hook

STANDING = "common.djangoapps.student.middleware.UserStandingMiddleware"
CACHED = "openedx.core.djangoapps.cache_toolbox.middleware.CacheBackedAuthenticationMiddleware"
LAST = "openedx.core.djangoapps.cookie_metadata.middleware.SessionCookieDomainOverride"


@pytest.mark.parametrize("kind", [list, tuple])
@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (["a", CACHED, STANDING, "b", LAST], ["a", CACHED, STANDING, GATE, "b", LAST]),
        (["a", STANDING, CACHED, "b", LAST], ["a", STANDING, CACHED, GATE, "b", LAST]),
        ([CACHED, "b", LAST], [CACHED, GATE, "b", LAST]),
        (["a", "b", LAST], ["a", "b", GATE, LAST]),
        (["a", "b"], ["a", "b", GATE]),
        ([], [GATE]),
        (["a", GATE, CACHED], ["a", GATE, CACHED]),
    ],
)
def test_the_hook_puts_the_door_behind_the_log_in_once(kind: Any, listed: list[str], expected: list[str]) -> None:
    settings = SimpleNamespace(MIDDLEWARE=kind(listed))
    for _ in range(2):
        insert_gate(settings)
        assert kind(expected) == settings.MIDDLEWARE


def test_the_platforms_hook_inserts_the_door(settings: Any) -> None:
    platform = SimpleNamespace(MIDDLEWARE=[CACHED, STANDING, LAST])
    hook.plugin_settings(platform)
    hook.plugin_settings(platform)
    assert platform.MIDDLEWARE == [CACHED, STANDING, GATE, LAST]


# frontends


@pytest.mark.parametrize("path", ["/solerni/terms/api/v1/unacknowledged", "/notices/api/v1/unacknowledged"])
@pytest.mark.parametrize("credential", CREDENTIALS)
def test_frontends_learn_which_page_to_show_first(
    bring: Any, member: Any, other: Any, path: str, credential: str
) -> None:
    bring("owes")
    client, headers = present(credential, member, other)
    answer = client.get(path, **headers)
    assert answer.json() == {"results": ["http://testserver/solerni/terms/terms/"]}
    assert "no-store" in answer["Cache-Control"]
    assert log_in(other).get(path).json() == {"results": []}
    assert Client().get(path).status_code == 401
    assert client.post(path, **headers).status_code == 405


def test_another_plugins_notices_are_not_shadowed(member: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(middleware, "is_valid_path", lambda path: True)
    assert log_in(member).get("/notices/api/v1/unacknowledged").status_code == 404


def test_frontends_are_told_when_the_answer_is_not_known(bring: Any, member: Any) -> None:
    bring("owes")
    client = log_in(member)
    with patch.object(gate.proofs, "get_record", side_effect=OperationalError):
        answer = client.get("/notices/api/v1/unacknowledged")
    assert (answer.status_code, answer.json()) == (503, {"error_code": "terms_unavailable"})


@pytest.mark.parametrize(("is_told", "status"), [(True, 200), (False, 403)])
def test_the_course_of_the_learning_mfe_is_refused_by_its_own_filter_where_there_is_one(
    bring: Any, member: Any, other: Any, monkeypatch: Any, is_told: bool, status: int
) -> None:
    bring("owes")
    monkeypatch.setattr(api, "is_mfe_told", lambda: is_told)
    door = DOORS["MFE metadata"]
    assert knock(log_in(member), door, JSON).status_code == status
    assert knock(log_in(member), door, JSON, "POST").status_code == 403
    client, headers = present("session_of_another", member, other)
    assert knock(client, door, {**JSON, **headers}).status_code == 403
    with patch.object(gate.proofs, "get_record", side_effect=OperationalError):
        assert knock(log_in(member), door, JSON).status_code == 503


@pytest.mark.parametrize("silent", [True, False])
def test_a_filter_that_fails_silently_is_not_relied_on(settings: Any, silent: bool) -> None:
    from solerni_xblocks.core import pipelinekit
    from solerni_xblocks.terms.rules.surfaces import SURFACES

    (surface,) = (one for one in SURFACES if one.name == "CoursewareAccessChecksRequested")
    settings.OPEN_EDX_FILTERS_CONFIG = {
        surface.filter_type: {"fail_silently": silent, "pipeline": [surface.path]},
    }
    assert api.is_mfe_told() is (not silent and pipelinekit.has_filter(surface.module, surface.name))
    settings.OPEN_EDX_FILTERS_CONFIG = {}
    assert not api.is_mfe_told()


# faults


@pytest.mark.parametrize("part", ["get_record", "list_requirements", "epoch", "session", "tokens"])
@pytest.mark.parametrize("kind", CLIENTS)
def test_when_the_database_fails_the_door_stays_shut_and_says_so(
    bring: Any, member: Any, caplog: Any, part: str, kind: str
) -> None:
    bring("accepted")
    client, headers = log_in(member), CLIENTS[kind]
    if part == "tokens":
        headers = {**headers, "HTTP_AUTHORIZATION": "Bearer x"}
    target = {
        "get_record": "solerni_xblocks.terms.queries.proofs.get_record",
        "list_requirements": "solerni_xblocks.terms.queries.timelines.list_requirements",
        "epoch": "solerni_xblocks.terms.models.Chain.objects.filter",
        "session": "django.contrib.sessions.backends.db.SessionStore._get_session_from_db",
        "tokens": "solerni_xblocks.demo.tokens.find_subject",
    }[part]
    with patch(target, side_effect=OperationalError):
        answer = client.get(COURSE_HOME, **headers)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    if kind == "html" and part != "tokens":
        assert 'data-solerni-shut="terms_unavailable"' in answer.content.decode()
    else:
        assert answer.json()["error_code"] == "terms_unavailable"
    assert client.get(COURSE_HOME, **CLIENTS[kind]).status_code == 200


@pytest.mark.parametrize("backend", ["dummy.DummyCache", "locmem.LocMemCache"])
def test_a_cache_that_is_absent_or_flushed_opens_nothing(bring: Any, member: Any, settings: Any, backend: str) -> None:
    from django.core.cache import cache

    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{backend}"}}
    bring("owes")
    client = log_in(member)
    assert is_refusal(client.get(COURSE_HOME, **HTML))
    cache.clear()
    assert is_refusal(client.get(COURSE_HOME, **HTML))


@pytest.mark.parametrize(("shift", "is_shut"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_a_scheduled_version_shuts_the_doors_at_its_instant(
    publish: Any, member: Any, shift: timedelta, is_shut: bool
) -> None:
    with freeze_time(NOON - timedelta(seconds=3)):
        api.accept_version(make_answer(member.id, publish("1.0")))
        publish("2.0", note=" new", effective_at=NOON)
        client = log_in(member)
        assert client.get(COURSE_HOME, **HTML).status_code == 200
    with freeze_time(NOON + shift):
        assert is_refusal(client.get(COURSE_HOME, **HTML)) is is_shut


@pytest.mark.django_db(transaction=True)
def test_a_publication_counts_from_its_commit_on(publish: Any, member: Any) -> None:
    with freeze_time(NOON) as clock:
        api.accept_version(make_answer(member.id, publish("1.0")))
        client = log_in(member)
        written, committed = threading.Event(), threading.Event()

        def publish_slowly() -> None:
            try:
                with transaction.atomic():
                    publish("2.0", note=" new")
                    written.set()
                    committed.wait(10)
            finally:
                connection.close()

        thread = threading.Thread(target=publish_slowly)
        thread.start()
        assert written.wait(10)
        clock.tick(6 * SECOND)
        pending = client.get(COURSE_HOME, **HTML).status_code
        committed.set()
        thread.join()
        clock.tick(5 * SECOND)
        assert pending == 200
        assert is_refusal(client.get(COURSE_HOME, **HTML))


def test_accounts_that_saw_no_form_are_asked_at_their_first_page(publish: Any, course: Any) -> None:
    """By single sign-on, from a file, by an instructor: no proof is invented for them."""
    publish()
    newcomer = make_member("newcomer")
    assert is_refusal(log_in(newcomer).get("/", **HTML))
    assert key("vertical", "unit") == UNIT
