"""What may be published, and the digest under which it is known for ever."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import count
from typing import Any

from solerni_xblocks.core.htmlkit import list_headings
from solerni_xblocks.terms.data import TextDraft, VersionDraft
from solerni_xblocks.terms.rules.clauses import find_repeated

MAX_SOURCE_CHARACTERS = 200_000
MAX_TITLE_CHARACTERS = 200
MAX_SUMMARY_CHARACTERS = 2_000
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
RESERVED = frozenset({"api", "birth", "change", "guardian", "pending", "receipts", "reports", "stop", "stopped"})
"""First steps of other pages under the same address."""

VERSION_FIELDS = ("uuid", "document", "label", "published_at", "effective_at", "requires_acceptance", "contact")
LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
CONTACT = re.compile(r"[^@\s<>]+@[^@\s<>]+")
LANGUAGE = re.compile(r"[a-z]{2,3}")


class Reason(StrEnum):
    """Why a version cannot be published."""

    LABEL_MALFORMED = "label.malformed"
    DEFAULT_LANGUAGE_MISSING = "language.default_missing"
    LANGUAGE_MALFORMED = "language.malformed"
    TITLE_LENGTH = "title.length"
    SOURCE_LENGTH = "source.length"
    SUMMARY_LENGTH = "summary.length"
    PAST_EFFECT = "effective_at.past"
    CONTACT_MISSING = "contact.missing"
    CLAUSE_REPEATED = "clause.repeated"
    PAGE_LENGTH = "page.length"


def judge_draft(draft: VersionDraft, *, default_language: str, now: datetime) -> list[Reason]:
    """Reasons against publishing ``draft``: it needs the site's language, a plain label, an address for questions, no
    effect in the past."""
    found = [
        (Reason.LABEL_MALFORMED, not LABEL.fullmatch(draft.label)),
        (Reason.DEFAULT_LANGUAGE_MISSING, default_language not in draft.texts),
        (Reason.LANGUAGE_MALFORMED, not all(map(LANGUAGE.fullmatch, draft.texts))),
        (Reason.TITLE_LENGTH, not _fit((text.title for text in draft.texts.values()), MAX_TITLE_CHARACTERS)),
        (Reason.SOURCE_LENGTH, not _fit((text.source for text in draft.texts.values()), MAX_SOURCE_CHARACTERS)),
        (Reason.SUMMARY_LENGTH, any(len(text.summary) > MAX_SUMMARY_CHARACTERS for text in draft.texts.values())),
        (Reason.CLAUSE_REPEATED, any(map(_repeats_clause, draft.texts.values()))),
        (Reason.CONTACT_MISSING, not CONTACT.fullmatch(draft.contact)),
        (Reason.PAST_EFFECT, draft.effective_at is not None and draft.effective_at < now),
    ]
    return [reason for reason, is_broken in found if is_broken]


def _fit(texts: Iterable[str], limit: int) -> bool:
    return all(text.strip() and len(text) <= limit for text in texts)


def _repeats_clause(text: TextDraft) -> bool:
    is_readable = len(text.source) <= MAX_SOURCE_CHARACTERS
    return is_readable and bool(find_repeated(list_headings(text.source)))


def choose_label(label: str, taken: Collection[str]) -> str:
    """``label``, or with the first number behind it that is free.

    >>> choose_label("2026-11", {"2026-11", "2026-11-2"})
    '2026-11-3'
    """
    if label not in taken:
        return label
    numbered = (f"{label[: 39 - len(str(number))]}-{number}" for number in count(2))
    return next(one for one in numbered if one not in taken)


def compute_digest(source: str) -> str:
    """The sha256 (hex) of the source's UTF-8 bytes, as ``sha256sum`` tells it of the file.

    >>> compute_digest("# Conditions")[:12]
    '08d25c812fb8'
    """
    return sha256(source.encode()).hexdigest()


def compute_draft_digest(document: str, draft: VersionDraft) -> str:
    """The sha256 (hex) of all that publishing the draft would make of it."""
    values = {name: value if name == "texts" else _simplify(value) for name, value in asdict(draft).items()}
    return sha256(json.dumps({"document": document, **values}, sort_keys=True).encode()).hexdigest()


def compute_version_digest(version: Mapping[str, Any], texts: Mapping[str, tuple[str, ...]]) -> str:
    """The sha256 (hex) of what a version says of itself and of its texts (digest, title, summary, rendering and
    by what it was rendered).

    ``version``: the fields of VERSION_FIELDS.
    """
    values = {name: _simplify(version[name]) for name in VERSION_FIELDS} | {"texts": dict(texts)}
    return sha256(json.dumps(values, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _simplify(value: Any) -> str | bool:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if isinstance(value, bool) else str(value)


def split_title(source: str) -> tuple[str, str]:
    """The title on the first line (``# …``) and what follows it; no title, no cut.

    >>> split_title("# Terms of use\\n\\nBe kind.")
    ('Terms of use', 'Be kind.')
    """
    first, _, rest = source.lstrip().partition("\n")
    if not first.startswith("# "):
        return "", source
    return first[2:].strip(), rest.lstrip("\n")


def make_text(source: str) -> TextDraft:
    """One language of a version from a file whose first line is its title.

    >>> make_text("# Terms of use\\n\\nBe kind.").title
    'Terms of use'
    """
    return TextDraft(title=split_title(source)[0], source=source)


def choose_language(carried: Iterable[str], wanted: Iterable[str]) -> str:
    """The first wanted language that a version carries, else its first by code.

    >>> choose_language(["en", "fr"], ["de", "fr"])
    'fr'
    """
    languages = sorted(carried)
    return next((language for language in wanted if language in languages), languages[0])
