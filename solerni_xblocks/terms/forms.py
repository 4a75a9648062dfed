"""The form that the platform adds to its registration (REGISTRATION_EXTENSION_FORM): a box for each document.

The platform asks it twice: without data, to show its fields; with data, to check and save them. The second time it
has nothing to say, since the filter (filters.RequireTicks) has judged the boxes already.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from solerni_xblocks.core import conf
from solerni_xblocks.terms import api, inputs, presenters
from solerni_xblocks.terms.data import Page, Tick


class RegistrationForm(forms.Form):
    """A box for each document that members must accept, never ticked in advance; the birth date where it is asked.

    A platform that has an extension form of its own lets it inherit this one.
    """

    shows_solerni_boxes = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            return
        for page in api.list_registration_pages(languages=[get_language() or ""]):
            tick = Tick(version_uuid=page.version.uuid, language=page.text.language)
            self.fields[tick.field_name] = _make_box(page)
        if conf.get("SOLERNI_TERMS_BIRTH_ASKED"):
            self.fields[inputs.BIRTH_FIELD] = forms.CharField(
                label=_("Birth date"), help_text=_("Year-month-day, for example 2009-05-31."), max_length=10
            )

    def save(self, commit: bool = True) -> Any:
        """What the platform saves with the account: nothing, since proofs are written when the account exists."""
        return SimpleNamespace(save=lambda: None)


def _make_box(page: Page) -> forms.BooleanField:
    """Plain text: the platform's clients show no markup in a label, so the address of the text stands in it."""
    label = presenters.label_box(page, url=presenters.make_permalink(page))
    return forms.BooleanField(label=label, error_messages={"required": _("Read the document, then tick its box.")})
