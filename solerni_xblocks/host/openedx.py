"""The Open edX adapter: the only module that names the platform. Checked against Teak; loaded only inside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from common.djangoapps.student.auth import has_studio_write_access, user_has_role
from common.djangoapps.student.models import CourseEnrollment
from common.djangoapps.student.roles import CourseStaffRole
from django.conf import settings
from django.contrib.auth import get_user_model
from eventtracking import tracker
from opaque_keys.edx.keys import CourseKey, UsageKey
from openedx.core.djangoapps.content.course_overviews.models import CourseOverview
from openedx.core.djangoapps.lang_pref import LANGUAGE_KEY
from openedx.core.djangoapps.user_api.models import UserPreference

from solerni_xblocks.host.mail import send_template
from solerni_xblocks.host.ports import Person


class OpenEdxPeople:
    """Accounts of the platform; the public name is the username, since civil names are private by default."""

    def find_person(self, user_id: int) -> Person | None:
        return self.find_people([user_id]).get(user_id)

    def find_people(self, user_ids: Iterable[int]) -> Mapping[int, Person]:
        ids = set(user_ids)
        languages = dict(
            UserPreference.objects.filter(user_id__in=ids, key=LANGUAGE_KEY).values_list("user_id", "value")
        )
        users = get_user_model().objects.filter(id__in=ids).values_list("id", "username", "email")
        return {
            id_: Person(id=id_, name=username, email=email, language=languages.get(id_) or settings.LANGUAGE_CODE)
            for id_, username, email in users
        }


class OpenEdxCourses:
    """Courses through their overviews; rights through the platform's role functions (platform roles only)."""

    def get_title(self, course_key: CourseKey) -> str:
        overview = self._find(course_key)
        return overview.display_name_with_default if overview else str(course_key)

    def get_language(self, course_key: CourseKey) -> str:
        overview = self._find(course_key)
        return ((overview.language if overview else None) or "fr")[:2]

    def get_block_url(self, usage_key: UsageKey) -> str:
        root = getattr(settings, "LMS_ROOT_URL", "").rstrip("/")
        return f"{root}/courses/{usage_key.course_key}/jump_to/{usage_key}"

    def is_enrolled(self, user_id: int, course_key: CourseKey) -> bool:
        user = self._user(user_id)
        return bool(user and CourseEnrollment.is_enrolled(user, course_key))

    def is_staff(self, user_id: int, course_key: CourseKey) -> bool:
        user = self._user(user_id)
        return bool(user and user_has_role(user, CourseStaffRole(course_key)))

    def may_author(self, user_id: int, course_key: CourseKey) -> bool:
        user = self._user(user_id)
        return bool(user and has_studio_write_access(user, course_key))

    @staticmethod
    def _user(user_id: int) -> Any:
        return get_user_model().objects.filter(id=user_id, is_active=True).first()

    @staticmethod
    def _find(course_key: CourseKey) -> Any:
        return CourseOverview.objects.filter(id=course_key).first()


class OpenEdxMail:
    """Django's mail backend of the platform: transactional notices must leave even for a disabled account."""

    def send(self, *, to: Person, template: str, context: Mapping[str, Any]) -> None:
        send_template(to=to, template=template, context=context)


class OpenEdxTracking:
    """The platform's tracking log."""

    def emit(self, name: str, data: Mapping[str, Any]) -> None:
        tracker.emit(name, dict(data))


class OpenEdx:
    """An LMS or Studio process."""

    def __init__(self) -> None:
        self.people = OpenEdxPeople()
        self.courses = OpenEdxCourses()
        self.mail = OpenEdxMail()
        self.tracking = OpenEdxTracking()
