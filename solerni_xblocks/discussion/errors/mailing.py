"""Refusals about mail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Invalid, NotFound, Refused


class StopLinkUnknown(NotFound):
    """We did not make the link, or what it was for is gone."""

    code = "mail.link_unknown"
    default_message = _("This link is not complete, or not valid any more. Copy the whole address from your mail.")


class TooManyLinks(Refused):
    """Wrong links were tried, or one link was used, again and again."""

    code = "mail.too_many"
    status = 429
    default_message = _("That was tried too often. Try again in an hour.")


class MailChoiceUnknown(Invalid):
    """A kind or a frequency that there is not."""

    code = "mail.choice_unknown"
    default_message = _("Choose one of the answers offered.")
