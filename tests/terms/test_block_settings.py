"""What the author of a terms block settles: compulsory or optional, what it closes, which versions, which language."""

from __future__ import annotations

import doctest
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from xblock.validation import ValidationMessage

from solerni_xblocks.demo import olx, site_api
from solerni_xblocks.terms import api
from solerni_xblocks.terms.block import TermsBlock
from solerni_xblocks.terms.data import TextDraft, VersionDraft, blocks
from solerni_xblocks.terms.errors import TermsRequired
from solerni_xblocks.terms.queries import surroundings
from tests.doubles.runtime import call, make_block
from tests.terms.conftest import BLOCKS, ENGLISH, FAR, list_answers, make_answer
from tests.terms.doors import (
    CLIENTS,
    CREDENTIALS,
    GUARDED,
    INSIDE,
    METHODS,
    OLX,
    OUTSIDE,
    TERMS,
    UNIT,
    handler,
    is_refusal,
    key,
    knock,
    log_in,
    make_member,
    present,
)
from tests.terms.test_foreign_children import DOORS

pytestmark = pytest.mark.django_db
HTML, JSON = CLIENTS["html"], CLIENTS["json"]
SECRET = "secret of the foreign block"
ASIDE, OTHER = key("foreign", "aside"), key("foreign", "other")
SECTION = OLX.replace("</solerni_terms>", '</solerni_terms><foreign url_name="aside"/>').replace(
    "</chapter>",
    '</chapter><chapter url_name="d"><sequential url_name="t"><vertical url_name="w">'
    '<foreign url_name="other"/></vertical></sequential></chapter>',
)


def set_up(**fields: str) -> None:
    """The course of the doors, its terms block with ``fields``, and a second section."""
    attributes = "".join(f' {name}="{value}"' for name, value in fields.items())
    olx.import_course(SECTION.replace(' document="charter"', f' document="charter"{attributes}').encode(), file="x.xml")
    api.forget_answers()


@pytest.fixture
def charter(publish: Any) -> Any:
    return publish(slug="charter", is_required=False)


def say(answer: str, member: Any, version: Any) -> None:
    getattr(api, {"no": "decline_version", "yes": "accept_version", "take back": "withdraw_acceptance"}[answer])(
        make_answer(member.id, version, document="charter")
    )


def is_shut(member: Any, path: str = f"/xblock/{INSIDE}") -> bool:
    return is_refusal(log_in(member).get(path, **HTML))


def test_examples_in_the_shapes_are_true() -> None:
    assert doctest.testmod(blocks).failed == 0


@pytest.mark.parametrize(
    ("obligation", "answers", "is_open"),
    [
        ("compulsory", [], False),
        ("compulsory", ["no"], False),
        ("compulsory", ["yes"], True),
        ("compulsory", ["no", "yes"], True),
        ("compulsory", ["yes", "take back"], False),
        ("optional", [], False),
        ("optional", ["no"], True),
        ("optional", ["yes"], True),
        ("optional", ["yes", "take back"], True),
        ("surely not", ["no"], False),
    ],
)
def test_an_optional_document_asks_for_an_answer_and_a_compulsory_one_for_yes(
    course: Any, charter: Any, member: Any, obligation: str, answers: list[str], is_open: bool
) -> None:
    set_up(obligation=obligation)
    for answer in answers:
        say(answer, member, charter)
    api.forget_answers()
    client = log_in(member)
    assert is_shut(member) is not is_open
    assert is_refusal(knock(client, DOORS["handler"], JSON)) is not is_open
    shown = client.get(f"/xblock/{GUARDED}", **HTML).content.decode()
    assert shown.count(SECRET) == (2 if is_open else 1), "the child, and the block beside it"


@pytest.mark.parametrize("credential", CREDENTIALS)
@pytest.mark.parametrize("name", DOORS)
def test_every_door_to_a_child_opens_to_whoever_declines_an_optional_document(
    course: Any, charter: Any, member: Any, other: Any, name: str, credential: str
) -> None:
    set_up(obligation="optional")
    say("yes", other, charter)
    client, headers = present(credential, member, other)
    for accepts in CLIENTS.values():
        for method in METHODS:
            answer = knock(client, DOORS[name], {**headers, **accepts}, method)
            assert is_refusal(answer) or (method, answer.status_code) == ("HEAD", 403), method
    say("no", member, charter)
    for accepts in CLIENTS.values():
        assert not is_refusal(knock(client, DOORS[name], {**headers, **accepts})), name


