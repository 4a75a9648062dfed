"""Every setting of Solerni: name, default, meaning. Read lazily, so that no setting is needed at import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.core.signals import setting_changed

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One Django setting: its ``name``, the ``default`` when the operator says nothing, what it ``means``."""

    name: str
    default: Any
    meaning: str


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting(
            name="SOLERNI_HOST",
            default="solerni_xblocks.host.standalone.Standalone",
            meaning="Dotted path of the host adapter. The platform's plugin settings set the Open edX one.",
        ),
        Setting(
            name="SOLERNI_CLOCK",
            default="django.utils.timezone.now",
            meaning="Dotted path of a callable that returns the aware current time.",
        ),
        Setting(
            name="SOLERNI_TIME_ZONE",
            default="Europe/Paris",
            meaning="Zone whose midnight begins a day for deadlines and birthdays, whatever TIME_ZONE says.",
        ),
        Setting(
            name="SOLERNI_BASE_URL",
            default="",
            meaning="Public root URL (https://learn.example.org) for links in mails and credentials; "
            "empty: LMS_ROOT_URL of the platform.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_MAX_CHARACTERS",
            default=20_000,
            meaning="Longest post, in characters of Markdown source.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_NEWS_SECONDS",
            default=30,
            meaning="How often an open discussion asks what is new while somebody reads it; less often when nothing "
            "happens, never when it is out of sight. 0: not at all.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_HOLD_HOURS",
            default=72,
            meaning="Working hours within which a held post is promised an answer; shown to its author.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_HOLIDAYS",
            default="FR",
            meaning="Country whose public holidays are no working days (FR), or empty: only weekends are free.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_CLOSED_DAYS",
            default=[],
            meaning="Further days on which nobody moderates, as YYYY-MM-DD.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_CLAIM_MINUTES",
            default=15,
            meaning="How long a moderator who takes a case on keeps it from others, counted from their last action.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_UNDO_MINUTES",
            default=10,
            meaning="How long a decision can be taken back by whoever took it.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_TERRITORY",
            default="AT,BE,BG,CY,CZ,DE,DK,EE,ES,FI,FR,GR,HR,HU,IE,IT,LT,LU,LV,MT,NL,PL,PT,RO,SE,SI,SK",
            meaning="Countries in which a moderated post is restricted, for statements of reasons; codes with commas.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_NOTICES_PER_DAY",
            default=10,
            meaning="How many notices of illegal content one address, or one network without an account, may give "
            "within 24 hours.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_SERVICES",
            default={},
            meaning="External services that rate messages after they are written, by name (mistral, openai, akismet, "
            "languagetool, webhook): {'mistral': {'name': 'Mistral AI', 'secret': …, 'declared': True}}. "
            "Empty: no text leaves the site. See the how-to page of operators.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_FILE_STORAGE",
            default={},
            meaning="Where files of messages are kept, in the shape of an entry of Django's STORAGES: {'BACKEND': …, "
            "'OPTIONS': {…}}. Choose a private place: files are handed out by our own page alone, which asks for "
            "rights each time. Empty: messages have no files.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_FILE_BYTES",
            default=4_000_000,
            meaning="Largest file of a message, whatever authors choose; the platform lets no more than its "
            "STUDENT_FILEUPLOAD_MAX_SIZE through.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_FILES_PER_DAY",
            default=40,
            meaning="How many files one member may send in a day; those refused or removed again count too.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_FILE_BYTES_PER_DAY",
            default=80_000_000,
            meaning="How many bytes these files may have together, as they are sent.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_MAILS",
            default={"thread": "daily"},
            meaning="When members who chose nothing are mailed of what happens, by kind (reply, mention, answer, "
            "endorsed, thread, report, queue, second): never, at_once, daily, weekly. Kinds without an entry: at_once.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_DIGEST_HOUR",
            default=7,
            meaning="Hour of the day, 0 to 23 in SOLERNI_TIME_ZONE, from which digests leave; weekly ones on Mondays.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_KEEP_DAYS",
            default=90,
            meaning="How many days drafts that nobody types in, notifications and the record of mails are kept.",
        ),
        Setting(
            name="SOLERNI_DISCUSSION_NOTIFIER_DAYS",
            default=365,
            meaning="How many days after the answer the name, address and words of whoever gave notice of illegal "
            "content without an account are kept.",
        ),
        Setting(
            name="SOLERNI_BADGES_ISSUER_NAME",
            default="",
            meaning="Name of the issuer in credentials; empty: PLATFORM_NAME.",
        ),
        Setting(
            name="SOLERNI_BADGES_KEY_SECRET",
            default="",
            meaning="Secret that encrypts signing keys at rest; empty: derived from SECRET_KEY. "
            "Losing it loses the keys, not the credentials already issued.",
        ),
        Setting(
            name="SOLERNI_TERMS_PSEUDONYM_SECRET",
            default="",
            meaning="Secret that turns an account id into the pseudonym kept in proofs; empty: derived from "
            "SECRET_KEY. Changing it parts members from the proofs they gave: everybody is asked again.",
        ),
        Setting(
            name="SOLERNI_TERMS_AGES",
            default={"": (18, 15)},
            meaning="By country (two letters, empty for all others): the age below which a guardian must agree to the "
            "use of the service, and the one below which child and guardian must both agree to data processing.",
        ),
        Setting(
            name="SOLERNI_TERMS_CONFIRMED_ADDRESS",
            default=False,
            meaning="Whether members must have confirmed their mail address (activated their account) before they "
            "enrol themselves.",
        ),
        Setting(
            name="SOLERNI_TERMS_BIRTH_ASKED",
            default=False,
            meaning="Whether members are asked for their birth date and country: when registering, and on a page.",
        ),
        Setting(
            name="SOLERNI_TERMS_GUARDIAN_DAYS",
            default=14,
            meaning="How many days a guardian has to answer; then the address is erased and the minor's data goes.",
        ),
        Setting(
            name="SOLERNI_TERMS_GUARDIAN_MAILS_PER_DAY",
            default=3,
            meaning="How many mails to guardians one minor may cause within 24 hours.",
        ),
        Setting(
            name="SOLERNI_TERMS_GUARDIAN_MAILS_PER_ADDRESS",
            default=5,
            meaning="How many such mails one address may receive within 24 hours, whoever asks.",
        ),
        Setting(
            name="SOLERNI_TERMS_GUARDIAN_TRIES",
            default=10,
            meaning="How many wrong guardian links one network may open within an hour, and how often a wrong secret "
            "may be tried on one request, before both are refused.",
        ),
        Setting(
            name="SOLERNI_TERMS_EVIDENCE_DAYS",
            default=365,
            meaning="How many days the network address (without its last part) and the user agent stay beside a proof "
            "of acceptance; 0: they are never kept.",
        ),
        Setting(
            name="SOLERNI_TERMS_CHECKPOINTS",
            default="",
            meaning="File to which checkpoints of the proofs are appended, one line of JSON each; copy it to a place "
            "that whoever administers the database cannot change. Empty: checkpoints stay in the database alone.",
        ),
        Setting(
            name="SOLERNI_TERMS_OPEN_PATHS",
            default=[],
            meaning="Paths (/help/us) where the site-wide gate asks nobody, with all below them, beside its own list; "
            "whole segments count.",
        ),
        Setting(
            name="SOLERNI_TERMS_EXEMPT_ACCOUNTS",
            default=[],
            meaning="Accounts of services that the gate asks nothing: {'username': …, 'reason': …, 'until': "
            "'2027-06-30'} each; without a reason or past the day it counts for nothing.",
        ),
        Setting(
            name="SOLERNI_TERMS_REMINDER_DAYS",
            default=7,
            meaning="How many days before a changed document comes into force members are reminded; 0: they are not.",
        ),
        Setting(
            name="SOLERNI_TERMS_LATER_DAYS",
            default=3,
            meaning="How many days a member puts the answer to an announced change off by choosing Later.",
        ),
        Setting(
            name="SOLERNI_TERMS_LATER_TIMES",
            default=3,
            meaning="How many times a member may choose Later for one change; never past the date of the change.",
        ),
        Setting(
            name="SOLERNI_TERMS_CONTACT",
            default="",
            meaning="Address for questions and complaints, written into imported documents in place of {contact} and "
            "shown under held and refused posts; "
            "empty: CONTACT_EMAIL of the platform, else DEFAULT_FROM_EMAIL.",
        ),
        Setting(
            name="SOLERNI_MEMBERS_EXPORTS_PER_DAY",
            default=5,
            meaning="How many times a member may download their data within 24 hours.",
        ),
        Setting(
            name="SOLERNI_MEMBERS_CLOSING_DAYS",
            default=7,
            meaning="How many days a member may take back the closing of their account; then it is sealed.",
        ),
    )
}


