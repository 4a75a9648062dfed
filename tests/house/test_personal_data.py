"""Each model says whether it holds personal data, and personal data is covered by the duties export and forget."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from solerni_xblocks.hooks import duties

MODELS = [
    model
    for app in apps.get_app_configs()
    if app.label.startswith("solerni_") and app.label != "solerni_demo"
    for model in app.get_models()
]


def _has_pii(model: type) -> bool:
    return ".. pii:" in (model.__doc__ or "")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_is_annotated(model: type) -> None:
    text = model.__doc__ or ""
    assert _has_pii(model) != (".. no_pii:" in text)
    if _has_pii(model):
        assert re.search(r"\.\. pii_types: \w+", text)
        assert re.search(r"\.\. pii_retirement: \w+", text)


@pytest.mark.parametrize("duty", [duties.EXPORT, duties.FORGET])
def test_every_app_with_personal_data_owes_the_duty(duty: str) -> None:
    owing = {model._meta.app_label for model in MODELS if _has_pii(model)}
    assert owing <= set(duties.list_performers(duty))
