"""A mail backend that renders each message as a mail server would receive it, and keeps it for the mailbox page."""

from __future__ import annotations

from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from solerni_xblocks.demo.models.site import Mail


class MailboxBackend(BaseEmailBackend):
    """One row for each recipient of each message."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(self._deliver(message) for message in email_messages)

    def _deliver(self, message: EmailMessage) -> int:
        """Render the whole message (header injection and encoding faults show here), read it back, keep it."""
        parsed = message_from_bytes(message.message().as_bytes(), policy=policy.default)
        recipients = message.recipients()
        for recipient in recipients:
            Mail.objects.create(
                to=recipient,
                subject=str(parsed["Subject"] or ""),
                text=_read_part(parsed, "plain"),
                html=_read_part(parsed, "html"),
                unsubscribe_url=str(parsed["List-Unsubscribe"] or "").strip(" <>"),
            )
        return int(bool(recipients))


def _read_part(parsed: ParsedMessage, kind: str) -> str:
    part = parsed.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
