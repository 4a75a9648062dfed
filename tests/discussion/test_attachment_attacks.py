"""Files that lie, burst, hide, climb or race; doors tried by those who may not. Each gets a clear answer."""

from __future__ import annotations

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import InMemoryStorage
from django.db import connection
from django.test import Client, RequestFactory
from PIL import Image
from xblock.django.request import django_to_webob_request

from solerni_xblocks.core import imagekit
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import FileKind, PostRecord, Upload
from solerni_xblocks.discussion.errors.attachments import FileGone, FilesUsedUp, ImageTooManyPixels, TooManyFiles
from solerni_xblocks.discussion.models import Attachment, Post
from solerni_xblocks.discussion.presenters.attachments import ACCEPTED, CLAIMS, KINDS
from solerni_xblocks.discussion.presenters.studio import FILE_KINDS
from solerni_xblocks.discussion.rules.files import PDF, TEXT, clean_name, make_image_kind
from tests.discussion.test_attachments import MINE, get, limit_files, make_png, publish, send, send_labelled
from tests.doubles.runtime import call, make_block, send_file

SCRIPT = b"<script>alert(document.cookie)</script>"
ZIP = b"PK\x03\x04\x14\x00\x00\x00\x08\x00META-INF/MANIFEST.MF"


def make_image(kind: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (20, 20), "blue").save(written, kind)
    return written.getvalue()


