"""Refusals of reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Conflict, Invalid, NotFound, Refused


class OwnReport(Refused):
    """Nobody reports their own words."""

    code = "report.own_post"
    default_message = _("This is your own message: change it or withdraw it instead.")


class NotReportable(Conflict):
    """Only what others read can be reported."""

    code = "report.not_published"
    default_message = _("This message is not shown any more: there is nothing left to report.")


class ReportReasonMissing(Invalid):
    """A report says what is wrong."""

    code = "report.reason_missing"
    default_message = _("Choose what is wrong with this message.")


class ReportNoteMissing(Invalid):
    """Some reasons mean nothing without words."""

    code = "report.note_missing"
    default_message = _("Say in a few words what is wrong.")


class ReportNotFound(NotFound):
    """There is no open report of theirs."""

    code = "report.not_found"
    default_message = _("You have no open report about this message.")
