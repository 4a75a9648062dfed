"""What comes in, checked for shape: why an account is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.members.data import Motive


def parse_motive(data: Mapping[str, Any]) -> Motive | None:
    """What the member says of leaving, if anything. Raises Invalid."""
    value = data.get("motive") or None
    if value is not None and value not in set(Motive):
        raise Invalid(_("Choose one of the reasons, or none."), code="account_motive")
    return Motive(value) if value else None
