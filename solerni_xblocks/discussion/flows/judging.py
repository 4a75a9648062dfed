"""Rules are asked about a wording, and what they saw is kept with its version. Deciding itself is in ``rules``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import (
    Advice,
    Declaration,
    Draft,
    Kind,
    Mode,
    Outcome,
    Participant,
    Place,
    Policy,
    Reason,
    Rule,
    Run,
    Scene,
    Template,
    Verdict,
    Wording,
)
from solerni_xblocks.discussion.data.measures import Measures
from solerni_xblocks.discussion.flows.knowing import know_course
from solerni_xblocks.discussion.models import Finding, Fingerprint, Post, Source, Thread
from solerni_xblocks.discussion.rules.likeness import keep_telling
from solerni_xblocks.discussion.rules.measures.copies import fingerprint
from solerni_xblocks.discussion.rules.measures.links import find_links
from solerni_xblocks.discussion.rules.measuring import measure
from solerni_xblocks.discussion.rules.moderation import MODE_RULE, judge
from solerni_xblocks.discussion.rules.promotion import NEWCOMER_POSTS

_QUOTES = frozenset('>«“"')


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What rules said of a wording, and the fingerprints that it leaves, by which it is found again."""

    verdict: Verdict
    fingerprints: frozenset[int]


def judge_draft(
    author: Participant,
    place: Place,
    draft: Draft,
    *,
    thread: Thread | None = None,
    post: Post | None = None,
    files: tuple[Declaration, ...] = (),
) -> Judged:
    """What becomes of the draft in its place: a thread (None), a reply in ``thread``, another wording of ``post``.

    ``files``: by what right each of its files is shared.
    """
    is_opening = post.is_opening if post else thread is None
    known = know_course(place)
    policy = _choose_policy(known.policy, draft.kind if is_opening else Kind.DISCUSSION)
    wording = Wording(source=draft.source, title=draft.title, is_opening=is_opening, rights=draft.rights, files=files)
    prints = fingerprint(draft.source, headings=policy.template.headings, assignment=place.prompt)
    is_compared = policy.get_setting(Rule.PLAGIARISM).run is not Run.OFF
    holders = queries.find_holders(place, prints, but=post) if is_compared else {}
    scene = Scene(
        is_moderator=author.is_moderator,
        is_staff=author.is_staff,
        is_trusted=author.is_trusted,
        insists=draft.insists,
        known_words=known.known_words,
        lists=known.lists,
        course_words=known.course_words,
        course_domains=known.course_domains,
        assignment=place.prompt,
        thread_texts=queries.list_thread_texts(thread.id) if thread and _QUOTES.intersection(draft.source) else (),
        recent_links=queries.list_recent_links(author.id, but=post) if any(find_links(draft.source)) else frozenset(),
        candidates=queries.find_candidates(author, place, prints, holders),
    )
    measures = measure(wording, scene, policy)
    upheld = queries.count_upheld(author.id, place, most=_find_most_upheld(policy, measures))
    scene = replace(scene, upheld_posts=upheld)
    verdict = judge(measures, scene, policy)
    if any(reason.rule == Rule.SPELLING for reason in (*verdict.reasons, *verdict.tried)):  # seldom
        words = queries.list_accepted_words(author, place, thread=post.thread if post else thread)
        verdict = judge(measures, replace(scene, member_words=words), policy)
    return Judged(verdict=verdict, fingerprints=keep_telling(prints, holders))


def _find_most_upheld(policy: Policy, measures: Measures) -> int:
    """After how many posts nobody is a newcomer any more; 0 where newcomers are treated as others are."""
    first = policy.first_posts if policy.mode is Mode.FIRST else 0
    return max(first, NEWCOMER_POSTS if measures.promotion and measures.promotion.signs else 0)


def _choose_policy(policy: Policy, kind: Kind) -> Policy:
    """The form that the author of the course asks for is that of contributions."""
    return policy if kind is Kind.CONTRIBUTION else replace(policy, template=Template())


def keep_fingerprints(post: Post, fingerprints: frozenset[int]) -> None:
    """The current wording is found again by these; those of the one before go."""
    if post.version > 1:
        Fingerprint.objects.filter(post=post).delete()
    scope = queries.make_scope(CourseKey.from_string(post.thread.course_key))
    numbers = sorted(fingerprints)
    for start in range(0, len(numbers), queries.PRINTS_AT_ONCE):
        _insert([(scope, number, post.pk) for number in numbers[start : start + queries.PRINTS_AT_ONCE]])


def _insert(rows: list[tuple[int, int, int]]) -> None:
    """Without the ORM, as they are read."""
    connection, table, columns = queries.reach_prints()
    marks = ", ".join(["(%s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {marks}"  # noqa: S608 - names and marks of ours
        cursor.execute(sql, [number for row in rows for number in row])


def find_advice(verdict: Verdict, place: Place, draft: Draft) -> Advice | None:
    """What the author must read before the draft is written; None when it is to be written now."""
    may_insist = place.policy.lets_insist
    is_nudged = verdict.outcome is Outcome.NUDGE
    if not (is_nudged or verdict.outcome is Outcome.REFUSE) or (is_nudged and draft.insists and may_insist):
        return None
    return Advice(
        outcome=verdict.outcome,
        reasons=verdict.reasons,
        title=draft.title,
        source=draft.source,
        may_insist=may_insist and is_nudged,
    )


def find_source(verdict: Verdict) -> Source | None:
    """Why a case opens: the mode alone, a rule, or a rule that lets the post pass; None: no case opens."""
    if verdict.outcome == Outcome.HOLD:
        return Source.RULE if count_ruled(verdict) else Source.MODE
    return Source.SUSPECT if verdict.is_to_read else None


def count_ruled(verdict: Verdict) -> int:
    """How many passages rules point at: what orders cases that are due alike."""
    return sum(reason.rule != MODE_RULE for reason in verdict.reasons)


def keep_findings(post: Post, verdict: Verdict) -> None:
    """Keep what rules saw in the current wording, and what they would have seen in dry run."""
    rows = [_make_row(post, reason) for reason in (*verdict.reasons, *verdict.tried)]
    Finding.objects.bulk_create(rows)


def _make_row(post: Post, reason: Reason) -> Finding:
    return Finding(
        post=post,
        version=post.version,
        rule=reason.rule,
        clause=reason.clause,
        code=reason.code,
        outcome=reason.outcome,
        is_dry=reason.is_dry,
        part=reason.part,
        start=reason.passage.start if reason.passage else None,
        end=reason.passage.end if reason.passage else None,
        seen=reason.seen[:200],
        score=reason.score,
        threshold=reason.threshold,
    )