def test_the_page_of_an_optional_document_leads_on_after_no(course: Any, charter: Any, member: Any) -> None:
    set_up(obligation="optional")
    client = log_in(member)
    asked = client.get(f"/xblock/{INSIDE}", **HTML)["Location"]
    said = {"answer": "decline", "version": str(charter.uuid), "language": "fr", "next": f"/xblock/{INSIDE}"}
    told = client.post(asked, said)
    page = client.get(told["Location"]).content.decode()
    assert "Continue" in page or "Continuer" in page
    assert f'href="/xblock/{INSIDE}"' in page
    assert SECRET in client.get(f"/xblock/{INSIDE}", **HTML).content.decode()


def test_a_decline_in_the_block_leaves_one_proof_and_shows_the_receipt_and_the_children(
    publish: Any, learner: Any, make_door: Any
) -> None:
    version = publish()
    body = {"version": str(version.uuid), "language": "fr"}
    for _ in range(2):
        assert call(make_door(learner, obligation="optional"), "decline_terms", body).status_code == 200
    html = make_door(learner, obligation="optional").render("student_view").content
    assert "the secret of the child" in html
    assert str(list_answers().get().uuid) in html
    assert "data-solerni-terms-accept" not in html
    assert call(make_door(learner, obligation="optional").get_children()[0], "write_probe").status_code == 200


def test_a_new_major_version_of_an_optional_document_asks_again(course: Any, charter: Any, publish, member) -> None:
    set_up(obligation="optional")
    say("no", member, charter)
    assert not is_shut(member)
    newer = publish("2.0", slug="charter", note=" new")
    api.forget_answers()
    assert is_shut(member)
    say("no", member, newer)
    assert not is_shut(member)


@pytest.mark.parametrize(("versions", "is_open"), [("in_force", False), ("any", True), ("whatever", False)])
def test_an_answer_to_any_version_counts_where_the_author_says_so(
    course: Any, charter: Any, publish: Any, member: Any, versions: str, is_open: bool
) -> None:
    set_up(versions=versions)
    say("yes", member, charter)
    publish("2.0", slug="charter", note=" new")
    api.forget_answers()
    client = log_in(member)
    assert is_shut(member) is not is_open
    assert client.get(f"/xblock/{GUARDED}", **HTML).content.decode().count(SECRET) == (2 if is_open else 1)


def test_a_version_that_has_not_begun_answers_no_block(course: Any, charter: Any, publish: Any, member: Any) -> None:
    set_up(versions="any")
    ahead = publish("2.0", slug="charter", note=" new", effective_at=FAR)
    say("yes", member, ahead)
    assert is_shut(member)


def test_a_document_that_only_informs_keeps_nothing_back_whatever_is_settled(
    course: Any, publish: Any, member: Any
) -> None:
    publish(slug="charter", requires_acceptance=False)
    for obligation in ("compulsory", "optional"):
        set_up(obligation=obligation, versions="any", closes="section")
        assert not is_shut(member)
        assert not is_shut(member, f"/xblock/{OUTSIDE}")


CLOSED = [f"/xblock/{OUTSIDE}", f"/xblock/{UNIT}", f"/xblock/{ASIDE}", f"/xblock/{INSIDE}"]
OPEN = [f"/xblock/{GUARDED}", f"/xblock/{TERMS}", f"/xblock/{OTHER}"]


def test_a_block_that_closes_its_section_shuts_all_but_the_way_to_it(course: Any, charter: Any, member: Any) -> None:
    set_up(closes="section")
    assert [path for path in CLOSED if not is_shut(member, path)] == []
    assert [path for path in OPEN if is_shut(member, path)] == []
    told = log_in(member).post(handler(OUTSIDE, "click"), {}, "application/json", **JSON)
    assert (told.status_code, told.json()["error_code"]) == (403, "terms_required")
    say("yes", member, charter)
    assert [path for path in CLOSED if is_shut(member, path)] == []


def test_the_unit_of_a_block_that_closes_its_section_shows_nothing_else(course: Any, charter: Any, member: Any) -> None:
    set_up(closes="section")
    client = log_in(member)
    before = client.get(f"/xblock/{GUARDED}", **HTML).content.decode()
    assert "data-solerni-terms-answer" in before
    assert SECRET not in before
    say("yes", member, charter)
    assert client.get(f"/xblock/{GUARDED}", **HTML).content.decode().count(SECRET) == 2


