"""The few names of edx-platform that host/openedx.py uses, with its signatures (Teak), over a MemoryRegister."""

from __future__ import annotations

import sys
from smtplib import SMTPException
from types import ModuleType, SimpleNamespace
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.dispatch import Signal
from django.template.loader import get_template
from jwt import InvalidTokenError

from tests.doubles.courses import MemoryRegister


class _Rows:
    """A manager whose ``filter`` looks rows up."""

    def __init__(self, look_up: Any) -> None:
        self.filter = look_up


def make_ace() -> dict[str, dict[str, Any]]:
    """edx-ace 1.15 as far as it carries a mail: policies that drop a message in silence, templates found by the name of
    the message, a channel that keeps the errors of SMTP to itself, the signal for what left."""
    sent = Signal()

    class Message(SimpleNamespace):
        def __init__(self, **values: Any) -> None:
            super().__init__(uuid=uuid4(), **values)

    class DjangoEmailChannel:
        def deliver(self, message: Message) -> None:
            folder = f"{message.app_label}/edx_ace/{message.name}/email"
            parts = {
                name: get_template(f"{folder}/{name}").render({"message": message, **message.context})
                for name in ("from_name.txt", "subject.txt", "body.txt", "body.html", "head.html")
            }
            mail = EmailMultiAlternatives(
                subject=" ".join(parts["subject.txt"].split()),
                body=parts["body.txt"],
                to=[message.recipient.email_address],
                headers=message.headers,
            )
            html = f"<html><head>{parts['head.html']}</head><body>{parts['body.html']}</body></html>"
            mail.attach_alternative(html, "text/html")
            mail.send()

    def is_allowed(message: Message) -> bool:
        user = get_user_model().objects.filter(id=message.recipient.lms_user_id).first()
        is_skipped = message.options.get("skip_disable_user_policy")
        return bool(is_skipped or user is None or user.has_usable_password())

    def send(message: Message) -> None:
        if not is_allowed(message):
            return
        channel = DjangoEmailChannel()
        try:
            channel.deliver(message)
        except SMTPException:
            return
        sent.send(sender=channel, message={"uuid": str(message.uuid), "channel": type(channel).__name__})

    return {
        "edx_ace": {"ace": SimpleNamespace(send=send)},
        "edx_ace.message": {"Message": Message},
        "edx_ace.recipient": {"Recipient": SimpleNamespace},
        "edx_ace.signals": {"ACE_MESSAGE_SENT": sent},
    }


def install(monkeypatch: Any, register: MemoryRegister) -> None:
    """Put the doubles where the platform's modules would be, for one test."""

    class CourseStaffRole:
        def __init__(self, course_key: Any) -> None:
            self.course_key = course_key

    def user_has_role(user: Any, role: CourseStaffRole) -> bool:
        roles = register.get_roles(user.id, role.course_key)
        return user.is_active and (user.is_staff or user.is_superuser or bool(roles & {"staff", "instructor"}))

    def has_studio_write_access(user: Any, course_key: Any) -> bool:
        return user_has_role(user, CourseStaffRole(course_key))

    class CourseEnrollment:
        @classmethod
        def is_enrolled(cls, user: Any, course_key: Any) -> bool:
            return "student" in register.get_roles(user.id, course_key)

    def get_cohort_id(user: Any, course_key: Any, use_cached: bool = False) -> int | None:
        return register.find_group(user.id, course_key)

    def find_overview(*, id: Any) -> Any:
        course = register.find_course(id)
        overview = course and SimpleNamespace(display_name_with_default=course["title"], language=course["language"])
        return SimpleNamespace(first=lambda: overview)

    def find_preferences(*, user_id__in: Any, key: str) -> Any:
        assert key == "pref-lang"
        return SimpleNamespace(values_list=lambda *names: list(register.find_languages(user_id__in).items()))

    def decode(token: str) -> dict[str, Any]:
        user_id = register.tokens.get(("jwt", token))
        if user_id is None:
            raise InvalidTokenError
        return {"preferred_username": get_user_model().objects.get(id=user_id).username}

    def find_tokens(*, token: str, expires__gt: Any) -> Any:
        assert expires__gt.tzinfo
        user_id = register.tokens.get(("bearer", token))
        return SimpleNamespace(values_list=lambda name, flat: SimpleNamespace(first=lambda: user_id))

    def find_memberships(*, course_id: Any, user_id__in: Any) -> Any:
        groups = [(id_, register.find_group(id_, course_id)) for id_ in user_id__in]
        return SimpleNamespace(values_list=lambda *names: [pair for pair in groups if pair[1] is not None])

    class ItemNotFoundError(Exception):
        pass

    class Store:
        def get_parent_location(self, usage_key: Any) -> Any:
            if usage_key not in {*register.parents, *register.parents.values()}:
                raise ItemNotFoundError
            return register.parents.get(usage_key)

        def get_items(self, course_key: Any, *, qualifiers: dict[str, str]) -> list[Any]:
            if course_key not in {key.context_key for key in register.parents}:
                raise ItemNotFoundError
            keys = {*register.parents, *register.parents.values()}
            return [self.make_item(key) for key in keys if key.block_type == qualifiers["category"]]

        def make_item(self, usage_key: Any) -> Any:
            defaults = {"document": "terms", "closes": "children"}
            set_here = {name: value for (key, name), value in register.fields.items() if key == usage_key}
            fields = {name: SimpleNamespace(is_set_on=lambda block, name=name: name in set_here) for name in defaults}
            scope_ids = SimpleNamespace(usage_id=usage_key)
            return SimpleNamespace(fields=fields, scope_ids=scope_ids, **{**defaults, **set_here})

    modules: dict[str, dict[str, Any]] = {
        **make_ace(),
        "edx_rest_framework_extensions.auth.jwt.decoder": {"configured_jwt_decode_handler": decode},
        "oauth2_provider.models": {"AccessToken": SimpleNamespace(objects=_Rows(find_tokens))},
        "xmodule.modulestore.django": {"modulestore": Store},
        "xmodule.modulestore.exceptions": {"ItemNotFoundError": ItemNotFoundError},
        "common.djangoapps.student.auth": {
            "has_studio_write_access": has_studio_write_access,
            "user_has_role": user_has_role,
        },
        "common.djangoapps.student.models": {"CourseEnrollment": CourseEnrollment},
        "common.djangoapps.student.roles": {"CourseStaffRole": CourseStaffRole},
        "openedx.core.djangoapps.content.course_overviews.models": {
            "CourseOverview": SimpleNamespace(objects=_Rows(find_overview))
        },
        "openedx.core.djangoapps.course_groups.cohorts": {"get_cohort_id": get_cohort_id},
        "openedx.core.djangoapps.course_groups.models": {
            "CohortMembership": SimpleNamespace(objects=_Rows(find_memberships))
        },
        "openedx.core.djangoapps.lang_pref": {"LANGUAGE_KEY": "pref-lang"},
        "openedx.core.djangoapps.user_api.models": {"UserPreference": SimpleNamespace(objects=_Rows(find_preferences))},
        "eventtracking": {"tracker": SimpleNamespace(emit=register.log_event)},
    }
    for name, content in modules.items():
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            parent = ".".join(parts[:length])
            if parent not in sys.modules:
                monkeypatch.setitem(sys.modules, parent, ModuleType(parent))
        for key, value in content.items():
            monkeypatch.setattr(sys.modules[name], key, value, raising=False)
