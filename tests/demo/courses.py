"""A small course with probe blocks: what a block can see and do, told back as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import crum
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from opaque_keys.edx.keys import CourseKey, UsageKey
from web_fragments.fragment import Fragment
from webob import Response
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.fields import Dict, Integer, List, Scope, String
from xblock.utils.studio_editable import StudioContainerXBlockMixin

from solerni_xblocks.blockkit.base import SolerniBlock
from solerni_xblocks.demo import blocks, doors, olx
from solerni_xblocks.demo.runtime import DemoRuntime
from solerni_xblocks.demo.scopes import Mode

COURSE = CourseKey.from_string("course-v1:Solerni+PROBE+2026")
OLX = """<course org="Solerni" course="PROBE" url_name="2026" display_name="Essai" language="fr">
  <chapter url_name="c" display_name="Chapitre">
    <sequential url_name="s" display_name="Suite">
      <vertical url_name="u1" display_name="Première">
        <html url_name="t1"><p>Bonjour <em>à tous</em>.</p></html>
        <probe url_name="p1" display_name="Sonde" words="[&quot;été&quot;, &quot;hiver&quot;]"/>
        <box url_name="b1" display_name="Boîte"><probe url_name="p2" display_name="Dedans"/></box>
      </vertical>
      <vertical url_name="u2" display_name="Deuxième"><html url_name="t2">Fin</html></vertical>
    </sequential>
  </chapter>
</course>"""


@XBlock.needs("user", "i18n")
@XBlock.wants("completion", "settings", "cache")
class Probe(CompletableXBlockMixin, SolerniBlock):
    """Tells what it sees, does what it is asked."""

    asks_take_part = False
    has_score = True
    editable_fields = ("display_name", "limit")
    display_name = String(default="Sonde", scope=Scope.settings)
    limit = Integer(default=3, scope=Scope.settings)
    words = List(default=[], scope=Scope.content)
    visits = Integer(default=0, scope=Scope.user_state)
    total = Integer(default=0, scope=Scope.user_state_summary)
    tastes = Dict(default={}, scope=Scope.preferences)
    motto = String(default="", scope=Scope.user_info)

    def student_view(self, context: Any = None) -> Fragment:
        fragment = Fragment(f"<p class='probe'>{self.display_name} {self.limit}</p>")
        fragment.initialize_js("Probe", {"text": "</script><b>&"})
        return fragment

    @XBlock.handler
    def tell(self, request: Any, suffix: str = "") -> Response:
        user = self.runtime.service(self, "user").get_current_user().opt_attrs
        return Response(
            json_body={
                "user": {key.removeprefix("edx-platform."): value for key, value in user.items()},
                "suffix": suffix,
                "query": dict(request.GET),
                "method": request.method,
                "completion": self.runtime.service(self, "completion") is not None,
                "author": self.runtime.is_author_mode,
                "visits": self.visits,
                "total": self.total,
                "tastes": self.tastes,
                "limit": self.limit,
                "parent": str(self.parent),
                "acting": getattr(crum.get_current_user(), "id", None),
            }
        )

    @XBlock.handler
    def visit(self, request: Any, suffix: str = "") -> Response:
        self.visits += 1
        self.total += 1
        self.tastes = {"colour": "green"}
        self.motto = "Carpe diem"
        return Response(json_body={"visits": self.visits})

    @XBlock.handler
    def widen(self, request: Any, suffix: str = "") -> Response:
        self.limit = 99
        return Response(json_body={})

    @XBlock.handler
    def finish(self, request: Any, suffix: str = "") -> Response:
        self.emit_completion(1.0)
        self.runtime.publish(self, "grade", {"value": 2, "max_value": 4})
        self.runtime.publish(self, "probe.done", {"n": 1})
        return Response(json_body={})

    @XBlock.handler
    def odd(self, request: Any, suffix: str = "") -> Response:
        response = Response(body="thé".encode(), content_type="text/plain", charset="utf-8", status=418)
        response.headers["X-Probe"] = "yes"
        response.set_cookie("one", "1")
        response.set_cookie("two", "2")
        return response

    def not_a_handler(self, request: Any, suffix: str = "") -> Response:
        raise AssertionError


@XBlock.needs("mako")
class Box(StudioContainerXBlockMixin, SolerniBlock):
    """A component with contents."""

    asks_take_part = False
    has_children = True
    editable_fields = ("display_name",)
    display_name = String(default="Boîte", scope=Scope.settings)

    def student_view(self, context: Any = None) -> Fragment:
        children = [child.render("student_view", context) for child in self.get_children()]
        fragment = Fragment("".join(child.content for child in children))
        fragment.add_resources(children)
        return fragment

    def author_view(self, context: Any = None) -> Fragment:
        fragment = Fragment()
        self.render_children(context, fragment)
        return fragment


@contextmanager
def probes() -> Iterator[None]:
    """Let the demo know the probe blocks, for a while."""
    with patch.dict(blocks.DEMO_BLOCKS, {"probe": Probe, "box": Box}):
        yield


def import_probe_course(source: str = OLX) -> None:
    olx.import_course(source.encode(), file="probe.xml")


def key(block_type: str, block_id: str) -> UsageKey:
    return COURSE.make_usage_key(block_type, block_id)


def open_runtime(user: Any = None, mode: Mode = Mode.LMS, **session: Any) -> DemoRuntime:
    """The course as ``user`` (None: a visitor) meets it."""
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    request.session = session
    return doors.open_course(request, COURSE, mode)[0]


def handler_path(name: str, block: UsageKey | None = None, *, door: str = "handler") -> str:
    return f"/courses/{COURSE}/xblock/{block or key('probe', 'p1')}/{door}/{name}"
