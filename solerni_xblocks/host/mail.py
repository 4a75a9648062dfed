"""Mail rendered from templates and handed to Django's mail backend; used by both adapters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from solerni_xblocks.host.ports import Person


def send_template(*, to: Person, template: str, context: Mapping[str, Any]) -> None:
    """Send ``solerni/<template>.subject.txt``, ``.txt`` and ``.html`` to ``to`` in the language of ``to``."""
    values = {**context, "person": to}
    with override(to.language):
        subject = " ".join(_render(f"solerni/{template}.subject.txt", values, is_html=False).split())
        text = _render(f"solerni/{template}.txt", values, is_html=False)
        message = EmailMultiAlternatives(subject, text, to=[to.email])
        message.attach_alternative(_render(f"solerni/{template}.html", values, is_html=True), "text/html")
    message.send()


def _render(name: str, values: dict[str, Any], *, is_html: bool) -> str:
    """Text parts are plain text: escaping there would show entities to the reader."""
    return str(get_template(name).template.render(Context(values, autoescape=is_html)))  # type: ignore[attr-defined]
