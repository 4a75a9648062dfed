"""Course issues: a member tells of one, others have it too, who moderates says that it is mended."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Choice, Conduct, Filter, Kind, Sort
from solerni_xblocks.discussion.errors.arranging import ModeratorsOnly, NotAnIssue
from solerni_xblocks.discussion.errors.reading import OwnWords
from solerni_xblocks.discussion.errors.writing import KindNotOffered
from solerni_xblocks.discussion.models import LogEntry, Notice, Thread
from tests.discussion.conftest import make_draft, open_thread
from tests.doubles.runtime import call, make_block

KINDS = ["discussion", "issue"]


@pytest.fixture
def lab(cafe: Any) -> Any:
    """The place, where course issues are told of."""
    return replace(cafe, conduct=Conduct(kinds=(Kind.DISCUSSION, Kind.ISSUE)))


@pytest.fixture
def issue(learner: Any, lab: Any) -> Any:
    return report(learner, lab, "La vidéo 3 est muette")


def report(who: Any, lab: Any, title: str) -> Any:
    draft = replace(make_draft("On n’entend rien.", title=title), kind=Kind.ISSUE)
    return api.publish_thread(who.id, lab, draft)


def list_titles(who: Any, lab: Any, **choice: Any) -> list[str]:
    return [thread.title for thread in api.list_threads(who.id, lab, Choice(**choice)).threads]


def test_issues_are_told_of_where_the_author_offers_it(learner, cafe, lab, issue) -> None:
    assert Thread.objects.get().kind == "issue"
    with pytest.raises(KindNotOffered):
        report(learner, cafe, "Ailleurs")


def test_others_have_it_too_each_once_and_can_take_it_back(learner, other_learner, author, lab, issue) -> None:
    assert [api.vote_post(who.id, lab, issue.uuid) for who in (other_learner, other_learner, author)] == [1, 1, 2]
    with pytest.raises(OwnWords):
        api.vote_post(learner.id, lab, issue.uuid)
    assert api.withdraw_vote(other_learner.id, lab, issue.uuid) == 1
    other = report(other_learner, lab, "Le quiz est faux")
    for who in (learner, author):
        api.vote_post(who.id, lab, other.uuid)
    assert list_titles(learner, lab, sort=Sort.BEST) == ["Le quiz est faux", "La vidéo 3 est muette"]


def test_moderators_resolve_an_issue_once_and_open_it_again(learner, author, moderator, lab, issue) -> None:
    thread = issue.thread_uuid
    report(learner, lab, "Le quiz est faux")
    open_thread(learner, lab)
    for who in (moderator, author):
        api.resolve_issue(who.id, lab, thread)
    line = api.read_thread(learner.id, lab, thread).thread
    assert line.resolved_by == moderator.id and line.resolved_at is not None
    assert list_titles(learner, lab, filter=Filter.UNRESOLVED) == ["Le quiz est faux"]
    api.reopen_issue(author.id, lab, thread)
    assert len(list_titles(learner, lab, filter=Filter.UNRESOLVED)) == 2
    assert api.read_thread(learner.id, lab, thread).thread.resolved_by is None
    assert list(LogEntry.objects.order_by("id").values_list("act", flat=True)) == ["resolve", "reopen"]


def test_learners_resolve_nothing_and_nobody_resolves_another_thread(learner, author, lab, issue) -> None:
    with pytest.raises(ModeratorsOnly):
        api.resolve_issue(learner.id, lab, issue.thread_uuid)
    with pytest.raises(NotAnIssue):
        api.resolve_issue(author.id, lab, open_thread(learner, lab).thread_uuid)


def test_who_told_of_it_and_who_has_it_too_learn_that_it_is_resolved(
    learner, other_learner, author, lab, issue
) -> None:
    api.vote_post(other_learner.id, lab, issue.uuid)
    api.resolve_issue(author.id, lab, issue.thread_uuid)
    told = Notice.objects.filter(kind="resolved", mail_due_at=None)
    assert set(told.values_list("member_id", flat=True)) == {learner.id, other_learner.id}
    assert "muette" in str(api.list_notices(other_learner.id, lab).notices[0].title)


def test_the_pages_say_it_in_plain_words(learner, other_learner, author, lab, issue) -> None:
    def show(who: Any) -> tuple[str, str]:
        block = make_block(DiscussionBlock, lab.usage_key, user=who, kinds=KINDS)
        thread = call(block, "read_thread", {"thread": str(issue.thread_uuid)}).json["html"]
        return block.student_view().content, thread

    api.vote_post(author.id, lab, issue.uuid)
    page, thread = show(other_learner)
    assert 'value="unresolved"' in page and 'value="issue"' in page
    assert "data-solerni-vote" in thread and "data-solerni-resolve=" not in thread
    answer = call(
        make_block(DiscussionBlock, lab.usage_key, user=author, kinds=KINDS),
        "resolve_issue",
        {"thread": str(issue.thread_uuid), "on": True},
    )
    assert (answer.status_code, answer.json["thread"]) == (200, str(issue.thread_uuid))
    for who in (learner, author):
        assert "data-solerni-resolved" in show(who)[1] and "ana" in show(who)[1]
    plain = make_block(DiscussionBlock, lab.usage_key, user=learner).student_view().content
    assert 'value="unresolved"' not in plain and '<option value="issue"' not in plain


def test_a_moderator_who_left_is_named_no_more(author, lab, issue) -> None:
    api.resolve_issue(author.id, lab, issue.thread_uuid)
    api.forget_member(author.id)
    row = Thread.objects.get()
    assert row.resolved_by is None and row.resolved_at is not None
