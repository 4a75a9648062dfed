"""The settings hooks of terms and the checks that tell what came of them."""

from __future__ import annotations

import copy
import subprocess
import sys
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.test import override_settings

from solerni_xblocks.core.pipelinekit import has_filter
from solerni_xblocks.terms import filters
from solerni_xblocks.terms.apps import TermsConfig
from solerni_xblocks.terms.rules.surfaces import REGISTRATION_FORM, SURFACES
from solerni_xblocks.terms.settings import common, production
from solerni_xblocks.terms.settings import test as test_mode

REGISTRATION = "org.openedx.learning.student.registration.requested.v1"
OURS = "solerni_xblocks.terms.filters.RequireTicks"
THERE = [surface for surface in SURFACES if has_filter(surface.module, surface.name)]


def _hook(hook: Any = common.plugin_settings, **existing: Any) -> SimpleNamespace:
    given = SimpleNamespace(MIDDLEWARE=[], **existing)
    hook(given)
    return given


@pytest.mark.parametrize(
    "theirs",
    [{"pipeline": ["their.Step"], "fail_silently": True, "log_level": "debug"}, ["their.Step"], "their.Step"],
    ids=["dictionary", "list", "string"],
)
def test_an_existing_pipeline_is_kept_behind_ours_and_no_error_opens_it(theirs: Any) -> None:
    merged = _hook(OPEN_EDX_FILTERS_CONFIG={REGISTRATION: theirs, "other.v1": ["a.B"]}).OPEN_EDX_FILTERS_CONFIG
    assert merged[REGISTRATION]["pipeline"] == [OURS, "their.Step"]
    assert merged[REGISTRATION]["fail_silently"] is False
    assert merged[REGISTRATION].get("log_level") == (theirs.get("log_level") if isinstance(theirs, dict) else None)
    assert merged["other.v1"] == ["a.B"]


def test_common_then_production_then_devstack_is_as_once() -> None:
    once = _hook(OPEN_EDX_FILTERS_CONFIG={REGISTRATION: ["their.Step"]}, MFE_CONFIG={"A": 1})
    again = copy.deepcopy(once)
    for hook in (production.plugin_settings, common.plugin_settings, test_mode.plugin_settings):
        hook(again)
    assert vars(again) == vars(once)


def test_a_yaml_that_replaces_the_setting_is_merged_again_in_production() -> None:
    given = _hook()
    given.OPEN_EDX_FILTERS_CONFIG = {REGISTRATION: {"pipeline": ["their.Step"]}}
    production.plugin_settings(given)
    assert given.OPEN_EDX_FILTERS_CONFIG[REGISTRATION]["pipeline"] == [OURS, "their.Step"]
    assert set(given.OPEN_EDX_FILTERS_CONFIG) == {surface.filter_type for surface in THERE}


def test_filters_that_are_not_installed_are_not_configured() -> None:
    configured = set(_hook().OPEN_EDX_FILTERS_CONFIG)
    assert configured == {surface.filter_type for surface in THERE}
    assert len(configured) >= 5


def test_every_step_exists_and_runs_under_the_type_that_its_filter_has() -> None:
    for surface in SURFACES:
        assert hasattr(filters, surface.step)
    for surface in THERE:
        assert getattr(import_module(surface.module), surface.name).filter_type == surface.filter_type


def test_the_log_in_filter_is_never_used() -> None:
    assert not any("login.requested" in surface.filter_type for surface in SURFACES)


def test_the_registration_form_of_an_operator_stays() -> None:
    assert _hook().REGISTRATION_EXTENSION_FORM == REGISTRATION_FORM
    assert _hook(REGISTRATION_EXTENSION_FORM="their.Form").REGISTRATION_EXTENSION_FORM == "their.Form"


def test_the_authn_mfe_is_told_to_show_the_boxes_and_keeps_its_other_settings() -> None:
    given = _hook(MFE_CONFIG={"LOGO_URL": "x"})
    assert given.ENABLE_DYNAMIC_REGISTRATION_FIELDS is True
    assert given.MFE_CONFIG == {"LOGO_URL": "x", "ENABLE_DYNAMIC_REGISTRATION_FIELDS": True}
    assert not hasattr(_hook(), "MFE_CONFIG")


def test_the_hook_needs_no_settings_to_be_read_first() -> None:
    code = (
        "import types; from solerni_xblocks.terms.settings.common import plugin_settings; "
        "given = types.SimpleNamespace(MIDDLEWARE=[]); plugin_settings(given); "
        "from django.conf import settings; assert not settings.configured"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ".", "PATH": ""})


def test_lms_and_studio_run_the_hook_in_every_mode() -> None:
    for project in ("lms.djangoapp", "cms.djangoapp"):
        modes = TermsConfig.plugin_app["settings_config"][project]
        assert set(modes) == {"common", "production", "devstack", "test"}
        for mode in modes.values():
            assert callable(import_module(f"solerni_xblocks.terms.{mode['relative_path']}").plugin_settings)


def _check(**changed: Any) -> list[str]:
    with override_settings(**changed):
        return sorted(message.id for message in run_checks(tags=["solerni"]) if message.id.startswith("solerni_terms"))


def _configure(entry: Any) -> dict[str, Any]:
    return {"OPEN_EDX_FILTERS_CONFIG": {**settings.OPEN_EDX_FILTERS_CONFIG, REGISTRATION: entry}}


def test_check_is_silent_when_our_steps_are_first_and_errors_close() -> None:
    assert not {"solerni_terms.W021", "solerni_terms.W022", "solerni_terms.E021", "solerni_terms.W023"} & set(_check())


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({}, {"solerni_terms.W021"}),
        ({"pipeline": ["their.Step", OURS], "fail_silently": False}, {"solerni_terms.W022"}),
        ({"pipeline": [OURS]}, {"solerni_terms.E021"}),
        ([OURS], {"solerni_terms.E021"}),
        (OURS, {"solerni_terms.E021"}),
    ],
    ids=["absent", "second", "silent by default", "list", "string"],
)
def test_check_names_each_way_in_which_a_filter_is_left_open(entry: Any, expected: set[str]) -> None:
    assert expected <= set(_check(**_configure(entry)))


def test_check_tells_that_a_registration_form_shows_no_box() -> None:
    assert "solerni_terms.W023" in _check(REGISTRATION_EXTENSION_FORM="django.forms.Form")
    assert "solerni_terms.W023" in _check(REGISTRATION_EXTENSION_FORM="no.such.Form")


def test_deployment_check_lists_what_is_live_and_what_is_missing() -> None:
    messages = {found.id: found.msg for found in run_checks(tags=["solerni"], include_deployment_checks=True)}
    assert "registration" in messages["solerni_terms.I021"]
    missing = [surface for surface in SURFACES if surface.is_closed and surface not in THERE]
    assert ("solerni_terms.I022" in messages) == bool(missing)
    assert all(surface.name in messages["solerni_terms.I022"] for surface in missing)
