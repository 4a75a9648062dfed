"""Opening an account as the platform does: its filter first, then its own checks, the account, the event.

The order and the shapes are those of edx-platform, user_authn/views/register.py; the account is active at once.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openedx_events.learning.data import UserData, UserPersonalData
from openedx_events.learning.signals import STUDENT_REGISTRATION_COMPLETED
from openedx_filters.learning.filters import StudentRegistrationRequested

from solerni_xblocks.demo import personas, site_api

SHORTEST_USERNAME, LONGEST_USERNAME = 2, 30
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 75


class RegistrationRefused(Exception):
    """No account was opened: ``status`` and ``code`` for programs; for people a text by field, or a ``message``."""

    def __init__(self, errors: dict[str, str], *, status: int, code: str, message: str = "") -> None:
        super().__init__(code)
        self.errors = errors
        self.status = status
        self.code = code
        self.message = message


def register(form: QueryDict) -> Any:
    """Open an account. Raises RegistrationRefused."""
    try:
        form = StudentRegistrationRequested.run_filter(form_data=form)
    except StudentRegistrationRequested.PreventRegistration as halt:
        code = getattr(halt, "solerni_code", "registration-refused")
        errors = {"error_message": str(halt)}
        message = getattr(halt, "solerni_message", str(halt))
        raise RegistrationRefused(errors, status=halt.status_code or 200, code=code, message=message) from halt
    _refuse_malformed(form)
    _refuse_duplicates(form)
    user = _create(form)
    STUDENT_REGISTRATION_COMPLETED.send_event(
        user=UserData(
            id=user.id,
            is_active=True,
            pii=UserPersonalData(username=user.get_username(), email=user.email, name=user.get_username()),
        )
    )
    return user


def _refuse_duplicates(form: QueryDict) -> None:
    users = get_user_model().objects
    errors = {}
    if users.filter(email__iexact=form.get("email", "")).exists():
        errors["email"] = _("There is an account with this address already.")
    if users.filter(username__iexact=form.get("username", "")).exists():
        errors["username"] = _("This user name is taken.")
    if errors:
        raise RegistrationRefused(errors, status=409, code="-".join(["duplicate", *errors]))


def _refuse_malformed(form: QueryDict) -> None:
    errors = {}
    username, password = form.get("username", ""), form.get("password", "")
    if not SHORTEST_USERNAME <= len(username) <= LONGEST_USERNAME or not _passes(validate_slug, username):
        errors["username"] = _("Choose 2 to 30 letters without accents, digits, hyphens or underscores.")
    if not _passes(validate_email, form.get("email", "")):
        errors["email"] = _("This mail address is not valid.")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        errors["password"] = _("Choose a password of 8 to 75 characters.")
    if errors:
        raise RegistrationRefused(errors, status=400, code="validation-error")


def _passes(validate: Any, value: str) -> bool:
    try:
        validate(value)
    except ValidationError:
        return False
    return True


def _create(form: QueryDict) -> Any:
    """Two requests at once: the database lets one of them have the name."""
    try:
        with transaction.atomic():
            user = get_user_model().objects.create_user(form["username"], form["email"], form["password"])
            site_api.set_language(user.id, (get_language() or personas.PERSONAS[0].language)[:2])
    except IntegrityError as error:
        errors = {"username": _("This user name is taken.")}
        raise RegistrationRefused(errors, status=409, code="duplicate-username") from error
    return user
