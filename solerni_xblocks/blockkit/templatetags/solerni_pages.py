"""``{% list_beside as templates %}``: what domains put beside every page, for a frame to include."""

from __future__ import annotations

from django import template

from solerni_xblocks.blockkit import pages

register = template.Library()
register.simple_tag(pages.list_beside)
