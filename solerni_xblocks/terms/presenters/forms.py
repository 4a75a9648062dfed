"""Which screen collects an answer, and its digest."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import clock, conf, datekit

FORM = "solerni/terms/elements/answer.html"
"""The form that collects an answer, in the block and on the page."""


CHILD_FORM = "solerni/terms/elements/guardian_request.html"
"""The form in which a minor accepts, and names a guardian."""


GUARDIAN_FORM = "solerni/terms/elements/guardian_answer.html"
"""The form that collects a guardian's answer."""


WITHDRAWAL_FORM = "solerni/terms/elements/guardian_withdrawal.html"
"""The form in which a guardian takes a consent back."""


CHANGE_FORM = "solerni/terms/elements/choices.html"
"""The form that collects the answer to a change."""


STOP_FORM = "solerni/terms/elements/stop_form.html"
"""The form in which a member stops."""


ADDRESS_MISSING = _("Give the mail address of one of your parents, or of your guardian.")


@cache
def get_screen_digest(form: str = FORM) -> str:
    """The sha256 of the form's template: which screen collected the answer."""
    return sha256(get_template(form).template.source.encode()).hexdigest()


BOX = "solerni/terms/registration/box.txt"
"""The words beside a box of the registration form."""


def birth_form() -> dict[str, Any]:
    """What the form of the birth date offers: countries whose limits differ, none when they are the same everywhere."""
    today = datekit.find_day(clock.now())
    countries = sorted(country for country in conf.get("SOLERNI_TERMS_AGES") if country)
    return {"countries": countries, "latest": today.isoformat()}
