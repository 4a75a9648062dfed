"""The terms blocks that keep a block back, whatever kind of block it is: those in which it stands, and those that close
its section.

Kept for a while by each process, since every address of a block asks: what an author moves counts within KEPT_SECONDS.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import Error as DatabaseTrouble
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.host import api as host
from solerni_xblocks.terms.data import Guard, Reach
from solerni_xblocks.terms.errors import AnswerUnknown
from solerni_xblocks.terms.queries import gate

BLOCK_TYPE = "solerni_terms"
SECTION_TYPE = "chapter"
FIELDS = ("document", "obligation", "closes", "versions")
KEPT_SECONDS = 30
MAX_KEPT = 20_000
MAX_COURSES = 500

Guards = tuple[tuple[Guard, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A terms block in its course. ``above``: the blocks in which it stands, as far as its section, if it closes it."""

    usage_key: UsageKey
    guard: Guard
    back: str
    section: UsageKey | None
    above: frozenset[UsageKey]


class _Memory:
    """What this process remembers; replaced whole."""

    guards: dict[UsageKey, tuple[Guards, float]] = {}
    above: dict[UsageKey, tuple[tuple[UsageKey, ...], float]] = {}
    doors: dict[CourseKey, tuple[Mapping[UsageKey, Door], float]] = {}


def require_way(member_id: int | None, usage_key: UsageKey, *, parent: UsageKey | None) -> None:
    """Returns when every terms block that keeps the block back lets the member pass. Raises: as gate."""
    for guard, back in find_guards(usage_key, parent=parent):
        gate.require_document(member_id, guard, usage_key.context_key, back=back)


def find_guards(usage_key: UsageKey, *, parent: UsageKey | None = None) -> Guards:
    """What each terms block that keeps the block back asks, and its address: those around it first, from the nearest.

    ``parent``: in which block it stands, if that is known; then brothers cost one look. Raises: AnswerUnknown.
    """
    now = time.monotonic()
    kept = _Memory.guards.get(usage_key)
    if kept and now < kept[1]:
        return kept[0]
    try:
        doors = _get_doors(usage_key.context_key, now)
        above = _list_above(usage_key, parent, now) if doors else ()
    except DatabaseTrouble as error:
        raise AnswerUnknown from error
    guards = tuple((door.guard, door.back) for door in _list_before(usage_key, above, doors))
    _Memory.guards = _keep(_Memory.guards, usage_key, guards, now, limit=MAX_KEPT)
    return guards


def forget_guards() -> None:
    """Look at every course again."""
    _Memory.guards = {}
    _Memory.above = {}
    _Memory.doors = {}


def _keep(memory: dict[Any, Any], key: Any, value: Any, now: float, *, limit: int) -> dict[Any, Any]:
    """The memory with one more, begun anew when it is full."""
    kept = {} if len(memory) >= limit else memory
    kept[key] = (value, now + KEPT_SECONDS)
    return kept


def _list_above(usage_key: UsageKey, parent: UsageKey | None, now: float) -> tuple[UsageKey, ...]:
    key = parent or usage_key
    kept = _Memory.above.get(key)
    if kept is None or now >= kept[1]:
        kept = (host.courses().list_above(key), now + KEPT_SECONDS)
        _Memory.above = _keep(_Memory.above, key, kept[0], now, limit=MAX_KEPT)
    return (parent, *kept[0]) if parent else kept[0]


def _list_before(usage_key: UsageKey, above: tuple[UsageKey, ...], doors: Mapping[UsageKey, Door]) -> Iterator[Door]:
    """The way to a block that closes a section stays open, so that two of them never close each other."""
    yield from (doors[key] for key in above if key in doors)
    here = (usage_key, *above)
    section = _find_section(here)
    closing = [door for door in doors.values() if section and door.section == section]
    on_the_way = any(usage_key == door.usage_key or usage_key in door.above for door in closing)
    if not on_the_way:
        yield from (door for door in closing if door.usage_key not in above)


def _find_section(keys: Iterable[UsageKey]) -> UsageKey | None:
    return next((key for key in keys if key.block_type == SECTION_TYPE), None)


def _get_doors(course_key: CourseKey, now: float) -> Mapping[UsageKey, Door]:
    kept = _Memory.doors.get(course_key)
    if kept and now < kept[1]:
        return kept[0]
    found = host.courses().list_blocks(course_key, block_type=BLOCK_TYPE, fields=FIELDS)
    doors = {key: _make_door(key, written) for key, written in found.items()}
    _Memory.doors = _keep(_Memory.doors, course_key, doors, now, limit=MAX_COURSES)
    return doors


def _make_door(usage_key: UsageKey, written: Mapping[str, Any]) -> Door:
    courses = host.courses()
    closes_section = Reach.read(written.get("closes")) is Reach.SECTION
    above = courses.list_above(usage_key) if closes_section else ()
    return Door(
        usage_key=usage_key,
        guard=Guard.read(**{name: written.get(name) for name in ("document", "obligation", "versions")}),
        back=courses.get_block_url(usage_key),
        section=_find_section(above),
        above=frozenset(above),
    )
