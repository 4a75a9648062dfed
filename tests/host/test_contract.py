"""One contract for every host adapter: what the ports promise, each adapter does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from smtplib import SMTPException
from types import SimpleNamespace
from typing import Any
from unittest import mock
from uuid import UUID

import crum
import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import RequestFactory
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.host import api, standalone
from solerni_xblocks.host.ports import Host, Membership, Person
from tests.doubles import platform
from tests.doubles.courses import MemoryRegister

UNKNOWN = CourseKey.from_string("course-v1:No+Such+Course")


@pytest.fixture(params=["standalone", "openedx"])
def host(request: Any, register: MemoryRegister, monkeypatch: Any) -> Iterator[Host]:
    if request.param == "standalone":
        yield standalone.Standalone()
        return
    platform.install(monkeypatch, register)
    monkeypatch.delitem(sys.modules, "solerni_xblocks.host.openedx", raising=False)
    from solerni_xblocks.host.openedx import OpenEdx

    yield OpenEdx()
    sys.modules.pop("solerni_xblocks.host.openedx", None)


def test_a_person_has_a_public_name_an_address_and_a_language(host: Host, learner: Any, register: Any) -> None:
    register.languages[learner.id] = "en"
    person = host.people.find_person(learner.id)
    assert person is not None
    assert (person.id, person.name, person.email, person.language) == (learner.id, "lea", "lea@example.org", "en")


def test_a_person_without_a_choice_reads_the_sites_language(host: Host, learner: Any) -> None:
    person = host.people.find_person(learner.id)
    assert person is not None
    assert person.language == "fr"


@pytest.mark.django_db
def test_an_unknown_person_is_none(host: Host) -> None:
    assert host.people.find_person(10_000) is None


def test_people_are_found_in_as_many_queries_for_one_as_for_all(
    host: Host, learner: Any, other_learner: Any, author: Any, django_assert_num_queries: Any
) -> None:
    for ids in ([learner.id], [learner.id, other_learner.id, author.id, 10_000]):
        with django_assert_num_queries(1):
            assert len(host.people.find_people(ids)) == min(len(ids), 3)
        with django_assert_num_queries(1):
            assert len(host.people.find_names(ids)) == min(len(ids), 3)
    assert host.people.find_names([learner.id]) == {learner.id: "lea"}


def test_active_accounts_are_listed_by_parts_in_one_query_each(
    host: Host, learner: Any, other_learner: Any, author: Any, django_assert_num_queries: Any
) -> None:
    other_learner.is_active = False
    other_learner.save()
    with django_assert_num_queries(1):
        assert host.people.count_active() == 2
    with django_assert_num_queries(1):
        assert host.people.list_active_ids(after_id=0, limit=10) == [learner.id, author.id]
    assert host.people.list_active_ids(after_id=0, limit=1) == [learner.id]
    assert host.people.list_active_ids(after_id=learner.id, limit=10) == [author.id]
    assert host.people.list_active_ids(after_id=author.id, limit=10) == []


def test_a_course_has_a_title_and_a_language(host: Host, course_key: CourseKey) -> None:
    assert host.courses.get_title(course_key) == "Découvrir Solerni"
    assert host.courses.get_language(course_key) == "fr"


def test_an_unknown_course_has_its_key_as_title_and_is_french(host: Host) -> None:
    assert host.courses.get_title(UNKNOWN) == str(UNKNOWN)
    assert host.courses.get_language(UNKNOWN) == "fr"


def test_a_block_has_an_address_a_learner_can_open(host: Host, place: UsageKey) -> None:
    assert host.courses.get_block_url(place).endswith(f"/courses/{place.course_key}/jump_to/{place}")


def test_rights_follow_roles_and_stay_in_their_course(
    host: Host, learner: Any, author: Any, stranger: Any, course_key: CourseKey
) -> None:
    assert host.courses.is_enrolled(learner.id, course_key)
    assert not host.courses.is_enrolled(stranger.id, course_key)
    assert not host.courses.is_enrolled(learner.id, UNKNOWN)
    assert host.courses.get_membership(learner.id, course_key) == Membership(is_staff=False, is_enrolled=True)
    assert host.courses.get_membership(author.id, course_key) == Membership(is_staff=True, is_enrolled=False)
    assert host.courses.get_membership(10_000, course_key) == Membership(is_staff=False, is_enrolled=False)
    for ask in (host.courses.is_staff, host.courses.may_author):
        assert ask(author.id, course_key)
        assert not ask(author.id, UNKNOWN)
        assert not ask(learner.id, course_key)
        assert not ask(10_000, course_key)


def test_an_operator_is_staff_everywhere(host: Host, stranger: Any, course_key: CourseKey) -> None:
    stranger.is_superuser = stranger.is_staff = True
    stranger.save()
    assert host.courses.is_staff(stranger.id, course_key)
    assert host.courses.get_membership(stranger.id, course_key).is_staff
    assert host.courses.may_author(stranger.id, course_key)


HOME = UsageKey.from_string("block-v1:Solerni+Demo+2026+type@course+block@course")
DOOR = UsageKey.from_string("block-v1:Solerni+Demo+2026+type@solerni_terms+block@door")
INNER = UsageKey.from_string("block-v1:Solerni+Demo+2026+type@solerni_terms+block@inner")
PROBLEM = UsageKey.from_string("block-v1:Solerni+Demo+2026+type@problem+block@sum")


def test_blocks_above_a_block_come_nearest_first(host: Host, register: MemoryRegister) -> None:
    register.parents = {PROBLEM: INNER, INNER: DOOR, DOOR: HOME}
    assert host.courses.list_above(PROBLEM) == (INNER, DOOR, HOME)
    assert host.courses.list_above(INNER) == (DOOR, HOME)
    assert host.courses.list_above(HOME) == ()
    assert host.courses.list_above(HOME.course_key.make_usage_key("problem", "nowhere")) == ()


def test_blocks_of_a_type_come_with_what_the_author_wrote(host: Host, register: MemoryRegister) -> None:
    register.parents = {PROBLEM: INNER, INNER: DOOR, DOOR: HOME}
    register.fields = {(DOOR, "document"): "charter"}

    def list_doors(course_key: CourseKey) -> Any:
        return host.courses.list_blocks(course_key, block_type="solerni_terms", fields=("document", "closes"))

    assert list_doors(HOME.course_key) == {DOOR: {"document": "charter"}, INNER: {}}
    assert list_doors(UNKNOWN) == {}


def _make_request(header: str = "", **cookies: str) -> Any:
    request = RequestFactory().get("/", **({"HTTP_AUTHORIZATION": header} if header else {}))
    request.COOKIES.update({name.replace("_", "-"): value for name, value in cookies.items()})
    return request


PAIR = {"edx_jwt_cookie_header_payload": "head.body", "edx_jwt_cookie_signature": "sign"}


@pytest.mark.parametrize(
    "request_",
    [
        {"header": "Bearer opaque"},
        {"header": "bearer opaque"},
        {"header": "JWT head.body.sign"},
        {"edx_jwt_cookie": "head.body.sign"},
        PAIR,
        {"header": "Bearer unknown", **PAIR},
    ],
)
def test_a_token_names_its_account_and_the_second_time_nobody_is_asked(
    host: Host, register: MemoryRegister, learner: Any, django_assert_num_queries: Any, request_: dict[str, str]
) -> None:
    register.tokens = {("bearer", "opaque"): learner.id, ("jwt", "head.body.sign"): learner.id}
    assert host.identities.find_subjects(_make_request(**request_)) == {learner.id}
    with django_assert_num_queries(0):
        assert host.identities.find_subjects(_make_request(**request_)) == {learner.id}


def test_tokens_of_two_people_name_both(host: Host, register: MemoryRegister, learner: Any, other_learner: Any) -> None:
    register.tokens = {("bearer", "opaque"): other_learner.id, ("jwt", "head.body.sign"): learner.id}
    request = _make_request("Bearer opaque", **PAIR)
    assert host.identities.find_subjects(request) == {learner.id, other_learner.id}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"header": "Bearer"},
        {"header": "Bearer a b"},
        {"header": "Basic opaque"},
        {"header": "Bearer unknown"},
        {"header": "JWT opaque"},
        {"header": "Bearer head.body.sign"},
        {"edx_jwt_cookie_header_payload": "head.body"},
        {"edx_jwt_cookie": "\x00é"},
    ],
)
def test_a_token_that_is_not_valid_names_nobody(
    host: Host, register: MemoryRegister, learner: Any, request_: dict[str, str]
) -> None:
    register.tokens = {("bearer", "opaque"): learner.id, ("jwt", "head.body.sign"): learner.id}
    assert host.identities.find_subjects(_make_request(**request_)) == frozenset()


def test_events_are_logged(host: Host, register: MemoryRegister) -> None:
    host.tracking.emit("solerni.test", {"id": 1})
    assert register.events == [("solerni.test", {"id": 1})]


def test_mail_leaves_in_the_persons_language_with_a_one_line_subject(
    host: Host, learner: Any, settings: Any, tmp_path: Any
) -> None:
    folder = tmp_path / "solerni/test"
    folder.mkdir(parents=True)
    for kind in ("subject.txt", "txt", "html"):
        (folder / f"hello.{kind}").write_text("{% load i18n %}{% get_current_language as L %}{{ L }}\n{{ word }}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    person = host.people.find_person(learner.id)
    assert person is not None
    sent = host.mail.send(to=person, template="test/hello", context={"word": "<b>"})
    message = mail.outbox[0]
    assert message.message()["Message-ID"] == sent.message_id
    assert sent.message_id.endswith("@learn.example.org>")
    again = host.mail.send(to=person, template="test/hello", context={}, reference="1")
    assert again.message_id == "<1@learn.example.org>"
    assert (message.to, message.subject) == (["lea@example.org"], "fr <b>")
    assert message.body == "fr\n<b>"
    html = message.alternatives[0][0]
    inside = html.partition("<body>")[2].partition("</body>")[0]  # the platform puts a page around it
    assert (inside or html) == "fr\n&lt;b&gt;"


@pytest.fixture
def greeting(settings: Any, tmp_path: Any) -> str:
    folder = tmp_path / "solerni/test"
    folder.mkdir(parents=True)
    for kind in ("subject.txt", "txt", "html"):
        (folder / f"greeting.{kind}").write_text("Hello")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    return "test/greeting"


def test_a_mail_tells_mail_programs_how_it_is_ended_in_one_click(host: Host, learner: Any, greeting: str) -> None:
    person = host.people.find_person(learner.id)
    address = "https://learn.example.org/stop/" + "x" * 300
    host.mail.send(to=person, template=greeting, context={}, unsubscribe_url=address)
    host.mail.send(to=person, template=greeting, context={})
    told, plain = (one.message() for one in mail.outbox)
    assert told["List-Unsubscribe"] == f"<{address}>"
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.encode() in told.as_bytes()
    assert plain["List-Unsubscribe"] is None


def test_an_account_is_active_unless_it_was_disabled(host: Host, learner: Any) -> None:
    assert (host.people.is_active(learner.id), host.people.is_active(10_000)) == (True, False)
    learner.is_active = False
    learner.save()
    assert not host.people.is_active(learner.id)


def test_a_mail_that_nobody_took_is_an_error(host: Host, learner: Any, greeting: str) -> None:
    person = host.people.find_person(learner.id)
    for trouble in (SMTPException, ConnectionRefusedError):
        with mock.patch.object(EmailMultiAlternatives, "send", side_effect=trouble), pytest.raises(OSError):
            host.mail.send(to=person, template=greeting, context={})
    assert mail.outbox == []


def test_the_platforms_record_of_a_mail_comes_with_it(host: Host, learner: Any, greeting: str, request: Any) -> None:
    sent = host.mail.send(to=host.people.find_person(learner.id), template=greeting, context={})
    if request.node.callspec.params["host"] == "standalone":
        assert (sent.delivery_id, sent.channel) == ("", "")
    else:
        assert (UUID(sent.delivery_id).version, sent.channel) == (4, "DjangoEmailChannel")


def test_a_mail_leaves_for_an_account_that_was_disabled_and_for_somebody_without_one(
    host: Host, learner: Any, greeting: str
) -> None:
    learner.set_unusable_password()
    learner.save()
    host.mail.send(to=host.people.find_person(learner.id), template=greeting, context={})
    guardian = Person(id=0, name="", email="paul@example.org", language="fr")
    host.mail.send(to=guardian, template=greeting, context={})
    assert [message.to for message in mail.outbox] == [["lea@example.org"], ["paul@example.org"]]


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        (SimpleNamespace(id=5), 5),
        (SimpleNamespace(id=5, real_user=SimpleNamespace(id=9)), 9),
        (SimpleNamespace(id=None), None),
    ],
)
def test_the_acting_account_is_seen_through_a_masquerade(user: Any, expected: int | None) -> None:
    crum.set_current_request(SimpleNamespace(user=user))
    try:
        assert api.get_acting_user_id() == expected
    finally:
        crum.set_current_request(None)


def test_nobody_acts_outside_a_request() -> None:
    assert api.get_acting_user_id() is None


def test_in_studio_no_block_stands_before_another(register: MemoryRegister, monkeypatch: Any, settings: Any) -> None:
    platform.install(monkeypatch, register)
    monkeypatch.delitem(sys.modules, "solerni_xblocks.host.openedx", raising=False)
    from solerni_xblocks.host.openedx import OpenEdxCourses

    register.parents = {PROBLEM: DOOR, DOOR: HOME}
    assert OpenEdxCourses().list_above(PROBLEM) == (DOOR, HOME)
    settings.ROOT_URLCONF = "cms.urls"
    assert OpenEdxCourses().list_above(PROBLEM) == ()
    assert OpenEdxCourses().list_blocks(HOME.course_key, block_type="solerni_terms", fields=("document",)) == {}
    sys.modules.pop("solerni_xblocks.host.openedx", None)


def test_a_learner_may_have_a_group(host: Host, learner: Any, author: Any, course_key: Any, register: Any) -> None:
    register.groups[learner.id, course_key] = 7
    found = [host.courses.find_group(id_, course_key) for id_ in (learner.id, author.id, 10_000)]
    assert found == [7, None, None]


def test_groups_of_many_are_found_at_once(
    host: Host, learner: Any, author: Any, course_key: Any, register: Any
) -> None:
    register.groups[learner.id, course_key] = 7
    assert host.courses.find_groups([learner.id, author.id, 10_000], course_key) == {learner.id: 7}


def test_people_are_found_by_their_public_names_at_once(
    host: Host, learner: Any, author: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        found = host.people.find_named(["lea", "ana", "nobody"])
    assert {name: person.id for name, person in found.items()} == {"lea": learner.id, "ana": author.id}
