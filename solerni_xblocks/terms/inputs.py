"""What comes in, checked for shape: answers from forms and handlers, folders of documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.identifiers import parse_uuid
from solerni_xblocks.terms import api
from solerni_xblocks.terms.data import Answer, Channel, Origin, TextDraft


@dataclass(frozen=True, kw_only=True)
class SourceDocument:
    """A document as its folder holds it: one text a language, and what ``documents.json`` says of it."""

    slug: str
    order: int
    requires_acceptance: bool
    texts: dict[str, TextDraft]


def parse_answer(
    data: Mapping[str, Any],
    *,
    document: str,
    member_id: int,
    channel: Channel,
    screen_digest: str,
    course_key: str,
    meta: Mapping[str, Any],
) -> Answer:
    """The answer in a body or form: version and language are the client's, all else the server's. Raises Invalid."""
    language = data.get("language")
    if not isinstance(language, str) or not 2 <= len(language) <= 8 or not language.isalpha():
        raise Invalid(_("This language is not valid."), code="language.invalid")
    return Answer(
        document=document,
        member_id=member_id,
        version_uuid=parse_uuid(data.get("version")),
        language=language,
        channel=channel,
        screen_digest=screen_digest,
        course_key=course_key,
        origin=Origin(ip=str(meta.get("REMOTE_ADDR", "")), agent=str(meta.get("HTTP_USER_AGENT", ""))),
    )


def parse_act(data: Mapping[str, Any]) -> str:
    """``accept`` (ticked) or ``decline``, from a form. Raises Invalid."""
    act = data.get("answer")
    if act not in ("accept", "decline"):
        raise Invalid(_("Choose to accept or to decline."), code="terms_answer_unknown")
    if act == "accept":
        require_tick(data)
    return str(act)


def require_tick(data: Mapping[str, Any]) -> None:
    """Raises Invalid unless the box was ticked: nobody accepts by pressing a button alone."""
    agree = data.get("agree")
    if agree is not True and agree != "on":
        raise Invalid(_("To accept, first tick the box that says you have read the document."), code="terms_not_ticked")


def read_folder(folder: Path, *, contact: str) -> list[SourceDocument]:
    """The documents in ``<slug>.<language>.md`` files, in their order; ``{contact}`` becomes the address.

    ``documents.json``, if there, gives ``{"<slug>": {"order": 1, "requires_acceptance": true}}``. Raises Invalid.
    """
    listing = folder / "documents.json"
    settings = json.loads(listing.read_text(encoding="utf-8")) if listing.exists() else {}
    texts: dict[str, dict[str, TextDraft]] = {}
    for path in sorted(folder.glob("*.*.md")):
        slug, language, _suffix = path.name.split(".", 2)
        source = path.read_bytes().decode("utf-8").replace("{contact}", contact)
        texts.setdefault(slug, {})[language] = api.make_text(source)
    if not texts:
        raise Invalid(_("There is no document in this folder."), code="terms_folder_empty")
    found = [
        SourceDocument(
            slug=slug,
            order=settings.get(slug, {}).get("order", 0),
            requires_acceptance=settings.get(slug, {}).get("requires_acceptance", True),
            texts=by_language,
        )
        for slug, by_language in texts.items()
    ]
    return sorted(found, key=lambda document: (document.order, document.slug))
