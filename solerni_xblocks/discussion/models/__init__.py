"""What discussion keeps: posts and their wordings, readers' marks, cases, decisions, reports and appeals."""

from __future__ import annotations

from solerni_xblocks.discussion.models.cases import (
    Appeal,
    AppealMessage,
    Case,
    LogEntry,
    Report,
    ReportReason,
    Source,
    Statement,
)
from solerni_xblocks.discussion.models.mails import Frequency, Letter, MailKey, Preference, Purpose
from solerni_xblocks.discussion.models.marks import (
    Errand,
    Notice,
    NoticeKind,
    PlaceMark,
    ThreadMark,
    Vote,
)
from solerni_xblocks.discussion.models.moderation import (
    GROUND_CHOICES,
    ILLEGAL,
    Act,
    Clause,
    Decision,
    DecisionGround,
    MessageTemplate,
    Moderator,
    Role,
    WordEntry,
)
from solerni_xblocks.discussion.models.posts import EXCERPT_LENGTH, TITLE_LENGTH, Kind, Post, State, Thread, Voice
from solerni_xblocks.discussion.models.ratings import Rating, RatingState
from solerni_xblocks.discussion.models.sanctions import Sanction
from solerni_xblocks.discussion.models.search import SearchText
from solerni_xblocks.discussion.models.versions import (
    Attachment,
    Draft,
    Finding,
    Fingerprint,
    Outcome,
    Rights,
    UploadCount,
    Version,
)
from solerni_xblocks.discussion.models.words import MemberWord

EVIDENCE = (Decision, DecisionGround, Statement, LogEntry)
"""What nobody changes once it is written; the database refuses it, too."""

__all__ = [
    "EVIDENCE",
    "EXCERPT_LENGTH",
    "GROUND_CHOICES",
    "ILLEGAL",
    "TITLE_LENGTH",
    "Act",
    "Appeal",
    "AppealMessage",
    "Attachment",
    "Case",
    "Clause",
    "Decision",
    "DecisionGround",
    "Draft",
    "Errand",
    "Finding",
    "Fingerprint",
    "Frequency",
    "Kind",
    "Letter",
    "LogEntry",
    "MailKey",
    "MemberWord",
    "MessageTemplate",
    "Moderator",
    "Notice",
    "NoticeKind",
    "Outcome",
    "PlaceMark",
    "Post",
    "Preference",
    "Purpose",
    "Rating",
    "RatingState",
    "Report",
    "ReportReason",
    "Rights",
    "Role",
    "Sanction",
    "SearchText",
    "Source",
    "State",
    "Statement",
    "Thread",
    "ThreadMark",
    "UploadCount",
    "Version",
    "Voice",
    "Vote",
    "WordEntry",
]
