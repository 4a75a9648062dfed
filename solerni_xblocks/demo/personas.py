"""The people of the demo: who one can be with one click, and invented members who spoke before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.demo.models.site import CourseRole

STUDENT = CourseRole.Role.STUDENT.value
STAFF = CourseRole.Role.STAFF.value


@dataclass(frozen=True, kw_only=True)
class Persona:
    """One person: ``username`` is the public nickname, ``role`` and ``tries`` are words for the card."""

    username: str
    name: str
    role: Any = ""
    tries: Any = ""
    language: str = "fr"
    course_role: str = STUDENT
    is_moderator: bool = False
    is_operator: bool = False
    is_new: bool = False
    age: int = 34
    guardian_email: str = ""
    password: str = field(default="", repr=False)

    @property
    def email(self) -> str:
        """The address to which the demo's mailbox receives."""
        return f"{self.username}@example.org"


PERSONAS = (
    Persona(
        username="lea",
        name="Léa",
        password="demo-lea",  # noqa: S106 - shown on the login page
        role=_("Learner, new here"),
        tries=_("Accept the terms, post in the discussion, earn the first badge."),
        is_new=True,
    ),
    Persona(
        username="sam",
        name="Sam",
        password="demo-sam",  # noqa: S106 - shown on the login page
        role=_("Learner"),
        tries=_("Answer Léa, and check that her badge is genuine."),
    ),
    Persona(
        username="nina",
        name="Nina",
        password="demo-nina",  # noqa: S106 - shown on the login page
        role=_("Learner, 14 years old"),
        tries=_("Accept as a minor, ask her father Paul (paul@example.org), answer for him from the mailbox."),
        is_new=True,
        age=14,
        guardian_email="paul@example.org",
    ),
    Persona(
        username="modou",
        name="Modou",
        password="demo-modou",  # noqa: S106 - shown on the login page
        role=_("Moderator"),
        tries=_("Open the moderation queue, publish or refuse what waits, give the reason."),
        is_moderator=True,
    ),
    Persona(
        username="ana",
        name="Ana",
        password="demo-ana",  # noqa: S106 - shown on the login page
        role=_("Course author"),
        tries=_("Edit the blocks in Studio, then view the course as a learner."),
        course_role=STAFF,
    ),
    Persona(
        username="oscar",
        name="Oscar",
        password="demo-oscar",  # noqa: S106 - shown on the login page
        role=_("Operator"),
        tries=_("Move the clock, read the event log, look up proofs and signing keys in the administration."),
        course_role="",
        is_operator=True,
    ),
)

VOICES = (
    Persona(username="maelle", name="Maëlle"),
    Persona(username="idris", name="Idris"),
    Persona(username="harriet", name="Harriet", language="en"),
)
"""Members whose threads are there when the demo opens. Nobody can log in as them."""

_BY_USERNAME = {persona.username: persona for persona in PERSONAS}


def find_persona(username: str) -> Persona | None:
    """The persona with this username, or None."""
    return _BY_USERNAME.get(username)
