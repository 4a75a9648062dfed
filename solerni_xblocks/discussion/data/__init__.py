"""Shapes that discussion hands around: drafts, verdicts, what a page shows. No Django, no rule."""

from __future__ import annotations

from solerni_xblocks.discussion.data.care import DEFAULT_CARE, Care
from solerni_xblocks.discussion.data.conduct import Conduct, Pace, Participation, Requirement
from solerni_xblocks.discussion.data.drafts import SavedDraft, TypedText
from solerni_xblocks.discussion.data.history import Change, Piece, VersionRecord
from solerni_xblocks.discussion.data.moderation import DecisionRecord, Ground, MessageTemplate, Ruling, Seen
from solerni_xblocks.discussion.data.notices import Destination, NoticeRecord, Notices
from solerni_xblocks.discussion.data.participants import Participant
from solerni_xblocks.discussion.data.places import Place
from solerni_xblocks.discussion.data.policies import ListedWord, ListedWords, Mode, Policy, RuleSetting, Run, Template
from solerni_xblocks.discussion.data.posts import Advice, Draft, PostRecord, ThreadRecord
from solerni_xblocks.discussion.data.queues import (
    EVERYTHING,
    AuthorRecord,
    Batch,
    Case,
    CaseReading,
    Filters,
    Lease,
    Neighbour,
    Only,
    PastWording,
    Queue,
    QueueCursor,
    QueueStatistics,
)
from solerni_xblocks.discussion.data.reading import (
    Choice,
    Commenting,
    Filter,
    Following,
    Glance,
    ListCursor,
    News,
    Position,
    Sort,
    ThreadPage,
    ThreadReading,
    Unread,
)
from solerni_xblocks.discussion.data.reports import Complaint, ReportRecord, ReportView
from solerni_xblocks.discussion.data.scenes import Candidate, Claim, Declaration, Origin, Scene, Wording
from solerni_xblocks.discussion.data.search import Hit, Hits
from solerni_xblocks.discussion.data.states import Act, Gesture, Kind, Power, State, Voice
from solerni_xblocks.discussion.data.verdicts import Outcome, Part, Passage, Reason, Rule, Verdict

__all__ = [
    "DEFAULT_CARE",
    "EVERYTHING",
    "Act",
    "Advice",
    "AuthorRecord",
    "Batch",
    "Candidate",
    "Care",
    "Case",
    "CaseReading",
    "Change",
    "Choice",
    "Claim",
    "Commenting",
    "Complaint",
    "Conduct",
    "DecisionRecord",
    "Declaration",
    "Destination",
    "Draft",
    "Filter",
    "Filters",
    "Following",
    "Gesture",
    "Glance",
    "Ground",
    "Hit",
    "Hits",
    "Kind",
    "Lease",
    "ListCursor",
    "ListedWord",
    "ListedWords",
    "MessageTemplate",
    "Mode",
    "Neighbour",
    "News",
    "NoticeRecord",
    "Notices",
    "Only",
    "Origin",
    "Outcome",
    "Pace",
    "Part",
    "Participant",
    "Participation",
    "Passage",
    "PastWording",
    "Piece",
    "Place",
    "Policy",
    "Position",
    "PostRecord",
    "Power",
    "Queue",
    "QueueCursor",
    "QueueStatistics",
    "Reason",
    "ReportRecord",
    "ReportView",
    "Requirement",
    "Rule",
    "RuleSetting",
    "Ruling",
    "Run",
    "SavedDraft",
    "Scene",
    "Seen",
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
