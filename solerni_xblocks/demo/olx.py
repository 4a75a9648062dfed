"""Courses as OLX: one file for one course, read whole and checked before anything is written.

::

    <course org="Solerni" course="Decouvrir" url_name="2026" display_name="Découvrir Solerni" language="fr">
      <chapter url_name="start" display_name="Se lancer">
        <sequential url_name="welcome" display_name="Bienvenue">
          <vertical url_name="hello" display_name="Faire connaissance">
            <html url_name="hello-text"><p>Bonjour.</p></html>
            <solerni_discussion url_name="hello-talk" display_name="Présentez-vous"/>
          </vertical>
        </sequential>
      </chapter>
    </course>

``url_name`` is the block's id, unique by type: a course that is imported again keeps what learners did. ``org``,
``course`` and ``url_name`` of the root make the course key. Attributes are fields; text is the field ``content``. The
text of ``html`` may be elements, CDATA or escaped. DTDs and entities are refused. No learner data travels.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from lxml import etree
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.core import XML_NAMESPACES, XBlock
from xblock.plugin import PluginMissingError
from yaml import YAMLError

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.demo.content import Content, make_root_key
from solerni_xblocks.demo.runtime import DemoRuntime
from solerni_xblocks.demo.scopes import Mode
from solerni_xblocks.demo.viewers import Viewer

MAX_BYTES = 5_000_000
MAX_DEPTH = 12
NESTING = {"course": "chapter", "chapter": "sequential", "sequential": "vertical"}
NOBODY = Viewer(
    user=AnonymousUser(), learner=AnonymousUser(), roles=frozenset(), is_author=False, is_masquerading=False
)


class OlxError(Invalid):
    """The file cannot become a course; ``message`` says where and why."""

    code = "olx.invalid"

    def __init__(self, why: str, *, file: str, line: int) -> None:
        words = _("%(file)s, line %(line)d: %(why)s") % {"file": file, "line": line, "why": why}
        super().__init__(words, details={"file": file, "line": line})


def import_folder(folder: Path) -> list[CourseKey]:
    """Import each ``course.xml`` in ``folder`` and below. Raises OlxError at the first bad file."""
    paths = sorted(folder.rglob("course.xml"))
    return [import_course(path.read_bytes(), file=str(path.relative_to(folder))) for path in paths]


def import_course(source: bytes, *, file: str, expected: CourseKey | None = None) -> CourseKey:
    """Make or replace the course written in ``source``; nothing is written unless all of it is right.

    ``expected``: the course that the file must be. Raises OlxError.
    """
    root = _parse(source, file=file)
    course_key = _read_course_key(root, file=file)
    if expected not in (None, course_key):
        words = {"found": course_key, "expected": expected}
        raise OlxError(
            _("this file is the course %(found)s, not %(expected)s") % words, file=file, line=root.sourceline
        )
    content = Content(course_key)
    course = _Reader(content, file=file).read(root, parent=None)
    content.replace(title=course.display_name or course_key.course, language=course.language)
    return course_key


def export_course(course_key: CourseKey) -> bytes:
    """The course as one OLX file."""
    runtime = _Writer(Content.load(course_key), NOBODY, Mode.STUDIO)
    root = etree.Element("course", nsmap=XML_NAMESPACES)
    runtime.write(runtime.get_block(make_root_key(course_key)), root)
    _put_first(root, {"org": course_key.org, "course": course_key.course, "url_name": course_key.run})
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _parse(source: bytes, *, file: str) -> Any:
    if len(source) > MAX_BYTES:
        raise OlxError(_("the file is larger than %(limit)d MB") % {"limit": MAX_BYTES // 10**6}, file=file, line=0)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise OlxError(
            _("this is not well-formed XML: look for a tag that is not closed, or for a stray & or <"),
            file=file,
            line=error.lineno or 0,
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise OlxError(_("a document type and entities are not allowed"), file=file, line=1)
    return root


def _read_course_key(root: Any, *, file: str) -> CourseKey:
    parts = [root.attrib.pop(name, "") for name in ("org", "course", "url_name")]
    if root.tag != "course" or not all(parts):
        why = _("the root must be <course> with org, course and url_name")
        raise OlxError(why, file=file, line=root.sourceline)
    try:
        return CourseKey.from_string(f"course-v1:{'+'.join(parts)}")
    except InvalidKeyError as error:
        raise OlxError(_("org, course and url_name make no course key"), file=file, line=root.sourceline) from error


class _Reader(DemoRuntime):
    """A runtime that reads blocks from elements; it knows where each stands in the file."""

    def __init__(self, content: Content, *, file: str) -> None:
        super().__init__(content, NOBODY, Mode.STUDIO)
        self._file = file

    def read(self, node: Any, parent: XBlock | None) -> XBlock:
        """The block written in ``node``, saved in the content. Raises OlxError."""
        usage_key = self._claim_key(node, parent)
        try:
            block_class = self.mixologist.mix(self.load_block_type(node.tag))
            self._check_attributes(node, block_class)
            block = block_class.parse_xml(node, self, self._make_scope_ids(usage_key))
            block.save()
        except PluginMissingError as error:
            raise self._refuse(node, _("there is no block type <%(tag)s>") % {"tag": node.tag}) from error
        except (ValueError, TypeError, ArithmeticError, LookupError, YAMLError) as error:
            words = {"tag": node.tag, "why": error}
            raise self._refuse(node, _("a value of <%(tag)s> has the wrong form: %(why)s") % words) from error
        return block

    def add_node_as_child(self, block: XBlock, node: Any) -> None:
        """XBlock.parse_xml meets a child element."""
        tag = block.scope_ids.block_type
        fits = NESTING.get(tag, node.tag) == node.tag and (
            tag in NESTING or node.tag not in ("course", *NESTING.values())
        )
        if not block.has_children or not fits:
            raise self._refuse(node, _("<%(child)s> cannot stand in <%(tag)s>") % {"child": node.tag, "tag": tag})
        block.children.append(self.read(node, block).scope_ids.usage_id)

    def _claim_key(self, node: Any, parent: XBlock | None) -> UsageKey:
        if sum(1 for _ancestor in node.iterancestors()) > MAX_DEPTH:
            raise self._refuse(node, _("blocks are nested too deeply"))
        node.attrib.pop("xblock-family", None)
        url_name = node.attrib.pop("url_name", "course" if parent is None else "")
        if not url_name:
            raise self._refuse(node, _("<%(tag)s> needs a url_name") % {"tag": node.tag})
        try:
            usage_key = self.course_id.make_usage_key(node.tag, url_name)
            UsageKey.from_string(str(usage_key))
        except (InvalidKeyError, ValueError) as error:
            why = _("“%(name)s” cannot be a url_name: use letters, digits, - and _") % {"name": url_name}
            raise self._refuse(node, why) from error
        if usage_key in self.content:
            words = {"tag": node.tag, "name": url_name}
            raise self._refuse(node, _("<%(tag)s> with the url_name “%(name)s” stands here twice") % words)
        self.content.add(usage_key)
        return usage_key

    def _check_attributes(self, node: Any, block_class: type[XBlock]) -> None:
        unknown = sorted(set(node.attrib) - set(block_class.fields))
        if unknown:
            words = {"tag": node.tag, "names": ", ".join(unknown)}
            raise self._refuse(node, _("<%(tag)s> does not know %(names)s") % words)

    def _refuse(self, node: Any, why: str) -> OlxError:
        return OlxError(why, file=self._file, line=node.sourceline)


class _Writer(DemoRuntime):
    """A runtime that writes blocks to elements, with their ids."""

    def write(self, block: XBlock, node: Any) -> None:
        """``block`` and all below it into ``node``."""
        block.add_xml_to_node(node)
        node.attrib.pop("xblock-family", None)
        _put_first(node, {"url_name": block.scope_ids.usage_id.block_id})

    def add_block_as_child_node(self, block: XBlock, node: Any) -> None:
        """XBlock.add_children_to_node meets a child."""
        self.write(block, etree.SubElement(node, block.scope_ids.block_type))


def _put_first(node: Any, attributes: dict[str, str]) -> None:
    others = {name: value for name, value in node.attrib.items() if name not in attributes}
    node.attrib.clear()
    node.attrib.update({**attributes, **others})
