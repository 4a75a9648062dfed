"""The Open edX adapter: the only module that names the platform. Checked against Teak; loaded only inside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from common.djangoapps.student.auth import has_studio_write_access, user_has_role
from common.djangoapps.student.models import CourseEnrollment
from common.djangoapps.student.roles import CourseStaffRole
from django.conf import settings
from django.contrib.auth import get_user_model
from edx_ace import ace
from edx_ace.message import Message
from edx_ace.recipient import Recipient
from edx_ace.signals import ACE_MESSAGE_SENT
from edx_rest_framework_extensions.auth.jwt.decoder import configured_jwt_decode_handler
from eventtracking import tracker
from jwt import InvalidTokenError
from oauth2_provider.models import AccessToken
from opaque_keys.edx.keys import CourseKey, UsageKey
from openedx.core.djangoapps.content.course_overviews.models import CourseOverview
from openedx.core.djangoapps.course_groups.cohorts import get_cohort_id
from openedx.core.djangoapps.course_groups.models import CohortMembership
from openedx.core.djangoapps.lang_pref import LANGUAGE_KEY
from openedx.core.djangoapps.user_api.models import UserPreference
from xmodule.modulestore.django import modulestore
from xmodule.modulestore.exceptions import ItemNotFoundError

from solerni_xblocks.core import clock
from solerni_xblocks.host.accounts import Accounts
from solerni_xblocks.host.credentials import BEARER, TokenIdentities
from solerni_xblocks.host.mail import write_letter
from solerni_xblocks.host.ports import Membership, Person, Sent


class OpenEdxPeople(Accounts):
    """Accounts of the platform; the public name is the username, since civil names are private by default."""

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

    def find_named(self, names: Iterable[str]) -> Mapping[str, Person]:
        wanted = get_user_model().objects.filter(username__in=set(names)).values_list("id", flat=True)
        return {person.name: person for person in self.find_people(list(wanted)).values()}


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

    def list_above(self, usage_key: UsageKey) -> tuple[UsageKey, ...]:
        if _is_studio():
            return ()  # authors see what they write
        try:
            return tuple(self._walk_above(usage_key))
        except ItemNotFoundError:
            return ()

    def list_blocks(
        self, course_key: CourseKey, *, block_type: str, fields: Collection[str]
    ) -> Mapping[UsageKey, Mapping[str, Any]]:
        if _is_studio():
            return {}
        try:
            blocks = modulestore().get_items(course_key, qualifiers={"category": block_type})
        except ItemNotFoundError:
            return {}
        return {
            block.scope_ids.usage_id: {
                name: getattr(block, name) for name in fields if block.fields[name].is_set_on(block)
            }
            for block in blocks
        }

    @staticmethod
    def _walk_above(usage_key: UsageKey) -> Iterator[UsageKey]:
        store = modulestore()
        above = store.get_parent_location(usage_key)
        while above is not None:
            yield above
            above = store.get_parent_location(above)

    def is_enrolled(self, user_id: int, course_key: CourseKey) -> bool:
        user = self._user(user_id)
        return bool(user and CourseEnrollment.is_enrolled(user, course_key))

    def is_staff(self, user_id: int, course_key: CourseKey) -> bool:
        user = self._user(user_id)
        return bool(user and user_has_role(user, CourseStaffRole(course_key)))

    def get_membership(self, user_id: int, course_key: CourseKey) -> Membership:
        user = self._user(user_id)
        return Membership(
            is_staff=bool(user and user_has_role(user, CourseStaffRole(course_key))),
            is_enrolled=bool(user and CourseEnrollment.is_enrolled(user, course_key)),
        )

    def find_group(self, user_id: int, course_key: CourseKey) -> int | None:
        user = self._user(user_id)
        return get_cohort_id(user, course_key) if user else None

    def find_groups(self, user_ids: Iterable[int], course_key: CourseKey) -> Mapping[int, int]:
        memberships = CohortMembership.objects.filter(course_id=course_key, user_id__in=set(user_ids))
        return dict(memberships.values_list("user_id", "course_user_group_id"))

    def may_author(self, user_id: int, course_key: CourseKey) -> bool:
        user = self._user(user_id)
        return bool(user and has_studio_write_access(user, course_key))

    @staticmethod
    def _user(user_id: int) -> Any:
        return get_user_model().objects.filter(id=user_id, is_active=True).first()

    @staticmethod
    def _find(course_key: CourseKey) -> Any:
        return CourseOverview.objects.filter(id=course_key).first()


def _is_studio() -> bool:
    return bool(settings.ROOT_URLCONF.startswith("cms."))


class OpenEdxIdentities(TokenIdentities):
    """Access tokens of django-oauth-toolkit, and JWTs through the decoder that the platform's views use."""

    def find_subject(self, kind: str, token: str) -> int | None:
        if kind == BEARER:
            tokens = AccessToken.objects.filter(token=token, expires__gt=clock.now())
            return tokens.values_list("user_id", flat=True).first()
        try:
            claims = configured_jwt_decode_handler(token)
        except InvalidTokenError:
            return None
        username = claims.get("preferred_username") or claims.get("username")
        return get_user_model().objects.filter(username=username).values_list("id", flat=True).first()


class OpenEdxMail:
    """The platform's mail engine (edx-ace), which hands a rendered letter to Django's mail backend.

    Legal notices leave whatever the state of the account. A policy of the platform drops a message without a word, and
    its channel keeps errors to itself: only ACE_MESSAGE_SENT, which is sent within ``ace.send``, says that it left.
    """

    OPTIONS = {"transactional": True, "override_default_channel": "django_email", "skip_disable_user_policy": True}

    def __init__(self) -> None:
        self._channels: dict[str, str] = {}
        ACE_MESSAGE_SENT.connect(self._hear, dispatch_uid="solerni_host.mail")

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
        message = Message(
            app_label="solerni_core",
            name="letter",
            recipient=Recipient(lms_user_id=to.id, email_address=to.email),
            language=to.language,
            context={"letter": asdict(letter), "platform_name": getattr(settings, "PLATFORM_NAME", "")},
            options=dict(self.OPTIONS),
            headers=letter.headers,
        )
        self._channels[str(message.uuid)] = ""
        try:
            ace.send(message)
        finally:
            channel = self._channels.pop(str(message.uuid))
        if not channel:
            raise OSError("The platform did not send the message")
        return Sent(message_id=letter.message_id, delivery_id=str(message.uuid), channel=channel)

    def _hear(self, sender: Any, message: Any, **kwargs: Any) -> None:
        """Older releases of edx-ace send the message itself, newer ones its values."""
        uuid = str(message["uuid"] if isinstance(message, dict) else message.uuid)
        if uuid in self._channels:
            self._channels[uuid] = type(sender).__name__


class OpenEdxTracking:
    """The platform's tracking log."""

    def emit(self, name: str, data: Mapping[str, Any]) -> None:
        tracker.emit(name, dict(data))


class OpenEdx:
    """An LMS or Studio process."""

    def __init__(self) -> None:
        self.people = OpenEdxPeople()
        self.courses = OpenEdxCourses()
        self.identities = OpenEdxIdentities()
        self.mail = OpenEdxMail()
        self.tracking = OpenEdxTracking()
