"""What comes in, checked for its shape: authored fields, a handler's JSON, an uploaded file, an Accept header."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.badges import api
from solerni_xblocks.core.errors import Invalid

MAX_POSTS = 1000
MAX_NAME = 255
MAX_DESCRIPTION = 2000
JSON_TYPES = ("application/vc", "application/vc+ld+json", "application/ld+json", "application/json")


def make_criterion(*, posts_needed: int, terms_needed: bool) -> dict[str, Any]:
    """The rule that two authored fields say."""
    rules: list[dict[str, Any]] = []
    if posts_needed:
        rules.append({"count": "post.published", "at_least": posts_needed})
    if terms_needed:
        rules.append({"has": "terms.accepted"})
    return {"all": rules}


def list_field_errors(*, name: Any, description: Any, posts_needed: Any, terms_needed: Any) -> list[Any]:
    """What an author must mend before the badge can be saved, as translatable texts."""
    errors: list[Any] = []
    if not isinstance(name, str) or not 0 < len(name.strip()) <= MAX_NAME:
        errors.append(_("Give the badge a name of at most 255 characters."))
    if not isinstance(description, str) or len(description) > MAX_DESCRIPTION:
        errors.append(_("The description has at most 2,000 characters."))
    if isinstance(posts_needed, bool) or not isinstance(posts_needed, int) or not 0 <= posts_needed <= MAX_POSTS:
        errors.append(_("The number of posts lies between 0 and 1,000."))
    elif not posts_needed and not terms_needed:
        errors.append(_("Ask for at least one thing: posts, or the acceptance of the terms."))
    return errors


def parse_choice(data: Mapping[str, Any]) -> bool:
    """``{"is_public": true | false}``. Raises Invalid."""
    value = data.get("is_public")
    if not isinstance(value, bool):
        raise Invalid(_("Say whether the badge is public or private."))
    return value


def read_submission(*, upload: Any, text: str) -> bytes:
    """The bytes of the uploaded file or else of the pasted text, cut just past the limit. Raises Invalid."""
    content: bytes = upload.read(api.MAX_BYTES + 1) if upload else text.strip().encode("utf-8", "replace")
    if not content:
        raise Invalid(_("Choose a file or paste the text of a badge."))
    return content


def find_json_type(accept: str) -> str | None:
    """The JSON media type that an Accept header asks for, None when it would take a page."""
    asked = [part.split(";")[0].strip().lower() for part in accept.split(",")]
    if "text/html" in asked:
        return None
    return next((media_type for media_type in asked if media_type in JSON_TYPES), None)
