"""Documents, answers and a family of blocks for the terms tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from opaque_keys.edx.keys import CourseKey, UsageKey
from web_fragments.fragment import Fragment
from xblock.fields import ScopeIds

from solerni_xblocks.blockkit.base import SolerniBlock
from solerni_xblocks.blockkit.handlers import learner_reads, learner_writes
from solerni_xblocks.demo import blocks
from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.block import TermsBlock
from solerni_xblocks.terms.data import Answer, Channel, Origin, TextDraft, Version, VersionDraft
from tests.doubles.runtime import make_block
from tests.terms import doors

FRENCH = "# Conditions\n\n## Courtoisie {#posts.courtesy}\n\nSoyez aimables, « toujours »."
ENGLISH = "# Terms\n\n## Courtesy {#posts.courtesy}\n\nBe kind."

Publish = Callable[..., Version]


class ProbeBlock(SolerniBlock):
    """A child that asks nothing of its own: it stands for any block of ours inside a terms block."""

    asks_take_part = False

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        return Fragment("<p>the secret of the child</p>")

    @learner_writes
    def write_probe(self, data: dict[str, Any]) -> dict[str, Any]:
        """Write nothing."""
        return {"written": True}

    @learner_reads
    def read_probe(self, data: dict[str, Any]) -> dict[str, Any]:
        """Read nothing."""
        return {"read": True}


@pytest.fixture
def publish(db: None) -> Publish:
    """Publish a version of a document for every member, French and English."""

    def publish(
        label: str = "1.0",
        *,
        slug: str = "terms",
        note: str = "",
        effective_at: datetime | None = None,
        requires_acceptance: bool = True,
        summary: str = "",
        **document: Any,
    ) -> Version:
        api.save_document(slug, **document)
        texts = {
            "fr": TextDraft(title="Conditions", source=FRENCH + note, summary=summary),
            "en": TextDraft(title="Terms", source=ENGLISH + note, summary=summary),
        }
        draft = VersionDraft(
            label=label,
            texts=texts,
            effective_at=effective_at,
            requires_acceptance=requires_acceptance,
            contact="contact@example.org",
        )
        return api.publish_version(slug, draft)

    return publish


def list_answers() -> Any:
    """Rows of what members did; publications are proved in the same table."""
    return models.Proof.objects.exclude(act="publish")


def make_answer(member_id: int, version: Version | UUID, **changes: Any) -> Answer:
    """A member's answer on the document's page."""
    uuid = version if isinstance(version, UUID) else version.uuid
    values = {
        "document": "terms",
        "member_id": member_id,
        "version_uuid": uuid,
        "language": "fr",
        "channel": Channel.PAGE,
        "screen_digest": "0" * 64,
        "origin": Origin(ip="203.0.113.77", agent="Firefox"),
    }
    return Answer(**{**values, **changes})


@pytest.fixture
def terms_key(course_key: CourseKey) -> UsageKey:
    return UsageKey.from_string("block-v1:Solerni+Demo+2026+type@solerni_terms+block@door")


@pytest.fixture
def probe_key(course_key: CourseKey) -> UsageKey:
    return UsageKey.from_string("block-v1:Solerni+Demo+2026+type@solerni_probe+block@inside")


BLOCKS = {"solerni_terms": TermsBlock, "solerni_probe": ProbeBlock}


@pytest.fixture
def make_door(terms_key: UsageKey, probe_key: UsageKey) -> Callable[..., Any]:
    """A terms block with one child, asked by a user; the child is the block's ``get_children()[0]``."""

    def make_door(user: Any, **fields: Any) -> Any:
        door = make_block(TermsBlock, terms_key, user=user, **fields)
        runtime = door.runtime

        def get_block(key: UsageKey, for_parent: Any = None) -> Any:
            scope_ids = ScopeIds(door.scope_ids.user_id, key.block_type, key, key)
            return BLOCKS[key.block_type](runtime, scope_ids=scope_ids)

        runtime.get_block = get_block
        door.children = [probe_key]
        door.save()
        child = get_block(probe_key)
        child.parent = terms_key
        child.save()
        return door

    return make_door


FAR = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture
def course(db: None) -> Iterator[None]:
    with patch.dict(blocks.DEMO_BLOCKS, {"foreign": doors.Foreign}):
        doors.import_course()
        yield


@pytest.fixture
def other(course: None) -> Any:
    """Somebody who owes nothing, whatever the state of the other."""
    return doors.make_member("zoe")


@pytest.fixture
def member(course: None) -> Any:
    return doors.make_member("lea")


@pytest.fixture
def bring(publish: Any, member: Any, other: Any, settings: Any) -> Callable[[str], None]:
    """Bring the member into a state; the other has accepted what is there."""

    def bring(state: str) -> None:
        if state == "none":
            return
        version = publish(effective_at=FAR if state == "scheduled" else None)
        if state in ("accepted", "minor", "unborn"):
            api.accept_version(make_answer(member.id, version))
        if state == "unborn":
            settings.SOLERNI_TERMS_BIRTH_ASKED = True
            api.state_birth(other.id, born_on=date(1990, 1, 1), country="FR")
        if state == "declined":
            api.decline_version(make_answer(member.id, version))
        if state == "minor":
            models.Birth.objects.create(
                member_id=member.id, born_on=date.today() - timedelta(days=12 * 365), country="FR", stated_at=FAR
            )
        api.accept_version(make_answer(other.id, version))

    return bring
