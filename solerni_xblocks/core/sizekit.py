"""How sizes of files are told to people: in the units of the Web, a thousand each."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def format_size(size: int) -> str:
    """``size`` in bytes: “3.8 MB”, “12 kB”, “9 B”."""
    if size >= 1_000_000:
        count = round(size / 1_000_000, 1)
        return _("%(count)s MB") % {"count": number_format(int(count) if count == int(count) else count)}
    if size >= 1_000:
        return _("%(count)s kB") % {"count": number_format(round(size / 1_000))}
    return _("%(count)s B") % {"count": number_format(size)}
