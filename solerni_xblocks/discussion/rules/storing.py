"""Measures as JSON text and back, so that what was measured once can be judged again years later.

What an older or a newer version wrote is read as far as it is understood: a part that does not fit is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from solerni_xblocks.discussion.data.measures import Measures


def pack_measures(measures: Measures) -> str:
    """``measures`` as compact JSON; measures that were not taken are left out.

    >>> pack_measures(Measures(failures={"spelling": "library"}))
    '{"failures":{"spelling":"library"}}'
    """
    values = {name: value for name, value in asdict(measures).items() if value}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def unpack_measures(text: str) -> Measures:
    """What ``pack_measures`` wrote; nothing measured for a text that it did not write."""
    try:
        values = json.loads(text or "{}")
    except ValueError:
        return Measures()
    hints = _get_hints(Measures)
    taken = {}
    for name, value in values.items() if isinstance(values, dict) else ():
        try:
            taken[name] = _read(hints[name], value)
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
    return Measures(**taken)


def _read(kind: Any, value: Any) -> Any:
    """``value`` of JSON as ``kind``. Raises TypeError or ValueError when it is none."""
    origin = get_origin(kind)
    if origin is UnionType:
        return _read(get_args(kind)[0], value)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], item) for item in value)
    if origin is Mapping:
        return {str(name): _read(get_args(kind)[1], item) for name, item in value.items()}
    if hasattr(kind, "__dataclass_fields__"):
        hints = _get_hints(kind)
        return kind(**{name: _read(hints[name], item) for name, item in value.items() if name in hints})
    return kind(value)


@cache
def _get_hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
