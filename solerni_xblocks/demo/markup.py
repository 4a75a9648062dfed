"""The HTML around a block, shaped as the platform's wrapper: browser runtimes start blocks from it."""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment, FragmentResource

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def dump_for_script(value: Any) -> SafeString:
    """``value`` as JSON that cannot end the script element it stands in."""
    return mark_safe(json.dumps(value).translate(_ESCAPES))  # noqa: S308 - the four ways out are escaped


def make_anchor(usage_key: UsageKey, view: str) -> str:
    """The id of a block's wrapper in a page: learners' pages link to it."""
    return f"{view}-{usage_key.block_type}-{usage_key.block_id}"


def wrap(fragment: Fragment, *, view: str, data: dict[str, Any]) -> Fragment:
    """``fragment`` in the platform's wrapper: classes, ``data-…``, init arguments as a direct child."""
    attributes = [format_html(' data-{}="{}"', name, value) for name, value in data.items()]
    started = fragment.js_init_fn or ""
    if started:
        attributes.append(format_html(' data-init="{}" data-runtime-version="{}"', started, fragment.js_init_version))
    arguments: SafeString | str = ""
    if fragment.json_init_args is not None:
        arguments = format_html(
            '<script type="json/xblock-args" class="xblock-json-init-args">{}</script>',
            dump_for_script(fragment.json_init_args),
        )
    wrapped = Fragment(
        format_html(
            '<div class="xblock xblock-{} xblock-{}-{}" id="{}"{}>{}{}</div>',
            view,
            view,
            data["block-type"],
            make_anchor(data["usage-id"], view),
            mark_safe("".join(attributes)),  # noqa: S308 - each part is escaped above
            arguments,
            mark_safe(fragment.body_html()),  # noqa: S308 - the block answers for its own HTML
        )
    )
    wrapped.add_fragment_resources(fragment)
    return wrapped


def describe_page(fragment: Fragment) -> dict[str, SafeString]:
    """What a page template needs of a fragment: ``head``, ``body``, ``foot``."""
    return {
        "head": _render_resources(fragment, "head"),
        "body": mark_safe(fragment.content),  # noqa: S308 - blocks answer for their own HTML
        "foot": _render_resources(fragment, "foot"),
    }


def _render_resources(fragment: Fragment, placement: str) -> SafeString:
    """Style and script elements of ``placement`` (head, foot), each resource once."""
    resources = dict.fromkeys(resource for resource in fragment.resources if resource.placement == placement)
    return mark_safe("\n".join(Fragment.resource_to_html(resource) for resource in resources))  # noqa: S308


def describe_resources(fragment: Fragment) -> list[dict[str, str]]:
    """The resources for a page that is already open: Studio loads them by script."""
    return [_describe(resource) for resource in dict.fromkeys(fragment.resources)]


def _describe(resource: FragmentResource) -> dict[str, str]:
    return {"kind": resource.kind, "data": resource.data, "mimetype": resource.mimetype}
