"""What authors do to the outline of a course in Studio: add, move, delete, rename. One edit of a course at a time.

Fields of a block are edited by its own form (``submit_studio_edits``), not here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core import htmlkit
from solerni_xblocks.core.errors import Invalid, NotFound
from solerni_xblocks.demo.content import Content, locked
from solerni_xblocks.demo.olx import NESTING, NOBODY
from solerni_xblocks.demo.runtime import DemoRuntime
from solerni_xblocks.demo.scopes import Mode
from solerni_xblocks.demo.studio_presenters import COMPONENTS

MAX_TITLE = 200


def list_addable(runtime: DemoRuntime, parent: UsageKey) -> list[str]:
    """Block types that can be added to ``parent``; a component with contents holds no other of that sort."""
    if parent.block_type in NESTING:
        return [NESTING[parent.block_type]]
    if parent.block_type == "vertical":
        return list(COMPONENTS)
    if not runtime.load_block_type(parent.block_type).has_children:
        return []
    return [kind for kind in COMPONENTS if not runtime.load_block_type(kind).has_children]


def add_block(parent: UsageKey, block_type: str, *, title: str = "") -> UsageKey:
    """A new block at the end of ``parent``. Raises NotFound, Invalid."""
    with _edited(parent) as runtime:
        if block_type not in list_addable(runtime, parent):
            raise Invalid(_("This cannot be added here."))
        usage_key = runtime.id_generator.create_definition(block_type)
        runtime.content.add(usage_key)
        runtime.content.arrange(parent, [*runtime.content.children[parent], usage_key])
        if title:
            _set_title(runtime, usage_key, title)
        return usage_key


def move_block(usage_key: UsageKey, *, step: int) -> None:
    """One place up (-1) or down (+1) among its siblings; at the end of the row nothing happens. Raises NotFound."""
    with _edited(usage_key) as runtime:
        parent = _get_parent(runtime.content, usage_key)
        siblings = list(runtime.content.children[parent])
        place = siblings.index(usage_key)
        target = min(max(place + step, 0), len(siblings) - 1)
        siblings.insert(target, siblings.pop(place))
        runtime.content.arrange(parent, siblings)


def delete_block(usage_key: UsageKey) -> UsageKey:
    """The block and all in it; what learners did stays. Answers what comes next, else before it, else the parent.

    Raises NotFound.
    """
    with _edited(usage_key) as runtime:
        parent = _get_parent(runtime.content, usage_key)
        row = list(runtime.content.children[parent])
        place = row.index(usage_key)
        row.remove(usage_key)
        runtime.content.arrange(parent, row)
        return (row[place:] or row[-1:] or [parent])[0]


def rename_block(usage_key: UsageKey, *, title: str) -> None:
    """A new title. Raises NotFound, Invalid."""
    with _edited(usage_key) as runtime:
        _set_title(runtime, usage_key, title)


@contextmanager
def _edited(usage_key: UsageKey) -> Iterator[DemoRuntime]:
    """The course of ``usage_key`` in a transaction that waits for other edits; what changed is written at the end."""
    course_key: CourseKey = usage_key.context_key
    with locked(course_key):
        runtime = DemoRuntime(Content.load(course_key), NOBODY, Mode.STUDIO)
        if usage_key not in runtime.content:
            raise NotFound(_("This block is not there any more."))
        yield runtime
        runtime.content.commit()


def _get_parent(content: Content, usage_key: UsageKey) -> UsageKey:
    parent = content.parents[usage_key]
    if parent is None:
        raise Invalid(_("The course itself cannot be moved or deleted."))
    return parent


def _set_title(runtime: DemoRuntime, usage_key: UsageKey, title: str) -> None:
    words = " ".join(htmlkit.strip_controls(title).split())
    if not words or len(words) > MAX_TITLE:
        raise Invalid(_("A title has between 1 and 200 characters."))
    block = runtime.get_block(usage_key)
    block.display_name = words
    block.save()
