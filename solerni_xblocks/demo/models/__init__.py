"""Rows of the demo: ``content`` holds courses and block state, ``site`` holds people, mail, clock and event log."""

from __future__ import annotations

from solerni_xblocks.demo.models.content import *  # noqa: F403
from solerni_xblocks.demo.models.site import *  # noqa: F403
