"""Mail rendered from templates and handed to Django's mail backend; used by both adapters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from solerni_xblocks.host.ports import Person


def send_template(*, to: Person, template: str, context: Mapping[str, Any]) -> None:
    """Send ``solerni/<template>.subject.txt``, ``.txt`` and ``.html`` to ``to`` in the language of ``to``."""
    values = {**context, "person": to}
    with override(to.language):
        subject = " ".join(render_to_string(f"solerni/{template}.subject.txt", values).split())
        message = EmailMultiAlternatives(subject, render_to_string(f"solerni/{template}.txt", values), to=[to.email])
        message.attach_alternative(render_to_string(f"solerni/{template}.html", values), "text/html")
    message.send()
