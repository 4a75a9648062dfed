"""The door to the platform: the adapter named by SOLERNI_HOST, made once per process."""

from __future__ import annotations

import crum
from django.utils.module_loading import import_string

from solerni_xblocks.core import conf
from solerni_xblocks.host.ports import Courses, Host, Identities, Mail, People, Person, Tracking

__all__ = ["Person", "courses", "get_acting_user_id", "identities", "mail", "people", "tracking"]


@conf.kept_until_changed("SOLERNI_HOST")
def _host() -> Host:
    host: Host = import_string(conf.get("SOLERNI_HOST"))()
    return host


def people() -> People:
    """Who members are."""
    return _host().people


def courses() -> Courses:
    """What courses are, and who may do what."""
    return _host().courses


def identities() -> Identities:
    """Whom a request speaks for, beside its session."""
    return _host().identities


def mail() -> Mail:
    """Mail that leaves."""
    return _host().mail


def tracking() -> Tracking:
    """The platform's event log."""
    return _host().tracking


def get_acting_user_id() -> int | None:
    """The account that really sends the current request, masquerade looked through; None outside a request.

    The platform replaces ``request.user`` while staff view as a learner and keeps the person in ``real_user``
    on the user or the request (edx-platform, courseware/masquerade.py).
    """
    request = crum.get_current_request()
    if request is None:
        return None
    user = getattr(request, "user", None)
    real = getattr(request, "real_user", None) or getattr(user, "real_user", None) or user
    return getattr(real, "id", None)
