"""What is there when the demo opens: people, courses, terms, roles, a first conversation.

Each part is done once: its row in Seeding is written in the same transaction. Everything goes through the doors that
people and operators use, at moments of a plausible past.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core import clock as core_clock
from solerni_xblocks.demo import catalogue, clock, olx, site_api
from solerni_xblocks.demo.models.site import Profile, Seeding
from solerni_xblocks.demo.personas import PERSONAS, VOICES, Persona
from solerni_xblocks.discussion import api as discussion
from solerni_xblocks.discussion.data import Draft, Place, Policy
from solerni_xblocks.host import api as host
from solerni_xblocks.terms import api as terms
from solerni_xblocks.terms.data import Answer, Channel
from solerni_xblocks.terms.presenters import get_screen_digest

DOCUMENTS = Path(__file__).parent / "documents"
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


def _find_birthday(persona: Persona) -> date:
    """The first of this month, as many years ago as the persona is old."""
    today = core_clock.now().date()
    return today.replace(year=today.year - persona.age, day=1)


def seed_courses() -> None:
    """The courses of the package, from their OLX."""
    olx.import_folder(catalogue.FOLDER)


def seed_terms() -> None:
    """The documents that come with Solerni, in force for a month."""
    month_ago = core_clock.now() - timedelta(days=30)
    with clock.pretend(month_ago):
        call_command(
            "solerni_terms", "import", samples=True, publish=True, label=f"{month_ago:%Y-%m}", stdout=io.StringIO()
        )


def seed_charter() -> None:
    """The document that the terms blocks of both courses ask for, and the site does not."""
    month_ago = core_clock.now() - timedelta(days=30)
    with clock.pretend(month_ago):
        terms.save_document("charter", order=3, is_required=False)
        call_command("solerni_terms", "import", DOCUMENTS, publish=True, label="1.0", stdout=io.StringIO())


def seed_acceptances() -> None:
    """Who is here since some weeks has accepted the terms; the others meet them at their first page."""
    with clock.pretend(core_clock.now() - timedelta(days=20)):
        for persona in PERSONAS:
            if not persona.is_new:
                _accept_terms(persona)


def seed_births() -> None:
    """When each member was born, so that a parent is asked for who is young, and nothing of the others."""
    for profile in Profile.objects.exclude(birth_on=None):
        terms.state_birth(profile.user_id, born_on=profile.birth_on, country="FR")


def seed_moderators() -> None:
    """Each persona who moderates, in both courses."""
    for persona in PERSONAS:
        for course_key in COURSES if persona.is_moderator else ():
            discussion.appoint_moderator(course_key, _find_user_id(persona.username))


def seed_conversations() -> None:
    """What the voices said in the last days, after accepting the terms as anybody does."""
    now = core_clock.now()
    with clock.pretend(now - timedelta(days=6)):
        for voice in VOICES:
            _accept_terms(voice)
    for thread in catalogue.read_conversations():
        usage_key = UsageKey.from_string(thread["place"])
        course_key = usage_key.context_key
        policy = Policy(languages=(host.courses().get_language(course_key),))
        _converse(Place(course_key=course_key, usage_key=usage_key, policy=policy), thread, now=now)


def _accept_terms(who: Persona) -> None:
    page = terms.get_page("terms", languages=[who.language])
    answer = Answer(
        document="terms",
        member_id=_find_user_id(who.username),
        version_uuid=page.version.uuid,
        language=page.text.language,
        channel=Channel.PAGE,
        screen_digest=get_screen_digest(),
    )
    terms.accept_version(answer)


def _converse(place: Place, thread: dict[str, Any], *, now: datetime) -> None:
    opening, *replies = thread["posts"]
    with _at(opening, now=now) as author_id:
        draft = Draft(submission=uuid4(), title=thread["title"], source=opening["text"])
        thread_uuid = discussion.publish_thread(author_id, place, draft).thread_uuid
    for reply in replies:
        with _at(reply, now=now) as author_id:
            draft = Draft(submission=uuid4(), source=reply["text"])
            discussion.publish_post(author_id, place, draft, thread_uuid=thread_uuid)


@contextmanager
def _at(post: dict[str, Any], *, now: datetime) -> Iterator[int]:
    """The moment at which a post was written, and its author's account."""
    with clock.pretend(now - timedelta(hours=post["hours_ago"])):
        yield _find_user_id(post["author"])


def _find_user_id(username: str) -> int:
    return int(get_user_model().objects.values_list("id", flat=True).get(username=username))


PARTS: dict[str, Callable[[], None]] = {
    "people": seed_people,
    "courses": seed_courses,
    "terms": seed_terms,
    "charter": seed_charter,
    "acceptances": seed_acceptances,
    "births": seed_births,
    "moderators": seed_moderators,
    "conversations": seed_conversations,
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
