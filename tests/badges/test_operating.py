"""What the operator sees: checks with ids, an admin that reads, a key that can be retired."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.sites import site
from django.contrib.auth import get_user_model
from django.core.checks import run_checks
from django.test import RequestFactory

from solerni_xblocks.badges.admin import SigningKeyAdmin
from solerni_xblocks.badges.models import Award, Badge, BadgeVersion, Credential, Fact, SigningKey

MODELS = [Award, Badge, BadgeVersion, Credential, Fact, SigningKey]


def _list_ids(**options: Any) -> set[str]:
    return {str(message.id) for message in run_checks(**options) if str(message.id).startswith("solerni_badges.")}


def test_a_site_that_is_set_up_has_nothing_to_mend(settings: Any, award: Any) -> None:
    settings.SOLERNI_BADGES_KEY_SECRET = ""
    assert _list_ids(databases=["default"]) == set()


def test_a_missing_address_is_said(settings: Any) -> None:
    settings.SOLERNI_BASE_URL = ""
    assert _list_ids() == {"solerni_badges.W001"}


def test_keys_closed_with_the_secret_key_are_said_at_deployment(settings: Any) -> None:
    assert "solerni_badges.W002" in _list_ids(include_deployment_checks=True)
    settings.SOLERNI_BADGES_KEY_SECRET = "of its own"
    assert "solerni_badges.W002" not in _list_ids(include_deployment_checks=True)


def test_a_key_that_the_secret_does_not_open_is_said(settings: Any, award: Any) -> None:
    settings.SOLERNI_BADGES_KEY_SECRET = "lost"
    assert _list_ids(databases=["default"]) == {"solerni_badges.E001"}


@pytest.mark.parametrize("model", MODELS)
def test_each_model_says_what_personal_data_it_holds(model: Any) -> None:
    assert ".. pii:" in model.__doc__ or ".. no_pii:" in model.__doc__


def test_the_admin_reads_and_never_shows_a_private_key(db: None, award: Any, client: Any) -> None:
    root = get_user_model().objects.create_superuser("root", "root@example.org", "secret")
    client.force_login(root)
    key = SigningKey.objects.get()
    request = RequestFactory().get("/")
    request.user = root
    for model in (Award, Badge, BadgeVersion, Fact, SigningKey):
        admin = site._registry[model]
        assert not admin.has_add_permission(request)
        assert not admin.has_change_permission(request) and not admin.has_delete_permission(request)
    assert "encrypted_private_key" not in site._registry[SigningKey].get_fields(request, key)


def test_only_superusers_retire_keys(db: None, award: Any, author: Any) -> None:
    admin = SigningKeyAdmin(SigningKey, site)
    request = RequestFactory().get("/")
    request.user = author
    assert not admin.has_retire_permission(request)
    request.user = get_user_model().objects.create_superuser("root", "root@example.org", "secret")
    assert admin.has_retire_permission(request)
    admin.retire_keys(request, SigningKey.objects.all())
    assert SigningKey.objects.get().retired_at is not None
