"""Refusals of the badges domain, by reason."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Invalid, NotFound, Refused, Unavailable


class InvalidDefinition(Invalid):
    """The author's badge cannot be used."""

    code = "badge.invalid"
    default_message = _("This badge is not complete.")


class BadgeNotFound(NotFound):
    """No such badge."""

    code = "badge.not_found"
    default_message = _("This badge does not exist.")


class AwardNotFound(NotFound):
    """No such award, or it is not for this reader."""

    code = "award.not_found"
    default_message = _("There is nothing at this address.")


class NotSigned(Refused):
    """The credential is not signed yet."""

    code = "award.not_signed"
    default_message = _("This badge is not signed yet: try again shortly.")


class SigningWaits(Unavailable):
    """The site cannot sign for the moment; awards wait for ``solerni_badges_settle``."""

    code = "signing.waits"
    default_message = _("This site cannot sign badges for the moment.")
