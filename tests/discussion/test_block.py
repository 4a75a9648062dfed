"""The block: what each kind of visitor sees, what handlers let in, what they answer."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation
from lxml import etree
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.core.errors import Refused, Unavailable
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Mode, Run
from solerni_xblocks.discussion.models import Post, Thread
from solerni_xblocks.hooks import gates
from tests.discussion.conftest import INSULT, make_draft, open_thread
from tests.doubles.runtime import call, make_block

READS = ("list_threads", "read_thread", "preview_post")
WRITES = ("publish_thread", "publish_post", "save_draft", "revise_post", "withdraw_post")
VECTORS = [
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<iframe src='data:text/html,<script>alert(1)</script>'></iframe>",
    "<details open ontoggle=alert(1)>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    '"><script>alert(1)</script>',
    "{{ block }}{% csrf_token %}",
    "\\href{javascript:alert(1)}{x}",
    "=cmd|' /C calc'!A0",
    "\u202egpj.exe",
]


@pytest.fixture
def make(place: UsageKey) -> Any:
    """Makes the block as somebody sees it."""
    return lambda user, **more: make_block(DiscussionBlock, place, user=user, **more)


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def draft(text: Any = "Bonjour", **more: Any) -> dict[str, Any]:
    return {"title": "Un fil", "text": text, "submission": str(uuid4()), **more}


def start_thread(block: Any, **more: Any) -> dict[str, Any]:
    answer = call(block, "publish_thread", draft(**more))
    assert answer.status_code == 200, answer.text
    return answer.json


def is_harmless(html: str) -> bool:
    root = etree.HTML(html)
    scripts = root.xpath("//script|//iframe|//style|//svg|//math|//img|//*[@*[starts-with(name(), 'on')]]")
    links = root.xpath("//a/@href")
    forms = root.xpath("//form/@action")
    return (
        not scripts
        and not forms
        and all(link.startswith(("http://", "https://", "mailto:", "#", "/")) for link in links)
    )


def test_a_learner_publishes_reads_and_replies(make, learner) -> None:
    block = make(learner)
    opened = start_thread(block, title="Présentations", text="Je suis **Léa**")
    assert (opened["state"], opened["said"]) == ("published", "Your message is published.")
    reply = call(block, "publish_post", draft("Et moi ?", thread=opened["thread"])).json
    assert "Et moi" in reply["html"] and reply["thread"] == opened["thread"]
    listed = call(block, "list_threads").json
    assert listed["threads"] == [opened["thread"]] and "1 reply" in listed["html"]
    read = call(block, "read_thread", {"thread": opened["thread"]}).json
    assert "<strong>Léa</strong>" in read["html"] and f'id="post-{reply["uuid"]}"' in read["html"]
    assert (read["after"], read["state"]) == ("", "published")
    assert "Présentations" in block.student_view().content


def test_reading_works_with_get_too(make, learner) -> None:
    block = make(learner)
    assert call(block, "list_threads", method="GET").json["threads"] == []


def test_the_author_sees_the_held_card_and_nobody_else_the_post(make, learner, other_learner) -> None:
    block = make(learner)
    opened = start_thread(block, text=f"Quel <b>{INSULT}</b> & co")
    assert opened["state"] == "held" and "waits for a moderator" in opened["said"]
    html = opened["html"]
    assert 'data-solerni-card="held"' in html and f"<mark>{INSULT}</mark>" in html
    assert "Courtesy" in html and "3 working days" in html
    assert f"&lt;b&gt;<mark>{INSULT}</mark>&lt;/b&gt; &amp; co" in html
    assert call(make(other_learner), "read_thread", {"thread": opened["thread"]}).status_code == 404


def test_the_card_shows_the_outcome_after_the_decision(make, learner, moderator) -> None:
    from solerni_xblocks.discussion.data import Act, Ground, Ruling

    block = make(learner)
    opened = start_thread(block, text=INSULT)
    ruling = Ruling(act=Act.REFUSE, grounds=(Ground(clause="posts.courtesy"),), message="Dites-le <b>autrement</b>.")
    api.decide_post(moderator.id, Post.objects.get().uuid, ruling)
    html = call(block, "read_thread", {"thread": opened["thread"]}).json["html"]
    assert 'data-solerni-card="refused"' in html and "Dites-le &lt;b&gt;autrement&lt;/b&gt;." in html
    assert f"<mark>{INSULT}</mark>" in html and 'data-solerni-compose="publish_post"' not in html


def test_staff_posts_are_marked(make, author) -> None:
    assert "Course staff" in start_thread(make(author))["html"]


def test_a_forgotten_author_has_no_name_and_no_text(make, learner, other_learner) -> None:
    opened = start_thread(make(learner), text="Mes mots")
    api.forget_member(learner.id)
    html = call(make(other_learner), "read_thread", {"thread": opened["thread"]}).json["html"]
    assert "Former member" in html and "Mes mots" not in html and "Title removed" in html


@pytest.mark.parametrize("handler", READS + WRITES)
def test_a_visitor_is_asked_to_log_in(make, handler, db) -> None:
    assert call(make(None), handler, draft()).status_code == 401


@pytest.mark.parametrize("handler", READS + WRITES)
def test_the_open_address_is_closed(make, learner, handler) -> None:
    assert call(make(learner), handler, draft(), noauth=True).json["error_code"] == "handler.noauth"
    assert Post.objects.count() == 0


@pytest.mark.parametrize("handler", WRITES)
def test_nothing_is_written_by_get_or_as_a_form(make, learner, handler) -> None:
    assert call(make(learner), handler, method="GET").status_code == 400
    assert call(make(learner), handler, draft(), content_type="text/plain").status_code == 400
    assert Post.objects.count() == 0


@pytest.mark.parametrize("handler", WRITES)
def test_nothing_is_written_in_studio_or_as_somebody_else(make, learner, author, handler) -> None:
    assert call(make(learner, is_author_mode=True), handler, draft()).json["error_code"] == "studio.preview"
    assert call(make(learner), handler, draft(), acting=author).json["error_code"] == "member.masquerade"
    assert Post.objects.count() == 0


def test_a_stranger_is_refused_everywhere(make, stranger, learner) -> None:
    opened = start_thread(make(learner))
    for handler in ("list_threads", "read_thread", *WRITES):
        answer = call(
            make(stranger), handler, draft(thread=opened["thread"], post=opened["uuid"], version=1, slot="thread")
        )
        assert (answer.status_code, answer.json["error_code"]) == (403, "discussion.not_enrolled"), handler


def test_a_thread_of_another_block_is_not_found(make, learner) -> None:
    opened = start_thread(make(learner))
    bar = UsageKey.from_string("block-v1:Solerni+Demo+2026+type@solerni_discussion+block@bar")
    other = make_block(DiscussionBlock, bar, user=learner)
    for handler in ("read_thread", "publish_post"):
        assert call(other, handler, draft(thread=opened["thread"])).status_code == 404, handler


def test_a_thread_of_another_course_is_not_found(make, learner, register) -> None:
    opened = start_thread(make(learner))
    key = UsageKey.from_string("block-v1:Solerni+Other+2026+type@solerni_discussion+block@cafe")
    register.give_role(learner.id, key.course_key, "student")
    other = make_block(DiscussionBlock, key, user=learner)
    for handler in ("read_thread", "publish_post"):
        assert call(other, handler, draft(thread=opened["thread"])).status_code == 404, handler


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"text": ""}, "post.text_missing", "text"),
        ({"text": " \n\t "}, "post.text_missing", "text"),
        ({"text": "\u200b\u2060"}, "post.text_missing", "text"),
        ({"text": "\x00"}, "post.text_missing", "text"),
        ({"text": "a" * 20_001}, "post.text_too_long", "text"),
        ({"text": "e" * 200_000}, "post.text_too_long", "text"),
        ({"text": None}, "input.invalid", "text"),
        ({"text": ["a"]}, "input.invalid", "text"),
        ({"text": 12}, "input.invalid", "text"),
        ({"title": ""}, "thread.title_missing", "title"),
        ({"title": "\u200b"}, "thread.title_missing", "title"),
        ({"title": "t" * 201}, "thread.title_too_long", "title"),
        ({"title": {"a": 1}}, "input.invalid", "title"),
        ({"submission": None}, "identifier.invalid", None),
        ({"submission": "x" * 10_000}, "identifier.invalid", None),
        ({"submission": {"uuid": 1}}, "identifier.invalid", None),
    ],
)
def test_a_wrong_draft_is_refused_with_words(make, learner, change, code, field) -> None:
    answer = call(make(learner), "publish_thread", {**draft(), **change})
    assert (answer.status_code, answer.json["error_code"], answer.json.get("field")) == (400, code, field)
    assert answer.json["error"] and Post.objects.count() == 0


@pytest.mark.parametrize("handler", ["publish_thread", "preview_post"])
def test_a_short_text_that_makes_a_huge_page_is_refused_with_words(make, learner, handler) -> None:
    table = "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "a\n" * 5_000
    answer = call(make(learner), handler, {**draft(), "text": table})
    assert (answer.status_code, answer.json["error_code"]) == (400, "post.page_too_long")
    assert Post.objects.count() == 0


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"nonsense", b'"text"', b"[" * 100_000, b"\xff\xfe", b"1e999", b"x" * 1_000_001]
)
@pytest.mark.parametrize("handler", READS + WRITES)
def test_a_broken_body_is_refused(make, learner, handler, body) -> None:
    answer = call(make(learner), handler, body)
    assert answer.status_code == 400 or (handler, body) == ("list_threads", b"")


@pytest.mark.parametrize("thread", [None, "", "x", 12, ["x"], {"a": 1}, "../../etc", "\x00"])
@pytest.mark.parametrize("handler", ["read_thread", "publish_post"])
def test_a_wrong_thread_is_refused(make, learner, handler, thread) -> None:
    assert call(make(learner), handler, draft(thread=thread)).status_code == 400


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "~",
        "~~",
        "oldest~2026-11-23~2",
        "activity~2026-11-23~1~2",
        "activity~2026-11-23T09:00:00Z~-1",
        f"activity~2026-11-23T09:00:00Z~{2**63}",
        "activity~0001-01-01T00:00:00+23:00~1",
        "best~1.5~1",
        f"replies~{2**63}~1",
        "emerging~nan~1",
        "emerging~1e999~1",
        12,
        ["a"],
    ],
)
def test_a_wrong_cursor_is_refused(make, learner, after) -> None:
    assert call(make(learner), "list_threads", {"after": after}).status_code == 400


def test_controls_and_lone_surrogates_never_reach_the_database(make, learner) -> None:
    body = (
        b'{"title": "Un\\u0000 fil\\ud800", "text": "a\\u0000b\\udfff\\r\\nc", "submission": "%s"}'
        % str(uuid4()).encode()
    )
    assert call(make(learner), "publish_thread", body).status_code == 200
    assert (Thread.objects.get().title, Post.objects.get().source) == ("Un fil", "ab\nc")


@pytest.mark.parametrize("vector", VECTORS)
def test_markup_that_people_write_stays_harmless(make, learner, register, vector) -> None:
    block = make(learner, display_name=vector, prompt=vector)
    opened = start_thread(block, title=vector, text=vector)
    pages = [
        opened["html"],
        call(block, "list_threads").json["html"],
        call(block, "preview_post", {"text": vector}).json["html"],
        call(block, "publish_post", draft(vector, thread=opened["thread"])).json["html"],
        block.student_view().content,
        block.author_view().content,
        make(None, display_name=vector, prompt=vector).student_view().content,
    ]
    held = start_thread(make(learner, moderation="before"), title=f"{vector} {INSULT}", text=f"{vector}\n\n{INSULT}")
    for html in [*pages, held["html"]]:
        assert is_harmless(html), html


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "> " * 10_000, "*a " * 6_000, "|a" * 10_000, "`" * 20_000, "- " * 10_000]
)
def test_text_made_to_exhaust_is_answered(make, learner, text) -> None:
    assert call(make(learner), "publish_thread", draft(text)).status_code == 200


def test_html_kept_by_an_earlier_renderer_is_sanitised_when_shown(make, learner) -> None:
    opened = start_thread(make(learner))
    Post.objects.update(html="<p onclick=alert(1)>x</p><script>alert(1)</script>")
    assert is_harmless(call(make(learner), "read_thread", {"thread": opened["thread"]}).json["html"])


def test_a_double_click_writes_one_row(make, learner) -> None:
    sent = draft()
    first, second = (call(make(learner), "publish_thread", sent).json for _ in range(2))
    assert (first["uuid"], Post.objects.count()) == (second["uuid"], 1)
    changed = call(make(learner), "publish_thread", {**sent, "text": "Autre"})
    assert (changed.status_code, changed.json["error_code"]) == (409, "post.already_sent")


def test_a_refusal_of_the_gate_says_where_to_go(make, learner) -> None:
    def refuse(member_id: int, course_key: Any) -> None:
        raise Refused("Accept the terms first.", code="terms.missing", where_to_go="/solerni/terms/")

    gates.answer(gates.POST, refuse)
    answer = call(make(learner), "publish_thread", draft())
    assert answer.status_code == 403
    assert answer.json == {
        "error": "Accept the terms first.",
        "error_code": "terms.missing",
        "where_to_go": "/solerni/terms/",
    }
    assert "data-solerni-new-thread" in make(learner).student_view().content


@pytest.mark.parametrize("refusal", [Refused("Shut."), Unavailable("Shut.")])
def test_a_shut_course_shuts_the_block_and_its_handlers(make, learner, refusal) -> None:
    def refuse(member_id: int, course_key: Any) -> None:
        raise refusal

    gates.answer(gates.TAKE_PART, refuse)
    content = make(learner).student_view().content
    assert "Shut." in content and "data-solerni-new-thread" not in content
    assert call(make(learner), "list_threads").status_code == refusal.status


def test_a_visitor_is_invited_to_log_in_and_sees_no_thread(make, learner) -> None:
    start_thread(make(learner), title="Secret")
    for fragment in (
        make(None, prompt="Parlons **ici**").student_view(),
        make(None, prompt="Parlons **ici**").public_view(),
    ):
        assert "<strong>ici</strong>" in fragment.content and "Log in" in fragment.content
        assert "Secret" not in fragment.content and "?next=https%3A" in fragment.content


def test_a_stranger_is_told_to_enrol(make, stranger) -> None:
    assert "Enrol" in make(stranger).student_view().content


def test_studio_shows_the_prompt_and_nobodys_messages(make, learner, author) -> None:
    start_thread(make(learner), title="Secret")
    content = make(author, prompt="Parlons", moderation="before").author_view().content
    assert "Parlons" in content and "Secret" not in content and "Every message waits" in content


def test_moderators_see_the_queue_and_learners_do_not(make, learner, author, cafe) -> None:
    open_thread(learner, cafe, source=INSULT)
    assert "Moderation queue (1)" in make(author).student_view().content
    assert "data-solerni-queue" not in make(learner).student_view().content


def test_an_empty_place_says_what_to_do(make, learner) -> None:
    assert "No thread yet" in make(learner).student_view().content


def test_init_arguments_carry_no_text_of_people(make, learner) -> None:
    block = make(learner, display_name="Nom", prompt="Invite")
    start_thread(block, title="Titre")
    assert set(block.student_view().json_init_args) == {"module", "thread", "post", "news_seconds"}


@pytest.mark.parametrize(
    "values",
    [
        {"display_name": ""},
        {"display_name": " "},
        {"display_name": "n" * 201},
        {"display_name": None},
        {"moderation": "never"},
        {"moderation": None},
        {"prompt": {"a": 1}},
    ],
)
def test_studio_refuses_values_that_cannot_be_shown(make, author, values) -> None:
    block = make(author, is_author_mode=True)
    assert call(block, "submit_studio_edits", {"values": values, "defaults": []}).status_code == 400


def test_studio_saves_what_fits(make, author) -> None:
    block = make(author, is_author_mode=True)
    rules = {"courtesy": {"run": "off"}}
    values = {"display_name": "Café", "prompt": "Été\x00\n\nà tous", "moderation": "before", "rules": rules}
    assert call(block, "submit_studio_edits", {"values": values, "defaults": []}).json == {"result": "success"}
    policy = block.place.policy
    assert (block.prompt, policy.mode, policy.get_setting("courtesy").run) == ("Été\n\nà tous", Mode.BEFORE, Run.OFF)


def test_a_learner_cannot_edit_the_block(make, learner) -> None:
    answer = call(make(learner), "submit_studio_edits", {"values": {"prompt": "x"}, "defaults": []})
    assert answer.status_code == 403


def test_unset_fields_are_not_written_to_a_course_file(make, author) -> None:
    node = etree.Element("unknown")
    make(author).add_xml_to_node(node)
    assert dict(node.attrib).keys() <= {"xblock-family"}


@pytest.mark.parametrize("many", [3, 60])
def test_a_list_costs_the_same_with_few_and_many_threads(
    make, learner, other_learner, cafe, django_assert_num_queries, many
) -> None:
    for number in range(many):
        who = (learner, other_learner)[number % 2]
        open_thread(who, cafe, title=f"Fil {number}")
    block = make(learner)
    with django_assert_num_queries(8):
        call(block, "list_threads")


@pytest.mark.parametrize("many", [3, 60])
def test_a_thread_costs_the_same_with_few_and_many_posts(
    make, learner, other_learner, cafe, django_assert_num_queries, many
) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    for number in range(many):
        text = INSULT if number % 3 == 0 else "Oui"
        api.publish_post(learner.id, cafe, make_draft(text), thread_uuid=thread)
    block = make(learner)
    with django_assert_num_queries(11):
        call(block, "read_thread", {"thread": str(thread)})


def test_answers_are_json_that_any_program_reads(make, learner) -> None:
    answer = call(make(learner), "publish_thread", draft())
    assert answer.content_type == "application/json" and answer.headers["Cache-Control"] == "no-store"
    assert {"uuid", "thread", "state", "html", "said"} <= json.loads(answer.body).keys()
