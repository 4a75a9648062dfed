"""The outline of a course as one learner sees it: chapters, sequences, units, how far each is done, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.demo.runtime import DemoRuntime, is_completable


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One page of the course. ``completion`` is 0 to 1, None when nothing in it can be completed."""

    key: UsageKey
    title: str
    path: str
    completion: float | None

    @property
    def is_complete(self) -> bool:
        """Whether all that can be completed is."""
        return self.completion == 1.0


@dataclass(frozen=True, kw_only=True)
class Sequence:
    """A run of units."""

    key: UsageKey
    title: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A part of the course."""

    key: UsageKey
    title: str
    sequences: tuple[Sequence, ...]


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A whole course."""

    course_key: CourseKey
    title: str
    language: str
    chapters: tuple[Chapter, ...]

    def walk(self) -> Iterator[tuple[Chapter, Sequence, Unit]]:
        """Every unit in reading order, with where it stands."""
        for chapter in self.chapters:
            for sequence in chapter.sequences:
                for unit in sequence.units:
                    yield chapter, sequence, unit

    @property
    def units(self) -> list[Unit]:
        """Every unit, in reading order."""
        return [unit for _chapter, _sequence, unit in self.walk()]

    @property
    def percent(self) -> int:
        """Progress through the units that can be completed, rounded down so that 100 means all."""
        values = [unit.completion for unit in self.units if unit.completion is not None]
        return int(100 * sum(values) / len(values)) if values else 0

    @property
    def next_unit(self) -> Unit | None:
        """Where to go on: the first unit that is not complete, else the first; None in an empty course."""
        waiting = (unit for unit in self.units if unit.completion is not None and not unit.is_complete)
        return next(waiting, self.units[0] if self.units else None)


def make_unit_path(usage_key: UsageKey) -> str:
    """The address of a unit in the LMS."""
    return f"/courses/{usage_key.context_key}/units/{usage_key}"


def make_outline(runtime: DemoRuntime, completions: Mapping[str, float]) -> Outline:
    """The outline of the runtime's course; asks the database nothing."""
    course = runtime.get_block(runtime.content.root)
    return Outline(
        course_key=runtime.course_id,
        title=course.display_name_with_default,
        language=course.language,
        chapters=tuple(
            Chapter(
                key=chapter.scope_ids.usage_id,
                title=chapter.display_name_with_default,
                sequences=tuple(_make_sequence(runtime, child, completions) for child in chapter.get_children()),
            )
            for chapter in course.get_children()
        ),
    )


def _make_sequence(runtime: DemoRuntime, block: Any, completions: Mapping[str, float]) -> Sequence:
    return Sequence(
        key=block.scope_ids.usage_id,
        title=block.display_name_with_default,
        units=tuple(_make_unit(runtime, unit, completions) for unit in block.get_children()),
    )


def _make_unit(runtime: DemoRuntime, block: Any, completions: Mapping[str, float]) -> Unit:
    key = block.scope_ids.usage_id
    below = [runtime.get_block(child) for child in runtime.content.walk(key) if child != key]
    values = [completions.get(str(child.scope_ids.usage_id), 0.0) for child in below if is_completable(child)]
    completion = sum(values) / len(values) if values else None
    return Unit(key=key, title=block.display_name_with_default, path=make_unit_path(key), completion=completion)


def find_unit_of(runtime: DemoRuntime, usage_key: UsageKey) -> UsageKey | None:
    """The unit in which the block stands (or that it is); None for blocks above units."""
    current: UsageKey | None = usage_key
    while current is not None and current.block_type != "vertical":
        current = runtime.content.parents.get(current)
    return current
