"""Texts and choices of forms, read one by one; what several forms share."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.htmlkit import strip_controls
from solerni_xblocks.discussion.data import Claim, Declaration

Choice = TypeVar("Choice", bound=StrEnum)

MAX_LICENCE = 100
MAX_SOURCE = 500
_SLOT = re.compile(r"thread|(?:reply|comment|edit):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def parse_slot(data: dict[str, Any]) -> str:
    """The form that is meant. Raises Invalid for one that does not exist."""
    slot = data.get("slot")
    if not (isinstance(slot, str) and _SLOT.fullmatch(slot)):
        raise Invalid(_("This draft cannot be saved from here: reload the page."))
    return slot


def parse_declaration(data: dict[str, Any]) -> Declaration:
    """By what right somebody shares what is not simply their own words. Raises Invalid."""
    texts = {
        "licence": read_line(data, "licence", MAX_LICENCE),
        "source": read_line(data, "rights_source", MAX_SOURCE),
    }
    return Declaration(claim=read_choice(data, "rights", Claim.NONE), **texts)


def read_text(data: dict[str, Any], name: str) -> str:
    """The text under ``name``, without control characters. Raises Invalid."""
    value = data.get(name, "")
    if not isinstance(value, str):
        raise Invalid(_("A text was expected."), details={"field": name})
    return strip_controls(value)


def read_line(data: dict[str, Any], name: str, longest: int) -> str:
    """The same on one line. Raises Invalid."""
    text = " ".join(read_text(data, name).split())
    if len(text) > longest:
        raise Invalid(_("This is too long: shorten it."), details={"field": name})
    return text


def read_choice(data: dict[str, Any], name: str, default: Choice) -> Choice:
    """One of a few choices; ``default`` when nothing was chosen. Raises Invalid."""
    value = data.get(name) or default
    try:
        return type(default)(value)
    except ValueError as error:
        raise Invalid(_("This choice does not exist: reload the page."), details={"field": name}) from error
