"""The terms block in Studio: what an author chooses from, what is wrong with a choice, what learners will see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import clock
from solerni_xblocks.terms.data import Act, DocumentSummary, Obligation, Page, Reach, Receipt, Standing, VersionPolicy
from solerni_xblocks.terms.presenters.documents import LANGUAGE_NAMES

Choice = dict[str, "str | Promise"]


def _choose(value: str, name: str | Promise) -> Choice:
    return {"value": value, "display_name": name}


OBLIGATIONS = [
    _choose(Obligation.COMPULSORY.value, _("compulsory")),
    _choose(Obligation.OPTIONAL.value, _("optional")),
]
REACHES = [
    _choose(Reach.CHILDREN.value, _("what stands inside this block")),
    _choose(Reach.SECTION.value, _("also the rest of its section of the course")),
]
POLICIES = [
    _choose(VersionPolicy.IN_FORCE.value, _("ask again")),
    _choose(VersionPolicy.ANY.value, _("an answer to any version counts")),
]
CHOICES = {"obligation": OBLIGATIONS, "closes": REACHES, "versions": POLICIES}


def document_choices(documents: Iterable[DocumentSummary]) -> list[Choice]:
    """The documents to choose from."""
    return [_choose(found.slug, f"{found.title or found.slug} ({found.slug})") for found in documents]


def language_choices(documents: Iterable[DocumentSummary]) -> list[Choice]:
    """The languages in which the text can be fixed: those of the documents to choose from."""
    carried = {code for found in documents for one in found.versions for code in one.languages}
    return [
        _choose("", _("the reader’s")),
        *(_choose(code, LANGUAGE_NAMES.get(code, code)) for code in sorted(carried)),
    ]


def explain_faults(settings: Any, documents: Iterable[DocumentSummary], names: dict[str, str]) -> Iterator[str]:
    """What the author chose that does not exist; ``names``: what the settings are called."""
    documents = list(documents)
    if settings.document not in {found.slug for found in documents}:
        text = gettext("There is no document “%(slug)s”: learners find this part closed.")
        yield text % {"slug": settings.document}
    for setting, choices in {**CHOICES, "language": language_choices(documents)}.items():
        value = getattr(settings, setting)
        if value not in {choice["value"] for choice in choices}:
            yield gettext("“%(value)s” is no choice for “%(setting)s”.") % {"value": value, "setting": names[setting]}


def explain_waiting(slug: str, language: str, page: Page | None) -> Iterator[str]:
    """What is not as the author meant it, and may come with time."""
    if page is None:
        text = gettext("No version of “%(slug)s” is in force yet: learners find this part closed until then.")
        yield text % {"slug": slug}
    elif language and language not in page.version.languages:
        text = gettext("“%(slug)s” has no text in “%(language)s”: learners read another language.")
        yield text % {"slug": slug, "language": language}


def make_example(page: Page) -> Standing:
    """Where a learner will stand once they have accepted what is in force, with a receipt that shows its form."""
    receipt = Receipt(
        uuid=UUID(int=0),
        act=Act.ACCEPT,
        document=page.version.document,
        version_uuid=page.version.uuid,
        label=page.version.label,
        language=page.text.language,
        text_digest=page.text.digest,
        decided_at=clock.now(),
    )
    return Standing(is_due=False, accepted=receipt, declined=None)
