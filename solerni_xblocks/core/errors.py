"""Refusals that any domain may raise and any door may translate. Domains subclass these in their own errors.py."""

from __future__ import annotations

from typing import Any


class SolerniError(Exception):
    """A refusal with a stable ``code`` for programs and a translatable ``message`` for people.

    ``details`` is merged into the JSON answer of a door (plain JSON values, no personal data of others).
    """

    code = "solerni.error"
    status = 400
    default_message: Any = ""

    def __init__(self, message: Any = None, *, code: str | None = None, details: dict[str, Any] | None = None) -> None:
        self.message = message or self.default_message
        self.code = code or self.code
        self.details = details or {}
        super().__init__(self.code)


class Invalid(SolerniError):
    """What came in cannot be understood or breaks a limit (HTTP 400)."""

    code = "input.invalid"
    status = 400


class LoginRequired(SolerniError):
    """Nobody is logged in (HTTP 401)."""

    code = "login.required"
    status = 401


class Refused(SolerniError):
    """The person may not do this now (HTTP 403); ``where_to_go`` is a URL that can lift the refusal, if any."""

    code = "action.refused"
    status = 403

    def __init__(
        self,
        message: Any = None,
        *,
        code: str | None = None,
        where_to_go: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message, code=code, details=details)
        self.where_to_go = where_to_go


class NotFound(SolerniError):
    """There is no such thing, or the person may not know of it (HTTP 404)."""

    code = "object.not_found"
    status = 404


class Conflict(SolerniError):
    """The thing changed meanwhile (HTTP 409): show the change, lose nothing."""

    code = "object.conflict"
    status = 409


class Unavailable(SolerniError):
    """The answer cannot be known now (HTTP 503); doors stay shut."""

    code = "service.unavailable"
    status = 503
