"""Refusals of the members domain, by reason."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Conflict, Invalid, Refused, Unavailable


class TooManyExports(Refused):
    """The member has downloaded their data often enough for a day."""

    code = "export.too_many"
    default_message = _("You have downloaded your data several times today. Please come back tomorrow.")


class ExportIncomplete(Unavailable):
    """A part of the service could not say what it holds; a file with a hole is not given out."""

    code = "export.incomplete"
    default_message = _(
        "Part of your data cannot be read for the moment. Rather than an incomplete file you get none: try again later."
    )


class AccountClosed(Refused):
    """The member closed the account, or it was closed for them."""

    code = "account_closed"
    default_message = _("This account is closed. You can still download your data.")


class AccountUnknown(Unavailable):
    """Whether the account is open cannot be known: doors stay shut."""

    code = "account_unavailable"
    default_message = _("We cannot check the state of your account for the moment. Try again shortly.")


class ClosingOver(Conflict):
    """There is no closing to withdraw, or no longer."""

    code = "account_closing_over"
    default_message = _("There is no closing to take back, or the time for it is over.")


class PasswordWrong(Invalid):
    """Whoever asks could not show that the account is theirs."""

    code = "account_password"
    default_message = _("This is not the password of this account.")


class TooManyPasswords(Refused):
    """Several wrong passwords within a short time."""

    code = "account_passwords"
    status = 429
    default_message = _("Too many wrong passwords. Wait a quarter of an hour, then try once more.")
