"""Mail rendered from our templates; each adapter hands it over in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from solerni_xblocks.core import conf
from solerni_xblocks.host.ports import Person


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail in the reader's language, ready to leave."""

    message_id: str
    address: str
    subject: str
    text: str
    html: str
    unsubscribe_url: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """With what lets mail programs end such mails in one click (RFC 2369, RFC 8058)."""
        headers = {"Message-ID": self.message_id}
        if self.unsubscribe_url:
            headers["List-Unsubscribe"] = f"<{self.unsubscribe_url}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return headers

    def make_message(self) -> EmailMultiAlternatives:
        """The same for Django's mail backend."""
        message = EmailMultiAlternatives(self.subject, self.text, to=[self.address], headers=self.headers)
        message.attach_alternative(self.html, "text/html")
        return message


def write_letter(
    *, to: Person, template: str, context: Mapping[str, Any], reference: str = "", unsubscribe_url: str = ""
) -> Letter:
    """``solerni/<template>.subject.txt``, ``.txt`` and ``.html`` in the language of ``to``."""
    domain = urlsplit(conf.get_base_url()).hostname or "solerni.invalid"
    values = {**context, "person": to}
    with override(to.language):
        return Letter(
            message_id=f"<{reference}@{domain}>" if reference else make_msgid(domain=domain),
            address=to.email,
            subject=" ".join(_render(f"solerni/{template}.subject.txt", values, is_html=False).split()),
            text=_render(f"solerni/{template}.txt", values, is_html=False),
            html=_render(f"solerni/{template}.html", values, is_html=True),
            unsubscribe_url=unsubscribe_url,
        )


def _render(name: str, values: dict[str, Any], *, is_html: bool) -> str:
    """Text parts are plain text: escaping there would show entities to the reader."""
    return str(get_template(name).template.render(Context(values, autoescape=is_html)))  # type: ignore[attr-defined]
