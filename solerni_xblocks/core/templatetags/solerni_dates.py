"""``{{ at|moment }}``, ``{{ at|day }}``, ``{{ text|iso_moment }}``: moments as ``core.datekit`` tells them.

``{{ at|time_element }}``: the same moment for people and for programs.
"""

from __future__ import annotations

from django import template

from solerni_xblocks.core import datekit

register = template.Library()
register.filter("moment", datekit.format_moment)
register.filter("iso_moment", datekit.format_iso)
register.filter("day", datekit.format_day)
register.filter("time_element", datekit.make_time_element)