def test_a_block_that_closes_its_children_leaves_its_section_open(course: Any, charter: Any, member: Any) -> None:
    set_up(closes="children")
    assert not is_shut(member, f"/xblock/{OUTSIDE}")
    assert is_shut(member)
    assert SECRET in log_in(member).get(f"/xblock/{GUARDED}", **HTML).content.decode(), "the block beside it"


def test_an_optional_block_that_closes_its_section_opens_it_with_no(course: Any, charter: Any, member: Any) -> None:
    set_up(closes="section", obligation="optional")
    assert is_shut(member, f"/xblock/{OUTSIDE}")
    say("no", member, charter)
    assert not is_shut(member, f"/xblock/{OUTSIDE}")


def test_two_blocks_that_close_one_section_never_close_each_other(
    course: Any, charter: Any, publish: Any, member: Any
) -> None:
    rules = publish(slug="rules", is_required=False)
    second = '<vertical url_name="two"><solerni_terms url_name="second" document="rules" closes="section"/></vertical>'
    source = SECTION.replace(' document="charter"', ' document="charter" closes="section"')
    source = source.replace("      </vertical>\n    </sequential>", f"      </vertical>\n{second}</sequential>")
    olx.import_course(source.encode(), file="x.xml")
    api.forget_answers()
    ways = [f"/xblock/{block}" for block in (GUARDED, TERMS, key("vertical", "two"), key("solerni_terms", "second"))]
    assert [path for path in ways if is_shut(member, path)] == []
    say("yes", member, charter)
    assert is_shut(member, f"/xblock/{OUTSIDE}")
    api.accept_version(make_answer(member.id, rules, document="rules"))
    assert not is_shut(member, f"/xblock/{OUTSIDE}")


def test_a_visitor_finds_the_section_closed_and_what_only_informs_open(course: Any, charter: Any, publish: Any) -> None:
    set_up(closes="section")
    with pytest.raises(TermsRequired):
        api.require_way(None, OUTSIDE)
    api.require_way(None, OTHER)


def test_warm_the_way_through_a_closed_section_asks_no_query(course: Any, charter: Any, member: Any) -> None:
    set_up(closes="section", obligation="optional")
    say("no", member, charter)
    api.require_way(member.id, OUTSIDE)
    with CaptureQueriesContext(connection) as queries:
        for _ in range(10):
            api.require_way(member.id, OUTSIDE)
    assert not queries.captured_queries


def test_a_unit_of_many_blocks_looks_once_for_its_place(course: Any, charter: Any, member: Any) -> None:
    for count in (2, 20):
        set_up(closes="section")
        with CaptureQueriesContext(connection) as queries:
            for number in range(count):
                with pytest.raises(TermsRequired):
                    api.require_way(member.id, key("foreign", f"f{number}"), parent=UNIT)
        looks = [one for one in queries.captured_queries if "demo_block" in one["sql"]]
        assert len(looks) == 3, "the course's terms blocks, the way to the one, the unit"


