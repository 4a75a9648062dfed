"""The blocks a course is made of besides ours: course, chapter, sequential, vertical, html.

The platform has its own; these live in the demo only and have no entry point.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from lxml import etree
from openedx_filters.learning.filters import VerticalBlockChildRenderStarted
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import Scope, String

from solerni_xblocks.blockkit.base import SolerniBlock
from solerni_xblocks.core import htmlkit


class Container(XBlock):
    """A step of the course's outline: a name and children."""

    has_children = True
    completion_mode = XBlockCompletionMode.AGGREGATOR
    display_name = String(display_name=_("Title"), default="", scope=Scope.settings)


class CourseBlock(Container):
    """The root of a course."""

    language = String(default="fr", scope=Scope.settings)


class ChapterBlock(Container):
    """A part of the course."""


class SequentialBlock(Container):
    """A sequence of units."""


class VerticalBlock(Container):
    """A unit: the blocks that a learner sees on one page."""

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The children, one below the other; in LMS mode, those that the platform's filter lets through."""
        fragment = Fragment()
        children = [child.render("student_view", context) for child in self._list_shown(context)]
        fragment.add_resources(children)
        fragment.add_content(
            render_to_string("solerni_demo/vertical.html", {"children": [child.content for child in children]})
        )
        return fragment

    def _list_shown(self, context: dict[str, Any] | None) -> Iterator[XBlock]:
        for child in self.get_children():
            try:
                if not self.runtime.is_author_mode:
                    VerticalBlockChildRenderStarted.run_filter(block=child, context=context)
            except VerticalBlockChildRenderStarted.PreventChildBlockRender:
                continue
            yield child


class HtmlBlock(SolerniBlock):
    """A text of the course, in the HTML that authors write; reduced to the allow-list on its way out."""

    asks_take_part = False
    editable_fields = ("display_name", "content")
    display_name = String(
        display_name=_("Title"), help=_("For lists; learners do not see it."), default=_("Text"), scope=Scope.settings
    )
    content = String(
        display_name=_("Text"),
        help=_("HTML: paragraphs, headings, lists, links, tables."),
        default="",
        scope=Scope.content,
        multiline_editor="html",
    )

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The text; its title is for lists only, as in the platform."""
        values = {"html": htmlkit.sanitize(self.content or ""), "language": self.runtime.course_language}
        return Fragment(render_to_string("solerni_demo/html.html", values))

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> Any:
        """The text may be written as CDATA, escaped, or as elements of the course file itself."""
        if len(node):
            inner = [node.text or "", *(etree.tostring(child, encoding="unicode", method="html") for child in node)]
            node.text = "".join(inner)
            node[:] = []
        return super().parse_xml(node, runtime, keys)

    def add_xml_to_node(self, node: Any) -> None:
        """The text as CDATA, which people can read."""
        super().add_xml_to_node(node)
        if node.text and "]]>" not in node.text:
            node.text = etree.CDATA(node.text)


DEMO_BLOCKS: dict[str, type[XBlock]] = {
    "course": CourseBlock,
    "chapter": ChapterBlock,
    "sequential": SequentialBlock,
    "vertical": VerticalBlock,
    "html": HtmlBlock,
}