def make_bomb() -> bytes:
    """A PNG of 900 million pixels in a few hundred bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9000))) + chunk(b"IEND", b"")
    )


@pytest.fixture
def make(place: Any) -> Any:
    return lambda user, **fields: make_block(DiscussionBlock, place, user=user, **fields)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\x00" * 100, "file.unknown"),
        (b"   \n\t ", "file.unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "file.unknown"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><svg/>", "file.unknown"),
        (b"<!DOCTYPE html><html>" + SCRIPT, "file.unknown"),
        (SCRIPT, "file.unknown"),
        (b"<!-- " + SCRIPT, "file.unknown"),
        (ZIP, "file.unknown"),
        (b"MZ\x90\x00\x03 a program", "file.unknown"),
        (b"\x7fELF\x02\x01", "file.unknown"),
        ("Été".encode("latin-1"), "file.unknown"),
        ("Été".encode("utf-16"), "file.unknown"),
        (b"%PDF-1.7 cut in the middle", "file.unknown"),
        (b" %PDF-1.7 behind a space \x00 %%EOF", "file.unknown"),
        (SCRIPT + b"%PDF-1.4 %%EOF", "file.unknown"),
        (b"\x89PNG\r\n\x1a\n" + SCRIPT, "file.unknown"),
        (b"GIF89a=1;alert(1)//", "file.unknown"),
        (b"\xff\xd8\xff" + ZIP, "file.unknown"),
        (make_image("TIFF"), "file.unknown"),
        (make_image("BMP"), "file.unknown"),
        (make_bomb(), "file.too_many_pixels"),
        (b"\xff\xd8\xff" + b"\xff\xda\x00\x02" * 5000, "file.too_many_pixels"),
        (b"a" * 4_000_001, "file.too_large"),
    ],
)
@pytest.mark.parametrize("name", ["photo.png", "cours.pdf", "page.html"])
def test_what_is_not_what_we_take_is_refused_whatever_its_name_says(make, learner, content, code, name) -> None:
    answer = send_file(make(learner), content, name)
    assert (answer.status_code, answer.json["error_code"]) == (400, code)
    assert answer.json["error"]
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("tail", [SCRIPT, ZIP, b"%PDF-1.7 /JS (app.alert(1)) %%EOF"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_of_two_files_in_one_the_image_alone_is_kept(learner, cafe, kind, tail) -> None:
    file = send(learner, cafe, make_image(kind) + tail, name="photo.html")
    answer = get(learner, file)
    assert tail not in answer.getvalue() and file.name.startswith("photo.html.")
    assert answer["Content-Type"].startswith("image/")


def test_a_pdf_that_is_also_a_page_or_an_archive_is_only_ever_saved_as_a_pdf(learner, cafe) -> None:
    file = send(learner, cafe, b"%PDF-1.4\n" + SCRIPT + ZIP + b"\n%%EOF", name="x.html")
    answer = get(learner, file)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="x.html.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../../etc/passwd", "passwd.txt"),
        ("..\\..\\windows\\system.ini", "system.ini.txt"),
        ("/absolute/notes.txt", "notes.txt"),
        ("nul\x00.txt", "nul.txt"),
        ("ligne\r\nSet-Cookie: a=b.txt", "ligneSet-Cookie a=b.txt"),
        ("fac\u202etxt.exe", "factxt.exe.txt"),
        ("\ud800.txt", "txt.txt"),
        ("", "file.txt"),
        ("....", "file.txt"),
        (".txt", "txt.txt"),
        ("a" * 5_000 + ".csv", "a" * 96 + ".csv"),
        ("é" * 300, "é" * 96 + ".txt"),
        ("<img src=x onerror=alert(1)>.txt", "img src=x onerror=alert(1).txt"),
        ('"; rm -rf ~.txt', "; rm -rf ~.txt"),
        ("virus.pdf.bat", "virus.pdf.bat.txt"),
        ("e\u0301te\u0301.md", "été.md"),
        ("👩\u200d🏫.txt", "👩🏫.txt"),
    ],
)
def test_names_become_harmless(name, expected) -> None:
    assert clean_name(name, TEXT) == expected


def test_names_take_the_ending_of_their_content() -> None:
    assert clean_name("a.pdf", make_image_kind("image/png")) == "a.pdf.png"
    assert clean_name("A.PDF", PDF) == "A.PDF"


def test_a_name_never_chooses_where_a_file_is_kept(learner, cafe) -> None:
    file = send(learner, cafe, name="../../" + "x" * 3_000)
    assert Attachment.objects.get().stored_as == f"solerni/discussion/{file.uuid}"


def test_markup_in_a_name_or_in_what_is_said_stays_text(make, learner, cafe) -> None:
    block = make(learner)
    said = '"><script>alert(1)</script>'
    answer = send_file(block, make_png(), "a'\"><svg onload=alert(1)>.png").json
    call(block, "label_file", {"file": answer["uuid"], "alternative": said, "rights": "licensed", "licence": said,
                               "rights_source": said})  # fmt: skip
    sent = {"title": "Un fil", "text": "Bonjour", "submission": str(uuid4()), "files": [answer["uuid"]]}
    for html in (answer["html"], block.student_view().content, call(block, "publish_thread", sent).json["html"]):
        assert "<script>" not in html and "<svg" not in html


@pytest.mark.parametrize(
    "fields",
    [
        {"file": None},
        {"file": "a text in place of a file"},
        {"slot": None},
        {"slot": "elsewhere"},
        {"slot": "reply:../../x"},
        {"slot": "thread\x00"},
    ],
)
def test_a_form_without_a_file_or_for_no_form_is_refused(make, learner, fields) -> None:
    answer = send_file(make(learner), b"Un plan", **fields)
    assert (answer.status_code, bool(answer.json["error"])) == (400, True)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("content_type", "headers"),
    [
        ("application/json", {"X-Requested-With": "XMLHttpRequest"}),
        ("text/plain", {"X-Requested-With": "XMLHttpRequest"}),
        ("multipart/form-data; boundary=x", {}),
    ],
)
def test_another_site_cannot_send_a_file_in_somebodys_name(make, learner, content_type, headers) -> None:
    block = make(learner)
    request = RequestFactory().post("/handler/upload_file", b"--x--", content_type=content_type, headers=headers)
    answer = block.handle("upload_file", django_to_webob_request(request))
    assert (answer.status_code, answer.json["error_code"]) == (400, "request.content_type")


def test_no_file_comes_in_by_get_by_the_open_door_in_a_preview_or_in_anothers_name(make, learner, author) -> None:
    assert send_file(make(learner), b"Un plan", noauth=True).status_code == 403
    assert send_file(make(None), b"Un plan").status_code == 401
    assert send_file(make(learner), b"Un plan", acting=author).status_code == 403
    preview = make_block(DiscussionBlock, make(learner).usage_key, user=learner, is_author_mode=True)
    assert send_file(preview, b"Un plan").status_code == 403
    request = RequestFactory().get("/handler/upload_file")
    assert make(learner).handle("upload_file", django_to_webob_request(request)).status_code == 400
    assert not Attachment.objects.exists()


def test_a_file_of_another_block_is_not_of_this_one(learner, cafe, course_key) -> None:
    bar = course_key.make_usage_key("solerni_discussion", "bar")
    file = send_labelled(learner, cafe)
    elsewhere = make_block(DiscussionBlock, bar, user=learner)
    for handler in ("label_file", "remove_file"):
        assert call(elsewhere, handler, {"file": str(file.uuid)}).status_code == 404
    sent = {"title": "Un fil", "text": "Bonjour", "submission": str(uuid4()), "files": [str(file.uuid)]}
    answer = call(elsewhere, "publish_thread", sent)
    assert (answer.status_code, answer.json["error_code"]) == (409, "file.gone")
    assert not Post.objects.exists()


@pytest.mark.parametrize("files", ["x", 3, {}, ["x"], [None], [3], [["x"]], [str(uuid4())] * 51])
def test_a_list_of_files_that_is_none_is_refused(make, learner, files) -> None:
    sent = {"title": "Un fil", "text": "Bonjour", "submission": str(uuid4()), "files": files}
    answer = call(make(learner), "publish_thread", sent)
    assert (answer.status_code, bool(answer.json["error"])) == (400, True)


@pytest.mark.parametrize(
    "said", [{"rights": "stolen"}, {"rights": 3}, {"licence": "x" * 101}, {"alternative": "x" * 301}]
)
def test_what_cannot_be_said_of_a_file_is_refused(make, learner, said) -> None:
    block = make(learner)
    uuid = send_file(block, make_png(), "a.png").json["uuid"]
    assert call(block, "label_file", {"file": uuid, **said}).status_code == 400


def test_guessing_leads_nowhere(learner, cafe) -> None:
    send(learner, cafe)
    client = Client()
    client.force_login(learner)
    assert client.get(f"/solerni/discussion/file/{uuid4()}/").status_code == 404
    for wrong in ("1", "..%2f..%2fetc", "%00", "solerni/discussion"):
        assert client.get(f"/solerni/discussion/file/{wrong}/").status_code == 404


def test_who_lost_their_role_has_no_file_any_more(learner, other_learner, moderator, cafe, register) -> None:
    file = send_labelled(learner, cafe)
    publish(learner, cafe, file)
    Post.objects.update(state="hidden")
    assert get(moderator, file).status_code == 200
    api.dismiss_moderator(cafe.course_key, moderator.id)
    assert get(moderator, file).status_code == 404
    register.roles.clear()
    assert get(learner, file).status_code == 404
    assert send_file(make_block(DiscussionBlock, cafe.usage_key, user=learner), b"Un plan").status_code == 403


def test_bytes_that_the_storage_lost_are_a_clear_answer(learner, cafe, settings, tmp_path, caplog) -> None:
    file = send(learner, cafe)
    Attachment.objects.update(stored_as="solerni/discussion/gone")
    assert get(learner, file).status_code == 404


def test_a_text_refers_to_files_of_its_own_message_only(learner, other_learner, cafe) -> None:
    theirs = send_labelled(other_learner, cafe)
    publish(other_learner, cafe, theirs)
    mine = send_labelled(learner, cafe)
    source = f"![le mien](#file-{mine.uuid}) ![le sien](#file-{theirs.uuid}) ![ailleurs](https://tracker.example/x.png)"
    post = publish(learner, cafe, mine, source=source)
    block = make_block(DiscussionBlock, cafe.usage_key, user=other_learner)
    html = call(block, "read_thread", {"thread": str(post.thread_uuid)}).json["html"]
    assert (
        f'<img src="/solerni/discussion/file/{mine.uuid}/" loading="lazy" width="60" height="30" alt="le mien">' in html
    )
    assert '<img alt="le sien">' in html and str(theirs.uuid) not in html
    assert 'src="https://tracker' not in html


def test_an_image_in_the_text_is_not_shown_twice(learner, cafe) -> None:
    file = send_labelled(learner, cafe)
    post = publish(learner, cafe, file, source=f"Voici\n\n![mon carré](#file-{file.uuid})")
    block = make_block(DiscussionBlock, cafe.usage_key, user=learner)
    html = call(block, "read_thread", {"thread": str(post.thread_uuid)}).json["html"]
    assert html.count("<img ") == 1 and f'data-solerni-attachment="{file.uuid}"' in html
    preview = call(block, "preview_post", {"text": f"![mon carré](#file-{file.uuid})"}).json["html"]
    assert f'<img src="/solerni/discussion/file/{file.uuid}/" loading="lazy" alt="mon carré">' in preview


def test_what_is_refused_counts_and_beyond_the_measure_nothing_is_unpacked(
    learner, cafe, settings, monkeypatch
) -> None:
    settings.SOLERNI_DISCUSSION_FILES_PER_DAY = 2
    for _ in range(2):
        with pytest.raises(ImageTooManyPixels):
            send(learner, cafe, make_bomb())
    monkeypatch.setattr(imagekit, "write_anew", lambda content: pytest.fail("it was unpacked"))
    with pytest.raises(FilesUsedUp):
        send(learner, cafe)


def test_a_storage_with_errors_of_its_own_is_a_clear_answer(make, learner, monkeypatch, caplog) -> None:
    class ClientError(Exception):
        """As services for objects raise it."""

    def fail(*args: Any, **kwargs: Any) -> None:
        raise ClientError("SlowDown")

    monkeypatch.setattr(InMemoryStorage, "_save", fail)
    answer = send_file(make(learner), make_png(), "a.png")
    assert (answer.status_code, answer.json["error_code"]) == (503, "service.unavailable")
    assert answer.json["error"] and "SlowDown" in caplog.text
    assert not Attachment.objects.filter(dropped_at=None).exists()


def test_more_files_than_a_message_has_wait_and_do_not_go_with_it(learner, cafe) -> None:
    files = [send_labelled(learner, cafe, slot=slot) for slot in ("thread", f"reply:{uuid4()}")]
    with pytest.raises(TooManyFiles):
        publish(learner, limit_files(cafe, most=1), *files)
    assert not Post.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_slip_past_the_measure_of_a_day(learner, cafe, settings) -> None:
    settings.SOLERNI_DISCUSSION_FILES_PER_DAY = 3
    upload = Upload(slot="thread", name="a.txt", content=b"Un texte")

    def try_it(number: int) -> bool:
        try:
            api.upload_file(learner.id, cafe, upload)
        except FilesUsedUp:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(try_it, range(10))) == 3


@pytest.mark.django_db(transaction=True)
def test_two_messages_at_once_share_no_file(learner, cafe) -> None:
    file = send_labelled(learner, cafe, MINE)

    def try_it(number: int) -> bool:
        try:
            return isinstance(publish(learner, cafe, file), PostRecord)
        except FileGone:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(try_it, range(4))) == 1
    assert Post.objects.count() == 1 and Attachment.objects.get().post_id == Post.objects.get().id


def test_every_kind_of_file_has_its_words() -> None:
    assert set(KINDS) == set(ACCEPTED) == set(FILE_KINDS) == set(FileKind)
    assert {""} | {claim.value for claim in CLAIMS} == {claim.value for claim in type(MINE.rights.claim)}
