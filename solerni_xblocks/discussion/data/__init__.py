"""Shapes that discussion hands around: drafts, verdicts, what a page shows. No Django, no rule."""

from __future__ import annotations

from solerni_xblocks.discussion.data.conduct import Conduct, Pace, Requirement
from solerni_xblocks.discussion.data.moderation import DecisionRecord, Ruling
from solerni_xblocks.discussion.data.participants import Participant
from solerni_xblocks.discussion.data.places import Place, Policy
from solerni_xblocks.discussion.data.posts import (
    Advice,
    Cursor,
    Draft,
    PostRecord,
    ThreadPage,
    ThreadReading,
    ThreadRecord,
)
from solerni_xblocks.discussion.data.queues import Case, Queue
from solerni_xblocks.discussion.data.states import Kind, State, Voice
from solerni_xblocks.discussion.data.verdicts import Outcome, Part, Passage, Reason, Scene, Verdict

__all__ = [
    "Advice",
    "Case",
    "Conduct",
    "Cursor",
    "DecisionRecord",
    "Draft",
    "Kind",
    "Outcome",
    "Pace",
    "Part",
    "Participant",
    "Passage",
    "Place",
    "Policy",
    "PostRecord",
    "Queue",
    "Reason",
    "Requirement",
    "Ruling",
    "Scene",
    "State",
    "ThreadPage",
    "ThreadReading",
    "ThreadRecord",
    "Verdict",
    "Voice",
]