def test_the_memory_of_courses_is_bounded(course: Any, charter: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(surroundings, "MAX_COURSES", 0)
    for block in (INSIDE, OUTSIDE, OTHER):
        surroundings.find_guards(block)
        assert len(surroundings._Memory.doors) == 1


def test_staff_who_view_as_a_learner_read_the_text_without_a_form(course: Any, charter: Any, member: Any) -> None:
    set_up()
    author = make_member("ana", "staff")
    client = log_in(author)
    session = client.session
    session[site_api.MASQUERADE] = str(member.id)
    session.save()
    html = client.get(f"/courses/{TERMS.context_key}/units/{GUARDED}", **HTML).content.decode()
    assert "data-solerni-terms-watching" in html
    assert "data-solerni-terms-accept" not in html
    assert not list_answers().exists()


def test_who_declined_a_required_document_is_shown_the_way_to_stop(publish: Any, learner: Any, make_door: Any) -> None:
    version = publish()
    call(make_door(learner), "decline_terms", {"version": str(version.uuid), "language": "fr"})
    html = make_door(learner).render("student_view").content
    assert 'href="/solerni/terms/stop/terms/" target="_top"' in html
    assert "data-solerni-terms-accept" in html
    client = Client()
    client.force_login(learner)
    page = client.get("/solerni/terms/stop/terms/").content.decode()
    assert "data-solerni-terms-stop-form" in page


def test_who_declined_a_document_that_is_not_required_has_nothing_to_stop(publish, learner, make_door) -> None:
    version = publish(is_required=False)
    call(make_door(learner), "decline_terms", {"version": str(version.uuid), "language": "fr"})
    assert "data-solerni-terms-stop" not in make_door(learner).render("student_view").content


def test_the_author_can_fix_the_language_of_the_text(publish: Any, learner: Any, make_door: Any) -> None:
    publish()
    for chosen, reader, shown in [("en", "fr", "en"), ("", "en", "en"), ("", "fr", "fr"), ("de", "en", "en")]:
        with translation.override(reader):
            assert f'data-language="{shown}"' in make_door(learner, language=chosen).render("student_view").content


def test_the_words_say_what_opens_and_with_which_answer(publish: Any, learner: Any, make_door: Any) -> None:
    publish()
    words = {
        (): "opens once you have accepted it",
        ("closes",): "The rest of this section of the course opens once",
        ("obligation",): "What comes next in this unit opens with either answer",
        ("closes", "obligation"): "The rest of this section of the course opens with either answer",
    }
    values = {"closes": "section", "obligation": "optional"}
    with translation.override("en"):
        for names, expected in words.items():
            fields = {name: values[name] for name in names}
            assert expected in make_door(learner, **fields).render("student_view").content
            assert expected in make_door(learner, is_author_mode=True, **fields).render("author_view", {}).content


def save(door: Any, **values: Any) -> Any:
    return call(door, "submit_studio_edits", {"values": values, "defaults": []})


def test_studio_saves_the_settings_and_refuses_what_is_no_choice(publish: Any, author: Any, make_door: Any) -> None:
    publish()
    door = make_door(author, is_author_mode=True)
    chosen = {"obligation": "optional", "closes": "section", "versions": "any", "language": "en"}
    assert save(door, **chosen).status_code == 200
    assert {name: getattr(door, name) for name in chosen} == chosen
    for name in chosen:
        refused = save(door, **{name: "nonsense"})
        assert refused.status_code == 400
        assert "nonsense" in refused.text


def test_studio_saves_a_document_that_is_announced_and_warns(publish: Any, author: Any, make_door: Any) -> None:
    publish()
    publish(slug="later", effective_at=FAR)
    door = make_door(author, is_author_mode=True)
    assert save(door, document="later").status_code == 200
    assert [message.type for message in door.validate().messages] == [ValidationMessage.WARNING]


def test_studio_warns_of_a_language_that_the_document_lacks(publish: Any, author: Any, make_door: Any) -> None:
    publish()
    api.save_document("french")
    draft = VersionDraft(label="1", texts={"fr": TextDraft(title="T", source=ENGLISH)}, contact="c@example.org")
    api.publish_version("french", draft)
    door = make_door(author, is_author_mode=True, document="french", language="en")
    assert [message.type for message in door.validate().messages] == [ValidationMessage.WARNING]


def test_the_studio_form_offers_every_choice_in_the_authors_language(publish: Any, author: Any, make_door: Any) -> None:
    publish()
    with translation.override("en"):
        html = make_door(author, is_author_mode=True).render("studio_view").content
    for word in ("compulsory", "optional", "also the rest of its section", "ask again", "an answer to any version"):
        assert word in html
    assert "Français" in html


def test_the_preview_shows_both_panels_as_tabs_and_no_form(publish: Any, author: Any, make_door: Any) -> None:
    publish()
    html = make_door(author, is_author_mode=True).render("author_view", {}).content
    before, after = html.split("data-solerni-terms-after")
    assert html.count('role="tab"') == 2
    assert "the secret of the child" not in before
    assert "the secret of the child" in after
    assert "data-solerni-terms-receipt" in after
    for absent in ("<input", "<form", "data-solerni-terms-accept"):
        assert absent not in html


@pytest.mark.filterwarnings("ignore::xblock.exceptions.UserIdDeprecationWarning")
def test_a_round_trip_through_olx_keeps_every_setting(learner: Any, terms_key: Any) -> None:
    chosen = {"document": "charter", "obligation": "optional", "closes": "section", "versions": "any", "language": "en"}

    def load(text: str) -> TermsBlock:
        runtime = make_block(TermsBlock, terms_key, user=learner).runtime
        runtime.load_block_type = BLOCKS.__getitem__
        return runtime.get_block(runtime.parse_xml_string(text.encode()))

    attributes = " ".join(f'{name}="{value}"' for name, value in chosen.items())
    first = load(f"<solerni_terms {attributes}/>")
    written = BytesIO()
    first.runtime.export_to_xml(first, written)
    again = load(written.getvalue().decode())
    assert {name: getattr(again, name) for name in chosen} == chosen
    assert set(TermsBlock.editable_fields) == {"display_name", *chosen}
