"""Refusals of the members domain, by reason."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Refused, Unavailable


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
