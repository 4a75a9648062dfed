"""Reads of discussion: rows in, shapes of ``data`` out. Who may see what is part of the question asked here."""

from __future__ import annotations

from solerni_xblocks.discussion.queries.attachments import (
    count_waiting,
    find_waiting,
    list_files,
    list_shown,
    list_waiting,
    to_file,
    to_own_post,
)
from solerni_xblocks.discussion.queries.calendars import get_calendar
from solerni_xblocks.discussion.queries.cases import (
    find_last_decision,
    find_open_case,
    find_wording,
    get_moderated_post,
    list_templates,
    lock_moderated_post,
    lock_post,
    read_case,
)
from solerni_xblocks.discussion.queries.conversations import (
    get_commented_reply,
    get_published_post,
    read_thread,
    to_written_post,
)
from solerni_xblocks.discussion.queries.copies import (
    PRINTS_AT_ONCE,
    find_candidates,
    find_holders,
    make_scope,
    reach_prints,
)
from solerni_xblocks.discussion.queries.drafts import count_drafts, find_draft, find_saved, list_drafts, to_draft
from solerni_xblocks.discussion.queries.holdings import export_member
from solerni_xblocks.discussion.queries.lexicons import forget_lexicons, get_lexicon
from solerni_xblocks.discussion.queries.lists import count_unread, list_threads
from solerni_xblocks.discussion.queries.locks import find_quiet_days, is_thread_locked, is_thread_shut
from solerni_xblocks.discussion.queries.marks import get_bookmarks
from solerni_xblocks.discussion.queries.news import count_news, find_news
from solerni_xblocks.discussion.queries.notices import list_notices, visible_notices
from solerni_xblocks.discussion.queries.own_first import is_hidden
from solerni_xblocks.discussion.queries.participation import count_posts, measure_participation
from solerni_xblocks.discussion.queries.people import find_mentioned, list_people
from solerni_xblocks.discussion.queries.permalinks import find_post, find_thread
from solerni_xblocks.discussion.queries.queue import count_queue, list_queue, list_waiting_cases
from solerni_xblocks.discussion.queries.readers import get_file
from solerni_xblocks.discussion.queries.records import to_post, to_thread
from solerni_xblocks.discussion.queries.roles import (
    Scope,
    find_power,
    find_scope,
    find_scope_in,
    get_participant,
    is_appointed,
    is_moderator,
    list_appointed,
    list_moderators,
    list_pool,
    may_take_part,
)
from solerni_xblocks.discussion.queries.sanctions import find_mute, get_sanction, list_running_beside
from solerni_xblocks.discussion.queries.scenes import (
    count_upheld,
    list_recent_links,
    list_thread_texts,
)
from solerni_xblocks.discussion.queries.search import search_posts
from solerni_xblocks.discussion.queries.showing import is_thread_shown_to
from solerni_xblocks.discussion.queries.threads import find_submission, get_thread, get_thread_for, lock_thread
from solerni_xblocks.discussion.queries.versions import get_changeable_post, list_versions
from solerni_xblocks.discussion.queries.wording import list_accepted_words, list_similar
from solerni_xblocks.discussion.queries.words import list_word_courses, read_words, require_word_editor, to_lines

__all__ = [
    "PRINTS_AT_ONCE",
    "Scope",
    "count_drafts",
    "count_news",
    "count_posts",
    "count_queue",
    "count_unread",
    "count_upheld",
    "count_waiting",
    "export_member",
    "find_candidates",
    "find_draft",
    "find_holders",
    "find_last_decision",
    "find_mentioned",
    "find_mute",
    "find_news",
    "find_open_case",
    "find_post",
    "find_power",
    "find_quiet_days",
    "find_saved",
    "find_scope",
    "find_scope_in",
    "find_submission",
    "find_thread",
    "find_waiting",
    "find_wording",
    "forget_lexicons",
    "get_bookmarks",
    "get_calendar",
    "get_changeable_post",
    "get_commented_reply",
    "get_file",
    "get_lexicon",
    "get_moderated_post",
    "get_participant",
    "get_published_post",
    "get_sanction",
    "get_thread",
    "get_thread_for",
    "is_appointed",
    "is_hidden",
    "is_moderator",
    "is_thread_locked",
    "is_thread_shown_to",
    "is_thread_shut",
    "list_accepted_words",
    "list_appointed",
    "list_drafts",
    "list_files",
    "list_moderators",
    "list_notices",
    "list_people",
    "list_pool",
    "list_queue",
    "list_recent_links",
    "list_running_beside",
    "list_shown",
    "list_similar",
    "list_templates",
    "list_thread_texts",
    "list_threads",
    "list_versions",
    "list_waiting",
    "list_waiting_cases",
    "list_word_courses",
    "lock_moderated_post",
    "lock_post",
    "lock_thread",
    "make_scope",
    "may_take_part",
    "measure_participation",
    "reach_prints",
    "read_case",
    "read_thread",
    "read_words",
    "require_word_editor",
    "search_posts",
    "to_draft",
    "to_file",
    "to_lines",
    "to_own_post",
    "to_post",
    "to_thread",
    "to_written_post",
    "visible_notices",
]
