"""Refusals of the terms domain, by reason."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Conflict, Invalid, NotFound, Refused, Unavailable


class DocumentNotFound(NotFound):
    """No such document or version, or none that has begun."""

    code = "terms_not_found"
    default_message = _("This document is not available.")


class ReceiptNotFound(NotFound):
    """No such receipt, or it is somebody else's."""

    code = "terms_receipt_not_found"
    default_message = _("There is no such receipt among yours.")


class TermsRequired(Refused):
    """The member owes an acceptance first."""

    code = "terms_required"
    default_message = _("Before taking part, you are asked to read a document and to answer it.")


class BirthRequired(Refused):
    """The site asks for birth dates, and the member has not stated theirs."""

    code = "birth_required"
    default_message = _("Before you take part, you are asked when you were born.")


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


class AnswersExhausted(Refused):
    """The same was said about the same version often enough for one day: each time is a proof that stays for ever."""

    code = "terms_answers"
    status = 429
    default_message = _("You have changed your answer many times today. What you said last counts; come back tomorrow.")


class NothingAsked(Conflict):
    """The document informs; it asks for no answer."""

    code = "terms_not_asked"
    default_message = _("This document asks for no answer.")


class LanguageNotCarried(Invalid):
    """The version shown has no text in the language named."""

    code = "terms_language"
    default_message = _("This document does not exist in that language.")


class CancellationRefused(Conflict):
    """Only a version that is announced and has not begun can be called off."""

    code = "terms_cancellation_refused"
    default_message = _("Only a version that has not come into force yet can be cancelled.")


class PostponementRefused(Conflict):
    """Later is a choice before the date only, and not for ever."""

    code = "terms_postponement_refused"
    default_message = _("Your answer cannot be put off any longer: please accept or stop.")


class NoteMissing(Invalid):
    """Nobody accepts for somebody else without saying how they know."""

    code = "terms_note_missing"
    default_message = _("Say in a note how the member agreed.")


class StopRefused(Conflict):
    """There is nothing to stop about: the document asks this member for no answer."""

    code = "terms_stop_refused"
    default_message = _("This document asks for no answer from you: there is nothing to stop.")


class LabelTaken(Conflict):
    """Two versions of a document never share a label."""

    code = "terms_label_taken"
    default_message = _("A version of this document has that label already.")


class DraftChanged(Conflict):
    """Somebody wrote on while the preview was being read: what nobody has read is not published."""

    code = "terms_draft_changed"
    default_message = _("The draft has changed since this preview was opened. Read it again, then publish it.")


class DraftRefused(Invalid):
    """The version cannot be published as it is; ``details["reasons"]`` lists codes of rules.publishing."""

    code = "terms_draft_refused"
    default_message = _("This version cannot be published.")


class AnswerUnknown(Unavailable):
    """The gate could not be asked: it stays shut."""

    code = "terms_unavailable"
    default_message = _("We cannot check your acceptance of the terms for the moment. Try again shortly.")


class BirthRefused(Invalid):
    """No such birth date; ``details["reasons"]`` lists codes of rules.minority."""

    code = "terms_birth_refused"
    default_message = _("This birth date or this country is not valid.")


class BirthStated(Conflict):
    """A birth date is stated once; an operator corrects it."""

    code = "terms_birth_stated"
    default_message = _("Your birth date is known already. To have it corrected, write to us.")


class GuardianNotAsked(Conflict):
    """No guardian's consent is missing."""

    code = "terms_guardian_not_asked"
    default_message = _("Nothing waits for a parent or guardian.")


class GuardianIsSelf(Invalid):
    """A minor gave an address of their own."""

    code = "terms_guardian_self"
    default_message = _("This is your own address. Give that of one of your parents, or of your guardian.")


class GuardianMailsExhausted(Refused):
    """Enough mails left today, for this member or to this address."""

    code = "terms_guardian_mails"
    status = 429
    default_message = _("Enough mails were sent for today. Wait for the answer, or come back tomorrow.")


class GuardianMailUnsent(Unavailable):
    """The mail could not be handed over: nothing was asked."""

    code = "terms_guardian_unsent"
    default_message = _("The mail could not be sent. Nothing is lost: try again shortly.")


class GuardianLinkDead(NotFound):
    """The link is unknown, changed, used, replaced or too old. One answer for all: it tells nothing to strangers."""

    code = "terms_guardian_link"
    default_message = _("This link does not work, or no longer.")


class GuardianTriesExhausted(Refused):
    """Too many links that lead nowhere, from one network or about one request."""

    code = "terms_guardian_tries"
    status = 429
    default_message = _("Too many links that do not work were opened from here. Please come back in an hour.")


class NotTicked(Invalid):
    """Who registers accepts each document by ticking its box."""

    code = "terms_not_ticked"
    default_message = _("To register, read each document, then tick its box.")


class AddressUnconfirmed(Refused):
    """The member has not followed the link of the activation mail yet, and the site asks for it."""

    code = "address_unconfirmed"
    default_message = _("Before enrolling, confirm your mail address: follow the link in the mail that we sent you.")
