"""The platform's filters, run as the platform runs them: what a member who owes an answer meets at each."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any
from unittest import mock

import crum
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.test import RequestFactory, override_settings
from opaque_keys.edx.keys import CourseKey
from openedx_filters import PipelineStep
from openedx_filters.learning import filters as learning

from solerni_xblocks.core.pipelinekit import has_filter, put_first
from solerni_xblocks.terms import api, filters, models
from tests.terms.conftest import Publish, make_answer

ENROLMENT = "org.openedx.learning.course.enrollment.started.v1"
NEWER = has_filter("openedx_filters.authentication.filters", "LoginAltRedirectURLRequested")


def _ask_as(user: Any, filter_class: Any, /, **arguments: Any) -> Any:
    """Run a filter inside a request of ``user``."""
    request = RequestFactory().post("/")
    request.user = user
    crum.set_current_request(request)
    try:
        return filter_class.run_filter(**arguments)
    finally:
        crum.set_current_request(None)


class TheirStep(PipelineStep):
    """A step of somebody else that stops the pipeline quietly."""

    def run_filter(self, **arguments: Any) -> None:
        return None


def test_enrolment_of_oneself_is_refused_while_an_answer_is_owed(
    learner: Any, publish: Publish, course_key: CourseKey
) -> None:
    publish()
    with pytest.raises(learning.CourseEnrollmentStarted.PreventEnrollment) as caught:
        _ask_as(learner, learning.CourseEnrollmentStarted, user=learner, course_key=course_key, mode="audit")
    assert "https://learn.example.org/solerni/terms/terms/" in str(caught.value)
    assert caught.value.solerni_code == "terms_required"
    assert caught.value.status_code == 403


def test_enrolment_passes_once_accepted(learner: Any, publish: Publish, course_key: CourseKey) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    found = _ask_as(learner, learning.CourseEnrollmentStarted, user=learner, course_key=course_key, mode="audit")
    assert found == (learner, course_key, "audit")


def test_enrolment_asks_one_query_cold_and_none_warm(
    learner: Any, other_learner: Any, publish: Publish, course_key: CourseKey, django_assert_num_queries: Any
) -> None:
    version = publish()
    for user in (other_learner, learner):
        api.accept_version(make_answer(user.id, version))
    arguments = {"course_key": course_key, "mode": "audit"}
    _ask_as(other_learner, learning.CourseEnrollmentStarted, user=other_learner, **arguments)
    for expected in (1, 0):
        with django_assert_num_queries(expected):
            _ask_as(learner, learning.CourseEnrollmentStarted, user=learner, **arguments)


def test_enrolment_of_somebody_else_passes_and_they_are_asked_at_their_first_page(
    learner: Any, author: Any, publish: Publish, course_key: CourseKey
) -> None:
    publish()
    arguments = {"user": learner, "course_key": course_key, "mode": "audit"}
    _ask_as(author, learning.CourseEnrollmentStarted, **arguments)
    learning.CourseEnrollmentStarted.run_filter(**arguments)  # a command or a worker: no request at all
    with pytest.raises(Exception, match="solerni/terms/terms"):
        _ask_as(learner, learning.CourseEnrollmentStarted, **arguments)


@pytest.mark.parametrize(("is_asked", "is_refused"), [(True, True), (False, False)], ids=["asked", "not asked"])
def test_unconfirmed_account_does_not_enrol_where_the_site_asks_for_it(
    learner: Any, course_key: CourseKey, settings: Any, is_asked: bool, is_refused: bool
) -> None:
    settings.SOLERNI_TERMS_CONFIRMED_ADDRESS = is_asked
    learner.is_active = False
    arguments = {"user": learner, "course_key": course_key, "mode": "audit"}
    expected = pytest.raises(learning.CourseEnrollmentStarted.PreventEnrollment)
    with expected if is_refused else nullcontext():
        _ask_as(learner, learning.CourseEnrollmentStarted, **arguments)
    learner.is_active = True
    _ask_as(learner, learning.CourseEnrollmentStarted, **arguments)


def test_certificate_is_refused_without_any_request(learner: Any, publish: Publish, course_key: CourseKey) -> None:
    version = publish()
    arguments = {"mode": "honor", "status": "downloadable", "grade": None, "generation_mode": "self"}
    with pytest.raises(learning.CertificateCreationRequested.PreventCertificateCreation):
        learning.CertificateCreationRequested.run_filter(user=learner, course_key=course_key, **arguments)
    api.accept_version(make_answer(learner.id, version))
    assert learning.CertificateCreationRequested.run_filter(user=learner, course_key=course_key, **arguments)


def test_xblock_page_gets_html_text_in_place_of_its_content(
    learner: Any, publish: Publish, course_key: CourseKey
) -> None:
    version = publish()
    arguments = {"context": {"course": SimpleNamespace(id=course_key)}, "student_view_context": {}}
    with pytest.raises(learning.RenderXBlockStarted.RenderCustomResponse) as caught:
        _ask_as(learner, learning.RenderXBlockStarted, **arguments)
    assert isinstance(caught.value.response, str)
    assert "/solerni/terms/terms/" in caught.value.response
    assert 'target="_top"' in caught.value.response
    api.accept_version(make_answer(learner.id, version))
    assert _ask_as(learner, learning.RenderXBlockStarted, **arguments)[1] == {}


def test_visitors_meet_no_gate(publish: Publish, course_key: CourseKey) -> None:
    publish()
    visitor = AnonymousUser()
    _ask_as(visitor, learning.RenderXBlockStarted, context={}, student_view_context={})
    _ask_as(visitor, learning.DashboardRenderStarted, context={}, template_name="dashboard.html")
    if NEWER:
        _ask_as(visitor, learning.CoursewareAccessChecksRequested, user=visitor, course_key=course_key)


def test_dashboard_leads_to_the_document(learner: Any, publish: Publish) -> None:
    publish()
    with pytest.raises(learning.DashboardRenderStarted.RedirectToPage) as caught:
        _ask_as(learner, learning.DashboardRenderStarted, context={}, template_name="dashboard.html")
    assert caught.value.redirect_to == "https://learn.example.org/solerni/terms/terms/?next=%2F"


def test_teacher_who_views_as_a_learner_is_asked_for_themselves(
    learner: Any, author: Any, publish: Publish, course_key: CourseKey
) -> None:
    """The learner owes nothing; the person behind the masquerade does."""
    api.accept_version(make_answer(learner.id, publish()))
    learner.real_user = author
    with pytest.raises(learning.RenderXBlockStarted.RenderCustomResponse):
        _ask_as(learner, learning.RenderXBlockStarted, context={}, student_view_context={})


if NEWER:
    from openedx_filters.authentication import filters as authentication

    def test_learning_mfe_is_led_to_the_document(learner: Any, publish: Publish, course_key: CourseKey) -> None:
        publish()
        with pytest.raises(learning.CoursewareAccessChecksRequested.PreventCoursewareAccess) as caught:
            _ask_as(learner, learning.CoursewareAccessChecksRequested, user=learner, course_key=course_key)
        assert caught.value.error_code == "data_sharing_access_required"
        assert caught.value.developer_message.startswith("https://learn.example.org/solerni/terms/terms/?next=")
        assert caught.value.user_message

    def test_learning_mfe_is_not_led_anywhere_when_the_answer_is_unknown(
        learner: Any, publish: Publish, course_key: CourseKey
    ) -> None:
        publish()
        api.forget_answers()
        with (
            mock.patch.object(models.Chain.objects, "filter", side_effect=OperationalError),
            pytest.raises(learning.CoursewareAccessChecksRequested.PreventCoursewareAccess) as caught,
        ):
            _ask_as(learner, learning.CoursewareAccessChecksRequested, user=learner, course_key=course_key)
        assert caught.value.error_code == "terms_unavailable"

    def test_courseware_pages_lead_to_the_document(learner: Any, publish: Publish, course_key: CourseKey) -> None:
        publish()
        with pytest.raises(learning.CoursewareViewStarted.RedirectToUrl) as caught:
            _ask_as(learner, learning.CoursewareViewStarted, course_key=course_key, view_name="index")
        assert "/solerni/terms/terms/" in caught.value.redirect_to

    def test_enrolment_by_the_rest_api_is_refused_to_oneself_and_open_to_services(
        learner: Any, publish: Publish, course_key: CourseKey
    ) -> None:
        publish()
        arguments = {"user": learner, "course_key": course_key}
        asked = learning.CourseEnrollmentViewStarted
        _ask_as(learner, asked, requester_is_backend_service=True, **arguments)
        with pytest.raises(asked.PreventEnrollment):
            _ask_as(learner, asked, requester_is_backend_service=False, **arguments)

    def test_after_log_in_the_document_comes_first_and_the_way_on_is_kept(learner: Any, publish: Publish) -> None:
        version = publish()
        wanted = "https://apps.example.org/learner-dashboard/?a=1"
        url, _user = authentication.LoginAltRedirectURLRequested.run_filter(redirect_url=wanted, user=learner)
        assert url == (
            "https://learn.example.org/solerni/terms/terms/"
            "?next=https%3A%2F%2Fapps.example.org%2Flearner-dashboard%2F%3Fa%3D1"
        )
        api.accept_version(make_answer(learner.id, version))
        url, _user = authentication.LoginAltRedirectURLRequested.run_filter(redirect_url=wanted, user=learner)
        assert url == wanted

    def test_log_in_goes_on_when_the_answer_is_unknown(learner: Any, publish: Publish) -> None:
        publish()
        api.forget_answers()
        with mock.patch.object(models.Chain.objects, "filter", side_effect=OperationalError):
            url, _user = authentication.LoginAltRedirectURLRequested.run_filter(redirect_url="/here", user=learner)
        assert url == "/here"

    def test_activation_mail_can_name_what_was_accepted(learner: Any, publish: Publish) -> None:
        publish()
        _user, context = authentication.AccountActivationEmailContextGenerated.run_filter(
            user=learner, message_context={"platform_name": "Solerni"}
        )
        assert context == {"platform_name": "Solerni", "solerni_terms": []}


def test_database_error_in_the_step_closes(learner: Any, publish: Publish, course_key: CourseKey) -> None:
    publish()
    api.forget_answers()
    with (
        mock.patch.object(models.Chain.objects, "filter", side_effect=OperationalError),
        pytest.raises(learning.CourseEnrollmentStarted.PreventEnrollment) as caught,
    ):
        _ask_as(learner, learning.CourseEnrollmentStarted, user=learner, course_key=course_key, mode="audit")
    assert caught.value.status_code == 503
    with (
        mock.patch.object(models.Chain.objects, "filter", side_effect=OperationalError),
        pytest.raises(Exception, match="terms_unavailable"),
    ):
        _ask_as(learner, learning.DashboardRenderStarted, context={}, template_name="dashboard.html")


def test_fault_that_nobody_foresaw_closes_too(learner: Any, publish: Publish, course_key: CourseKey) -> None:
    """fail_silently is False: the platform's own error page, never an open door."""
    publish()
    with mock.patch.object(filters.gates, "require", side_effect=RuntimeError("bug")), pytest.raises(RuntimeError):
        _ask_as(learner, learning.CourseEnrollmentStarted, user=learner, course_key=course_key, mode="audit")


