"""Mail rendered from templates and handed to Django's mail backend; used by both adapters."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from solerni_xblocks.core import conf
from solerni_xblocks.host.ports import Person


def send_template(*, to: Person, template: str, context: Mapping[str, Any], reference: str = "") -> str:
    """Send ``solerni/<template>.subject.txt``, ``.txt`` and ``.html`` in the language of ``to``; the message id."""
    domain = urlsplit(conf.get_base_url()).hostname or "solerni.invalid"
    message_id = f"<{reference}@{domain}>" if reference else make_msgid(domain=domain)
    values = {**context, "person": to}
    with override(to.language):
        subject = " ".join(_render(f"solerni/{template}.subject.txt", values, is_html=False).split())
        text = _render(f"solerni/{template}.txt", values, is_html=False)
        message = EmailMultiAlternatives(subject, text, to=[to.email], headers={"Message-ID": message_id})
        message.attach_alternative(_render(f"solerni/{template}.html", values, is_html=True), "text/html")
    message.send()
    return message_id


def _render(name: str, values: dict[str, Any], *, is_html: bool) -> str:
    """Text parts are plain text: escaping there would show entities to the reader."""
    return str(get_template(name).template.render(Context(values, autoescape=is_html)))  # type: ignore[attr-defined]
