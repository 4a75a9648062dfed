"""Lists of words of courses and of the site: who changes them, where, and how soon every process knows."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Advice, Outcome, State
from solerni_xblocks.discussion.data.lexicons import Effect, WordLine
from solerni_xblocks.discussion.errors.words import NotWordEditor, WordsChanged
from solerni_xblocks.discussion.flows import edit_words
from solerni_xblocks.discussion.models import LogEntry, WordEntry
from solerni_xblocks.discussion.queries import lexicons
from solerni_xblocks.discussion.rules import listing
from tests.discussion.conftest import make_draft, open_thread
from tests.doubles.runtime import make_block

OTHER_COURSE = CourseKey.from_string("course-v1:Solerni+Far+2026")
BIDULE = WordLine("bidule", Effect.HOLD)


@pytest.fixture
def saved(django_capture_on_commit_callbacks: Any) -> Any:
    """Do something and let its transaction end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def publish(who: Any, cafe: Any, text: str) -> Any:
    return api.publish_thread(who.id, cafe, make_draft(text, title="Un fil"))


def save(editor: Any, course_key: Any, *lines: WordLine, digest: str | None = None) -> Any:
    known = api.read_words(editor.id, course_key, is_operator=False).digest if digest is None else digest
    return api.save_words(editor.id, course_key, lines, digest=known, is_operator=False)


@pytest.mark.parametrize(
    ("effect", "outcome"),
    [
        (Effect.BLOCK, Outcome.REFUSE),
        (Effect.HOLD, State.HELD),
        (Effect.NUDGE, Outcome.NUDGE),
        (Effect.ALLOW, State.PUBLISHED),
    ],
)
def test_each_effect_is_what_becomes_of_a_message(learner, author, cafe, course_key, effect, outcome) -> None:
    save(author, course_key, WordLine("bidule", effect))
    post = publish(learner, cafe, "Des B1DULES !")
    assert (post.outcome if isinstance(post, Advice) else post.state) == outcome
    if isinstance(post, Advice):
        assert [reason.seen for reason in post.reasons] == ["B1DULES"]


def test_the_list_of_a_course_is_that_of_no_other(learner, author, cafe, course_key, db) -> None:
    api.add_words(OTHER_COURSE, [BIDULE])
    assert publish(learner, cafe, "un bidule").state == State.PUBLISHED
    api.add_words(None, [WordLine("truc", Effect.HOLD)])
    api.forget_lexicons()
    assert publish(learner, cafe, "un truc").state == State.HELD


def test_the_course_team_changes_the_words_of_its_course_alone(
    learner, moderator, author, stranger, course_key
) -> None:
    assert save(author, course_key, BIDULE).added == 1
    for who, key in ((author, OTHER_COURSE), (author, None), (learner, course_key), (moderator, course_key)):
        with pytest.raises(NotWordEditor):
            api.read_words(who.id, key, is_operator=False)
        with pytest.raises(NotWordEditor):
            api.save_words(who.id, key, [], digest="", is_operator=False)
    assert api.read_words(stranger.id, OTHER_COURSE, is_operator=True).lines == ()


