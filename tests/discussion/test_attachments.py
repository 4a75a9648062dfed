"""Files of messages: sent for a form, described, published, left out, handed out, let go."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time
from PIL import Image

from solerni_xblocks.core import clock
from solerni_xblocks.core.errors import Refused
from solerni_xblocks.core.storekit import StoreFailed, find_store
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import (
    Act,
    Claim,
    Conduct,
    Declaration,
    Draft,
    FileKind,
    FileLabel,
    FilePolicy,
    FileRecord,
    Place,
    PostRecord,
    Seen,
    Upload,
    Voice,
)
from solerni_xblocks.discussion.errors.attachments import (
    FileGone,
    FileKindNotTaken,
    FileNotFound,
    FileNotLabelled,
    FilesNotTaken,
    FilesUsedUp,
    FileTooLarge,
    PdfNotAnonymous,
    TooManyFiles,
)
from solerni_xblocks.discussion.management.checks import check_file_storage
from solerni_xblocks.discussion.models import Attachment, Post, Statement, Thread, UploadCount
from solerni_xblocks.hooks import duties, gates
from tests.discussion.conftest import INSULT, make_draft, open_thread, say
from tests.doubles.runtime import call, make_block, send_file

STORE = "SOLERNI_DISCUSSION_FILE_STORAGE"
PDF = b"%PDF-1.7 /Info << /Author (Lea) >> %%EOF"
MINE = FileLabel(alternative="Un carré rouge", rights=Declaration(claim=Claim.MINE))
CREDITED = FileLabel(
    alternative="Un chat", rights=Declaration(claim=Claim.LICENSED, licence="CC BY 4.0", source="Anne, chats.example")
)


def make_png(colour: str = "red") -> bytes:
    written = BytesIO()
    Image.new("RGB", (60, 30), colour).save(written, "PNG")
    return written.getvalue()


def send(member: Any, place: Place, content: bytes | None = None, *, name: str = "photo.png", slot: str = "thread"):
    return api.upload_file(member.id, place, Upload(slot=slot, name=name, content=content or make_png()))


def send_labelled(member: Any, place: Place, label: FileLabel = MINE, **how: Any) -> FileRecord:
    return api.label_file(member.id, place, send(member, place, **how).uuid, label)


def publish(member: Any, place: Place, *files: FileRecord, source: str = "Voici mon image") -> PostRecord:
    draft = replace(make_draft(source, title="Un fil"), files=tuple(file.uuid for file in files))
    post = api.publish_thread(member.id, place, draft)
    assert isinstance(post, PostRecord)
    return post


def limit_files(place: Place, **policy: Any) -> Place:
    return replace(place, conduct=Conduct(files=FilePolicy(**policy)))


def get(member: Any, file: FileRecord, **headers: str) -> Any:
    client = Client()
    client.force_login(member)
    return client.get(reverse("solerni_discussion:file", args=[file.uuid]), headers=headers)


def list_stored() -> set[str]:
    """What the storage holds of the files that are known."""
    store = find_store(STORE)
    return {row.stored_as for row in Attachment.objects.all() if store.exists(row.stored_as)}


@pytest.fixture
def make(place: Any) -> Any:
    return lambda user, **fields: make_block(DiscussionBlock, place, user=user, **fields)


def test_an_image_goes_with_the_message_that_it_was_sent_for(learner, other_learner, cafe) -> None:
    file = send_labelled(learner, cafe, CREDITED)
    assert (file.slot, file.content_type, file.width, file.height) == ("thread", "image/png", 60, 30)
    post = publish(learner, cafe, file)
    assert [one.label for one in post.files] == [CREDITED]
    (read,) = api.read_thread(other_learner.id, cafe, post.thread_uuid).posts
    assert [(one.uuid, one.name, one.slot) for one in read.files] == [(file.uuid, "photo.png", "")]
    assert api.list_waiting_files(learner.id, cafe) == ()


def test_a_file_waits_for_its_member_alone(learner, other_learner, cafe) -> None:
    file = send(learner, cafe)
    assert [one.uuid for one in api.list_waiting_files(learner.id, cafe)] == [file.uuid]
    assert api.list_waiting_files(other_learner.id, cafe) == ()
    assert get(learner, file).status_code == 200
    assert get(other_learner, file).status_code == 404
    with pytest.raises(FileGone):
        publish(other_learner, cafe, file)
    for act in (api.remove_file, lambda *which: api.label_file(*which, MINE)):
        with pytest.raises(FileNotFound):
            act(other_learner.id, cafe, file.uuid)


@pytest.mark.parametrize(
    ("label", "missing"),
    [
        (FileLabel(), "alternative"),
        (FileLabel(rights=MINE.rights), "alternative"),
        (FileLabel(alternative="Un chat"), "rights"),
        (FileLabel(alternative="Un chat", rights=Declaration(claim=Claim.LICENSED, source="Anne")), "licence"),
        (FileLabel(alternative="Un chat", rights=Declaration(claim=Claim.LICENSED, licence="CC0 1.0")), "source"),
        (FileLabel(alternative="Un chat", rights=Declaration(claim=Claim.PERMITTED)), "source"),
        (FileLabel(alternative="Un chat", rights=Declaration(claim=Claim.PUBLIC)), "source"),
        (FileLabel(alternative="Un chat", rights=Declaration(claim=Claim.QUOTED)), "source"),
    ],
)
def test_what_is_not_said_of_a_file_is_asked_for_by_name(learner, cafe, label, missing) -> None:
    file = send_labelled(learner, cafe, label)
    with pytest.raises(FileNotLabelled) as refusal:
        publish(learner, cafe, file)
    assert refusal.value.details == {"file": str(file.uuid), "file_field": missing}
    assert "photo.png" in str(refusal.value.message)
    assert not Post.objects.exists() and len(api.list_waiting_files(learner.id, cafe)) == 1


def test_a_document_needs_rights_and_no_words_for_what_it_shows(learner, cafe) -> None:
    file = send(learner, cafe, b"Un plan en trois parties", name="plan.md")
    api.label_file(learner.id, cafe, file.uuid, FileLabel(rights=MINE.rights))
    assert publish(learner, cafe, file).files[0].content_type == "text/plain"


def test_sent_twice_a_message_is_written_once_with_its_file(learner, cafe) -> None:
    file = send_labelled(learner, cafe)
    draft = Draft(submission=uuid4(), source="Voici", title="Un fil", files=(file.uuid,))
    first, second = (api.publish_thread(learner.id, cafe, draft) for _ in range(2))
    assert first == second and len(first.files) == 1
    assert Post.objects.count() == 1


def test_a_file_goes_with_one_message_only(learner, cafe) -> None:
    file = send_labelled(learner, cafe)
    publish(learner, cafe, file)
    with pytest.raises(FileGone):
        publish(learner, cafe, file)
    assert Post.objects.count() == 1


def test_the_author_of_the_course_says_which_files_and_how_many(learner, cafe) -> None:
    with pytest.raises(FileKindNotTaken):
        send(learner, limit_files(cafe, kinds=(FileKind.PDF,)))
    with pytest.raises(FileKindNotTaken):
        send(learner, limit_files(cafe, kinds=(FileKind.IMAGE,)), b"Un texte")
    with pytest.raises(FileTooLarge):
        send(learner, limit_files(cafe, size=50))
    for none in ({"most": 0}, {"kinds": ()}, {"size": 0}):
        with pytest.raises(FilesNotTaken):
            send(learner, limit_files(cafe, **none))
    two = limit_files(cafe, most=2)
    files = [send_labelled(learner, two) for _ in range(2)]
    with pytest.raises(TooManyFiles):
        send(learner, two)
    with pytest.raises(TooManyFiles):
        publish(learner, limit_files(cafe, most=1), *files)
    assert len(publish(learner, two, *files).files) == 2


def test_without_a_storage_no_file_is_taken_and_none_offered(learner, cafe, make, settings) -> None:
    assert "data-solerni-file-input" in make(learner).student_view().content
    settings.SOLERNI_DISCUSSION_FILE_STORAGE = {}
    with pytest.raises(FilesNotTaken):
        send(learner, cafe)
    assert "data-solerni-file-input" not in make(learner).student_view().content


def test_an_author_adds_and_removes_files_and_the_history_keeps_them(learner, other_learner, moderator, cafe) -> None:
    first, second = send_labelled(learner, cafe), send_labelled(learner, cafe, name="autre.png")
    post = publish(learner, cafe, first)
    change = Draft(submission=uuid4(), source="Voici mon image", title="Un fil", files=(second.uuid,))
    changed = api.revise_post(learner.id, cafe, change, post_uuid=post.uuid, version=1)
    assert [one.uuid for one in changed.files] == [second.uuid] and changed.version == 2
    versions = api.list_versions(learner.id, cafe, post_uuid=post.uuid)
    assert [[one.uuid for one in version.files] for version in versions] == [[first.uuid], [second.uuid]]
    again = replace(change, submission=uuid4())
    assert api.revise_post(learner.id, cafe, again, post_uuid=post.uuid, version=2).version == 2
    assert [get(who, first).status_code for who in (learner, moderator)] == [200, 200]


def test_what_a_later_wording_left_out_is_for_author_and_moderators(learner, other_learner, cafe) -> None:
    file = send_labelled(learner, cafe)
    post = publish(learner, cafe, file)
    assert get(other_learner, file).status_code == 200
    without = Draft(submission=uuid4(), source="Sans image", title="Un fil", files=())
    assert api.revise_post(learner.id, cafe, without, post_uuid=post.uuid, version=1).files == ()
    assert [get(who, file).status_code for who in (learner, other_learner)] == [200, 404]


def test_words_changed_without_a_word_on_files_keep_them(learner, cafe) -> None:
    post = publish(learner, cafe, send_labelled(learner, cafe))
    words = Draft(submission=uuid4(), source="Autrement", title="Un fil")
    assert len(api.revise_post(learner.id, cafe, words, post_uuid=post.uuid, version=1).files) == 1


def test_a_moderator_removes_files_of_others_and_adds_none(learner, moderator, cafe) -> None:
    file = send_labelled(learner, cafe)
    post = publish(learner, cafe, file)
    own = send_labelled(moderator, cafe)
    change = Draft(submission=uuid4(), source="Voici mon image", title="Un fil", files=(file.uuid, own.uuid))
    with pytest.raises(FileGone):
        api.revise_post(moderator.id, cafe, change, post_uuid=post.uuid, version=1)
    changed = api.revise_post(moderator.id, cafe, replace(change, files=()), post_uuid=post.uuid, version=1)
    assert changed.files == ()


@pytest.mark.parametrize("state", ["held", "refused", "hidden", "removed", "withdrawn", "revising"])
def test_a_file_shows_where_its_message_does(learner, other_learner, author, cafe, state) -> None:
    file = send_labelled(learner, cafe)
    post = publish(learner, cafe, file)
    Post.objects.update(state=state)
    assert [get(who, file).status_code for who in (learner, author, other_learner)] == [200, 200, 404]
    Thread.objects.update(state=state)
    assert get(other_learner, file).status_code == 404
    assert [len(one.files) for one in api.read_thread(author.id, cafe, post.thread_uuid).posts] == [1]


def test_a_veiled_message_tells_nothing_of_its_files(learner, other_learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    file = send_labelled(learner, cafe, slot=f"reply:{thread}")
    draft = replace(make_draft("Oui"), files=(file.uuid,))
    reply = api.publish_post(learner.id, cafe, draft, thread_uuid=thread)
    Post.objects.filter(uuid=reply.uuid).update(state="hidden")
    veiled = api.read_thread(other_learner.id, cafe, thread).posts[1]
    assert veiled.is_veiled and veiled.files == ()


def test_another_group_another_course_and_a_shut_gate_have_no_file(
    learner, other_learner, cafe, register, course_key, monkeypatch
) -> None:
    file = send_labelled(learner, cafe)
    publish(learner, cafe, file)
    Thread.objects.update(group_id=7)
    assert get(other_learner, file).status_code == 404
    Thread.objects.update(group_id=None)
    assert get(other_learner, file).status_code == 200

    def shut(member_id: int, key: Any) -> None:
        if key is not None:  # the site's own door asks for no course
            raise Refused("Lisez d'abord", code="terms.not_accepted", where_to_go="/ailleurs")

    with monkeypatch.context() as patch:
        patch.setitem(gates._answerers, gates.TAKE_PART, [(gates.CONSENT, shut)])
        with pytest.raises(Refused):
            api.open_file(other_learner.id, file.uuid)
        assert get(other_learner, file)["Location"] == "/ailleurs"
    register.roles.clear()
    assert [get(who, file).status_code for who in (learner, other_learner)] == [404, 404]


def test_what_shuts_the_way_to_a_discussion_shuts_its_files_and_no_queue(
    learner, other_learner, cafe, moderator, author, monkeypatch
) -> None:
    file = send_labelled(author, cafe)
    publish(author, cafe, file)
    asked = []

    def shut(member_id: int, key: Any) -> None:
        asked.append(key)
        raise Refused("Lisez d'abord", code="terms_required", where_to_go="/ailleurs")

    monkeypatch.setitem(gates._answerers, gates.WAY, [(gates.CONSENT, shut)])
    assert get(learner, file)["Location"] == "/ailleurs"
    assert asked == [cafe.usage_key]
    assert get(moderator, file).status_code == 200


def test_a_pdf_tells_nobody_who_wrote_without_their_name(learner, cafe) -> None:
    open_to_all = replace(cafe, conduct=Conduct(allows_anonymity=True, edit_minutes=None))
    pdf = send_labelled(learner, open_to_all, slot="thread", content=PDF, name="plan.pdf")
    image = send_labelled(learner, open_to_all)
    draft = replace(make_draft("Voici", title="Un fil"), voice=Voice.ANONYMOUS, files=(pdf.uuid, image.uuid))
    with pytest.raises(PdfNotAnonymous) as refusal:
        api.publish_thread(learner.id, open_to_all, draft)
    assert refusal.value.details == {"file": str(pdf.uuid)}
    hidden = api.publish_thread(learner.id, open_to_all, replace(draft, files=(image.uuid,)))
    with pytest.raises(PdfNotAnonymous):
        later = replace(make_draft("Voici encore", title="Un fil"), files=(pdf.uuid, image.uuid))
        api.revise_post(learner.id, open_to_all, later, post_uuid=hidden.uuid, version=1)
    assert publish(learner, open_to_all, pdf).files


def test_a_trusted_learner_sees_the_file_of_what_waits_for_them(learner, stranger, cafe, course_key) -> None:
    file = send_labelled(learner, cafe)
    publish(learner, cafe, file, source=INSULT)
    assert get(stranger, file).status_code == 404
    api.appoint_moderator(course_key, stranger.id)
    assert get(stranger, file).status_code == 200


def test_images_show_and_all_else_is_saved_and_nothing_in_it_runs(learner, cafe) -> None:
    image = get(learner, send(learner, cafe))
    assert image["Content-Type"] == "image/png"
    assert image["Content-Disposition"].startswith("inline")
    assert Image.open(BytesIO(image.getvalue())).size == (60, 30)
    pdf = get(learner, send(learner, cafe, b"%PDF-1.7 /JS (app.alert(1)) %%EOF", name="été.pdf"))
    assert pdf["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9t%C3%A9.pdf"
    text = get(learner, send(learner, cafe, b"Hello <script>alert(1)</script>", name="page.html"))
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text["Content-Disposition"] == 'attachment; filename="page.html.txt"'
    for answer in (image, pdf, text):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["X-Frame-Options"] == "DENY"


def test_what_the_browser_kept_is_shown_again_once_rights_were_asked(learner, other_learner, cafe) -> None:
    file = send_labelled(learner, cafe)
    publish(learner, cafe, file)
    tag = get(other_learner, file)["ETag"]
    assert get(other_learner, file, if_none_match=tag).status_code == 304
    Post.objects.update(state="hidden")
    assert get(other_learner, file, if_none_match=tag).status_code == 404


def test_only_get_is_answered(learner, cafe) -> None:
    file = send(learner, cafe)
    client = Client()
    client.force_login(learner)
    assert client.post(reverse("solerni_discussion:file", args=[file.uuid])).status_code == 405


def test_a_day_has_its_measure_and_what_is_removed_counts_too(learner, other_learner, cafe, settings) -> None:
    settings.SOLERNI_DISCUSSION_FILES_PER_DAY = 2
    for _ in range(2):
        api.remove_file(learner.id, cafe, send(learner, cafe).uuid)
    with pytest.raises(FilesUsedUp):
        send(learner, cafe)
    send(other_learner, cafe)
    with freeze_time(clock.now() + timedelta(days=1)):
        send(learner, cafe)
    settings.SOLERNI_DISCUSSION_FILES_PER_DAY = 10
    settings.SOLERNI_DISCUSSION_FILE_BYTES_PER_DAY = 100
    with pytest.raises(FilesUsedUp):
        send(other_learner, cafe)
    settings.SOLERNI_DISCUSSION_FILE_BYTES_PER_DAY = 5
    with pytest.raises(FilesUsedUp):
        send(other_learner, cafe, b"Un texte")


def test_a_removed_file_leaves_the_storage_once_that_is_certain(
    learner, cafe, django_capture_on_commit_callbacks
) -> None:
    file = send(learner, cafe)
    (stored,) = list_stored()
    undone = pytest.raises(ValueError, match="undone")
    with django_capture_on_commit_callbacks(execute=True), undone, transaction.atomic():
        api.remove_file(learner.id, cafe, file.uuid)
        raise ValueError("undone")
    assert list_stored() == {stored} and get(learner, file).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        api.remove_file(learner.id, cafe, file.uuid)
    assert not find_store(STORE).exists(stored) and not Attachment.objects.exists()


def test_a_storage_that_does_not_answer_is_made_up_for_later(
    learner, cafe, monkeypatch, caplog, django_capture_on_commit_callbacks
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("no answer")

    file = send(learner, cafe)
    (stored,) = list_stored()
    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(InMemoryStorage, "delete", fail)
        api.remove_file(learner.id, cafe, file.uuid)
    assert list_stored() == {stored} and get(learner, file).status_code == 404
    assert api.settle_files() == {"unused": 0, "erased": 0}
    with freeze_time(clock.now() + timedelta(hours=2)):
        assert api.settle_files() == {"unused": 0, "erased": 1}
        assert api.settle_files() == {"unused": 0, "erased": 0}
    assert not find_store(STORE).exists(stored)


def test_an_upload_that_stopped_leaves_nothing_for_long(learner, cafe, monkeypatch) -> None:
    def stop(self: Any, name: str, content: Any) -> None:
        raise OSError("the process is gone")

    monkeypatch.setattr(InMemoryStorage, "_save", stop)
    with pytest.raises(StoreFailed):
        send(learner, cafe)
    assert api.list_waiting_files(learner.id, cafe) == () and Attachment.objects.count() == 1
    assert api.settle_files()["erased"] == 0
    with freeze_time(clock.now() + timedelta(hours=2)):
        assert api.settle_files()["erased"] == 1


def test_what_nobody_published_goes_after_a_week_and_the_rest_stays(
    learner, cafe, capsys, django_capture_on_commit_callbacks
) -> None:
    shown = send_labelled(learner, cafe)
    publish(learner, cafe, shown)
    send(learner, cafe)
    with freeze_time(clock.now() + timedelta(days=8)):
        late = send(learner, cafe)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("solerni_discussion_settle")
        assert "files unused 1\n" in capsys.readouterr().out
        assert UploadCount.objects.count() == 1
    assert {row.uuid for row in Attachment.objects.all()} == {shown.uuid, late.uuid}
    assert len(list_stored()) == 2


def test_files_are_exported_and_forgotten_with_their_bytes(
    learner, other_learner, cafe, django_capture_on_commit_callbacks
) -> None:
    file = send_labelled(learner, cafe, CREDITED)
    post = publish(learner, cafe, file)
    send(learner, cafe)
    theirs = send_labelled(other_learner, cafe)
    (result,) = duties.discharge(duties.EXPORT, learner.id, performers=["solerni_discussion"])
    exported = json.loads(json.dumps(result.value))["files"]
    assert [(row["post"], row["licence"], row["shows"]) for row in exported] == [
        (str(post.uuid), "CC BY 4.0", "Un chat"),
        (None, "", ""),
    ]
    assert exported[0]["address"] == f"https://learn.example.org/solerni/discussion/file/{file.uuid}/"
    with django_capture_on_commit_callbacks(execute=True):
        (result,) = duties.discharge(duties.FORGET, learner.id, performers=["solerni_discussion"])
    assert result.error == "" and result.value["files"] == 2
    assert [row.uuid for row in Attachment.objects.all()] == [theirs.uuid]
    assert not UploadCount.objects.filter(member_id=learner.id).exists()
    assert api.read_thread(other_learner.id, cafe, post.thread_uuid).posts[0].files == ()


def test_a_file_that_arrives_while_its_member_is_forgotten_is_not_kept(learner, cafe, monkeypatch) -> None:
    save = InMemoryStorage._save

    def forget_meanwhile(self: Any, name: str, content: Any) -> str:
        duties.discharge(duties.FORGET, learner.id, performers=["solerni_discussion"])
        return str(save(self, name, content))

    monkeypatch.setattr(InMemoryStorage, "_save", forget_meanwhile)
    with pytest.raises(FileGone):
        send(learner, cafe)
    assert not Attachment.objects.filter(member_id=learner.id).exists()
    with freeze_time(clock.now() + timedelta(hours=2)):
        api.settle_files()
    assert not Attachment.objects.exists()


def test_a_statement_of_reasons_says_that_there_was_an_image(learner, moderator, cafe) -> None:
    file = send_labelled(learner, cafe)
    post = publish(learner, cafe, file)
    api.decide_post(moderator.id, post.uuid, replace(say(Act.REMOVE), seen=Seen(case=0, post=1)))
    assert Statement.objects.get().content_type == "CONTENT_TYPE_TEXT,CONTENT_TYPE_IMAGE"


def test_the_case_shows_the_files_of_what_waits(learner, moderator, cafe) -> None:
    file = send_labelled(learner, cafe, CREDITED)
    post = publish(learner, cafe, file, source=INSULT)
    client = Client()
    client.force_login(moderator)
    page = client.get(reverse("solerni_discussion:case", args=[post.uuid])).content.decode()
    assert f"/solerni/discussion/file/{file.uuid}/" in page and 'alt="Un chat"' in page


@pytest.mark.parametrize("many", [3, 40])
def test_a_thread_with_files_takes_one_query_more_than_one_without(
    learner, other_learner, cafe, django_assert_num_queries, django_assert_max_num_queries, settings, many
) -> None:
    settings.SOLERNI_DISCUSSION_FILES_PER_DAY = 100
    thread = open_thread(learner, cafe).thread_uuid
    for _ in range(many):
        draft = make_draft("Oui")
        api.publish_post(learner.id, cafe, draft, thread_uuid=thread)
    with django_assert_max_num_queries(12) as without:
        api.read_thread(other_learner.id, cafe, thread)
    for post in Post.objects.filter(is_opening=False):
        file = send_labelled(learner, cafe)
        Attachment.objects.filter(uuid=file.uuid).update(post=post, since_version=1)
    Post.objects.update(files=1)
    with django_assert_num_queries(len(without) + 1):
        reading = api.read_thread(other_learner.id, cafe, thread)
    assert sum(len(post.files) for post in reading.posts) == many


def test_the_form_answers_with_a_line_for_each_file(make, learner) -> None:
    block = make(learner)
    answer = send_file(block, make_png(), "photo.png").json
    assert answer["name"] == "photo.png" and 'data-solerni-file-field="alternative"' in answer["html"]
    labelled = {"file": answer["uuid"], "alternative": "Un  carré", "rights": "licensed", "licence": "CC BY 4.0"}
    assert call(block, "label_file", {**labelled, "rights_source": "Anne"}).json == {}
    row = Attachment.objects.get()
    assert (row.alternative, row.rights, row.licence) == ("Un carré", "licensed", "CC BY 4.0")
    assert row.rights_source == "Anne"
    content = block.student_view().content
    assert f'<template data-slot="thread"><li class="solerni-stack" data-solerni-file="{row.uuid}"' in content
    assert call(block, "remove_file", {"file": answer["uuid"]}).json == {}
    assert call(block, "remove_file", {"file": answer["uuid"]}).status_code == 404


def test_a_refusal_names_the_file_and_the_field(make, learner) -> None:
    block = make(learner)
    uuid = send_file(block, make_png(), "photo.png").json["uuid"]
    sent = {"title": "Un fil", "text": "Bonjour", "submission": str(uuid4()), "files": [uuid]}
    refusal = call(block, "publish_thread", sent)
    assert refusal.status_code == 400
    assert (refusal.json["error_code"], refusal.json["file"]) == ("file.not_labelled", uuid)
    call(block, "label_file", {"file": uuid, "alternative": "Un carré", "rights": "mine"})
    html = call(block, "publish_thread", sent).json["html"]
    assert f'data-solerni-attachment="{uuid}"' in html and 'alt="Un carré"' in html


def test_an_operator_is_warned_of_a_public_storage(settings, tmp_path) -> None:
    assert check_file_storage(None) == []
    settings.MEDIA_ROOT = tmp_path
    settings.SOLERNI_DISCUSSION_FILE_STORAGE = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    assert [one.id for one in check_file_storage(None)] == ["solerni_discussion.W004"]
    settings.MEDIA_ROOT = tmp_path / "media"
    assert check_file_storage(None) == []
    settings.SOLERNI_DISCUSSION_FILE_STORAGE = {}
    assert check_file_storage(None) == []
