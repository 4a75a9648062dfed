"""The embedded runtime: loads blocks, hands out services, wraps what blocks render, hears what they say.

Fields are in scopes.py, services in services.py, HTML in markup.py, addresses in block_urls.py.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.contrib.staticfiles.storage import staticfiles_storage
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment
from webob import Response
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock, XBlockMixin
from xblock.exceptions import NoSuchUsage
from xblock.fields import ScopeIds
from xblock.runtime import Runtime

from solerni_xblocks.demo import markup, services, site_api, state
from solerni_xblocks.demo.block_keys import BlockKeys
from solerni_xblocks.demo.blocks import DEMO_BLOCKS
from solerni_xblocks.demo.content import Content
from solerni_xblocks.demo.scopes import CourseStore, GuardedFieldData, Mode
from solerni_xblocks.demo.state import LearnerState
from solerni_xblocks.demo.viewers import Viewer

VIEWED = "publish_completion"
"""Handler by which a page says that a learner has seen a block that completes on view."""


RUNTIME_CLASSES = {Mode.LMS: "LmsRuntime", Mode.PREVIEW: "PreviewRuntime", Mode.STUDIO: "StudioRuntime"}
USER_SERVICES = {
    Mode.LMS: services.LmsUserService,
    Mode.PREVIEW: services.PreviewUserService,
    Mode.STUDIO: services.StudioUserService,
}


class PlatformMixin(XBlockMixin):
    """What the platform gives every block beyond XBlock itself."""

    @property
    def location(self) -> UsageKey:
        """The usage key, by its older name."""
        return self.scope_ids.usage_id

    @property
    def display_name_with_default(self) -> str:
        """A name that is never empty."""
        return getattr(self, "display_name", None) or self.scope_ids.usage_id.block_id.replace("_", " ")


class DemoRuntime(Runtime):
    """One course in one mode for one viewer, for the time of one request."""

    def __init__(self, content: Content, viewer: Viewer, mode: Mode) -> None:
        self.content = content
        self.course_id = content.course_key
        self.mode = mode
        self.is_author_mode = mode is not Mode.LMS
        self._viewer = viewer
        self._request_token = uuid4().hex
        keys = BlockKeys(self.course_id)
        super().__init__(keys, keys, mixins=(PlatformMixin,), services=self._make_services())

    def _make_services(self) -> dict[str, Any]:
        viewer, course_key = self._viewer, self.course_id
        in_lms = self.mode is Mode.LMS
        learner_state = LearnerState(
            course_key, user_id=viewer.learner_id if in_lms else None, keeps=not viewer.is_masquerading
        )
        tracks = in_lms and viewer.learner_id is not None
        return {
            "field-data": GuardedFieldData(CourseStore(self.content, learner_state), self.mode),
            "user": USER_SERVICES[self.mode](viewer, course_key),
            "i18n": services.I18nService(),
            "settings": services.SettingsService(),
            "cache": services.CacheService(),
            "mako": services.MakoService(),
            "completion": services.CompletionService(viewer.learner_id, course_key) if tracks else None,
        }

    @property
    def course_language(self) -> str:
        """The language in which the course is written."""
        return str(self.get_block(self.content.root).language)

    def get_block(self, usage_id: UsageKey, for_parent: XBlock | None = None) -> XBlock:
        """The block at ``usage_id``. Raises NoSuchUsage."""
        if usage_id not in self.content:
            raise NoSuchUsage(str(usage_id))
        return self.construct_xblock(usage_id.block_type, self._make_scope_ids(usage_id), for_parent=for_parent)

    def _make_scope_ids(self, usage_key: UsageKey) -> ScopeIds:
        return ScopeIds(self._viewer.learner_id, usage_key.block_type, usage_key, usage_key)

    def load_block_type(self, block_type: str) -> type[XBlock]:
        """The demo's own blocks first, then entry points."""
        return DEMO_BLOCKS.get(block_type) or super().load_block_type(block_type)

    def applicable_aside_types(self, block: XBlock) -> list[str]:
        """No asides."""
        return []

    def handler_url(
        self, block: XBlock, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        """The address of a handler in this mode. That of a preview ends in ``?``, as in the platform."""
        path = make_handler_path(self.mode, block.scope_ids.usage_id, is_open=thirdparty) + quote(handler_name)
        if suffix or self.mode is Mode.PREVIEW:
            path += "/" + quote(suffix)
        return f"{path}?{query}" if query or self.mode is Mode.PREVIEW else path

    def resource_url(self, resource: str) -> str:
        return str(staticfiles_storage.url(resource))

    def local_resource_url(self, block: XBlock, uri: str) -> str:
        """Resources of blocks are Django static files here."""
        return self.resource_url(uri)

    def handle(self, block: XBlock, handler_name: str, request: Any, suffix: str = "") -> Response:
        """Any block that completes on view also answers ``publish_completion``."""
        is_closed = request.method != "POST" or "/handler_noauth/" in request.path
        if handler_name == VIEWED and not is_closed and completes_on_view(block):
            self.publish(block, "completion", {"completion": 1.0})
            return Response(json_body={"result": "ok"})
        return super().handle(block, handler_name, request, suffix)

    def publish(self, block: XBlock, event_type: str, event_data: dict[str, Any]) -> None:
        """Completion and grades of the current learner, and every event in the log; nothing outside the LMS."""
        if self.mode is not Mode.LMS:
            return
        usage_key, user_id = block.scope_ids.usage_id, self._viewer.learner_id
        if user_id is not None and not self._viewer.is_masquerading:
            if event_type == "completion":
                state.record_completion(user_id, usage_key, event_data["completion"])
            elif event_type == "grade":
                grade = {"value": event_data["value"], "max_value": event_data["max_value"]}
                state.record_grade(user_id, usage_key, **grade)
        site_api.log_event(event_type, {"user_id": user_id, "usage_key": str(usage_key), **event_data})

    def wrap_xblock(self, block: XBlock, view: str, frag: Fragment, context: Any) -> Fragment:
        """The platform's wrapper."""
        data = {
            "runtime-class": RUNTIME_CLASSES[self.mode],
            "block-type": block.scope_ids.block_type,
            "usage-id": block.scope_ids.usage_id,
            "course-id": self.course_id,
            "request-token": self._request_token,
        }
        if block.name:
            data["name"] = block.name
        if self.mode is Mode.LMS and self._viewer.learner_id is not None and completes_on_view(block):
            data["completable-by-viewing"] = "true"
        return markup.wrap(frag, view=view, data=data)


def make_handler_path(mode: Mode, usage_key: UsageKey, *, is_open: bool = False) -> str:
    """The address of a block's handlers up to the handler's name."""
    if mode is Mode.LMS:
        door = "handler_noauth" if is_open else "handler"
        return f"/courses/{usage_key.context_key}/xblock/{usage_key}/{door}/"
    return f"{'/preview' if mode is Mode.PREVIEW else ''}/xblock/{usage_key}/handler/"


def is_completable(block: XBlock) -> bool:
    """Whether the block counts in the progress of its unit; of blocks with contents, only those that say so."""
    counts = XBlockCompletionMode.get_mode(block) == XBlockCompletionMode.COMPLETABLE
    return counts and (not block.has_children or getattr(block, "has_custom_completion", False))


def completes_on_view(block: XBlock) -> bool:
    """Whether seeing the block completes it: it neither scores nor says itself when it is done."""
    says_itself = getattr(block, "has_custom_completion", False) or getattr(block, "has_score", False)
    return is_completable(block) and not says_itself
