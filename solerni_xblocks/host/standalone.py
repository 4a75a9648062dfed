"""A full working host without the platform: Django's users, and courses from a registry that a site fills.

The demo fills the registry from its own tables; tests fill it by hand.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core import conf
from solerni_xblocks.core.preparekit import PreparedRead
from solerni_xblocks.host.accounts import Accounts
from solerni_xblocks.host.credentials import TokenIdentities
from solerni_xblocks.host.mail import write_letter
from solerni_xblocks.host.ports import Membership, Person, Sent

log = logging.getLogger(__name__)


class Register(Protocol):
    """What a site knows of its courses and members; the demo's tables implement it."""

    def find_course(self, course_key: CourseKey) -> Mapping[str, str] | None:
        """``{"title": …, "language": "fr"}`` or None."""

    def get_roles(self, user_id: int, course_key: CourseKey) -> frozenset[str]:
        """Among ``student``, ``staff``, ``instructor``."""

    def list_above(self, usage_key: UsageKey) -> tuple[UsageKey, ...]:
        """As ``Courses.list_above``."""

    def list_blocks(
        self, course_key: CourseKey, *, block_type: str, fields: Collection[str]
    ) -> Mapping[UsageKey, Mapping[str, Any]]:
        """As ``Courses.list_blocks``."""

    def find_group(self, user_id: int, course_key: CourseKey) -> int | None:
        """The cohort of the learner in the course, if any."""

    def find_subject(self, kind: str, token: str) -> int | None:
        """The account of a token (``credentials.BEARER``, ``credentials.JWT``), None when it is not valid."""

    def find_languages(self, user_ids: Iterable[int]) -> Mapping[int, str]:
        """Language of each member that chose one."""

    def log_event(self, name: str, data: Mapping[str, Any]) -> None:
        """Keep an event for the event log page."""


class EmptyRegister:
    """A site without courses: everybody is a stranger everywhere."""

    def find_course(self, course_key: CourseKey) -> Mapping[str, str] | None:
        return None

    def get_roles(self, user_id: int, course_key: CourseKey) -> frozenset[str]:
        return frozenset()

    def list_above(self, usage_key: UsageKey) -> tuple[UsageKey, ...]:
        return ()

    def find_group(self, user_id: int, course_key: CourseKey) -> int | None:
        return None

    def list_blocks(
        self, course_key: CourseKey, *, block_type: str, fields: Collection[str]
    ) -> Mapping[UsageKey, Mapping[str, Any]]:
        return {}

    def find_subject(self, kind: str, token: str) -> int | None:
        return None

    def find_languages(self, user_ids: Iterable[int]) -> Mapping[int, str]:
        return {}

    def log_event(self, name: str, data: Mapping[str, Any]) -> None:
        log.info("%s %s", name, dict(data))


register: Register = EmptyRegister()


def use_register(new: Register) -> None:
    """Let ``new`` answer for courses and roles from now on."""
    global register  # noqa: PLW0603 - one register a process, set in AppConfig.ready()
    register = new


class StandalonePeople(Accounts):
    """Django's users; the public name is the username."""

    def find_people(self, user_ids: Iterable[int]) -> Mapping[int, Person]:
        ids = set(user_ids)
        languages = register.find_languages(ids)
        rows = get_user_model().objects.filter(id__in=ids).values_list("id", "username", "email")
        return {
            id_: Person(id=id_, name=name, email=email, language=languages.get(id_, settings.LANGUAGE_CODE))
            for id_, name, email in rows
        }

    def find_named(self, names: Iterable[str]) -> Mapping[str, Person]:
        wanted = get_user_model().objects.filter(username__in=set(names)).values_list("id", flat=True)
        return {person.name: person for person in self.find_people(list(wanted)).values()}


_OPERATORS = PreparedRead(
    lambda user_id: (
        get_user_model().objects.filter(id=user_id, is_superuser=True, is_active=True).order_by().values_list("id")
    ),
    user_id=int,
)


class StandaloneCourses:
    """Courses and roles of the register; superusers are staff everywhere."""

    def get_title(self, course_key: CourseKey) -> str:
        return (register.find_course(course_key) or {}).get("title") or str(course_key)

    def get_language(self, course_key: CourseKey) -> str:
        return (register.find_course(course_key) or {}).get("language") or "fr"

    def get_block_url(self, usage_key: UsageKey) -> str:
        return f"{conf.get_base_url()}/courses/{usage_key.course_key}/jump_to/{usage_key}"

    def list_above(self, usage_key: UsageKey) -> tuple[UsageKey, ...]:
        return register.list_above(usage_key)

    def list_blocks(
        self, course_key: CourseKey, *, block_type: str, fields: Collection[str]
    ) -> Mapping[UsageKey, Mapping[str, Any]]:
        return register.list_blocks(course_key, block_type=block_type, fields=fields)

    def is_enrolled(self, user_id: int, course_key: CourseKey) -> bool:
        return "student" in register.get_roles(user_id, course_key)

    def is_staff(self, user_id: int, course_key: CourseKey) -> bool:
        return self.get_membership(user_id, course_key).is_staff

    def get_membership(self, user_id: int, course_key: CourseKey) -> Membership:
        roles = register.get_roles(user_id, course_key)
        return Membership(
            is_staff=bool(roles & {"staff", "instructor"}) or self._is_operator(user_id), is_enrolled="student" in roles
        )

    def find_group(self, user_id: int, course_key: CourseKey) -> int | None:
        return register.find_group(user_id, course_key)

    def find_groups(self, user_ids: Iterable[int], course_key: CourseKey) -> Mapping[int, int]:
        groups = {user_id: register.find_group(user_id, course_key) for user_id in user_ids}
        return {user_id: group for user_id, group in groups.items() if group is not None}

    def may_author(self, user_id: int, course_key: CourseKey) -> bool:
        return self.is_staff(user_id, course_key)

    @staticmethod
    def _is_operator(user_id: int) -> bool:
        return _OPERATORS.find_row(user_id=user_id) is not None


class StandaloneIdentities(TokenIdentities):
    """Tokens that the register knows."""

    def find_subject(self, kind: str, token: str) -> int | None:
        return register.find_subject(kind, token)


class StandaloneMail:
    """Django's mail backend."""

    def send(
        self,
        *,
        to: Person,
        template: str,
        context: Mapping[str, Any],
        reference: str = "",
        unsubscribe_url: str = "",
    ) -> Sent:
        letter = write_letter(
            to=to, template=template, context=context, reference=reference, unsubscribe_url=unsubscribe_url
        )
        letter.make_message().send()
        return Sent(message_id=letter.message_id)


class StandaloneTracking:
    """The register's event log."""

    def emit(self, name: str, data: Mapping[str, Any]) -> None:
        register.log_event(name, data)


class Standalone:
    """A site of our own."""

    def __init__(self) -> None:
        self.people = StandalonePeople()
        self.courses = StandaloneCourses()
        self.identities = StandaloneIdentities()
        self.mail = StandaloneMail()
        self.tracking = StandaloneTracking()
