"""Why a rule spoke, in words for the author and for moderators. Every code of a reason has its sentence here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.discussion.api import list_services
from solerni_xblocks.discussion.data import Reason

EXPLANATIONS = {
    "spelling.unknown": _(
        "The dictionary does not know the marked words. Read them again; if they are right, send your message as it is."
    ),
    "spelling.texting": _("The marked words are texting forms: write them out."),
    "courtesy.insult": _("The marked passage reads as an insult."),
    "courtesy.suspect": _("The marked passage may hurt, depending on how it is meant."),
    "courtesy.listed": _("The marked passage is on a list of words that this course or this site watches."),
    "on_topic.few_shared": _("Few words of this message are words of the course. Say what it has to do with it."),
    "language.other": _("This message seems to be written in another language: %(language)s."),
    "template.title_short": _("The title is too short. Characters asked for: %(threshold)d at least."),
    "template.title_long": _("The title is too long. Characters allowed: %(threshold)d at most."),
    "template.heading_missing": _("A part is missing: “%(seen)s”."),
    "template.heading_empty": _("Nothing is written under “%(seen)s”."),
    "template.too_short": _("Your text is too short. Words asked for: %(threshold)d at least."),
    "template.too_long": _("Your text is too long. Words allowed: %(threshold)d at most."),
    "template.field_missing": _("A field is empty: “%(seen)s”."),
    "template.tags_missing": _("Choose more tags. Tags asked for: %(threshold)d at least."),
    "template.tag_unknown": _("This tag is not on the list: “%(seen)s”."),
    "rights.claim_missing": _("Say by what right you share this image, this file or this long quotation."),
    "rights.licence_missing": _("Name the licence under which it may be shared."),
    "rights.source_missing": _("Name its source: who made it, and where it can be found."),
    "rights.file_host": _("The marked link leads to shared files: make sure that you have the right to share them."),
    "promotion.signs": _("Together, the marked passages read as an advertisement."),
    "promotion.slur": _("The marked passage may run a product down rather than discuss it."),
    "plagiarism.other": _(
        "The marked passage stands in an earlier message by somebody else. Quote it and say whose it is."
    ),
    "plagiarism.own": _("You have already published the marked passage here."),
    "plagiarism.course": _("The marked passage comes from the course: mark it as a quotation."),
    "service.rated": _("The external service “%(service)s” finds this message doubtful: a person reads it."),
    "service.grammar": _("The grammar checker points at the marked passage."),
    "mode.read_before": _("In this discussion, a moderator reads every message before it appears."),
    "mode.first_posts": _("In this discussion, a moderator reads the first messages of each member."),
    "mode.sanction": _("For the time being, a moderator reads every message of this member before it appears."),
}


def explain_all(reasons: Iterable[Reason]) -> list[str]:
    """A sentence for each reason, each sentence once, in order."""
    return list(dict.fromkeys(explain(reason) for reason in reasons))


def explain(reason: Reason) -> str:
    """Why the rule spoke, with what it saw."""
    values = {"seen": reason.seen, "threshold": reason.threshold or 0, "language": _name_language(reason)}
    values["service"] = _name_service(reason)
    return str(EXPLANATIONS[reason.code]) % values


def _name_service(reason: Reason) -> str:
    return next((one.name for one in list_services() if one.service == reason.rule), reason.rule)


def _name_language(reason: Reason) -> Any:
    try:
        return get_language_info(reason.seen)["name_translated"]
    except KeyError:
        return reason.seen
