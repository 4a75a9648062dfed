"""What an address is: open to all who owe something, an answer, a course, a block. Text in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey
from opaque_keys.edx.locator import CourseLocator

from solerni_xblocks.core import conf

OPEN_PATHS = (
    # logging in and out, and what these pages need
    "/login",
    "/logout",
    "/login_ajax",
    "/login_refresh",
    "/register",
    "/auth",
    "/oauth2",
    "/activate",
    "/account/password",
    "/password_reset",
    "/password_reset_confirm",
    "/csrf/api",
    "/api/user/v1/account/login_session",
    "/api/user/v2/account/login_session",
    "/api/user/v1/account/registration",
    "/api/user/v2/account/registration",
    "/api/user/v1/account/password_reset",
    "/api/user/v1/validation/registration",
    "/api/mfe_config",
    "/api/mfe_context",
    # documents, answers, receipts, guardians; export and the end of an account
    "/solerni/terms",
    "/solerni/members",
    "/notices/api",
    "/api/user/v1/accounts/deactivate_logout",
    # the end of mails in one click
    "/solerni/discussion/mails/stop",
    # what the platform publishes about itself, and how to reach people
    "/about",
    "/accessibility",
    "/contact",
    "/contact_us",
    "/cookies",
    "/faq",
    "/help",
    "/honor",
    "/privacy",
    "/support/contact_us",
    "/tos",
    "/tos_and_honor",
    # languages
    "/i18n",
    "/lang_pref",
    "/update_lang",
    # badges and certificates that strangers verify
    "/.well-known",
    "/solerni/badges/verify",
    "/solerni/badges/awards",
    "/solerni/badges/issuer",
    "/solerni/badges/achievements",
    # retirement: service accounts that are told apart by the platform's own rights
    "/api/user/v1/accounts/retire",
    "/api/user/v1/accounts/retire_misc",
    "/api/user/v1/accounts/retirement_cleanup",
    "/api/user/v1/accounts/retirement_partner_report",
    "/api/user/v1/accounts/retirement_partner_report_cleanup",
    "/api/user/v1/accounts/retirement_queue",
    "/api/user/v1/accounts/retirements_by_status_and_date",
    "/api/user/v1/accounts/update_retirement_status",
    "/api/discussion/v1/accounts/retire_forum",
    "/api/enrollment/v1/unenroll",
    # machines
    "/favicon.ico",
    "/heartbeat",
    "/media",
    "/robots.txt",
    "/static",
)
"""Whole segments: what begins with one of these and goes on with ``/`` is open too."""

OPEN_SHAPES = re.compile(
    r"/certificates/(?:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/?"
    r"|/api/user/v1/accounts/[^/]+/retirement_status/?"
)
ANSWER = re.compile(r"/courses/[^/]+/xblock/[^/]+/handler/[a-z_]+_terms/?")
METADATA = re.compile(r"/api/courseware/course/[^/]+/?|/api/course_home/course_metadata/[^/]+/?")
STUDIO = re.compile(r"/(?:studio|preview)/|/xblock/[^/]+/.")
KEYS = re.compile(r"(?:course|ccx)-v1:[^/?&#]+|(?:block|ccb)-v1:[^/?&#]+")
QUERY_NAMES = (
    "course_id",
    "course_ids",
    "course_key",
    "course_keys",
    "courses",
    "usage_key",
    "usage_id",
    "block_id",
    "item_id",
    "location",
)
XBLOCK = re.compile(r"/courses/([^/]+)/xblock/([^/]+)/")
MOST_SEGMENTS = 8
"""No open path is longer; nobody walks further."""

REMEMBERED_CHARACTERS = 512
"""Longer addresses are read each time: strangers must not fill the memory."""

_STRANGE = re.compile(r"//|/\.{1,2}(?:/|$)|[\\%\x00-\x1f]")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a request goes. ``is_answer``: to a terms block's own handler; ``is_studio``: to where authors write;
    ``is_metadata``: to what the Learning MFE asks before it shows a course.
    """

    courses: tuple[CourseKey, ...] = ()
    blocks: tuple[UsageKey, ...] = ()
    is_answer: bool = False
    is_studio: bool = False
    is_metadata: bool = False


_ELSEWHERE = Place()


