"""What goes out: values as templates want them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.members.data import Motive

MOTIVES = {
    Motive.NO_NEED: _("I no longer need it"),
    Motive.PRIVACY: _("My data and privacy"),
    Motive.CONTENT: _("The courses or the exchanges"),
    Motive.OTHER: _("Another reason"),
}


def list_motives() -> list[dict[str, Any]]:
    """What a member may say of leaving."""
    return [{"value": motive.value, "name": name} for motive, name in MOTIVES.items()]
