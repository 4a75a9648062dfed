"""A version that was announced can be called off before its date; nothing else about it can change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from freezegun import freeze_time

from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.data import Stage, TextDraft, VersionDraft
from solerni_xblocks.terms.errors import CancellationRefused, DocumentNotFound, TermsOutdated, TermsRequired
from tests.terms.conftest import make_answer

pytestmark = pytest.mark.django_db
INSTANT = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def announced(publish):
    with freeze_time(INSTANT - timedelta(days=30)):
        first = publish("1.0")
        return first, publish("2.0", note=" new", effective_at=INSTANT)


def test_a_cancelled_version_never_governs_and_stays_readable(announced, client) -> None:
    with freeze_time(INSTANT - timedelta(seconds=1)):
        assert api.cancel_version("terms", "2.0", actor_id=7).stage is Stage.CANCELLED
    with freeze_time(INSTANT + timedelta(days=1)):
        assert api.get_page("terms").version.label == "1.0"
        assert client.get(reverse("solerni_terms:version", args=["terms", "2.0"])).status_code == 200
    proof = models.Proof.objects.get(act="cancel")
    assert (proof.version_uuid, proof.label, proof.subject) == (announced[1].uuid, "2.0", "")
    assert models.Cancellation.objects.get().actor_id == 7


@pytest.mark.parametrize("late", [0, 1])
def test_from_its_date_on_a_version_cannot_be_cancelled(announced, late: int) -> None:
    with freeze_time(INSTANT + timedelta(seconds=late)), pytest.raises(CancellationRefused):
        api.cancel_version("terms", "2.0")
    assert not models.Cancellation.objects.exists()


def test_cancelling_twice_or_nothing_is_refused(announced) -> None:
    with freeze_time(INSTANT - timedelta(days=1)):
        api.cancel_version("terms", "2.0")
        with pytest.raises(CancellationRefused):
            api.cancel_version("terms", "2.0")
        with pytest.raises(DocumentNotFound):
            api.cancel_version("terms", "")
    assert models.Proof.objects.filter(act="cancel").count() == 1


def test_what_was_cancelled_can_be_imported_again(announced) -> None:
    draft = VersionDraft(
        label="3.0",
        texts={
            text.language: TextDraft(title=text.title, source=text.source)
            for text in models.Text.objects.filter(version__uuid=announced[1].uuid)
        },
        contact="contact@example.org",
        effective_at=INSTANT,
    )
    with freeze_time(INSTANT - timedelta(days=1)):
        assert api.publish_if_changed("terms", draft) is None
        api.cancel_version("terms", "2.0")
        assert api.publish_if_changed("terms", draft).label == "3.0"


def test_a_cancelled_version_takes_no_answer_and_asks_nobody(announced, learner) -> None:
    with freeze_time(INSTANT - timedelta(days=1)):
        api.accept_version(make_answer(learner.id, announced[0]))
        api.cancel_version("terms", "2.0")
        with pytest.raises(TermsOutdated):
            api.accept_version(make_answer(learner.id, announced[1]))
    with freeze_time(INSTANT + timedelta(days=1)):
        api.require_acceptance(learner.id, None)


def test_the_gate_of_this_process_hears_of_it_within_five_seconds(announced, learner) -> None:
    with freeze_time(INSTANT - timedelta(days=1)):
        api.accept_version(make_answer(learner.id, announced[0]))
    with freeze_time(INSTANT - timedelta(seconds=3)) as clock:
        api.require_acceptance(learner.id, None)
        api.cancel_version("terms", "2.0")
        clock.move_to(INSTANT + timedelta(seconds=3))
        api.require_acceptance(learner.id, None)


def test_without_the_cancellation_it_would_have_bitten_at_its_instant(announced, learner) -> None:
    with freeze_time(INSTANT - timedelta(days=1)):
        api.accept_version(make_answer(learner.id, announced[0]))
    with freeze_time(INSTANT - timedelta(seconds=1)) as clock:
        api.require_acceptance(learner.id, None)
        clock.move_to(INSTANT)
        with pytest.raises(TermsRequired):
            api.require_acceptance(learner.id, None)