def test_this_process_knows_a_change_at_once_another_within_seconds(
    learner, author, cafe, course_key, saved, monkeypatch
) -> None:
    assert publish(learner, cafe, "un bidule").state == State.PUBLISHED
    save(author, course_key, BIDULE)  # as another process would: what is done once it is committed is not done here
    assert publish(learner, cafe, "encore un bidule").state == State.PUBLISHED
    later = clock.now() + timedelta(seconds=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert publish(learner, cafe, "toujours un bidule").state == State.HELD
    with saved():
        save(author, course_key)
    assert publish(learner, cafe, "un dernier bidule").state == State.PUBLISHED


def test_any_change_of_a_list_is_noticed(author, course_key, cafe, monkeypatch) -> None:
    start = clock.now()
    moments = (start + timedelta(minutes=minute) for minute in range(1, 100))
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    lines = [WordLine("bidule", Effect.HOLD), WordLine("truc", Effect.HOLD)]
    seen = set()
    for now in (lines, lines[:1], [lines[0], WordLine("machin", Effect.HOLD)], [WordLine("bidule", Effect.NUDGE)], []):
        save(author, course_key, *now)
        words = tuple(word for listed in api.get_lexicon(course_key).lists for word in listed.words)
        assert {(word.phrase, word.outcome) for word in words} == {
            (line.phrase, Outcome.HOLD if line.effect is Effect.HOLD else Outcome.NUDGE) for line in now
        }
        seen.add(words)
    assert len(seen) == 5


def test_long_lists_cost_a_warm_message_no_query(learner, author, cafe, course_key, django_assert_num_queries) -> None:
    def count(text: str) -> int:
        with django_assert_num_queries(200, exact=False) as captured:
            publish(learner, cafe, text)
        return len(captured)

    publish(learner, cafe, "Bonjour")
    none = count("Encore bonjour")
    save(author, course_key, *(WordLine(f"bidule{number}", Effect.HOLD) for number in range(300)))
    api.forget_lexicons()
    publish(learner, cafe, "Bonjour à tous")
    assert count("Encore bonjour à tous") == none


def test_what_one_process_remembers_is_bounded(db, register, monkeypatch) -> None:
    monkeypatch.setattr(lexicons, "MOST_COURSES", 3)
    keys = [CourseKey.from_string(f"course-v1:Solerni+C{number}+2026") for number in range(10)]
    for key in keys:
        api.get_lexicon(key)
    assert len(lexicons._Memory.lexicons) <= 3


def test_of_two_who_change_a_list_the_second_sees_what_the_first_did(author, course_key) -> None:
    read = api.read_words(author.id, course_key, is_operator=False).digest
    save(author, course_key, BIDULE)
    with pytest.raises(WordsChanged):
        save(author, course_key, WordLine("truc", Effect.HOLD), digest=read)
    assert [line.phrase for line in api.read_words(author.id, course_key, is_operator=False).lines] == ["bidule"]


def test_what_stays_in_a_list_keeps_its_rule_and_who_put_it_there(author, course_key) -> None:
    api.add_words(course_key, [WordLine("superpharma", Effect.NUDGE, "posts.promotion")])
    change = save(author, course_key, WordLine("superpharma", Effect.NUDGE), BIDULE)
    assert (change.added, change.changed, change.removed) == (1, 0, 0)
    row = WordEntry.objects.get(phrase="superpharma")
    assert (row.clause, row.added_by) == ("posts.promotion", None)


def test_each_change_is_in_the_log_and_forgets_nobody_s_words(author, course_key) -> None:
    save(author, course_key, BIDULE)
    save(author, course_key)
    save(author, course_key)
    added, removed = LogEntry.objects.filter(act="edit_words").order_by("id")
    assert json.loads(added.after) == {"added": {"count": 1, "phrases": ["bidule"]}}
    assert json.loads(removed.after) == {"removed": {"count": 1, "phrases": ["bidule"]}}
    assert added.actor_id == author.id
    assert added.subject == removed.subject


def test_words_of_the_glossary_are_known(learner, author, cafe, course_key) -> None:
    save(author, course_key, WordLine("Pull Request", Effect.GLOSSARY))
    assert api.get_lexicon(course_key).known_words == ("Pull Request",)
    assert api.get_lexicon(course_key).lists == ()


@pytest.fixture
def page(author: Any, course_key: Any) -> Any:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(author)
    client.address = reverse("solerni_discussion:words", args=[course_key])
    return client


def read_digest(client: Any) -> str:
    return client.get(client.address).context["form"]["digest"].initial


def test_the_page_saves_the_boxes_and_shows_them_again(page, author, course_key) -> None:
    sent = {"hold": "Bidule\r\n\r\npot-de-vin ", "allow": "tête de con", "digest": read_digest(page), "save": "1"}
    answer = page.post(page.address, sent, follow=True)
    assert answer.status_code == 200
    assert "3 added" in answer.content.decode()
    assert answer.context["form"]["hold"].initial == "Bidule\npot-de-vin"
    assert {entry.phrase for entry in WordEntry.objects.filter(course_key=course_key)} == {
        "Bidule", "pot-de-vin", "tête de con",
    }  # fmt: skip


def test_a_wrong_line_is_told_at_its_box_and_nothing_typed_is_lost(page) -> None:
    answer = page.post(page.address, {"hold": "bidule\n<b>++", "digest": read_digest(page), "save": "1"})
    said = answer.content.decode()
    assert answer.status_code == 400
    assert "Line 2: “&lt;b&gt;++” would never be found." in said
    assert "bidule\n&lt;b&gt;++</textarea>" in said
    assert 'aria-invalid="true"' in said
    assert not WordEntry.objects.exists()


def test_a_text_is_tried_on_what_stands_in_the_form_and_nothing_is_saved(page) -> None:
    sent = {"hold": "bidule", "sample": "Deux <i>bidules</i> et un connard", "digest": "", "try": "1"}
    said = page.post(page.address, sent).content.decode()
    assert "<mark>bidules</mark>" in said
    assert "<mark>connard</mark>" in said
    assert "&lt;i&gt;" in said
    assert not WordEntry.objects.exists()
    assert "Nothing in this text" in page.post(page.address, {**sent, "sample": "Bonjour"}).content.decode()


def test_a_page_that_is_older_than_the_list_is_refused_with_both(page, course_key) -> None:
    digest = read_digest(page)
    api.add_words(course_key, [BIDULE])
    answer = page.post(page.address, {"hold": "truc", "digest": digest, "save": "1"})
    assert answer.status_code == 409
    assert "bidule" in answer.context["theirs"]
    assert "truc</textarea>" in answer.content.decode()
    again = answer.context["form"].data["digest"]
    assert page.post(page.address, {"hold": "truc", "digest": again, "save": "1"}).status_code == 302
    assert [entry.phrase for entry in WordEntry.objects.all()] == ["truc"]


def test_a_file_taken_in_adds_its_entries_or_says_what_is_wrong_and_changes_nothing(page, course_key) -> None:
    api.add_words(course_key, [BIDULE])

    def send(content: bytes) -> Any:
        return page.post(page.address, {"import": "1", "file": SimpleUploadedFile("words.txt", content)})

    wrong = send(b"[hold]\ntruc\n[often]\nmachin")
    assert (wrong.status_code, WordEntry.objects.count()) == (400, 1)
    assert "Line 3: “[often]” is no heading." in wrong.content.decode()
    assert send(b"\xff\xfe\x00").status_code == 400
    assert page.post(page.address, {"import": "1"}).status_code == 400
    assert send(b"[hold]\ntruc\n").status_code == 302
    download = page.get(reverse("solerni_discussion:word_file", args=[course_key]))
    assert download.content.decode() == "[hold]\nbidule\ntruc\n"


def test_a_list_never_outgrows_its_bound_by_files_taken_in(page, course_key, monkeypatch) -> None:
    monkeypatch.setattr(edit_words, "MOST", 2)
    api.add_words(course_key, [BIDULE, WordLine("truc", Effect.HOLD)])
    file = SimpleUploadedFile("words.txt", b"[nudge]\nbidule\nmachin\n")
    answer = page.post(page.address, {"import": "1", "file": file})
    assert answer.status_code == 400
    assert answer.context["refusal"].code == "words.full"
    assert set(WordEntry.objects.values_list("phrase", "action")) == {("bidule", "hold"), ("truc", "hold")}
    assert api.add_words(course_key, [WordLine("bidule", Effect.NUDGE)]).changed == 1


@pytest.mark.parametrize("text", ["c++\n" * 500, "[hold]\n" + "c++\n" * 500, "[often]\n" * 500])
def test_of_many_wrong_lines_the_first_hundred_are_told(text) -> None:
    faults = api.read_word_file(text)[1]
    assert len(faults) == listing.MOST_FAULTS == 100
    assert faults[-1].line <= 101


def test_the_lists_that_one_may_change_are_listed(page, author, learner, cafe, admin_client) -> None:
    open_thread(learner, cafe)
    said = page.get(reverse("solerni_discussion:word_lists")).content.decode()
    assert page.address in said
    assert "/words/site/" not in said
    assert "/words/site/" in admin_client.get(reverse("solerni_discussion:word_lists")).content.decode()


def test_the_admin_takes_entries_that_can_be_found_and_keeps_the_log(admin_client, course_key) -> None:
    address = reverse("admin:solerni_discussion_wordentry_add")
    entry = {"course_key": "", "phrase": "bidule", "action": "hold", "clause": "posts.courtesy"}
    assert admin_client.post(address, entry).status_code == 302
    for wrong in ({"phrase": "c++"}, {"course_key": "nothing"}, {"phrase": "bidule"}, {"phrase": ""}):
        assert admin_client.post(address, {**entry, "phrase": "truc", **wrong}).status_code == 200
    row = WordEntry.objects.get()
    change = reverse("admin:solerni_discussion_wordentry_change", args=[row.pk])
    assert admin_client.get(change).status_code == 200
    assert admin_client.post(change, {**entry, "phrase": "machin", "course_key": str(course_key)}).status_code == 302
    row = WordEntry.objects.get()
    assert (row.phrase, row.course_key) == ("machin", str(course_key))
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    assert admin_client.post(reverse("admin:solerni_discussion_wordentry_changelist"), chosen).status_code == 302
    assert not WordEntry.objects.exists()
    assert LogEntry.objects.filter(act="edit_words", actor_id=get_user_model().objects.get().id).count() == 4


def test_the_admin_puts_nothing_into_a_full_list(admin_client, monkeypatch) -> None:
    monkeypatch.setattr("solerni_xblocks.discussion.admin.MOST", 1)
    api.add_words(None, [BIDULE])
    entry = {"course_key": "", "phrase": "truc", "action": "hold", "clause": "posts.courtesy"}
    answer = admin_client.post(reverse("admin:solerni_discussion_wordentry_add"), entry)
    assert answer.context["adminform"].form.non_field_errors()
    assert WordEntry.objects.count() == 1


def test_the_command_writes_a_list_out_and_takes_it_in(db, register, course_key, tmp_path, capsys) -> None:
    file = tmp_path / "words.txt"
    file.write_text("[hold]\nbidule\n[nudge promotion]\nsuperpharma\n", encoding="utf-8")
    call_command("solerni_discussion_words", course=str(course_key), add=str(file))
    assert "2 added, 0 changed, 0 removed." in capsys.readouterr().out
    file.write_text("[hold]\ntruc\n", encoding="utf-8")
    call_command("solerni_discussion_words", course=str(course_key), replace=str(file))
    out = StringIO()
    call_command("solerni_discussion_words", course=str(course_key), export=True, stdout=out)
    assert out.getvalue() == "[hold]\ntruc\n"
    assert not WordEntry.objects.filter(course_key="").exists()


def test_the_command_names_each_wrong_line_and_changes_nothing(db, tmp_path) -> None:
    file, errors = tmp_path / "words.txt", StringIO()
    file.write_text("bidule\n[hold]\ntruc\n[often]\n", encoding="utf-8")
    with pytest.raises(CommandError), translation.override("en"):
        call_command("solerni_discussion_words", add=str(file), stderr=errors)
    assert [line.split(": ")[1] for line in errors.getvalue().splitlines()] == ["Line 1", "Line 4"]
    assert not WordEntry.objects.exists()
    with pytest.raises(CommandError):
        call_command("solerni_discussion_words", add=str(tmp_path / "missing.txt"))
    with pytest.raises(CommandError):
        call_command("solerni_discussion_words", course="nothing", export=True)


def test_the_team_finds_the_words_of_its_course_in_studio_and_above_the_threads(learner, author, place) -> None:
    address = reverse("solerni_discussion:words", args=[place.course_key])
    blocks = {who: make_block(DiscussionBlock, place, user=who) for who in (learner, author)}
    assert address in blocks[author].author_view().content
    assert address in blocks[author].student_view().content
    assert address not in blocks[learner].student_view().content
