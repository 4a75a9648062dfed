"""A course of the demo, and clients of every kind, for the tests that walk its doors."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from opaque_keys.edx.keys import CourseKey, UsageKey
from web_fragments.fragment import Fragment
from webob import Response
from xblock.core import XBlock
from xblock.fields import Integer, Scope

from solerni_xblocks.demo import olx, site_api, tokens

COURSE = CourseKey.from_string("course-v1:Solerni+DOORS+2026")
OLX = """<course org="Solerni" course="DOORS" url_name="2026" display_name="Portes" language="fr">
  <chapter url_name="c" display_name="Chapitre">
    <sequential url_name="s" display_name="Suite">
      <vertical url_name="unit" display_name="Unité">
        <html url_name="text">Bonjour</html>
        <solerni_discussion url_name="cafe" display_name="Café"/>
        <foreign url_name="outside"/>
      </vertical>
      <vertical url_name="guarded" display_name="Gardée">
        <solerni_terms url_name="door" display_name="Porte" document="charter">
          <foreign url_name="inside"/>
          <solerni_discussion url_name="salon" display_name="Salon"/>
        </solerni_terms>
      </vertical>
    </sequential>
  </chapter>
</course>"""

CLIENTS = {
    "html": {"HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8"},
    "json": {"HTTP_ACCEPT": "application/json"},
    "xhr": {"HTTP_ACCEPT": "text/html, */*", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
}
CREDENTIALS = ("session", "jwt_cookie", "jwt_header", "bearer", "session_of_another")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


class Foreign(XBlock):
    """A block of somebody else: it asks nobody anything, and keeps what learners do."""

    has_children = False
    clicks = Integer(default=0, scope=Scope.user_state)

    def student_view(self, context: Any = None) -> Fragment:
        return Fragment("<p>the secret of the foreign block</p>")

    @XBlock.handler
    def click(self, request: Any, suffix: str = "") -> Response:
        self.clicks += 1
        return Response(json_body={"clicks": self.clicks, "secret": "of the foreign block"})


def key(kind: str, name: str) -> UsageKey:
    return COURSE.make_usage_key(kind, name)


def handler(block: UsageKey, name: str, door: str = "handler") -> str:
    return f"/courses/{COURSE}/xblock/{block}/{door}/{name}"


UNIT, CAFE, OUTSIDE = key("vertical", "unit"), key("solerni_discussion", "cafe"), key("foreign", "outside")
TERMS, INSIDE, SALON = key("solerni_terms", "door"), key("foreign", "inside"), key("solerni_discussion", "salon")
GUARDED = key("vertical", "guarded")
ENROL = {"course_details": {"course_id": str(COURSE)}}


@dataclass(frozen=True, kw_only=True)
class Door:
    """One way in. ``method`` and ``body``: what really uses it; ``is_program``: answered in JSON to everybody."""

    path: str
    method: str = "GET"
    body: Any = None
    is_program: bool = False


DOORS = {
    "home": Door(path="/"),
    "course": Door(path=f"/courses/{COURSE}/"),
    "unit": Door(path=f"/courses/{COURSE}/units/{UNIT}?page=2&x=é"),
    "jump_to": Door(path=f"/courses/{COURSE}/jump_to/{UNIT}"),
    "xblock": Door(path=f"/xblock/{UNIT}"),
    "xblock_view": Door(path=f"/courses/{COURSE}/xblock/{OUTSIDE}/view/student_view", is_program=True),
    "our handler": Door(path=handler(CAFE, "list_threads"), is_program=True),
    "foreign handler": Door(path=handler(OUTSIDE, "click"), method="POST", body={}, is_program=True),
    "handler_noauth": Door(path=handler(OUTSIDE, "click", "handler_noauth"), method="POST", body={}, is_program=True),
    "preview handler": Door(path=f"/preview/xblock/{OUTSIDE}/handler/click", method="POST", body={}, is_program=True),
    "studio handler": Door(path=f"/xblock/{OUTSIDE}/handler/click", method="POST", body={}, is_program=True),
    "studio": Door(path="/studio/"),
    "enrolments": Door(path="/api/enrollment/v1/enrollment", is_program=True),
    "enrolment": Door(path="/api/enrollment/v1/enrollment", method="POST", body=ENROL, is_program=True),
    "certificate": Door(path=f"/courses/{COURSE}/generate_user_cert", method="POST", body={}),
    "MFE metadata": Door(path=f"/api/courseware/course/{COURSE}", is_program=True),
    "queue": Door(path="/solerni/discussion/queue/"),
    "administration": Door(path="/admin/"),
    "unknown": Door(path="/nowhere/"),
}


def import_course() -> None:
    olx.import_course(OLX.encode(), file="doors.xml")


def make_member(name: str, role: str = "student") -> Any:
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "secret")
    site_api.give_role(user.id, COURSE, role)
    return user


def log_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def present(credential: str, member: Any, other: Any) -> tuple[Client, dict[str, str]]:
    """A client that speaks for ``member``, and its headers; ``other`` owes nothing."""
    if credential == "session":
        return log_in(member), {}
    if credential == "jwt_cookie":
        client = Client()
        payload, _dot, signature = tokens.issue_jwt(member).rpartition(".")
        client.cookies["edx-jwt-cookie-header-payload"] = payload
        client.cookies["edx-jwt-cookie-signature"] = signature
        return client, {}
    if credential == "jwt_header":
        return Client(), {"HTTP_AUTHORIZATION": f"JWT {tokens.issue_jwt(member)}"}
    if credential == "bearer":
        return Client(), {"HTTP_AUTHORIZATION": f"Bearer {tokens.issue_bearer(member)}"}
    return log_in(other), {"HTTP_AUTHORIZATION": f"Bearer {tokens.issue_bearer(member)}"}


def knock(client: Client, door: Door, headers: dict[str, str], method: str = "") -> HttpResponse:
    """Use the door, or ``method`` on its address."""
    method = method or door.method
    body = json.dumps(door.body or {}) if method not in ("GET", "HEAD") else ""
    # a form's content type, so that what is accepted tells the client, not what is sent
    kind = "application/json" if door.is_program else "application/x-www-form-urlencoded"
    return client.generic(method, door.path, body, content_type=kind, **headers)


def is_refusal(answer: HttpResponse) -> bool:
    """Whether the gate answered, rather than the view."""
    if answer.status_code == 302:
        return answer["Location"].startswith("/solerni/terms/")
    return answer.status_code in (403, 503) and (
        b"terms_" in answer.content
        or b"parental_consent" in answer.content
        or b"birth_required" in answer.content
        or b"data-solerni-shut" in answer.content
    )


def quoted(path: str) -> str:
    return quote(path, safe="")
