"""``{{ at|moment }}``, ``{{ at|day }}``, ``{{ text|iso_moment }}``: moments as ``core.datekit`` tells them.

``{{ at|time_element }}``: the same moment for people and for programs.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from solerni_xblocks.core import datekit

register = template.Library()
register.filter("moment", datekit.format_moment)
register.filter("iso_moment", datekit.format_iso)
register.filter("day", datekit.format_day)


@register.filter
def time_element(at: datetime) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', at.astimezone(UTC).isoformat(), datekit.format_moment(at))
