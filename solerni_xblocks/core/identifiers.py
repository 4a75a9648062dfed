"""Identifiers: fresh uuids outward, opaque keys inward. Parsing refuses with ``Invalid``, never with a traceback."""

from __future__ import annotations

from uuid import RFC_4122, UUID, uuid4

from django.utils.translation import gettext_lazy as _
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core.errors import Invalid


def make_uuid() -> UUID:
    """A random (version 4) UUID."""
    return uuid4()


def parse_uuid(text: object) -> UUID:
    """The UUID written in ``text``, of a kind that every database keeps. Raises Invalid."""
    try:
        uuid = UUID(text if isinstance(text, str) else "")
    except ValueError as error:
        raise Invalid(_("This identifier is not valid."), code="identifier.invalid") from error
    # MariaDB's own type refuses these, and no generator makes them (RFC 9562, section 4).
    if uuid.variant != RFC_4122 and uuid.time_hi_version >> 12 > 7:
        raise Invalid(_("This identifier is not valid."), code="identifier.invalid")
    return uuid


def parse_course_key(text: object) -> CourseKey:
    """The course key written in ``text``. Raises Invalid."""
    try:
        return CourseKey.from_string(str(text))
    except InvalidKeyError as error:
        raise Invalid(_("This course key is not valid."), code="identifier.invalid") from error


def parse_usage_key(text: object) -> UsageKey:
    """The usage key written in ``text``. Raises Invalid."""
    try:
        return UsageKey.from_string(str(text))
    except InvalidKeyError as error:
        raise Invalid(_("This block key is not valid."), code="identifier.invalid") from error
