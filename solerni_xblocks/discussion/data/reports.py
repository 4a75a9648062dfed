"""What members report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class ReportRecord:
    """How many of a person's reports were answered, and how many of those upheld."""

    upheld: int
    answered: int


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """What a reporter says: a reason of ReportReason, and a note."""

    reason: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """A report as moderators read it. ``reporter_id`` is None without an account, or once forgotten."""

    uuid: UUID
    reason: str
    note: str
    reporter_id: int | None
    weight: float
    is_open: bool
    is_upheld: bool | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class IllegalNotice:
    """A notice that a post is illegal (DSA article 16(2)). ``member_id`` None: no account.

    ``law`` is what it is held to break. ``name`` and ``email`` may be empty with an account, and where the alleged
    offence is child sexual abuse (``is_child_abuse``). ``network`` stands for where it came from, keyed.
    """

    post_uuid: UUID
    explanation: str
    law: str
    good_faith: bool
    is_child_abuse: bool
    member_id: int | None
    name: str
    email: str
    language: str
    network: str
