"""Steps of openedx-filters: filter in, one call, and the platform's own exception out where the gate is closed.

Which filter runs which step: rules/surfaces.py. Whoever asks is the account that sends the request, looked up through
a masquerade; a filter that names somebody else (a teacher enrols a learner) lets pass, and that learner is asked at
their first page.
"""

from __future__ import annotations

from typing import Any

import crum
from django.template.loader import render_to_string
from django.utils.http import urlencode
from opaque_keys.edx.keys import CourseKey
from openedx_filters import PipelineStep
from openedx_filters.exceptions import OpenEdxFilterException
from openedx_filters.learning import filters as learning

from solerni_xblocks.core import conf
from solerni_xblocks.core.errors import Refused, SolerniError
from solerni_xblocks.hooks import gates
from solerni_xblocks.host import api as host
from solerni_xblocks.terms import api, inputs, presenters

LEARNING_MFE_CODE = "data_sharing_access_required"
"""The error code on which the Learning MFE leads to the address in ``developer_message``."""


class RequireTicks(PipelineStep):
    """StudentRegistrationRequested: no account without the box of every document in force."""

    def run_filter(self, form_data: Any) -> dict[str, Any]:
        request = crum.get_current_request()
        try:
            said = inputs.parse_registration(
                form_data, request, screen_digest=presenters.get_screen_digest(presenters.BOX)
            )
            api.require_boxes(said)
        except SolerniError as refusal:
            # Without a status the platform answers 200; it drops the code, which the middleware puts back.
            inputs.keep_refusal(request, refusal.code)
            message = presenters.explain_registration_refusal(refusal)
            raise _halt(learning.StudentRegistrationRequested.PreventRegistration, refusal, message=message) from None
        inputs.keep_registration(request, said)
        return {"form_data": form_data}


class CloseEnrolment(PipelineStep):
    """CourseEnrollmentStarted: a member who owes an answer does not enrol."""

    def run_filter(self, user: Any, course_key: CourseKey, mode: str) -> dict[str, Any]:
        if _is_acting(user):
            halt = learning.CourseEnrollmentStarted.PreventEnrollment
            _require(halt, user.id, course_key)
            _require_confirmed_address(halt, user)
        return {}


class CloseEnrolmentView(PipelineStep):
    """CourseEnrollmentViewStarted: the same, where the platform's REST API begins."""

    def run_filter(self, user: Any, course_key: CourseKey, requester_is_backend_service: bool) -> dict[str, Any]:
        if _is_acting(user) and not requester_is_backend_service:
            halt = learning.CourseEnrollmentViewStarted.PreventEnrollment
            _require(halt, user.id, course_key)
            _require_confirmed_address(halt, user)
        return {}


class CloseCertificate(PipelineStep):
    """CertificateCreationRequested: runs in a worker, so it looks at the account alone."""

    def run_filter(self, user: Any, course_key: CourseKey, **others: Any) -> dict[str, Any]:
        _require(learning.CertificateCreationRequested.PreventCertificateCreation, user.id, course_key)
        return {}


class CloseXBlock(PipelineStep):
    """RenderXBlockStarted: a unit or block at /xblock/<key> shows what to do instead of itself."""

    def run_filter(self, context: dict[str, Any], student_view_context: dict[str, Any]) -> dict[str, Any]:
        member_id = host.get_acting_user_id()
        if member_id is not None:
            try:
                gates.require(gates.TAKE_PART, member_id, getattr(context.get("course"), "id", None))
            except SolerniError as refusal:
                # The platform wraps this text in its own page; a response object would be shown as text.
                html = render_to_string("solerni/kit/closed.html", {"refusal": refusal})
                raise _halt(learning.RenderXBlockStarted.RenderCustomResponse, refusal, response=html) from None
        return {}


class CloseChild(PipelineStep):
    """VerticalBlockChildRenderStarted: what a terms block keeps back in its section is not rendered in its unit."""

    def run_filter(self, block: Any, context: Any) -> dict[str, Any]:
        try:
            api.require_way(host.get_acting_user_id(), block.scope_ids.usage_id, parent=block.parent)
        except SolerniError as refusal:
            raise _halt(learning.VerticalBlockChildRenderStarted.PreventChildBlockRender, refusal) from None
        return {}


