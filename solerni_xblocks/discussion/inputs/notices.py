"""The form for notices of illegal content (DSA article 16(2))."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.htmlkit import strip_controls
from solerni_xblocks.discussion.data.reports import IllegalNotice
from solerni_xblocks.discussion.inputs.forms import ToldForm

MAX_EXPLANATION = 4000
CHILD_ABUSE_LAW = "2011/93/EU, 3-7"
"""Articles of the directive on child sexual abuse; the same in every language."""
_ADDRESS = re.compile(
    r"(?:^|/post/)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:/|$)", re.IGNORECASE
)


class NoticeForm(ToldForm):
    """What article 16(2) asks for; who has an account gives no name and no address."""

    address = forms.CharField(
        label=_("Address of the message"),
        max_length=500,
        help_text=_("The permanent link of the message; filled in when you come from it."),
    )
    explanation = forms.CharField(
        label=_("Why this message is illegal"),
        max_length=MAX_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What it says or shows, and what makes it illegal."),
    )
    law = forms.CharField(label=_("Law or right that it breaks, if you know it"), max_length=400, required=False)
    is_child_abuse = forms.BooleanField(
        label=_("It is about the sexual abuse of children: I need not give my name"), required=False
    )
    name = forms.CharField(label=_("Your name"), max_length=150, required=False)
    email = forms.EmailField(
        label=_("Your mail address"), required=False, help_text=_("For the receipt and the answer.")
    )
    good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I write here is accurate and complete"),
        error_messages={"required": _("Confirm your good faith.")},
    )

    def __init__(self, *args: Any, member_id: int | None, **kwargs: Any) -> None:
        """``member_id`` None: nobody is logged in."""
        super().__init__(*args, **kwargs)
        self.member_id = member_id
        if member_id is not None:
            del self.fields["name"], self.fields["email"], self.fields["is_child_abuse"]

    def clean_address(self) -> UUID:
        """The message that the address is about."""
        found = _ADDRESS.search(self.cleaned_data["address"].split("?")[0].strip())
        if found is None:
            raise forms.ValidationError(_("This is not the address of a message: copy its permanent link."))
        return UUID(found.group(1))

    def clean_email(self) -> str:
        """No mail program writes an address with an encoded word or a control in it, and no backend sends to one."""
        email: str = self.cleaned_data["email"]
        if "=?" in email or not email.isprintable():
            raise forms.ValidationError(validate_email.message, code="invalid")
        return email

    def clean(self) -> dict[str, Any]:
        """Without an account a name and an address are needed, but for child sexual abuse."""
        values: dict[str, Any] = super().clean() or {}
        if self.member_id is None and not values.get("is_child_abuse"):
            for name in ("name", "email"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed, unless it is about the sexual abuse of children."))
        return values

    def to_notice(self, *, language: str, network: str) -> IllegalNotice:
        """The notice of a valid form."""
        values = self.cleaned_data
        is_child_abuse = values.get("is_child_abuse", False)
        laws = [CHILD_ABUSE_LAW if is_child_abuse else "", strip_controls(values["law"])]
        return IllegalNotice(
            post_uuid=values["address"],
            explanation=strip_controls(values["explanation"]).strip(),
            law=" · ".join(filter(None, laws)),
            good_faith=values["good_faith"],
            is_child_abuse=is_child_abuse,
            member_id=self.member_id,
            name=strip_controls(values.get("name", "")),
            email=values.get("email", ""),
            language=language,
            network=network,
        )
