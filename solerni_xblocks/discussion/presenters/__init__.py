"""What goes out: records become what templates show, and the JSON of handlers with its server-rendered HTML.

Words for the codes of rules live here. Names are asked for once a page.
"""

from __future__ import annotations

from solerni_xblocks.discussion.presenters.arranging import answer_arranged, answer_workbench
from solerni_xblocks.discussion.presenters.attachments import answer_file, view_waiting
from solerni_xblocks.discussion.presenters.cases import (
    list_buttons,
    view_case,
    view_changes,
    view_chosen,
    view_failures,
)
from solerni_xblocks.discussion.presenters.contesting import view_appeal, view_appeals, view_decision
from solerni_xblocks.discussion.presenters.explanations import EXPLANATIONS
from solerni_xblocks.discussion.presenters.forms import list_kinds, view_form
from solerni_xblocks.discussion.presenters.lists import (
    answer_threads,
    answer_unread,
    list_filters,
    list_sorts,
    render_threads,
    render_unread,
)
from solerni_xblocks.discussion.presenters.notices import answer_notices
from solerni_xblocks.discussion.presenters.queue import answer_waiting, view_queue, write_filters
from solerni_xblocks.discussion.presenters.reading import answer_comment_form, answer_news
from solerni_xblocks.discussion.presenters.revising import answer_edit_form, answer_versions
from solerni_xblocks.discussion.presenters.sanctions import view_mute
from solerni_xblocks.discussion.presenters.searching import answer_hits
from solerni_xblocks.discussion.presenters.studio import view_choices, view_settings
from solerni_xblocks.discussion.presenters.texts import (
    format_cursor,
    make_draft_key,
    mark_passages,
    show_markdown,
    show_preview,
)
from solerni_xblocks.discussion.presenters.threads import (
    answer_advice,
    answer_complaint,
    answer_draft,
    answer_new_thread,
    answer_post,
    answer_posts,
    answer_thread,
)
from solerni_xblocks.discussion.presenters.transparency import WRITERS as STATEMENT_WRITERS
from solerni_xblocks.discussion.presenters.transparency import (
    answer_report,
    view_report,
    view_statistics,
    write_participants,
    write_report,
)
from solerni_xblocks.discussion.presenters.wording import answer_similar
from solerni_xblocks.discussion.presenters.words import view_trial, view_words
from solerni_xblocks.discussion.presenters.workshop import view_rule_trial, view_workshop, write_trial_query

__all__ = [
    "EXPLANATIONS",
    "STATEMENT_WRITERS",
    "answer_advice",
    "answer_arranged",
    "answer_comment_form",
    "answer_complaint",
    "answer_draft",
    "answer_edit_form",
    "answer_file",
    "answer_hits",
    "answer_new_thread",
    "answer_news",
    "answer_notices",
    "answer_post",
    "answer_posts",
    "answer_report",
    "answer_similar",
    "answer_thread",
    "answer_threads",
    "answer_unread",
    "answer_versions",
    "answer_waiting",
    "answer_workbench",
    "format_cursor",
    "list_buttons",
    "list_filters",
    "list_kinds",
    "list_sorts",
    "make_draft_key",
    "mark_passages",
    "render_threads",
    "render_unread",
    "show_markdown",
    "show_preview",
    "view_appeal",
    "view_appeals",
    "view_case",
    "view_changes",
    "view_choices",
    "view_chosen",
    "view_decision",
    "view_failures",
    "view_form",
    "view_mute",
    "view_queue",
    "view_report",
    "view_rule_trial",
    "view_settings",
    "view_statistics",
    "view_trial",
    "view_waiting",
    "view_words",
    "view_workshop",
    "write_filters",
    "write_participants",
    "write_report",
    "write_trial_query",
]
