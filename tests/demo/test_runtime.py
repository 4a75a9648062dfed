"""The embedded runtime: scopes, keys, services, markup."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import caches
from web_fragments.fragment import Fragment
from xblock.exceptions import InvalidScopeError, NoSuchUsage

from solerni_xblocks.demo import markup, site_api, state
from solerni_xblocks.demo.models import BlockCompletion, Grade, LoggedEvent, StoredField
from solerni_xblocks.demo.runtime import is_completable
from solerni_xblocks.demo.scopes import Mode
from solerni_xblocks.terms import api as terms
from tests.demo import courses
from tests.demo.courses import COURSE, key, open_runtime


def test_children_and_parents_are_usage_keys(student: Any) -> None:
    unit = open_runtime(student).get_block(key("vertical", "u1"))
    assert unit.children == [key("html", "t1"), key("probe", "p1"), key("box", "b1")]
    assert [child.get_parent().scope_ids.usage_id for child in unit.get_children()] == [unit.scope_ids.usage_id] * 3
    assert open_runtime(student).get_block(key("course", "course")).get_parent() is None


@pytest.mark.parametrize("name", ["limit", "words", "children"])
def test_authored_fields_cannot_be_written_in_the_lms(student: Any, name: str) -> None:
    block = open_runtime(student).get_block(key("box", "b1") if name == "children" else key("probe", "p1"))
    setattr(block, name, 4 if name == "limit" else [])
    with pytest.raises(InvalidScopeError):
        block.save()


def test_deleting_an_authored_field_in_the_lms_is_refused(student: Any) -> None:
    block = open_runtime(student).get_block(key("probe", "p1"))
    with pytest.raises(InvalidScopeError):
        del block.display_name


def test_changing_a_list_in_place_does_not_change_what_the_next_block_reads(student: Any) -> None:
    runtime = open_runtime(student)
    runtime.get_block(key("probe", "p1")).words.append("automne")
    assert runtime.get_block(key("probe", "p1")).words == ["été", "hiver"]


def test_learner_fields_are_kept_by_learner_block_type_and_account(student: Any, writer: Any) -> None:
    block = open_runtime(student).get_block(key("probe", "p1"))
    block.visits, block.total, block.tastes, block.motto = 2, 5, {"colour": "green"}, "Festina lente"
    block.save()
    again, sibling = (open_runtime(student).get_block(key("probe", name)) for name in ("p1", "p2"))
    assert (again.visits, again.total, again.tastes, again.motto) == (2, 5, {"colour": "green"}, "Festina lente")
    assert (sibling.visits, sibling.total, sibling.tastes, sibling.motto) == (
        0,
        0,
        {"colour": "green"},
        "Festina lente",
    )
    other = open_runtime(writer).get_block(key("probe", "p1"))
    assert (other.visits, other.total, other.tastes, other.motto) == (0, 5, {}, "")


def test_a_learner_field_goes_back_to_its_default(student: Any) -> None:
    block = open_runtime(student).get_block(key("probe", "p1"))
    block.visits = 2
    block.save()
    del block.visits
    assert open_runtime(student).get_block(key("probe", "p1")).visits == 0
    assert not StoredField.objects.filter(name="visits").exists()


def test_a_visitor_keeps_nothing(student: Any) -> None:
    block = open_runtime().get_block(key("probe", "p1"))
    block.visits = 2
    block.save()
    assert not StoredField.objects.filter(name="visits").exists()


@pytest.mark.parametrize("mode", [Mode.STUDIO, Mode.PREVIEW])
def test_studio_keeps_learner_fields_in_memory_and_authored_ones_until_commit(writer: Any, mode: Mode) -> None:
    runtime = open_runtime(writer, mode)
    block = runtime.get_block(key("probe", "p1"))
    block.visits, block.limit = 2, 8
    block.save()
    assert open_runtime(writer).get_block(key("probe", "p1")).limit == 3
    runtime.content.commit()
    read = open_runtime(writer).get_block(key("probe", "p1"))
    assert (read.limit, read.visits) == (8, 0)


def test_preview_refuses_authored_writes_of_blocks_without_a_view_for_authors(writer: Any) -> None:
    block = open_runtime(writer, Mode.PREVIEW).get_block(key("vertical", "u1"))
    block.display_name = "Autre"
    with pytest.raises(InvalidScopeError):
        block.save()


def test_a_field_set_to_its_default_again_is_forgotten_at_commit(writer: Any) -> None:
    runtime = open_runtime(writer, Mode.STUDIO)
    del runtime.get_block(key("probe", "p1")).display_name
    runtime.content.commit()
    assert not StoredField.objects.filter(subject=str(key("probe", "p1")), name="display_name").exists()


def test_a_block_of_no_course_is_missing(student: Any) -> None:
    with pytest.raises(NoSuchUsage):
        open_runtime(student).get_block(key("probe", "nowhere"))


def _see(user: Any, mode: Mode = Mode.LMS, **session: Any) -> dict[str, Any]:
    runtime = open_runtime(user, mode, **session)
    block = runtime.get_block(key("probe", "p1"))
    attributes = runtime.service(block, "user").get_current_user().opt_attrs
    return {name.removeprefix("edx-platform."): value for name, value in attributes.items()}


def test_a_visitor_shows_only_that_nobody_is_there(probe_course: None) -> None:
    assert _see(None) == {"is_authenticated": False, "request_country_code": ""}


def test_a_learner_shows_the_attributes_of_the_lms(student: Any) -> None:
    seen = _see(student)
    assert seen["user_id"] == student.id
    assert seen["username"] == "lea-probe"
    assert (seen["user_is_staff"], seen["user_role"]) == (False, "student")
    assert set(seen["user_preferences"]) == {"pref-lang", "time_zone"}
    assert len({seen["anonymous_user_id"], seen["deprecated_anonymous_user_id"], str(student.id)}) == 3


def test_staff_are_staff_in_the_lms_and_nobody_is_in_studio(writer: Any) -> None:
    assert (_see(writer)["user_is_staff"], _see(writer)["user_role"]) == (True, "staff")
    preview, studio = _see(writer, Mode.PREVIEW), _see(writer, Mode.STUDIO)
    assert (preview["user_is_staff"], preview["user_role"], preview["anonymous_user_id"]) == (False, "staff", "student")
    assert (studio["user_is_staff"], studio["user_role"], studio["anonymous_user_id"]) == (False, "student", None)


def test_a_preview_calls_everybody_an_author(student: Any) -> None:
    assert _see(student, Mode.PREVIEW)["user_role"] == "staff"


def test_masquerade_names_the_first_learner_and_keeps_nothing(student: Any, writer: Any) -> None:
    state.record_completion(student.id, key("probe", "p2"), 1.0)
    seen = _see(writer, masquerade="student")
    assert (seen["user_id"], seen["user_role"], seen["user_is_staff"]) == (student.id, "student", False)
    runtime = open_runtime(writer, masquerade="student")
    block = runtime.get_block(key("probe", "p1"))
    block.visits = 7
    block.save()
    block.emit_completion(1.0)
    runtime.publish(block, "grade", {"value": 1, "max_value": 1})
    assert not StoredField.objects.filter(name="visits").exists()
    assert (BlockCompletion.objects.count(), Grade.objects.count()) == (1, 0)


def test_masquerade_as_one_learner_by_id(student: Any, writer: Any, passer: Any) -> None:
    site_api.give_role(passer.id, COURSE, "student")
    assert _see(writer, masquerade=str(passer.id))["user_id"] == passer.id


def test_masquerade_in_an_empty_course_keeps_the_account_and_drops_the_role(writer: Any) -> None:
    seen = _see(writer, masquerade="student")
    assert (seen["user_id"], seen["user_role"]) == (writer.id, "student")


def test_a_learner_cannot_masquerade(student: Any, passer: Any) -> None:
    assert _see(passer, masquerade="student")["user_id"] == passer.id


def test_services_follow_the_mode(student: Any, writer: Any) -> None:
    def completion(user: Any, mode: Mode = Mode.LMS) -> Any:
        runtime = open_runtime(user, mode)
        return runtime.service(runtime.get_block(key("probe", "p1")), "completion")

    state.record_completion(student.id, key("probe", "p1"), 0.5)
    known = completion(student).get_completions([key("probe", "p1"), key("probe", "p2")])
    assert known == {key("probe", "p1"): 0.5, key("probe", "p2"): 0.0}
    assert completion(student).completion_tracking_enabled()
    assert completion(None) is None
    assert completion(writer, Mode.PREVIEW) is None
    assert completion(writer, Mode.STUDIO) is None


def test_i18n_settings_and_cache_are_djangos(student: Any, settings: Any) -> None:
    runtime = open_runtime(student)
    block = runtime.get_block(key("probe", "p1"))
    i18n = runtime.service(block, "i18n")
    assert i18n.ugettext("no such message") == "no such message"
    assert i18n.ngettext("one", "many", 2) == "many"
    settings.XBLOCK_SETTINGS = {"Probe": {"limit": 5}}
    bucket = runtime.service(block, "settings").get_settings_bucket(block)
    assert bucket == {"limit": 5}
    assert runtime.service(block, "cache").get_cache("no such cache") is caches["default"]


def test_completion_grade_and_events_are_published_once_for_the_learner(student: Any) -> None:
    runtime = open_runtime(student)
    block = runtime.get_block(key("probe", "p1"))
    for _ in range(2):
        block.emit_completion(1.0)
        runtime.publish(block, "grade", {"value": 2, "max_value": 4})
    runtime.publish(block, "probe.done", {"n": 1})
    assert BlockCompletion.objects.get(user_id=student.id).completion == 1.0
    grade = Grade.objects.get(user_id=student.id)
    assert (grade.value, grade.max_value) == (2, 4)
    done = LoggedEvent.objects.get(name="probe.done")
    assert done.data == {"user_id": student.id, "usage_key": str(key("probe", "p1")), "n": 1}


@pytest.mark.parametrize("mode", [Mode.STUDIO, Mode.PREVIEW])
def test_studio_publishes_nothing(writer: Any, mode: Mode) -> None:
    runtime = open_runtime(writer, mode)
    runtime.get_block(key("probe", "p1")).emit_completion(1.0)
    assert not LoggedEvent.objects.exists()


def test_the_wrapper_is_the_platforms_and_init_arguments_cannot_end_their_script(student: Any) -> None:
    html = open_runtime(student).get_block(key("probe", "p1")).render("student_view").content
    assert html.startswith('<div class="xblock xblock-student_view xblock-student_view-probe"')
    for part in (
        f'data-usage-id="{key("probe", "p1")}"',
        'data-block-type="probe"',
        'data-init="Probe"',
        'data-runtime-class="LmsRuntime"',
        'data-runtime-version="1"',
        "data-request-token=",
    ):
        assert part in html
    script = html.split('class="xblock-json-init-args">')[1].split("</script>")[0]
    assert "<" not in script
    assert json.loads(script) == {"text": "</script><b>&"}


def test_attributes_of_the_wrapper_are_escaped(student: Any) -> None:
    wrapped = markup.wrap(
        Fragment("x"), view="student_view", data={"block-type": "html", "usage-id": key("html", "t"), "name": '"><b>'}
    )
    assert "<b>" not in wrapped.content


@pytest.mark.parametrize(
    ("mode", "prefix"),
    [(Mode.LMS, f"/courses/{COURSE}/xblock/"), (Mode.PREVIEW, "/preview/xblock/"), (Mode.STUDIO, "/xblock/")],
)
def test_handler_addresses_have_the_platforms_shapes(student: Any, mode: Mode, prefix: str) -> None:
    runtime = open_runtime(student, mode)
    block = runtime.get_block(key("probe", "p1"))
    url = runtime.handler_url(block, "tell", "a/b", "x=1")
    assert url == f"{prefix}{key('probe', 'p1')}/handler/tell/a/b?x=1"
    assert runtime.handler_url(block, "tell").endswith("?") is (mode is Mode.PREVIEW)


def test_noauth_address(student: Any) -> None:
    runtime = open_runtime(student)
    assert "/handler_noauth/tell" in runtime.handler_url(runtime.get_block(key("probe", "p1")), "tell", thirdparty=True)


def test_the_demos_blocks_are_not_entry_points() -> None:
    from importlib.metadata import entry_points

    assert not {"course", "chapter", "sequential", "vertical", "html"} & {
        e.name for e in entry_points(group="xblock.v1")
    }


def test_rendering_a_unit_asks_as_often_for_twenty_blocks_as_for_two(
    student: Any, django_assert_num_queries: Any
) -> None:
    for count in (2, 20):
        probes = "".join(f'<probe url_name="n{n}"/>' for n in range(count))
        courses.import_probe_course(courses.OLX.replace('<html url_name="t2">Fin</html>', probes))
        terms.forget_answers()
        with django_assert_num_queries(5):  # 2 of them look for terms blocks, once in 30 s
            html = open_runtime(student).get_block(key("vertical", "u2")).render("student_view").content
        assert html.count("class='probe'") == count


def test_contents_count_and_their_box_only_when_it_says_when_it_is_done(student: Any, monkeypatch: Any) -> None:
    runtime = open_runtime(student)
    probe, box, unit = (runtime.get_block(key(*name)) for name in (("probe", "p1"), ("box", "b1"), ("vertical", "u1")))
    assert [is_completable(block) for block in (probe, box, unit)] == [True, False, False]
    monkeypatch.setattr(courses.Box, "has_custom_completion", True, raising=False)
    assert is_completable(box)
