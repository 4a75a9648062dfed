"""What discussion promises to its doors. Members and moderators are account ids; places and posts are never trusted.

Texts are Markdown; times are aware, in UTC. Every function asks afresh who may do what.
"""

from __future__ import annotations

from solerni_xblocks.discussion.api.answering import (
    accept_answer,
    endorse_post,
    vote_post,
    withdraw_answer,
    withdraw_endorsement,
    withdraw_vote,
)
from solerni_xblocks.discussion.api.contesting import (
    answer_appeal,
    claim_appeal,
    contest_decision,
    list_appeals,
    read_appeal,
    read_decision,
    release_appeal,
    write_as_contester,
    write_as_reader,
)
from solerni_xblocks.discussion.api.drafting import list_drafts, save_draft
from solerni_xblocks.discussion.api.following import (
    find_post,
    find_thread,
    follow_course,
    follow_place,
    follow_thread,
    get_following,
    list_notices,
    list_people,
    read_notices,
    settle_errands,
    unfollow_course,
    unfollow_place,
    unfollow_thread,
)
from solerni_xblocks.discussion.api.holding import export_member, forget_member
from solerni_xblocks.discussion.api.judging import list_missing_libraries, suggest_words, warm_up_rules
from solerni_xblocks.discussion.api.moderating import (
    claim_case,
    count_queue,
    decide_post,
    decide_several,
    find_promised_hours,
    find_wording,
    list_queue,
    list_templates,
    read_case,
    release_case,
    settle_cases,
    take_over_case,
    undo_decisions,
)
from solerni_xblocks.discussion.api.reading import (
    choose_sort,
    count_unread,
    list_threads,
    mark_all_read,
    mark_read,
    read_thread,
)
from solerni_xblocks.discussion.api.reporting import give_notice, report_post, withdraw_report
from solerni_xblocks.discussion.api.revising import (
    compare_texts,
    get_changeable_post,
    list_versions,
    revise_post,
    withdraw_post,
)
from solerni_xblocks.discussion.api.roles import (
    appoint_moderator,
    dismiss_moderator,
    find_power,
    is_moderator,
    may_take_part,
)
from solerni_xblocks.discussion.api.searching import index_missing, search_posts
from solerni_xblocks.discussion.api.taking_part import measure_participation
from solerni_xblocks.discussion.api.transparency import (
    list_participants,
    list_statements,
    make_report,
    make_statistics,
)
from solerni_xblocks.discussion.api.writing import publish_post, publish_thread
from solerni_xblocks.discussion.models import Clause, ReportReason, Source

__all__ = [
    "Clause",
    "ReportReason",
    "Source",
    "accept_answer",
    "answer_appeal",
    "appoint_moderator",
    "choose_sort",
    "claim_appeal",
    "claim_case",
    "compare_texts",
    "contest_decision",
    "count_queue",
    "count_unread",
    "decide_post",
    "decide_several",
    "dismiss_moderator",
    "endorse_post",
    "export_member",
    "find_post",
    "find_power",
    "find_promised_hours",
    "find_thread",
    "find_wording",
    "follow_course",
    "follow_place",
    "follow_thread",
    "forget_member",
    "get_changeable_post",
    "get_following",
    "give_notice",
    "index_missing",
    "is_moderator",
    "list_appeals",
    "list_drafts",
    "list_missing_libraries",
    "list_notices",
    "list_participants",
    "list_people",
    "list_queue",
    "list_statements",
    "list_templates",
    "list_threads",
    "list_versions",
    "make_report",
    "make_statistics",
    "mark_all_read",
    "mark_read",
    "may_take_part",
    "measure_participation",
    "publish_post",
    "publish_thread",
    "read_appeal",
    "read_case",
    "read_decision",
    "read_notices",
    "read_thread",
    "release_appeal",
    "release_case",
    "report_post",
    "revise_post",
    "save_draft",
    "search_posts",
    "settle_cases",
    "settle_errands",
    "suggest_words",
    "take_over_case",
    "undo_decisions",
    "unfollow_course",
    "unfollow_place",
    "unfollow_thread",
    "vote_post",
    "warm_up_rules",
    "withdraw_answer",
    "withdraw_endorsement",
    "withdraw_post",
    "withdraw_report",
    "withdraw_vote",
    "write_as_contester",
    "write_as_reader",
]
