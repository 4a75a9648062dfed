"""Shapes that discussion hands around: drafts, verdicts, what a page shows. No Django, no rule."""

from __future__ import annotations

from solerni_xblocks.discussion.data.conduct import Conduct, Pace, Participation, Requirement
from solerni_xblocks.discussion.data.drafts import SavedDraft, TypedText
from solerni_xblocks.discussion.data.history import Change, Piece, VersionRecord
from solerni_xblocks.discussion.data.moderation import DecisionRecord, Ruling
from solerni_xblocks.discussion.data.notices import Destination, NoticeRecord, Notices
from solerni_xblocks.discussion.data.participants import Participant
from solerni_xblocks.discussion.data.places import Place
from solerni_xblocks.discussion.data.policies import ListedWord, Mode, Policy, RuleSetting, Run, Template
from solerni_xblocks.discussion.data.posts import (
    Advice,
    Draft,
    PostRecord,
    ThreadRecord,
)
from solerni_xblocks.discussion.data.queues import Case, Queue
from solerni_xblocks.discussion.data.reading import (
    Choice,
    Filter,
    Following,
    ListCursor,
    Position,
    Sort,
    ThreadPage,
    ThreadReading,
    Unread,
)
from solerni_xblocks.discussion.data.scenes import Candidate, Claim, Declaration, Origin, Scene, Wording
from solerni_xblocks.discussion.data.states import Gesture, Kind, State, Voice
from solerni_xblocks.discussion.data.verdicts import Outcome, Part, Passage, Reason, Rule, Verdict

__all__ = [
    "Advice",
    "Candidate",
    "Case",
    "Change",
    "Choice",
    "Claim",
    "Conduct",
    "DecisionRecord",
    "Declaration",
    "Destination",
    "Draft",
    "Filter",
    "Following",
    "Gesture",
    "Kind",
    "ListCursor",
    "ListedWord",
    "Mode",
    "NoticeRecord",
    "Notices",
    "Origin",
    "Outcome",
    "Pace",
    "Part",
    "Participant",
    "Participation",
    "Passage",
    "Piece",
    "Place",
    "Policy",
    "Position",
    "PostRecord",
    "Queue",
    "Reason",
    "Requirement",
    "Rule",
    "RuleSetting",
    "Ruling",
    "Run",
    "SavedDraft",
    "Scene",
    "Sort",
    "State",
    "Template",
    "ThreadPage",
    "ThreadReading",
    "ThreadRecord",
    "TypedText",
    "Unread",
    "Verdict",
    "VersionRecord",
    "Voice",
    "Wording",
]
