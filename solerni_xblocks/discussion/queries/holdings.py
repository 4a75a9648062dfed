"""All that discussion holds about one member, as plain JSON values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.models import (
    Appeal,
    AppealMessage,
    Attachment,
    Decision,
    Draft,
    MemberWord,
    Moderator,
    Notice,
    PlaceMark,
    Post,
    Preference,
    Rating,
    Report,
    Sanction,
    ThreadMark,
    UploadCount,
    Version,
    Vote,
)


def export_member(member_id: int) -> dict[str, Any]:
    """All that discussion holds about the member, as plain JSON values."""
    return {**_list_written(member_id), **_list_marked(member_id), **_list_moderated(member_id)}


def _list_written(member_id: int) -> dict[str, Any]:
    posts = Post.objects.filter(author_id=member_id).select_related("thread")
    drafts = Draft.objects.filter(member_id=member_id).order_by("id")
    files = Attachment.objects.filter(member_id=member_id).select_related("post")
    counts = UploadCount.objects.filter(member_id=member_id).order_by("on")
    return {
        "posts": [
            _export_post(post) for post in posts.prefetch_related("decisions", "versions", "ratings").order_by("id")
        ],
        "drafts": [
            {
                "block": row.usage_key,
                "form": row.slot,
                "title": row.title,
                "text": row.source,
                "at": _format(row.updated_at),
            }
            for row in drafts
        ],
        "files": [_export_file(row) for row in files],
        "sent_on_days": [{"on": row.on.isoformat(), "files": row.files, "bytes": row.size} for row in counts],
    }


def _list_marked(member_id: int) -> dict[str, Any]:
    votes = Vote.objects.filter(member_id=member_id).select_related("post").order_by("id")
    threads = ThreadMark.objects.filter(member_id=member_id).select_related("thread").order_by("id")
    places = PlaceMark.objects.filter(member_id=member_id).order_by("id")
    wanted = Preference.objects.filter(member_id=member_id).order_by("id")
    notices = Notice.objects.filter(member_id=member_id).order_by("id")
    words = MemberWord.objects.filter(member_id=member_id).order_by("id")
    return {
        "words_known": [{"word": row.word, "at": _format(row.at)} for row in words],
        "votes": [{"post": str(row.post.uuid), "at": _format(row.at)} for row in votes],
        "threads_read": [
            {"thread": str(row.thread.uuid), "read_at": _format(row.read_at), "follows": row.follows} for row in threads
        ],
        "places": [
            {"place": row.place_key, "read_at": _format(row.read_at), "sort": row.sort, "follows": row.follows}
            for row in places
        ],
        "mail": [
            {"course": row.course_key, "kind": row.kind, "frequency": row.frequency, "before": row.before}
            for row in wanted
        ],
        "notices": [{"kind": row.kind, "about": str(row.about), "at": _format(row.at)} for row in notices],
    }


def _list_moderated(member_id: int) -> dict[str, Any]:
    sanctions = Sanction.objects.filter(member_id=member_id).select_related("decision").order_by("id")
    reports = Report.objects.filter(reporter_id=member_id).select_related("post").order_by("id")
    appeals = Appeal.objects.filter(member_id=member_id).select_related("decision").order_by("id")
    written = AppealMessage.objects.filter(writer_id=member_id).select_related("appeal").order_by("id")
    taken = Decision.objects.filter(moderator_id=member_id).select_related("post").order_by("id")
    moderated = Moderator.objects.filter(user_id=member_id).order_by("id")
    return {
        "reports": [
            {"post": str(row.post.uuid), "reason": row.reason, "note": row.note, "law": row.law, "at": _format(row.at)}
            for row in reports
        ],
        "sanctions": [
            {
                **_export_decision(row.decision),
                "act": row.decision.act,
                "course": row.course_key,
                "until": _format(row.ends_at),
                "lifted_at": _format(row.lifted_at),
            }
            for row in sanctions
        ],
        "contested": [
            {"uuid": str(row.uuid), "decision": str(row.decision.uuid), "at": _format(row.at), "answer": row.answer}
            for row in appeals
        ],
        "contest_messages": [
            {"contest": str(row.appeal.uuid), "text": row.text, "at": _format(row.at)} for row in written
        ],
        "decisions_taken": [{**_export_decision(decision), "post": str(decision.post.uuid)} for decision in taken],
        "moderates": [{"course": row.course_key, "since": row.at.isoformat()} for row in moderated],
    }


def _export_post(post: Post) -> dict[str, Any]:
    return {
        "uuid": str(post.uuid),
        "course": post.thread.course_key,
        "block": post.thread.usage_key,
        "thread": str(post.thread.uuid),
        "title": post.thread.title if post.is_opening else "",
        "text": post.source,
        "state": post.state,
        "created_at": post.created_at.isoformat(),
        "published_at": _format(post.published_at),
        "versions": [_export_version(version) for version in post.versions.all()],
        "decisions": [_export_decision(decision) for decision in post.decisions.all()],
        "ratings": [_export_rating(rating) for rating in post.ratings.all()],
    }


def _export_rating(rating: Rating) -> dict[str, Any]:
    return {
        "service": rating.service,
        "version": rating.version,
        "scores": rating.scores,
        "flagged": rating.is_flagged,
        "asked_at": _format(rating.asked_at),
    }


def _export_version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "title": version.title,
        "text": version.source,
        "rights": version.rights,
        "licence": version.licence,
        "source": version.rights_source,
        "at": version.at.isoformat(),
    }


def _export_file(row: Attachment) -> dict[str, Any]:
    """What is kept of a file, and where its member gets it: bytes are no plain value."""
    return {
        "name": row.name,
        "address": conf.get_base_url() + reverse("solerni_discussion:file", args=[row.uuid]),
        "block": row.usage_key,
        "post": str(row.post.uuid) if row.post else None,
        "type": row.content_type,
        "bytes": row.size,
        "sha256": row.sha256,
        "shows": row.alternative,
        "rights": row.rights,
        "licence": row.licence,
        "source": row.rights_source,
        "at": _format(row.created_at),
    }


def _export_decision(decision: Decision) -> dict[str, Any]:
    return {
        "uuid": str(decision.uuid),
        "outcome": decision.outcome,
        "clause": decision.clause,
        "message": decision.message,
        "at": decision.at.isoformat(),
    }


def _format(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
