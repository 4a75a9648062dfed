"""Mail: when members want it, what ends it in one click, how what is owed leaves, and what is not kept for ever."""

from __future__ import annotations

from collections.abc import Mapping

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data.mailing import Frequency, MailSettings, Stop
from solerni_xblocks.discussion.errors import NotTakingPart
from solerni_xblocks.discussion.flows import choose_mails as choosing
from solerni_xblocks.discussion.flows import clean_up as cleaning
from solerni_xblocks.discussion.flows import mail_notices, send_letters
from solerni_xblocks.discussion.queries import mail_choices
from solerni_xblocks.discussion.queries.mail_links import StopLink
from solerni_xblocks.host import api as host

MAILS_A_RUN = 2_000


def get_mail_settings(member_id: int, course_key: str) -> MailSettings:
    """What the member chose in a course, or everywhere (empty key), and what holds otherwise. Raises: NotTakingPart."""
    _require_part(member_id, course_key)
    return mail_choices.read_settings(member_id, course_key)


def choose_mails(member_id: int, course_key: str, choices: Mapping[str, Frequency | None]) -> None:
    """Keep choices by kind, in a course or everywhere; None: nothing of their own. What waits follows them.

    Raises: NotTakingPart; MailChoiceUnknown.
    """
    _require_part(member_id, course_key)
    choosing.choose_mails(member_id, course_key, choices)


def read_stop_link(token: str, *, network: str) -> Stop:
    """What a link in a mail is for; it changes nothing. Raises: StopLinkUnknown; TooManyLinks."""
    return _describe(choosing.open_link(token, network=network))


def stop_mails(token: str, *, network: str) -> Stop:
    """End the mails that the link is for; told twice, one change. Raises: StopLinkUnknown; TooManyLinks."""
    return _describe(choosing.stop_mails(token, network=network))


def resume_mails(token: str, *, network: str) -> Stop:
    """Bring them back as they were. Raises: StopLinkUnknown; TooManyLinks."""
    return _describe(choosing.resume_mails(token, network=network))


def settle_letters() -> tuple[int, int]:
    """Send again what the service owes by law and nobody took so far; how many letters left, how many failed.

    2,000 at most; fewer when the mail server takes none. Told by two at once, each letter leaves once.
    """
    return send_letters.settle_letters(limit=MAILS_A_RUN)


def settle_mails() -> tuple[int, int]:
    """Mail what members are told, at once or in digests, as they chose; how many left, how many failed.

    2,000 mails at most; fewer when the mail server takes none. Told by two at once, each notice is mailed once.
    """
    return mail_notices.settle_mails(limit=MAILS_A_RUN)


def clean_up() -> dict[str, int]:
    """Remove drafts, notices and records of mails whose time is over, so many at a run; how many rows went, by sort."""
    return cleaning.clean_up()


def _require_part(member_id: int, course_key: str) -> None:
    if course_key and not queries.may_take_part(member_id, CourseKey.from_string(course_key)):
        raise NotTakingPart


def _describe(link: StopLink) -> Stop:
    title = host.courses().get_title(CourseKey.from_string(link.course_key)) if link.course_key else ""
    told = choosing.find_told(link, mail_choices.find_chosen(link.member_id))
    return Stop(kind=link.kind, course_title=title, is_stopped=not told)
