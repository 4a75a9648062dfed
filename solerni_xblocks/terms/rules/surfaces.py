"""Which filters of the platform ask the gate, and through which step. A list to read; nothing is decided here.

The log-in filter is not among them: it runs before the password is checked, so its refusal would tell strangers how an
account stands.
"""

from __future__ import annotations

from dataclasses import dataclass

STEPS = "solerni_xblocks.terms.filters"
LEARNING = "openedx_filters.learning.filters"
AUTHENTICATION = "openedx_filters.authentication.filters"

REGISTRATION_FORM = "solerni_xblocks.terms.forms.RegistrationForm"
"""The form that adds a tick for each document to the platform's registration."""


@dataclass(frozen=True, kw_only=True)
class Surface:
    """A filter class (``module``, ``name``), its type, and our ``step``; ``what`` it closes, for operators.

    Not ``is_closed``: the step leads or tells, and closes nothing.
    """

    name: str
    filter_type: str
    step: str
    what: str
    module: str = LEARNING
    is_closed: bool = True

    @property
    def path(self) -> str:
        """The dotted path of the step, as ``OPEN_EDX_FILTERS_CONFIG`` names it."""
        return f"{STEPS}.{self.step}"


SURFACES = (
    Surface(
        name="StudentRegistrationRequested",
        filter_type="org.openedx.learning.student.registration.requested.v1",
        step="RequireTicks",
        what="registration",
    ),
    Surface(
        name="CourseEnrollmentStarted",
        filter_type="org.openedx.learning.course.enrollment.started.v1",
        step="CloseEnrolment",
        what="enrolment",
    ),
    Surface(
        name="CourseEnrollmentViewStarted",
        filter_type="org.openedx.learning.course.enrollment.view.started.v1",
        step="CloseEnrolmentView",
        what="enrolment by the REST API",
    ),
    Surface(
        name="CertificateCreationRequested",
        filter_type="org.openedx.learning.certificate.creation.requested.v1",
        step="CloseCertificate",
        what="certificate requests",
    ),
    Surface(
        name="RenderXBlockStarted",
        filter_type="org.openedx.learning.xblock.render.started.v1",
        step="CloseXBlock",
        what="units and blocks at /xblock/<key>",
    ),
    Surface(
        name="VerticalBlockChildRenderStarted",
        filter_type="org.openedx.learning.vertical_block_child.render.started.v1",
        step="CloseChild",
        what="blocks beside a terms block in its unit",
    ),
    Surface(
        name="CoursewareAccessChecksRequested",
        filter_type="org.openedx.learning.courseware.access_checks.requested.v1",
        step="CloseCourseware",
        what="courseware and course home in the Learning MFE",
    ),
    Surface(
        name="CoursewareViewStarted",
        filter_type="org.openedx.learning.courseware.view.started.v1",
        step="CloseCoursewareView",
        what="courseware pages of the LMS",
    ),
    Surface(
        name="DashboardRenderStarted",
        filter_type="org.openedx.learning.dashboard.render.started.v1",
        step="CloseDashboard",
        what="the LMS dashboard",
    ),
    Surface(
        name="LoginAltRedirectURLRequested",
        filter_type="org.openedx.authentication.login.alt_redirect_url.requested.v1",
        step="LeadToTerms",
        what="the way on after log-in",
        module=AUTHENTICATION,
        is_closed=False,
    ),
    Surface(
        name="AccountActivationEmailContextGenerated",
        filter_type="org.openedx.authentication.account_activation.email.context.generated.v1",
        step="NameAcceptedTexts",
        what="the activation mail",
        module=AUTHENTICATION,
        is_closed=False,
    ),
)
