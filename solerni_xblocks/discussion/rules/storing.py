"""Measures as JSON text and back, so that what was measured once can be judged again years later.

What an older or a newer version wrote is read as far as it is understood: a part that does not fit is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from solerni_xblocks.discussion.data.judged import Circumstances
from solerni_xblocks.discussion.data.measures import Measures

JUDGED = "judged"
NESTED = frozenset({"policy", "template"})


def pack_measures(measures: Measures, circumstances: Circumstances | None = None) -> str:
    """``measures`` as compact JSON, with the ``circumstances``; what was not taken, or is as usual, is left out.

    >>> pack_measures(Measures(failures={"spelling": "library"}))
    '{"failures":{"spelling":"library"}}'
    """
    values = {name: value for name, value in vars(measures).items() if value}
    unusual = _subtract(vars(circumstances), vars(Circumstances())) if circumstances else {}
    values |= {JUDGED: unusual} if unusual else {}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=vars)


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


def unpack_circumstances(text: str) -> Circumstances:
    """Those that ``pack_measures`` kept; the usual ones for what it did not write.

    >>> from solerni_xblocks.discussion.data.policies import Policy
    >>> kept = Circumstances(policy=Policy(languages=("es",)), upheld_posts=2)
    >>> unpack_circumstances(pack_measures(Measures(), kept)) == kept, unpack_circumstances("?") == Circumstances()
    (True, True)
    """
    try:
        return cast(Circumstances, _read(Circumstances, json.loads(text or "{}").get(JUDGED, {})))
    except (AttributeError, KeyError, TypeError, ValueError):
        return Circumstances()


def _subtract(values: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    """What of ``values`` is otherwise than ``usual``."""
    unlike = {name: value for name, value in values.items() if value != usual.get(name)}
    return {
        name: _subtract(vars(value), vars(usual[name])) if name in NESTED else value for name, value in unlike.items()
    }


def _read(kind: Any, value: Any) -> Any:
    """``value`` of JSON as ``kind``. Raises TypeError or ValueError when it is none."""
    origin = get_origin(kind)
    if origin is UnionType:
        if value is None and type(None) in get_args(kind):
            return None
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
