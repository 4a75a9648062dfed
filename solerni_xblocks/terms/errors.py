"""Refusals of the terms domain, by reason."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Conflict, Invalid, NotFound, Refused, Unavailable


class DocumentNotFound(NotFound):
    """No such document or version, or none that has begun."""

    code = "terms_not_found"
    default_message = _("This document is not available.")


class TermsRequired(Refused):
    """The member owes an acceptance first."""

    code = "terms_required"
    default_message = _("Before taking part, you are asked to read a document and to answer it.")


class ParentalConsentRequired(Refused):
    """The member is a minor whose guardian has not confirmed yet."""

    code = "parental_consent_required"
    default_message = _("Before you take part, one of your parents or your guardian must agree.")


class TermsShut(Refused):
    """A terms block guards this, and its document cannot be shown: shut until the author puts it right."""

    code = "terms_shut"
    default_message = _("This part of the course is closed: the document that opens it is not available yet.")


class TermsOutdated(Conflict):
    """The version shown is not the one in force."""

    code = "terms_outdated"
    default_message = _("The text has changed since this page was opened. Please read the version in force.")


class AlreadyAccepted(Conflict):
    """An acceptance is evidence: it is not undone by declining afterwards."""

    code = "terms_already_accepted"
    default_message = _("You have accepted this document already; your receipt is shown here.")


class WithdrawalRefused(Conflict):
    """A required document is not withdrawn from: one stops using the service."""

    code = "terms_withdrawal_refused"
    default_message = _("This document is required: to end its effect, stop using the service.")


class NothingAsked(Conflict):
    """The document informs; it asks for no answer."""

    code = "terms_not_asked"
    default_message = _("This document asks for no answer.")


class LanguageNotCarried(Invalid):
    """The version shown has no text in the language named."""

    code = "terms_language"
    default_message = _("This document does not exist in that language.")


class LabelTaken(Conflict):
    """Two versions of a document never share a label."""

    code = "terms_label_taken"
    default_message = _("A version of this document has that label already.")


class DraftRefused(Invalid):
    """The version cannot be published as it is; ``details["reasons"]`` lists codes of rules.publishing."""

    code = "terms_draft_refused"
    default_message = _("This version cannot be published.")


class AnswerUnknown(Unavailable):
    """The gate could not be asked: it stays shut."""

    code = "terms_unavailable"
    default_message = _("We cannot check your acceptance of the terms for the moment. Try again shortly.")
