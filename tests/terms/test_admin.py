"""Operators write drafts, read them as members will, publish and call off; what is published they only read."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages

from solerni_xblocks.core import clock
from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.errors import DraftChanged
from tests.terms.conftest import FRENCH, make_answer

pytestmark = pytest.mark.django_db
ADMIN = "/admin/solerni_terms/"


@pytest.fixture
def operator(publish, admin_client, admin_user) -> Any:
    """An operator who has accepted the terms as everybody must."""
    api.accept_version(make_answer(admin_user.id, publish("1.0")))
    return admin_client


def write_draft(client: Any, **changes: str) -> Any:
    document = models.Document.objects.get(slug="terms")
    data = {
        "document": str(document.id),
        "label": "2.0",
        "contact": "contact@example.org",
        "requires_acceptance": "on",
        "effective_at_0": "",
        "effective_at_1": "",
        "texts-TOTAL_FORMS": "1",
        "texts-INITIAL_FORMS": "0",
        "texts-0-language": "fr",
        "texts-0-title": "Conditions",
        "texts-0-summary": "La patience.",
        "texts-0-source": FRENCH + " Soyez patients.\n\n## Nouveau\n\nTexte.",
    }
    answer = client.post(f"{ADMIN}draft/add/", {**data, **changes})
    assert answer.status_code == 302, answer.context["errors"]
    return models.Draft.objects.get()


def read_digest(page: str) -> dict[str, str]:
    """What the form of a preview sends."""
    return {"digest": re.search(r'name="digest" value="([0-9a-f]{64})"', page)[1]}


@pytest.mark.parametrize("change", ["source", "summary", "label", "contact", "effective_at", "no digest"])
def test_a_draft_that_changed_since_it_was_read_is_not_published(operator, change: str) -> None:
    draft = write_draft(operator)
    address = f"{ADMIN}draft/{draft.pk}/preview/"
    read = read_digest(operator.get(address).content.decode())
    if change in ("source", "summary"):
        draft.texts.update(**{change: "# Conditions\n\nAutre chose."})
    elif change == "no digest":
        read = {}
    else:
        value = clock.now() + timedelta(days=9) if change == "effective_at" else "x@example.org"
        models.Draft.objects.filter(pk=draft.pk).update(**{change: "3.0" if change == "label" else value})
    answer = operator.post(address, read)
    assert answer["Location"] == address
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert told == [str(DraftChanged.default_message)]
    assert models.Draft.objects.exists()
    assert models.Version.objects.count() == 1
    with pytest.raises(DraftChanged):
        api.publish_draft(draft.uuid, digest=read.get("digest", ""))


def test_a_draft_is_read_as_members_will_then_published_once(operator, admin_user) -> None:
    draft = write_draft(operator)
    assert draft.writer_id == admin_user.id
    address = f"{ADMIN}draft/{draft.pk}/preview/"
    shown = operator.get(address).content.decode()
    for expected in ("Soyez patients.", "La patience.", "<ins>", "data-solerni-terms-publish"):
        assert expected in shown
    assert models.Version.objects.count() == 1
    read = read_digest(shown)
    assert operator.post(address, read)["Location"] == "/solerni/terms/terms/2.0/"
    assert operator.post(address, read).status_code == 404
    assert not models.Draft.objects.exists()
    version = models.Version.objects.get(label="2.0")
    assert (version.requires_acceptance, version.texts.get().summary) == (True, "La patience.")


def test_a_draft_that_cannot_be_published_says_why_and_stays(operator) -> None:
    draft = write_draft(operator, contact="nobody", **{"texts-0-language": "en"})
    address = f"{ADMIN}draft/{draft.pk}/preview/"
    for answer in (operator.get(address), operator.post(address)):
        text = answer.content.decode()
        assert 'role="alert"' in text
        assert "data-solerni-terms-publish" not in text
    assert models.Draft.objects.exists()
    assert models.Version.objects.count() == 1


def test_drafts_can_be_deleted_and_nothing_that_is_published(operator) -> None:
    draft = write_draft(operator)
    assert operator.post(f"{ADMIN}draft/{draft.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not models.Draft.objects.exists()
    for model, row in (("document", models.Document), ("version", models.Version), ("proof", models.Proof)):
        number = row.objects.first().pk
        assert operator.post(f"{ADMIN}{model}/{number}/delete/", {"post": "yes"}).status_code == 403
    for model in ("version", "proof"):
        assert operator.get(f"{ADMIN}{model}/add/").status_code == 403
        assert operator.get(f"{ADMIN}{model}/").status_code == 200


def test_an_operator_without_the_right_to_publish_only_reads(operator, client) -> None:
    draft = write_draft(operator)
    writer = get_user_model().objects.create_user("writer", "w@example.org", "secret", is_staff=True)
    writer.user_permissions.set(Permission.objects.filter(codename__in=["view_draft", "change_draft"]))
    api.accept_version(make_answer(writer.id, models.Version.objects.get().uuid))
    client.force_login(writer)
    address = f"{ADMIN}draft/{draft.pk}/preview/"
    assert "data-solerni-terms-publish" not in client.get(address).content.decode()
    assert client.post(address).status_code == 403
    writer.user_permissions.clear()
    assert client.get(address).status_code == 403
    assert models.Draft.objects.exists()


def test_an_announced_version_is_cancelled_from_the_list_and_one_in_force_is_not(operator, publish, admin_user) -> None:
    publish("2.0", note=" x", effective_at=clock.now() + timedelta(days=9))
    chosen = [str(number) for number in models.Version.objects.values_list("pk", flat=True)]
    answer = operator.post(f"{ADMIN}version/", {"action": "cancel", "_selected_action": chosen}, follow=True)
    assert answer.status_code == 200
    assert models.Cancellation.objects.get().version.label == "2.0"
    assert models.Cancellation.objects.get().actor_id == admin_user.id


@pytest.mark.parametrize(
    ("changes", "is_made"),
    [({}, True), ({"audience": "course"}, False), ({"course_key": "x"}, False), ({"slug": "change"}, False)],
)
def test_a_document_is_made_and_only_its_place_changes_afterwards(operator, changes, is_made: bool) -> None:
    data = {"slug": "cookies", "kind": "terms", "audience": "everyone", "is_required": "on", "order": "3"}
    operator.post(f"{ADMIN}document/add/", {**data, **changes})
    made = models.Document.objects.exclude(slug="terms")
    assert made.exists() is is_made
    if is_made:
        operator.post(f"{ADMIN}document/{made.get().pk}/change/", {**data, "audience": "members", "order": "5"})
        assert (made.get().audience, made.get().order) == ("everyone", 5)
