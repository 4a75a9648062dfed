"""The platform's APIs in the demo: who may call them, what they answer."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.test import Client
from freezegun import freeze_time

from solerni_xblocks.core import clock
from solerni_xblocks.demo import site_api, state, tokens
from solerni_xblocks.demo.models import AccessToken, Certificate
from solerni_xblocks.demo.runtime import DemoRuntime, is_completable
from tests.demo import courses
from tests.demo.courses import COURSE, handler_path, key

JSON = "application/json"
ENROLMENTS = "/api/enrollment/v1/enrollment"
METADATA = f"/api/courseware/course/{COURSE}"
CERTIFICATE = f"/courses/{COURSE}/generate_user_cert"
GRANT = {"grant_type": "password", "username": "lea-probe", "password": "secret"}


def ask_token(**changes: str) -> Any:
    return Client().post("/oauth2/access_token", {**GRANT, **changes})


@pytest.mark.parametrize(("kind", "scheme"), [("bearer", "Bearer"), ("jwt", "JWT"), ("JWT", "JWT")])
def test_a_password_is_exchanged_for_a_token_that_speaks_for_its_account(student: Any, kind: str, scheme: str) -> None:
    answer = ask_token(token_type=kind).json()
    assert (answer["token_type"], answer["expires_in"]) == (scheme, 3600)
    header = f"{scheme} {answer['access_token']}"
    listed = Client().get(ENROLMENTS, HTTP_AUTHORIZATION=header).json()
    assert [one["course_details"]["course_id"] for one in listed] == [str(COURSE)]
    assert {one["user"] for one in listed} == {"lea-probe"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"password": "wrong"}, "invalid_grant"),
        ({"username": "nobody"}, "invalid_grant"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"token_type": "mac"}, "unsupported_grant_type"),
    ],
)
def test_a_wrong_grant_is_refused(student: Any, changes: dict[str, str], error: str) -> None:
    answer = ask_token(**changes)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_of_a_bearer_token_only_a_digest_is_kept(student: Any) -> None:
    token = tokens.issue_bearer(student)
    assert token not in AccessToken.objects.get().digest


@pytest.mark.parametrize("issue", [tokens.issue_bearer, tokens.issue_jwt])
def test_a_token_ends_with_its_hour_and_with_its_account(student: Any, issue: Any) -> None:
    kind = "bearer" if issue is tokens.issue_bearer else "jwt"
    token = issue(student)
    assert tokens.find_subject(kind, token) == student.id
    with freeze_time(clock.now() + timedelta(hours=1, seconds=1)):
        assert tokens.find_subject(kind, token) is None
    student.is_active = False
    student.save()
    assert tokens.find_subject(kind, token) is None


def _forge(token: str, **changes: Any) -> str:
    head, body, sign = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    changed = base64.urlsafe_b64encode(json.dumps({**claims, **changes}).encode()).decode().rstrip("=")
    return f"{head}.{changed}.{sign}"


def test_a_forged_jwt_names_nobody(student: Any, writer: Any) -> None:
    token = tokens.issue_jwt(student)
    claims = jwt.decode(token, options={"verify_signature": False})
    unsigned = jwt.encode(claims, None, algorithm="none")
    foreign = jwt.encode(claims, "k" * 32, algorithm="HS256")
    elsewhere = jwt.encode({**claims, "aud": "x"}, tokens._get_key(), algorithm="HS256")
    for forged in (_forge(token, preferred_username="ana-probe"), unsigned, foreign, elsewhere, "a.b.c", ""):
        assert tokens.find_subject("jwt", forged) is None


def test_the_session_gets_a_jwt_in_two_cookies(student_client: Client, client: Client) -> None:
    assert client.post("/login_refresh").status_code == 401
    answer = student_client.post("/login_refresh")
    assert {"edx-jwt-cookie-header-payload", "edx-jwt-cookie-signature"} <= set(answer.cookies)
    assert answer.cookies["edx-jwt-cookie-signature"]["httponly"]
    bare = Client()
    for name, morsel in answer.cookies.items():
        if name.startswith("edx"):
            bare.cookies[name] = morsel.value
    assert bare.get(METADATA).json()["course_access"]["has_access"] is True


def test_a_session_or_a_cookie_needs_a_csrf_token_and_a_header_does_not(student: Any, passer: Any) -> None:
    body = {"course_details": {"course_id": str(COURSE)}}
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(student)
    assert strict.post(ENROLMENTS, body, JSON).status_code == 403
    cookies = Client(enforce_csrf_checks=True)
    payload, _dot, signature = tokens.issue_jwt(student).rpartition(".")
    cookies.cookies["edx-jwt-cookie-header-payload"], cookies.cookies["edx-jwt-cookie-signature"] = payload, signature
    assert cookies.post(ENROLMENTS, body, JSON).status_code == 403
    program = Client(enforce_csrf_checks=True)
    header = f"Bearer {tokens.issue_bearer(student)}"
    assert program.post(ENROLMENTS, body, JSON, HTTP_AUTHORIZATION=header).status_code == 200
    assert strict.post(ENROLMENTS, body, JSON, HTTP_AUTHORIZATION=header).status_code == 403


@pytest.mark.parametrize("header", ["Bearer nothing", "JWT a.b.c", "Basic bGVhOmxlYQ==", "x", " "])
def test_a_header_that_is_good_for_nothing_does_not_open_the_way_to_the_cookies(student: Any, header: str) -> None:
    forger = Client(enforce_csrf_checks=True)
    payload, _dot, signature = tokens.issue_jwt(student).rpartition(".")
    forger.cookies["edx-jwt-cookie-header-payload"], forger.cookies["edx-jwt-cookie-signature"] = payload, signature
    body = {"course_details": {"course_id": str(COURSE)}}
    answer = forger.post(ENROLMENTS, body, JSON, HTTP_AUTHORIZATION=header)
    assert (answer.status_code, answer.json()) == (401, {"error_code": "token_nonexistent"})


@pytest.mark.parametrize("path", [ENROLMENTS, METADATA])
def test_visitors_and_strangers_with_a_wrong_token_are_401(probe_course: None, path: str) -> None:
    assert Client().get(path).json() == {"error_code": "login.required"}
    answer = Client().get(path, HTTP_AUTHORIZATION="Bearer nothing")
    assert (answer.status_code, answer.json()) == (401, {"error_code": "token_nonexistent"})


def test_a_program_joins_a_course_once(passer: Any) -> None:
    header = {"HTTP_AUTHORIZATION": f"JWT {tokens.issue_jwt(passer)}"}
    for _ in range(2):
        body = {"course_details": {"course_id": str(COURSE)}}
        answer = Client().post(ENROLMENTS, body, JSON, **header)
        assert answer.json()["course_details"]["course_id"] == str(COURSE)
    assert site_api.get_roles(passer.id, COURSE) == {"student"}


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"course_details": 1}', b'{"course_details": {}}', b'{"course_details": {"course_id": 7}}'],
)
def test_a_body_without_a_course_is_400(passer_client: Client, body: bytes) -> None:
    assert passer_client.post(ENROLMENTS, body, JSON).status_code == 400
    unknown = b'{"course_details": {"course_id": "course-v1:No+Such+Course"}}'
    assert passer_client.post(ENROLMENTS, unknown, JSON).status_code == 400


def test_a_handler_takes_tokens(student: Any) -> None:
    program = Client(enforce_csrf_checks=True)
    for header in (f"Bearer {tokens.issue_bearer(student)}", f"JWT {tokens.issue_jwt(student)}"):
        told = program.post(handler_path("tell"), {}, JSON, HTTP_AUTHORIZATION=header).json()
        assert (told["user"]["user_id"], told["acting"]) == (student.id, student.id)
    assert program.post(handler_path("tell"), {}, JSON, HTTP_AUTHORIZATION="Bearer x").status_code == 401


def test_the_courseware_api_says_who_has_access(student_client: Client, passer_client: Client) -> None:
    assert student_client.get(METADATA).json()["name"] == "Essai"
    access = passer_client.get(METADATA).json()["course_access"]
    assert (access["has_access"], access["error_code"]) == (False, "enrollment_required")
    assert student_client.get("/api/courseware/course/course-v1:No+Such+Course").status_code == 404


def test_a_view_of_a_block_comes_as_json(student_client: Client, passer_client: Client, client: Client) -> None:
    path = f"/courses/{COURSE}/xblock/{key('probe', 'p1')}/view/"
    answer = student_client.get(f"{path}student_view").json()
    assert "class='probe'" in answer["html"]
    assert set(answer) == {"html", "resources", "csrf_token"}
    assert student_client.get(f"{path}author_view").status_code == 404
    assert passer_client.get(f"{path}student_view").status_code == 404
    assert client.get(f"{path}student_view").status_code == 403


def test_a_certificate_is_given_once_for_a_completed_course_and_shown_to_anybody(
    student: Any, student_client: Client, passer_client: Client
) -> None:
    assert student_client.post(CERTIFICATE).status_code == 400
    assert passer_client.post(CERTIFICATE).status_code == 403
    assert passer_client.post(CERTIFICATE.replace("PROBE", "NONE")).status_code == 404
    runtime: DemoRuntime = courses.open_runtime(student)
    for usage_key in runtime.content.walk(runtime.content.root):
        if is_completable(runtime.get_block(usage_key)):
            state.record_completion(student.id, usage_key, 1.0)
    first = student_client.post(CERTIFICATE).json()
    assert student_client.post(CERTIFICATE).json() == first
    assert Certificate.objects.count() == 1
    page = Client().get(first["url"]).content.decode()
    assert "lea-probe" in page
    assert "Essai" in page
    assert Client().get("/certificates/00000000-0000-4000-8000-000000000000").status_code == 404


@pytest.mark.django_db
def test_the_heartbeat_asks_the_database() -> None:
    assert Client().get("/heartbeat").json() == {"sql": {"status": True}}
