"""What members report."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.discussion.data import Complaint, Place
from solerni_xblocks.discussion.data.reports import IllegalNotice
from solerni_xblocks.discussion.flows import give_notice as noticing
from solerni_xblocks.discussion.flows import report


def report_post(reporter_id: int, place: Place, post_uuid: UUID, complaint: Complaint) -> UUID:
    """Say what is wrong with a published post of ``place``; one open report by one person. Returns its uuid.

    A case opens. When open reports weigh as much as the place's threshold the post is hidden until somebody reads it.

    Raises: NotTakingPart; PostNotFound; OwnReport; NotReportable; ReportReasonMissing, ReportNoteMissing.
    Announces: POST_REMOVED when the post is hidden.
    """
    return report.report_post(reporter_id, place, post_uuid, complaint)


def withdraw_report(reporter_id: int, place: Place, post_uuid: UUID) -> None:
    """Take back one's open report about a post of ``place``. What was hidden stays so until a moderator decides.

    Raises: NotTakingPart, PostNotFound, ReportNotFound.
    """
    report.withdraw_report(reporter_id, place, post_uuid)


def give_notice(notice: IllegalNotice) -> UUID:
    """Say that a published message is illegal (DSA article 16), with or without an account; returns the reference.

    A case opens at the head of what is due alike; a receipt leaves by mail at once, the answer with the decision.
    Given twice, it is one.

    Raises: NoticeIncomplete, NoticeTargetMissing, OwnReport, TooManyNotices.
    """
    return noticing.give_notice(notice)