def test_foreign_step_that_stops_the_pipeline_does_not_switch_ours_off(
    learner: Any, publish: Publish, course_key: CourseKey
) -> None:
    publish()
    theirs = f"{__name__}.TheirStep"
    entry = put_first([theirs], settings.OPEN_EDX_FILTERS_CONFIG[ENROLMENT]["pipeline"])
    with (
        override_settings(OPEN_EDX_FILTERS_CONFIG={ENROLMENT: entry}),
        pytest.raises(learning.CourseEnrollmentStarted.PreventEnrollment),
    ):
        _ask_as(learner, learning.CourseEnrollmentStarted, user=learner, course_key=course_key, mode="audit")
    assert entry["pipeline"][1] == theirs


def test_halt_is_one_calm_line_in_the_log_and_other_faults_keep_their_traceback(
    learner: Any, publish: Publish, course_key: CourseKey, caplog: pytest.LogCaptureFixture
) -> None:
    publish()
    caplog.set_level(logging.INFO)
    with pytest.raises(learning.CourseEnrollmentStarted.PreventEnrollment):
        _ask_as(learner, learning.CourseEnrollmentStarted, user=learner, course_key=course_key, mode="audit")
    assert [(record.levelname, record.getMessage(), record.exc_info) for record in caplog.records] == [
        ("INFO", "Gate closed: terms_required", None)
    ]
    caplog.clear()
    with mock.patch.object(filters.gates, "require", side_effect=RuntimeError("bug")), pytest.raises(RuntimeError):
        _ask_as(learner, learning.CourseEnrollmentStarted, user=learner, course_key=course_key, mode="audit")
    assert caplog.records[0].levelname == "ERROR"
    assert caplog.records[0].exc_info
