"""What Solerni asks of a platform. Shapes only; adapters are in openedx.py and standalone.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from opaque_keys.edx.keys import CourseKey, UsageKey


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member as shown to others: ``name`` is the public nickname, never the civil name."""

    id: int
    name: str
    email: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Membership:
    """What somebody is in a course: who teaches or administers it need not be enrolled."""

    is_staff: bool
    is_enrolled: bool


class People(Protocol):
    """Who members are."""

    def find_person(self, user_id: int) -> Person | None:
        """The person, or None for an unknown or purged account."""

    def find_people(self, user_ids: Iterable[int]) -> Mapping[int, Person]:
        """The persons that exist among ``user_ids``, by id, in one query."""

    def find_names(self, user_ids: Iterable[int]) -> Mapping[int, str]:
        """The public names of the persons that exist among ``user_ids``, by id, in one query."""

    def find_named(self, names: Iterable[str]) -> Mapping[str, Person]:
        """The persons whose public name is among ``names``, by name."""

    def is_owner(self, user_id: int, typed: str) -> bool:
        """Whether ``typed`` is the account's password; its name, for an account that has none."""

    def is_active(self, user_id: int) -> bool:
        """Whether the account exists and is active."""

    def count_active(self) -> int:
        """How many accounts are active, in one query."""

    def list_active_ids(self, *, after_id: int, limit: int) -> list[int]:
        """Up to ``limit`` ids of active accounts above ``after_id``, in ascending order, in one query."""


class Courses(Protocol):
    """What a course is and who may do what in it."""

    def get_title(self, course_key: CourseKey) -> str:
        """Title for people; the key as text when the course is unknown."""

    def get_language(self, course_key: CourseKey) -> str:
        """Two-letter language of the course, ``fr`` when it names none."""

    def get_block_url(self, usage_key: UsageKey) -> str:
        """Where a learner finds the block."""

    def list_above(self, usage_key: UsageKey) -> tuple[UsageKey, ...]:
        """The blocks in which the block stands, the nearest first; none for a block that learners do not find."""

    def list_blocks(
        self, course_key: CourseKey, *, block_type: str, fields: Collection[str]
    ) -> Mapping[UsageKey, Mapping[str, Any]]:
        """Every block of ``block_type`` that learners find in the course, in no order.

        Each with what its author wrote in ``fields``; a field that has its default is not there.
        """

    def is_enrolled(self, user_id: int, course_key: CourseKey) -> bool:
        """Whether the person is an active learner of the course."""

    def is_staff(self, user_id: int, course_key: CourseKey) -> bool:
        """Whether the person teaches or administers the course, or the whole site."""

    def get_membership(self, user_id: int, course_key: CourseKey) -> Membership:
        """``is_staff`` and ``is_enrolled`` asked together, which costs less than one after the other."""

    def find_group(self, user_id: int, course_key: CourseKey) -> int | None:
        """The cohort of the learner in the course; None where there are none, or the learner has none."""

    def find_groups(self, user_ids: Iterable[int], course_key: CourseKey) -> Mapping[int, int]:
        """The cohort of each of the learners who has one, by account, in one query."""

    def may_author(self, user_id: int, course_key: CourseKey) -> bool:
        """Whether the person may change the course in Studio."""


class Identities(Protocol):
    """Whom a request speaks for, beside the user of its session."""

    def find_subjects(self, request: Any) -> frozenset[int]:
        """The accounts behind the tokens that a Django request carries: JWT in header or cookies, OAuth bearer.

        A token that is not valid names nobody: the view refuses it.
        """


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A mail that was handed over: its ``message_id``; where a platform carried it, what that calls the message and
    the ``channel`` by which it left."""

    message_id: str
    delivery_id: str = ""
    channel: str = ""


class Mail(Protocol):
    """Mail that leaves."""

    def send(
        self,
        *,
        to: Person,
        template: str,
        context: Mapping[str, Any],
        reference: str = "",
        unsubscribe_url: str = "",
    ) -> Sent:
        """Send ``solerni/<template>.{subject.txt,txt,html}`` in the person's language. Raises OSError when nobody took
        it.

        ``reference``: what the message id is made of, so that a mail sent again after a crash is known as the same.
        ``unsubscribe_url``: where one POST without a session ends mails like this one; told in the headers.
        """


class Tracking(Protocol):
    """The platform's event log, for analytics. Nothing of ours depends on it."""

    def emit(self, name: str, data: Mapping[str, Any]) -> None:
        """Record ``data`` (ids and numbers only) under ``name``."""


class Host(Protocol):
    """One platform."""

    people: People
    courses: Courses
    identities: Identities
    mail: Mail
    tracking: Tracking
