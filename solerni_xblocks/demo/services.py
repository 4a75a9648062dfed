"""Services of the embedded runtime, with the gaps of the platform's LMS, preview and Studio (see scopes.Mode)."""

from __future__ import annotations

from typing import Any

import crum
from django.conf import settings
from django.core.cache import caches
from django.utils import formats, translation
from django.utils.crypto import salted_hmac
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.reference.user_service import UserService, XBlockUser

from solerni_xblocks.demo import state, studio_presenters
from solerni_xblocks.demo.viewers import Viewer

PREFIX = "edx-platform."


def make_anonymous_id(user_id: int, scope: str) -> str:
    """An opaque id of the account within ``scope``."""
    return salted_hmac("solerni_demo.anonymous", f"{user_id}:{scope}").hexdigest()[:32]


class LmsUserService(UserService):
    """The learner of the request, as the LMS tells blocks."""

    def __init__(self, viewer: Viewer, course_key: CourseKey) -> None:
        super().__init__()
        self._viewer = viewer
        self._course_key = course_key

    def get_current_user(self) -> XBlockUser:
        user = XBlockUser(is_current_user=True)
        learner = self._viewer.learner
        attributes = {"is_authenticated": learner.is_authenticated, "request_country_code": ""}
        if learner.is_authenticated:
            user.emails = [learner.email]
            user.full_name = learner.get_full_name()
            attributes.update(self._describe(learner), **self._describe_roles())
        user.opt_attrs.update({PREFIX + name: value for name, value in attributes.items()})
        return user

    def _describe(self, learner: Any) -> dict[str, Any]:
        return {
            "user_id": learner.id,
            "username": learner.username,
            "user_is_beta_tester": False,
            "anonymous_user_id": make_anonymous_id(learner.id, str(self._course_key)),
            "deprecated_anonymous_user_id": make_anonymous_id(learner.id, ""),
            "user_preferences": {"pref-lang": translation.get_language(), "time_zone": settings.TIME_ZONE},
        }

    def _describe_roles(self) -> dict[str, Any]:
        viewer = self._viewer
        teaches = viewer.is_author and not viewer.is_masquerading
        role = "instructor" if "instructor" in viewer.roles else "staff" if teaches else "student"
        return {
            "user_is_staff": teaches,
            "user_is_global_staff": teaches and bool(viewer.learner.is_staff),
            "user_role": role,
        }


class PreviewUserService(LmsUserService):
    """Studio's preview: everybody is an author, nobody is staff, and the anonymous id is a literal."""

    def _describe(self, learner: Any) -> dict[str, Any]:
        return {**super()._describe(learner), "anonymous_user_id": "student"}

    def _describe_roles(self) -> dict[str, Any]:
        role = "instructor" if "instructor" in self._viewer.roles else "staff"
        return {"user_is_staff": False, "user_is_global_staff": False, "user_role": role}


class StudioUserService(LmsUserService):
    """Studio's handlers and forms: no role, no anonymous id."""

    def _describe(self, learner: Any) -> dict[str, Any]:
        return {**super()._describe(learner), "anonymous_user_id": None}

    def _describe_roles(self) -> dict[str, Any]:
        return {"user_is_staff": False, "user_is_global_staff": False, "user_role": "student"}


class I18nService:
    """Django's catalogues in the language of the request."""

    gettext = ugettext = staticmethod(translation.gettext)
    ngettext = ungettext = staticmethod(translation.ngettext)

    def strftime(self, moment: Any, name: str) -> str:
        """``moment`` in one of Django's named formats, such as SHORT_DATE, or by a strftime pattern."""
        return moment.strftime(name) if "%" in name else formats.date_format(moment, f"{name}_FORMAT")

    def get_javascript_i18n_catalog_url(self, block: Any) -> None:
        """No words in scripts."""


class SettingsService:
    """Operators' settings by block, from XBLOCK_SETTINGS."""

    def get_settings_bucket(self, block: Any, default: Any = None) -> Any:
        """The bucket of the block's ``block_settings_key``."""
        key = getattr(block, "block_settings_key", getattr(block, "unmixed_class", type(block)).__name__)
        return getattr(settings, "XBLOCK_SETTINGS", {}).get(key, default or {})


class CacheService:
    """Django's caches by name."""

    def get_cache(self, name: str) -> Any:
        """The cache ``name``, or the default one when there is none."""
        return caches[name if name in settings.CACHES else "default"]


class CompletionService:
    """What the learner has completed in the course."""

    def __init__(self, user_id: int, course_key: CourseKey) -> None:
        self._user_id = user_id
        self._course_key = course_key

    def completion_tracking_enabled(self) -> bool:
        """Always, here."""
        return True

    def get_completions(self, candidates: list[UsageKey]) -> dict[UsageKey, float]:
        """Completion of each candidate, 0.0 when nothing is known."""
        known = state.find_completions(self._user_id, self._course_key)
        return {key: known.get(str(key), 0.0) for key in candidates}


class MakoService:
    """Studio's template service, as far as ``StudioContainerXBlockMixin.render_children`` needs it."""

    namespace_prefix = ""

    def render_template(self, template_file: str, dictionary: dict[str, Any], namespace: str = "main") -> str:
        """The one template of the platform that the demo has. Raises LookupError for any other."""
        if template_file != "studio_render_children_view.html":
            raise LookupError(template_file)
        children = [
            studio_presenters.describe_child(UsageKey.from_string(item["id"]), item["content"])
            for item in dictionary["items"]
        ]
        return studio_presenters.render_list(children, request=crum.get_current_request())
