"""What is there when the demo opens: people, courses, terms, roles, a first conversation.

Each part is done once: its row in Seeding is written in the same transaction. Everything goes through the doors that
people and operators use, at moments of a plausible past.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib.auth import get_user_model
from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock as core_clock
from solerni_xblocks.demo import catalogue, olx, site_api
from solerni_xblocks.demo.models.site import Profile, Seeding
from solerni_xblocks.demo.personas import PERSONAS, VOICES, Persona

COURSES = tuple(CourseKey.from_string(key) for key in catalogue.SHIPPED)


def seed_people() -> None:
    """Accounts, with the roles of each in both courses. A voice has no password: nobody logs in as it."""
    for persona in (*PERSONAS, *VOICES):
        user = get_user_model().objects.create_user(
            persona.username,
            persona.email,
            persona.password or None,
            first_name=persona.name,
            is_staff=persona.is_operator,
            is_superuser=persona.is_operator,
        )
        Profile.objects.create(
            user=user,
            persona=persona.username if persona in PERSONAS else "",
            language=persona.language,
            birth_on=_find_birthday(persona),
            guardian_email=persona.guardian_email,
        )
        for course_key in COURSES if persona.course_role else ():
            site_api.give_role(user.id, course_key, persona.course_role)


def _find_birthday(persona: Persona) -> date | None:
    """The first of this month, as many years ago as the persona is old."""
    if persona.age is None:
        return None
    today = core_clock.now().date()
    return today.replace(year=today.year - persona.age, day=1)


def seed_courses() -> None:
    """The courses of the package, from their OLX."""
    olx.import_folder(catalogue.FOLDER)


PARTS: dict[str, Callable[[], None]] = {
    "people": seed_people,
    "courses": seed_courses,
}


def list_missing() -> list[str]:
    """Parts that are not there yet, in the order in which they build on one another. One query."""
    done = set(Seeding.objects.values_list("part", flat=True))
    return [part for part in PARTS if part not in done]


def seed_missing() -> None:
    """Put in place what is not there yet; a part that fails leaves nothing behind."""
    for part in list_missing():
        with transaction.atomic():
            PARTS[part]()
            Seeding.objects.create(part=part)