class CloseCourseware(PipelineStep):
    """CoursewareAccessChecksRequested: the Learning MFE leads to the document, for staff too."""

    def run_filter(self, user: Any, course_key: CourseKey) -> dict[str, Any]:
        member_id = host.get_acting_user_id() or user.id
        if member_id is not None:
            try:
                gates.require(gates.TAKE_PART, member_id, course_key)
            except SolerniError as refusal:
                url = _get_url(refusal)
                raise _halt(
                    learning.CoursewareAccessChecksRequested.PreventCoursewareAccess,
                    refusal,
                    error_code=LEARNING_MFE_CODE if url else refusal.code,
                    developer_message=url,
                    user_message=str(refusal.message),
                ) from None
        return {}


class CloseCoursewareView(PipelineStep):
    """CoursewareViewStarted: courseware pages of the LMS lead to the document."""

    def run_filter(self, course_key: CourseKey, view_name: str) -> dict[str, Any]:
        _redirect(learning.CoursewareViewStarted.RedirectToUrl, course_key)
        return {}


class CloseDashboard(PipelineStep):
    """DashboardRenderStarted: the LMS dashboard leads to the document."""

    def run_filter(self, context: dict[str, Any], template_name: str) -> dict[str, Any]:
        _redirect(learning.DashboardRenderStarted.RedirectToPage, None)
        return {}


class LeadToTerms(PipelineStep):
    """LoginAltRedirectURLRequested: after log-in, the answer that is owed first, then where one wanted to go."""

    def run_filter(self, redirect_url: str, user: Any) -> dict[str, Any]:
        try:
            gates.require(gates.TAKE_PART, user.id, None)
        except SolerniError as refusal:
            page = _get_url(refusal).partition("?")[0]
            return {"redirect_url": f"{page}?{urlencode({'next': redirect_url})}"} if page else {}
        return {}


class NameAcceptedTexts(PipelineStep):
    """AccountActivationEmailContextGenerated: the activation mail can name what was accepted (``solerni_terms``)."""

    def run_filter(self, user: Any, message_context: dict[str, Any]) -> dict[str, Any]:
        return {"message_context": {**message_context, "solerni_terms": api.list_accepted_texts(user.id)}}


def _is_acting(user: Any) -> bool:
    return user.id is not None and host.get_acting_user_id() == user.id


def _require(halt: type[OpenEdxFilterException], member_id: int, course_key: CourseKey) -> None:
    try:
        gates.require(gates.TAKE_PART, member_id, course_key)
    except SolerniError as refusal:
        message = " ".join(filter(None, (str(refusal.message), _get_url(refusal))))
        raise _halt(halt, refusal, message=message) from None


def _require_confirmed_address(halt: type[OpenEdxFilterException], user: Any) -> None:
    """The platform activates an account when its address is confirmed."""
    try:
        api.require_confirmed_address(is_confirmed=user.is_active)
    except SolerniError as refusal:
        raise _halt(halt, refusal) from None


def _redirect(halt: type[OpenEdxFilterException], course_key: CourseKey | None) -> None:
    member_id = host.get_acting_user_id()
    if member_id is None:
        return
    try:
        gates.require(gates.TAKE_PART, member_id, course_key)
    except Refused as refusal:
        if not refusal.where_to_go:
            raise  # nowhere to lead: the page fails, and stays shut
        raise _halt(halt, refusal, redirect_to=_get_url(refusal)) from None


def _halt(
    halt: type[OpenEdxFilterException], refusal: SolerniError, *, message: str = "", **values: Any
) -> OpenEdxFilterException:
    """The platform's exception, with what our own callers read beside its message: status, code, address."""
    raised = halt(message or str(refusal.message), **values)
    raised.status_code = refusal.status
    raised.solerni_message = str(refusal.message)  # type: ignore[attr-defined] - the same without addresses
    raised.solerni_code = refusal.code  # type: ignore[attr-defined] - any exception takes more
    raised.solerni_url = getattr(refusal, "where_to_go", None) or ""  # type: ignore[attr-defined]
    return raised


def _get_url(refusal: SolerniError) -> str:
    """Where to go, on the public address of the service, since the MFEs stand elsewhere."""
    where = getattr(refusal, "where_to_go", None) or ""
    return f"{conf.get_base_url()}{where}" if where.startswith("/") else where
