"""Decide on several posts of one course at once: rights, decision and statement for each, one log entry above all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Batch, Ruling, Seen
from solerni_xblocks.discussion.errors import PostNotFound
from solerni_xblocks.discussion.errors.deciding import NothingChosen, SeveralCourses, TooManyPosts
from solerni_xblocks.discussion.flows.decide import rule_on
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.models import Post

MOST = 50


def decide_several(moderator_id: int, chosen: Mapping[UUID, Seen], ruling: Ruling) -> Batch:
    """Rule alike on each of ``chosen``; what cannot be decided is left as it is, and said."""
    course_key = _require_one_course(moderator_id, chosen)
    batch = make_uuid()
    whole = log_act(
        f"several_{ruling.act}",
        actor_id=moderator_id,
        course_key=str(course_key),
        subject_kind="batch",
        subject=batch,
        after={"posts": len(chosen)},
        why=ruling.note,
    )
    done, failed = [], []
    for uuid, seen in chosen.items():
        try:
            one = replace(ruling, seen=seen)
            rule_on(uuid, moderator_id=moderator_id, ruling=one, batch=batch, parent=whole)
            done.append(uuid)
        except SolerniError as refusal:
            failed.append((uuid, str(refusal.message)))
    return Batch(uuid=batch, done=tuple(done), failed=tuple(failed))


def _require_one_course(moderator_id: int, chosen: Mapping[UUID, Seen]) -> CourseKey:
    if not chosen:
        raise NothingChosen
    if len(chosen) > MOST:
        raise TooManyPosts
    keys = set(Post.objects.filter(uuid__in=chosen).values_list("thread__course_key", flat=True))
    if not keys:
        raise PostNotFound
    if len(keys) > 1:
        raise SeveralCourses
    course_key = CourseKey.from_string(keys.pop())
    if not queries.find_power(moderator_id, course_key):
        raise PostNotFound
    return course_key