def is_open(path: str) -> bool:
    """Whether nobody is asked at this path. One that a server may read in two ways never is.

    >>> is_open("/solerni/terms/terms/"), is_open("/solerni/terms-of-mine/"), is_open("/logout/../courses/")
    (True, False, False)
    """
    if _STRANGE.search(path):
        return False
    listed = _list_open()
    end = 0
    for _ in range(MOST_SEGMENTS):
        end = path.find("/", end + 1)
        if end == -1:
            break
        if path[:end] in listed:
            return True
    return path in listed or OPEN_SHAPES.fullmatch(path) is not None


@conf.kept_until_changed("SOLERNI_TERMS_OPEN_PATHS", "STATIC_URL", "MEDIA_URL")
def _list_open() -> frozenset[str]:
    """No root among them: it would open everything."""
    media = (urlsplit(root or "").path for root in (settings.STATIC_URL, settings.MEDIA_URL))
    own = conf.get("SOLERNI_TERMS_OPEN_PATHS")
    return frozenset(path.rstrip("/") for path in (*OPEN_PATHS, *own, *media)) - {""}


def read_place(request: HttpRequest) -> Place:
    """The courses and blocks that the address names, in its path or in its query."""
    path = request.path_info
    asked: tuple[str, ...] = ()
    query = request.META.get("QUERY_STRING", "")
    if query and "-v1" in unquote(query):
        texts = (text for name in QUERY_NAMES for text in request.GET.getlist(name))
        asked = tuple(one.strip().replace(" ", "+") for text in texts for one in text.split(","))
    if not asked and "-v1:" not in path:
        return _ELSEWHERE
    is_short = len(path) + sum(map(len, asked)) <= REMEMBERED_CHARACTERS
    return (_remember_place if is_short else _make_place)(path, asked)


def _make_place(path: str, asked: tuple[str, ...]) -> Place:
    keys = [key for key in map(_parse_key, (*KEYS.findall(path), *asked)) if key is not None]
    keys += _read_as_platform(path)
    blocks = [key for key in keys if isinstance(key, UsageKey)]
    courses = [key.context_key if isinstance(key, UsageKey) else key for key in keys]
    return Place(
        courses=_unique(courses),
        blocks=_unique(blocks),
        is_answer=_are_terms(blocks) and ANSWER.fullmatch(path) is not None,
        is_studio=STUDIO.match(path) is not None,
        is_metadata=METADATA.fullmatch(path) is not None,
    )


_remember_place = lru_cache(maxsize=20_000)(_make_place)
"""Since to parse and to hash keys costs ten times the gate."""


def _parse_key(text: str) -> CourseKey | UsageKey | None:
    """A key of a course or of a block in one; None for text that only looks like it (the view refuses it)."""
    kind = CourseKey if text.startswith(("course-v1:", "ccx-v1:")) else UsageKey
    try:
        key = kind.from_string(text)
    except InvalidKeyError:
        return None
    if isinstance(key, CourseKey):
        return _strip_branch(key)
    return key.map_into_course(_strip_branch(key.context_key)) if isinstance(key.context_key, CourseKey) else key


def _read_as_platform(path: str) -> list[UsageKey]:
    """The block of a handler's address, as the LMS finds it: slashes unquoted, and put into the course before it.

    Source: edx-platform, courseware/block_render.py, _get_usage_key_for_course.
    """
    found = XBLOCK.match(path)
    course_key = _parse_key(found[1]) if found else None
    if found is None or not isinstance(course_key, CourseKey):
        return []
    try:
        key = UsageKey.from_string(found[2].replace(";_", "/").replace(";;", ";"))
    except InvalidKeyError:
        return []
    return [getattr(key, "usage_key", key).map_into_course(course_key)]


def _strip_branch(key: CourseKey) -> CourseKey:
    """The course itself, whatever branch or version of it is named."""
    return key.for_branch(None).for_version(None) if isinstance(key, CourseLocator) else key


def _are_terms(blocks: list[UsageKey]) -> bool:
    return bool(blocks) and all(block.block_type == "solerni_terms" for block in blocks)


def _unique(keys: Iterable[CourseKey | UsageKey]) -> tuple[CourseKey | UsageKey, ...]:
    return tuple(dict.fromkeys(keys))
