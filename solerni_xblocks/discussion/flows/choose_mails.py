"""Choose mails: a member's choice for each kind; one click in a mail ends such mails, another brings them back."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from solerni_xblocks.core import clock
from solerni_xblocks.core.pacekit import count_up
from solerni_xblocks.discussion.data.mailing import CHOSEN, OF_MODERATORS, RHYTHMS, Frequency
from solerni_xblocks.discussion.errors.mailing import MailChoiceUnknown, StopLinkUnknown, TooManyLinks
from solerni_xblocks.discussion.models import Notice, Preference
from solerni_xblocks.discussion.queries.mail_choices import EVERYWHERE, Chosen, find_chosen, find_frequency
from solerni_xblocks.discussion.queries.mail_links import StopLink, find_stop_link

HOUR = 3600
MOST_WRONG = 20
"""Wrong links that one network may try within an hour."""

MOST_CHANGES = 30
"""Changes that one link makes within an hour."""


@transaction.atomic
def choose_mails(member_id: int, course_key: str, choices: Mapping[str, Frequency | None]) -> None:
    """Keep what the member chose, by kind; None for nothing of their own."""
    if not choices.keys() <= {*CHOSEN, *OF_MODERATORS}:
        raise MailChoiceUnknown
    for kind, frequency in choices.items():
        which = {"member_id": member_id, "course_key": course_key, "kind": kind}
        if frequency is None:
            Preference.objects.filter(**which).delete()
        else:
            _choose(which, frequency)
    _plan_anew(member_id)


def open_link(token: str, *, network: str) -> StopLink:
    """What a link in a mail is for. Raises: StopLinkUnknown; TooManyLinks for a network that tries wrong ones.

    A right link always opens, whatever others do on the same network: mail programs share theirs.
    """
    link = find_stop_link(token)
    if link is None:
        raise (
            TooManyLinks
            if count_up(f"discussion.links.wrong.{network}", seconds=HOUR) > MOST_WRONG
            else StopLinkUnknown
        )
    return link


def stop_mails(token: str, *, network: str) -> StopLink:
    """End what the link is for. Told twice, it is one change. Raises: as ``open_link``; TooManyLinks."""
    link = _open_to_change(token, network)
    with transaction.atomic():
        chosen = find_chosen(link.member_id)
        for course_key, kind in find_told(link, chosen):
            before = find_frequency(chosen, kind=kind, course_key=course_key)
            which = {"member_id": link.member_id, "course_key": course_key, "kind": kind}
            Preference.objects.update_or_create(**which, defaults={"frequency": Frequency.NEVER, "before": before})
    return link


def resume_mails(token: str, *, network: str) -> StopLink:
    """Bring back what one click ended, as it was; what was ended on the page stays so. Raises: as ``stop_mails``."""
    link = _open_to_change(token, network)
    with transaction.atomic():
        ended = Preference.objects.filter(member_id=link.member_id, frequency=Frequency.NEVER)
        if link.kind in RHYTHMS:
            ended.filter(before=link.kind).update(frequency=link.kind, before="")
        elif not find_told(link, find_chosen(link.member_id)):
            by_link = ended.filter(course_key=link.course_key, kind=link.kind).exclude(before="")
            by_link.update(frequency=F("before"), before="")
    return link


def find_told(link: StopLink, chosen: Chosen) -> list[tuple[str, str]]:
    """Course and kind of the mails that the link would end; none when they have ended."""
    if link.kind not in RHYTHMS:
        frequency = find_frequency(chosen, kind=link.kind, course_key=link.course_key)
        return [] if frequency == Frequency.NEVER else [(link.course_key, link.kind)]
    everywhere = [(EVERYWHERE, kind) for kind in (*CHOSEN, *OF_MODERATORS)]
    somewhere = [(course_key, kind) for course_key, kind in chosen if course_key]
    return [
        (course_key, kind)
        for course_key, kind in everywhere + somewhere
        if find_frequency(chosen, kind=kind, course_key=course_key) == link.kind
    ]


def _open_to_change(token: str, network: str) -> StopLink:
    link = open_link(token, network=network)
    if count_up(f"discussion.links.changes.{sha256(token.encode()).hexdigest()[:32]}", seconds=HOUR) > MOST_CHANGES:
        raise TooManyLinks
    return link


def _choose(which: dict[str, object], frequency: Frequency) -> None:
    Preference.objects.update_or_create(**which, defaults={"frequency": frequency, "before": ""})


def _plan_anew(member_id: int) -> None:
    """What waits for a digest is looked at again by the choice that holds now."""
    now = clock.now()
    waiting = Notice.objects.filter(member_id=member_id, mailed_at=None, mail_claim=None, mail_due_at__gt=now)
    waiting.update(mail_due_at=now)