def get(name: str) -> Any:
    """The operator's value of ``name``, or its default. Raises KeyError for a name that is not declared above."""
    return getattr(settings, name, SETTINGS[name].default)


def kept_until_changed(*names: str) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Decorator: call a function of settings once a process, again when a test changes one of ``names``.

    For what every request needs: a setting that nobody made costs 5 µs to miss.
    """

    def decorate(function: Callable[[], T]) -> Callable[[], T]:
        remembered = cache(function)

        def forget(*, setting: str, **kwargs: Any) -> None:
            if setting in names:
                remembered.cache_clear()

        setting_changed.connect(forget, weak=False, dispatch_uid=f"{function.__module__}.{function.__qualname__}")
        return remembered

    return decorate


def get_contact() -> str:
    """Where people ask and complain: a mail address without a display name, or the page that the operator set."""
    own = str(get("SOLERNI_TERMS_CONTACT") or getattr(settings, "CONTACT_EMAIL", "") or settings.DEFAULT_FROM_EMAIL)
    address = parseaddr(own)[1]
    return address if "@" in address else own


def get_base_url() -> str:
    """The public root URL without a trailing slash, or an empty string when the operator has set none."""
    return str(get("SOLERNI_BASE_URL") or getattr(settings, "LMS_ROOT_URL", "") or "").rstrip("/")
