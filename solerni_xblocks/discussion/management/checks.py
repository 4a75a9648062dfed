"""What the operator of discussions should look at: system checks with stable ids."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register

from solerni_xblocks.core import conf
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data.mailing import CHOSEN, OF_MODERATORS, Frequency

NEEDED = {
    "py3langid": "Posts in another language are not seen: install solerni-xblocks[rules].",
    "pyenchant": "Spelling is not judged: install solerni-xblocks[rules] and the system's libenchant-2-2.",
    "hunspell-fr": "Spelling is not judged: install the system's French dictionary (hunspell-fr).",
}


@register("solerni")
def check_libraries(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W001: a library is missing, so that a rule on words does not judge."""
    return [Warning(NEEDED[name], id="solerni_discussion.W001") for name in api.list_missing_libraries()]


@register("solerni")
def check_services(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W002: an external service is set wrongly and not asked. W003: texts leave the site and no document says so."""
    wrong = [
        Warning(f"SOLERNI_DISCUSSION_SERVICES: {why}", id="solerni_discussion.W002")
        for why in api.list_wrong_services()
    ]
    untold = [
        Warning(
            f"The texts of messages are sent to {one.name}: say so in the terms and on the privacy page, then set "
            f'"declared" of {one.service} to True.',
            id="solerni_discussion.W003",
        )
        for one in api.list_services()
        if not one.is_declared
    ]
    return wrong + untold


@register("solerni")
def check_file_storage(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W004: files of messages lie where anybody can read them."""
    if not api.is_file_store_open():
        return []
    text = "Files of messages lie in a public place: choose another SOLERNI_DISCUSSION_FILE_STORAGE."
    return [Warning(text, id="solerni_discussion.W004")]


@register("solerni")
def check_mails(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E010: what members who chose nothing are mailed, and when, is told in words that are known."""
    told: list[CheckMessage] = []
    for kind, frequency in conf.get("SOLERNI_DISCUSSION_MAILS").items():
        if kind not in (*CHOSEN, *OF_MODERATORS) or frequency not in list(Frequency):
            told.append(Error(f"SOLERNI_DISCUSSION_MAILS: {kind!r}: {frequency!r}.", id="solerni_discussion.E010"))
    hour = conf.get("SOLERNI_DISCUSSION_DIGEST_HOUR")
    if hour not in range(24):
        told.append(Error(f"SOLERNI_DISCUSSION_DIGEST_HOUR: {hour!r}.", id="solerni_discussion.E010"))
    return told


@register(Tags.database)
def check_evidence(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """W011: the database would let somebody change evidence. Reads the database, so it runs with ``check --database``.

    Also where the account may not see triggers: what it cannot know it does not promise."""
    hint = "Run manage.py solerni_discussion_evidence --guard, or have its --sql run by who may make triggers."
    return [
        Warning(f"Nothing in the database {using} refuses to change {table}.", hint=hint, id="solerni_discussion.W011")
        for using in databases or ()
        for table in api.list_unguarded_evidence(using)
    ]
