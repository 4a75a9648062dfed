"""Bodies, identifiers, settings, evidence rows."""

from __future__ import annotations

from datetime import UTC

import pytest
from django.test import override_settings

from solerni_xblocks.core import checks, clock, conf, identifiers, jsonkit
from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.settings.common import OPENEDX_HOST, plugin_settings


@pytest.mark.parametrize("body", [b"[1]", b"nonsense", b"\xff\xfe", b"[" * 100_000, b'"text"', b"null"])
def test_a_body_that_is_no_object_is_invalid(body: bytes) -> None:
    with pytest.raises(Invalid):
        jsonkit.parse_object(body)


def test_a_body_over_the_limit_is_invalid() -> None:
    with pytest.raises(Invalid) as caught:
        jsonkit.parse_object(b"{}" + b" " * 2_000_000)
    assert caught.value.code == "input.too_large"


def test_an_empty_body_is_an_empty_object() -> None:
    assert jsonkit.parse_object(b"") == {}


@pytest.mark.parametrize("parse", [identifiers.parse_uuid, identifiers.parse_course_key, identifiers.parse_usage_key])
@pytest.mark.parametrize("text", ["", "x", None, 3, {"a": 1}, "course-v1:", "é" * 500])
def test_a_bad_identifier_is_invalid_not_an_accident(parse, text) -> None:
    with pytest.raises(Invalid):
        parse(text)


@pytest.mark.parametrize(
    ("kind", "is_kept"), [("4d4e-89", True), ("8d4e-89", True), ("8d4e-59", False), ("fd4e-09", False)]
)
def test_an_identifier_that_no_generator_makes_and_mariadb_refuses_is_invalid(kind, is_kept) -> None:
    text = f"50c7fe8d-13c4-{kind}11-4dd354ad1bd3"
    if is_kept:
        assert str(identifiers.parse_uuid(text)) == text
    else:
        with pytest.raises(Invalid):
            identifiers.parse_uuid(text)


def test_the_clock_is_aware() -> None:
    assert clock.now().astimezone(UTC).tzinfo is UTC


def test_a_setting_nobody_declared_is_refused() -> None:
    with pytest.raises(KeyError):
        conf.get("SOLERNI_NO_SUCH")


@override_settings(SOLERNI_BASE_URL="", LMS_ROOT_URL="https://lms.example.org/")
def test_the_base_url_falls_back_to_the_platforms() -> None:
    assert conf.get_base_url() == "https://lms.example.org"


class Namespace:
    """A settings module."""


def test_the_settings_hook_run_twice_changes_nothing_and_respects_the_operator() -> None:
    settings = Namespace()
    plugin_settings(settings)
    plugin_settings(settings)
    assert settings.SOLERNI_HOST == OPENEDX_HOST
    settings.SOLERNI_HOST = "other.Host"
    plugin_settings(settings)
    assert settings.SOLERNI_HOST == "other.Host"


@override_settings(SOLERNI_HOST="no.such.Host")
def test_a_host_that_cannot_be_imported_is_an_error() -> None:
    assert [found.id for found in checks.check_host(None)] == ["solerni_core.E001"]


@override_settings(SOLERNI_DISCUSION_MAX_CHARACTERS=3)
def test_a_misspelt_setting_is_pointed_out() -> None:
    assert "SOLERNI_DISCUSION_MAX_CHARACTERS" in checks.check_unknown_settings(None)[0].msg


@override_settings(SOLERNI_BASE_URL="http://plain.example.org")
def test_a_base_url_without_tls_is_warned_of_at_deployment() -> None:
    assert [found.id for found in checks.check_base_url(None)] == ["solerni_core.W001"]


@override_settings(SOLERNI_HOST=OPENEDX_HOST)
def test_platform_settings_that_keep_obligations_are_asked_for() -> None:
    found = {message.id for message in checks.check_platform_settings(None)}
    assert found == {f"solerni_core.W1{number}" for number in (12, 22, 62, 64, 67)}


@override_settings(
    SOLERNI_HOST=OPENEDX_HOST,
    FEATURES={"PREVENT_CONCURRENT_LOGINS": True, "ENABLE_MAX_FAILED_LOGIN_ATTEMPTS": True, "EMBARGO": True},
    AUTH_PASSWORD_VALIDATORS=[{"NAME": "x"}],
    ACCOUNT_VISIBILITY_CONFIGURATION={"default_visibility": "private"},
    REGISTRATION_EXTRA_FIELDS={"honor_code": "required", "city": "required", "gender": "optional"},
    SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_SECURE=True,
)
def test_a_registration_form_that_asks_too_much_is_pointed_out() -> None:
    assert [message.id for message in checks.check_platform_settings(None)] == ["solerni_core.W161"]


def test_outside_a_platform_nothing_is_asked_of_it() -> None:
    assert checks.check_platform_settings(None) == []
