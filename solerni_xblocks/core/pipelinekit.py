"""Merging steps into a pipeline of openedx-filters that may be configured already. Pure: no Django, no settings.

The platform accepts a dictionary, a list or a single path (openedx-filters, tooling.py ``get_pipeline_configuration``);
the last two always swallow errors, so all become a dictionary here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any


def list_steps(configured: Any) -> list[str]:
    """The steps of a configured pipeline, whatever its form.

    >>> list_steps("a.Step"), list_steps(["a.Step"]), list_steps({"pipeline": ["a.Step"]}), list_steps(None)
    (['a.Step'], ['a.Step'], ['a.Step'], [])
    """
    found = configured.get("pipeline") if isinstance(configured, Mapping) else configured
    if isinstance(found, str):
        return [found]
    return list(found) if isinstance(found, list | tuple) else []


def put_first(configured: Any, steps: Iterable[str]) -> dict[str, Any]:
    """The pipeline with ``steps`` before all others, errors let through, every other step and key kept.

    >>> put_first({"pipeline": ["a.Step"], "log_level": "info"}, ["ours.Step"])
    {'pipeline': ['ours.Step', 'a.Step'], 'log_level': 'info', 'fail_silently': False}
    """
    ours = list(steps)
    others = [step for step in list_steps(configured) if step not in ours]
    kept = dict(configured) if isinstance(configured, Mapping) else {}
    return {**kept, "pipeline": [*ours, *others], "fail_silently": False}


def merge_steps(configuration: Any, steps: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """``OPEN_EDX_FILTERS_CONFIG`` with the steps of each filter type put first; merged twice, the same as once."""
    kept = dict(configuration) if isinstance(configuration, Mapping) else {}
    return kept | {filter_type: put_first(kept.get(filter_type), ours) for filter_type, ours in steps.items()}


def has_filter(module: str, name: str) -> bool:
    """Whether the installed openedx-filters has the filter class ``name``; newer platforms have more of them."""
    try:
        return hasattr(import_module(module), name)
    except ImportError:
        return False
