"""What a registration form shows and says."""

from __future__ import annotations

from django.template import Context
from django.template.loader import get_template
from django.utils.translation import get_language

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.terms import api
from solerni_xblocks.terms.data import Page
from solerni_xblocks.terms.presenters.documents import make_permalink
from solerni_xblocks.terms.presenters.forms import BOX


def label_box(page: Page, *, url: str = "") -> str:
    """What one says by ticking the box of a document; ``url``, if given, ends it."""
    context = {"page": page, "url": url}
    return str(get_template(BOX).template.render(Context(context, autoescape=False))).strip()


def explain_registration_refusal(refusal: SolerniError) -> str:
    """The refusal in one line of text, with the texts in force when that is what is missing: all that the platform's
    registration passes on."""
    if refusal.code not in ("terms_outdated", "terms_not_ticked"):
        return str(refusal.message)
    pages = api.list_registration_pages(languages=[get_language() or ""])
    texts = [f"{page.text.title} ({page.version.label}): {make_permalink(page)}" for page in pages]
    return " ".join([str(refusal.message), *texts])
