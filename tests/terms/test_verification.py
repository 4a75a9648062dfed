"""Whatever is altered, removed, inserted, swapped or cut is found, and named; what may be forgotten changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db import models as orm
from django.db.models import CharField, F, ProtectedError
from django.db.models.functions import Cast
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solerni_xblocks.core import clock
from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.data import Act, Channel, Fault, Finding, Origin, ProofEntry
from solerni_xblocks.terms.flows.append_proofs import append_proofs
from solerni_xblocks.terms.management.commands import solerni_terms_verify
from solerni_xblocks.terms.queries import evidence as evidence_rows
from solerni_xblocks.terms.queries.proofs import get_subject
from solerni_xblocks.terms.rules import chain
from tests.terms.conftest import make_answer

pytestmark = pytest.mark.django_db

MEMBERS = range(1, 201)


def fill(version: Any, *, members: Any = MEMBERS, act: Act = Act.ACCEPT) -> None:
    """One proof for each member."""
    text = models.Text.objects.get(version__uuid=version.uuid, language="fr")
    append_proofs(
        [
            ProofEntry(
                act=act,
                member_id=number,
                version_uuid=version.uuid,
                version_digest=version.digest,
                document=version.document,
                label=version.label,
                language="fr",
                text_digest=text.digest,
                screen_digest="0" * 64,
                channel=Channel.PAGE,
                origin=Origin(ip="203.0.113.9", agent="Firefox"),
            )
            for number in members
        ]
    )


@pytest.fixture
def evidence(publish: Callable[..., Any]) -> Any:
    """Two hundred acceptances of the first version."""
    version = publish()
    fill(version)
    return version


def write(table: type[orm.Model], condition: dict[str, Any], **values: Any) -> None:
    """What somebody with the database in hand can do."""
    orm.QuerySet(table).filter(**condition).update(**values)


def erase(table: type[orm.Model], **condition: Any) -> None:
    rows = orm.QuerySet(table).filter(**condition)
    rows._raw_delete(rows.db)


def look() -> Finding | None:
    return api.verify_proofs().finding


def pick(partition: int = 7, seq: int = 3) -> models.Proof:
    return models.Proof.objects.get(partition=partition, seq=seq)


def drop(proof: models.Proof) -> None:
    erase(models.ProofPerson, proof_id=proof.id)
    erase(models.Proof, id=proof.id)


def forge(proof: models.Proof, **changes: Any) -> models.Proof:
    """A row like ``proof``, its hash made as it must be."""
    row = models.Proof.objects.get(id=proof.id)
    row.pk, row._state.adding = None, True
    row.uuid = uuid4()
    for name, value in {"subject": f"{proof.partition:02x}" + "5" * 62, **changes}.items():
        setattr(row, name, value)
    row.hash = chain.compute_hash(vars(row))
    return row


def test_evidence_is_counted_and_whole(evidence) -> None:
    seen = api.verify_proofs()
    assert (seen.finding, seen.proofs, seen.chains, seen.versions) == (None, 201, 17, 1)


def test_nothing_at_all_is_whole() -> None:
    assert api.verify_proofs().proofs == 0


def test_a_walk_in_small_batches_sees_the_same(evidence, monkeypatch) -> None:
    monkeypatch.setattr(evidence_rows, "BATCH", 2)
    heard: list[int] = []
    assert api.verify_proofs(tell=heard.append).proofs == 201
    assert heard[:3] == [2, 4, 6]


@pytest.mark.parametrize("field", [*chain.FIELDS, "hash"])
def test_one_field_changed_is_found_and_named(evidence, field) -> None:
    proof = pick()
    value = getattr(proof, field)
    changed = {
        int: lambda: value + 1000,
        str: lambda: ("b" if value[:1] == "a" else "a") + value[1:],
        type(proof.uuid): uuid4,
        type(proof.decided_at): lambda: value + timedelta(microseconds=1),
    }[type(value)]()
    write(models.Proof, {"id": proof.id}, **{field: changed})
    found = look()
    assert (found.partition, found.seq) == (7, 3)
    assert found.fault is (Fault.REMOVED if field in ("partition", "seq") else Fault.ALTERED)


@pytest.mark.parametrize("field", ["uuid", "version_uuid", "decided_at"])
def test_another_spelling_of_the_same_value_is_found(evidence, field) -> None:
    if connection.vendor != "sqlite":
        return  # other databases keep values, not spellings
    proof = pick()
    change = f"replace({field}, ' ', 'T')" if field == "decided_at" else f"upper({field})"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE solerni_terms_proof SET {field} = {change} WHERE id = %s", [proof.id])  # noqa: S608
    assert (look().fault, look().seq) == (Fault.ALTERED, 3)


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_one_character_of_any_row_is_missed_nowhere(evidence, data) -> None:
    """Two hundred rows; each example changes one character of one field as the database keeps it, and puts it back."""
    number = data.draw(st.sampled_from(sorted(models.Proof.objects.values_list("id", flat=True))))
    field = data.draw(st.sampled_from([*chain.FIELDS, "hash"]))
    kept = models.Proof.objects.filter(id=number).values_list(Cast(field, CharField()), flat=True)
    before = kept.get()
    is_number = field in ("partition", "seq", "turn")
    letters = st.characters(min_codepoint=33, max_codepoint=0x24F, exclude_categories=["Cs"])
    letter = data.draw(st.sampled_from("0123456789") if is_number else letters)
    place = data.draw(st.integers(0, max(len(before) - 1, 0)))
    after = before[:place] + letter + before[place + 1 :]
    if field in ("partition", "seq"):  # a place that is taken is refused by the database itself
        after = f"9{after}" if field == "seq" else "77"
    sql = f"UPDATE solerni_terms_proof SET {field} = %s WHERE id = %s"  # noqa: S608
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [int(after) if is_number else after, number])
    except DatabaseError:
        return  # what is no number, moment or identifier is refused by a database that has types
    missed = kept.get() != before and look() is None  # another spelling may be the same to the database
    with connection.cursor() as cursor:
        cursor.execute(sql, [int(before) if is_number else before, number])
    assert not missed


def test_a_row_that_was_removed_is_named_by_its_place(evidence) -> None:
    drop(pick())
    assert look() == Finding(fault=Fault.REMOVED, partition=7, seq=3)


def test_a_row_that_was_removed_shows_even_when_the_others_close_up(evidence) -> None:
    drop(pick())
    for row in models.Proof.objects.filter(partition=7, seq__gt=3).order_by("seq"):
        write(models.Proof, {"id": row.id}, seq=row.seq - 1)
    write(models.Chain, {"partition": 7}, length=F("length") - 1)
    found = look()
    assert (found.fault, found.partition, found.seq) == (Fault.MISPLACED, 7, 3)


def test_a_row_that_was_inserted_is_named(evidence) -> None:
    before, after = pick(seq=2), list(models.Proof.objects.filter(partition=7, seq__gt=2).order_by("-seq"))
    for row in after:
        write(models.Proof, {"id": row.id}, seq=row.seq + 1)
    write(models.Chain, {"partition": 7}, length=F("length") + 1)
    intruder = forge(before, seq=3, previous_hash=before.hash)
    intruder.save()
    assert look() == Finding(fault=Fault.INSERTED, partition=7, seq=3, uuid=str(intruder.uuid))


def test_a_row_that_was_added_at_the_end_is_named(evidence) -> None:
    last = models.Proof.objects.filter(partition=7).order_by("seq").last()
    intruder = forge(last, seq=last.seq + 1, previous_hash=last.hash)
    intruder.save()
    assert look() == Finding(fault=Fault.INSERTED, partition=7, seq=last.seq + 1, uuid=str(intruder.uuid))


@pytest.mark.parametrize("place", [{"partition": 40, "seq": 1}, {"partition": 7, "seq": 0}])
def test_a_row_where_nobody_writes_is_named(evidence, place) -> None:
    intruder = forge(pick(), **place)
    intruder.save()
    found = look()
    assert (found.fault, found.uuid) == (Fault.INSERTED, str(intruder.uuid))


def test_a_row_of_another_partition_is_named_even_at_a_well_made_end(evidence) -> None:
    last = models.Proof.objects.filter(partition=7).order_by("seq").last()
    intruder = forge(last, seq=last.seq + 1, previous_hash=last.hash, subject="08" + "5" * 62)
    intruder.save()
    write(models.Chain, {"partition": 7}, length=intruder.seq, head=intruder.hash)
    found = look()
    assert (found.fault, found.uuid) == (Fault.INSERTED, str(intruder.uuid))


def test_two_rows_that_were_swapped_are_found_at_the_first(evidence) -> None:
    third, fourth = pick(seq=3), pick(seq=4)
    write(models.Proof, {"id": third.id}, seq=9999)
    write(models.Proof, {"id": fourth.id}, seq=3)
    write(models.Proof, {"id": third.id}, seq=4)
    assert look() == Finding(fault=Fault.MISPLACED, partition=7, seq=3, uuid=str(fourth.uuid))


def test_a_row_whose_hash_was_made_anew_is_named_because_the_next_does_not_continue_it(evidence) -> None:
    proof = pick()
    row = forge(proof, screen_digest="1" * 64, subject=proof.subject, uuid=proof.uuid)
    write(models.Proof, {"id": proof.id}, screen_digest="1" * 64, hash=row.hash)
    assert look() == Finding(fault=Fault.DISOWNED, partition=7, seq=3, uuid=str(proof.uuid))


@pytest.mark.parametrize("change", [{"label": "9.9"}, {"version_digest": "1" * 64}, {"text_digest": "1" * 64}])
def test_a_proof_that_names_what_was_never_published_is_named_however_well_made(evidence, change) -> None:
    last = models.Proof.objects.filter(partition=7).order_by("seq").last()
    row = forge(last, subject=last.subject, uuid=last.uuid, **change)
    write(models.Proof, {"id": last.id}, hash=row.hash, **change)
    write(models.Chain, {"partition": 7}, head=row.hash)
    found = look()
    assert found.uuid == str(last.uuid)
    assert found.fault is (Fault.TEXT_ALTERED if "text_digest" in change else Fault.VERSION_ALTERED)


def test_the_last_row_whose_hash_was_made_anew_is_disowned_by_the_end(evidence) -> None:
    last = models.Proof.objects.filter(partition=7).order_by("seq").last()
    row = forge(last, screen_digest="1" * 64, subject=last.subject, uuid=last.uuid)
    write(models.Proof, {"id": last.id}, screen_digest="1" * 64, hash=row.hash)
    assert look() == Finding(fault=Fault.DISOWNED, partition=7, seq=last.seq, uuid=str(last.uuid))


def cut(partition: int = 7, *, with_end: bool) -> models.Proof:
    """Take the last row away; ``with_end``: make the chain's end agree."""
    last = models.Proof.objects.filter(partition=partition).order_by("seq").last()
    drop(last)
    if with_end:
        write(models.Chain, {"partition": partition}, length=last.seq - 1, head=last.previous_hash)
    return last


def test_a_last_row_that_was_cut_shows_at_the_end_of_the_chain(evidence) -> None:
    last = cut(with_end=False)
    assert look() == Finding(fault=Fault.REMOVED, partition=7, seq=last.seq)


def test_a_last_row_that_was_cut_with_its_end_shows_against_the_last_checkpoint(evidence) -> None:
    taken = api.take_checkpoint()
    last = cut(with_end=True)
    assert look() == Finding(fault=Fault.REMOVED, partition=7, seq=last.seq, about=taken.taken_at.isoformat())


def test_a_cut_shows_against_the_published_file_when_the_table_was_emptied(evidence, settings, tmp_path) -> None:
    settings.SOLERNI_TERMS_CHECKPOINTS = str(tmp_path / "checkpoints.jsonl")
    api.take_checkpoint()
    erase(models.Checkpoint)
    last = cut(with_end=True)
    assert look() is None
    with pytest.raises(CommandError, match=f"partition 7, number {last.seq}.* was removed"):
        call_command("solerni_terms_verify")


def test_history_written_anew_to_the_end_shows_against_a_checkpoint(evidence) -> None:
    taken = api.take_checkpoint()
    before = pick(seq=2)
    for row in models.Proof.objects.filter(partition=7, seq__gt=2).order_by("seq"):
        row.screen_digest, row.previous_hash = "1" * 64, before.hash
        row.hash = chain.compute_hash(vars(row))
        write(models.Proof, {"id": row.id}, screen_digest="1" * 64, previous_hash=row.previous_hash, hash=row.hash)
        before = row
    write(models.Chain, {"partition": 7}, head=before.hash)
    found = look()
    assert (found.fault, found.seq, found.about) == (Fault.REWRITTEN, before.seq, taken.taken_at.isoformat())


@pytest.mark.parametrize("change", [{"total": 9}, {"digest": "0" * 64}, {"ends": {"1": [2, "x"]}}, {"ends": []}])
def test_a_checkpoint_that_was_altered_is_named(evidence, change) -> None:
    api.take_checkpoint()
    write(models.Checkpoint, {}, **change)
    assert look().fault is Fault.CHECKPOINT_ALTERED


@pytest.mark.parametrize("line", ["", "{}", "[1]", '{"taken_at": 3}', '{"taken_at": "2026-01-01", "ends": {}}'])
def test_a_published_line_that_is_no_checkpoint_is_named(evidence, line) -> None:
    seen = api.verify_proofs(published=[line])
    assert (seen.finding.fault, seen.finding.about) == (Fault.CHECKPOINT_ALTERED, "line 1")


@pytest.mark.parametrize("field", ["member_id", "actor_id", "ip", "agent", "note", "salt"])
def test_a_person_beside_a_proof_that_was_altered_is_named(evidence, field) -> None:
    proof = pick()
    value = 4711 if field in ("member_id", "actor_id") else "x"
    write(models.ProofPerson, {"proof_id": proof.id}, **{field: value})
    found = look()
    fault = Fault.PERSON_SWAPPED if field == "member_id" else Fault.PERSON_ALTERED
    assert found == Finding(fault=fault, partition=7, seq=3, uuid=str(proof.uuid))


def test_a_trimmed_address_cannot_come_back(evidence) -> None:
    write(models.ProofPerson, {"proof_id": pick().id}, trimmed_at=clock.now())
    assert look().fault is Fault.PERSON_ALTERED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", "9.9"),
        ("contact", "evil@example.org"),
        ("requires_acceptance", False),
        ("digest", "0" * 64),
        ("uuid", uuid4()),
        ("effective_at", clock.now() - timedelta(days=3)),
        ("published_at", clock.now() - timedelta(days=3)),
    ],
)
def test_a_published_version_that_was_altered_is_named(evidence, field, value) -> None:
    write(models.Version, {"uuid": evidence.uuid}, **{field: value})
    found = look()
    assert found.fault is (Fault.VERSION_INSERTED if field == "uuid" else Fault.VERSION_ALTERED)


@pytest.mark.parametrize("field", ["source", "html", "summary", "title", "renderer", "digest", "language"])
def test_a_published_text_that_was_altered_is_named(evidence, field) -> None:
    write(models.Text, {"version__uuid": evidence.uuid, "language": "fr"}, **{field: "xx"})
    found = look()
    assert found.fault is (Fault.TEXT_ALTERED if field in ("source", "digest") else Fault.VERSION_ALTERED)
    assert found.about.startswith("terms 1.0")


def test_a_version_that_was_removed_is_missed_by_its_proof(evidence) -> None:
    erase(models.Text)
    erase(models.Version)
    assert (look().fault, look().partition, look().seq) == (Fault.VERSION_REMOVED, chain.SERVICE, 1)


def test_a_version_that_nobody_published_is_named(evidence) -> None:
    row = models.Version.objects.get()
    row.pk, row.uuid, row.label, row._state.adding = None, uuid4(), "1.1", True
    row.save()
    assert look() == Finding(fault=Fault.VERSION_INSERTED, uuid=str(row.uuid), about="terms 1.1")


def test_a_cancellation_without_its_proof_is_named(evidence) -> None:
    models.Cancellation.objects.create(version=models.Version.objects.get(), cancelled_at=clock.now())
    assert look().fault is Fault.CANCELLATION_INSERTED


def test_a_version_called_off_is_whole_until_its_cancellation_is_altered_or_removed(evidence, publish) -> None:
    publish("2.0", note=" More.", effective_at=clock.now() + timedelta(days=9))
    api.cancel_version("terms", "2.0")
    assert look() is None
    write(models.Cancellation, {}, cancelled_at=clock.now() - timedelta(days=1))
    assert (look().fault, look().about) == (Fault.CANCELLATION_INSERTED, "terms 2.0")
    erase(models.Cancellation)
    assert (look().fault, look().seq) == (Fault.CANCELLATION_REMOVED, 3)


def test_forgetting_members_and_deleting_users_leaves_count_and_validity(publish, learner, other_learner) -> None:
    version = publish()
    for user in (learner, other_learner):
        api.accept_version(make_answer(user.id, version))
    api.forget_member(learner.id)
    get_user_model().objects.all().delete()
    seen = api.verify_proofs()
    assert (seen.finding, seen.proofs) == (None, 3)
    assert models.ProofPerson.objects.count() == 1


def test_a_document_with_versions_cannot_be_deleted_and_one_without_leaves_all_proofs(evidence) -> None:
    api.save_document("empty")
    models.Document.objects.get(slug="empty").delete()
    with pytest.raises(ProtectedError):
        models.Document.objects.get(slug="terms").delete()
    assert api.verify_proofs().proofs == 201


def test_trimming_leaves_the_proofs_valid(evidence, settings) -> None:
    settings.SOLERNI_TERMS_EVIDENCE_DAYS = -1
    assert api.trim_evidence() == 200
    assert api.trim_evidence() == 0
    assert not models.ProofPerson.objects.exclude(ip="", agent="").exists()
    assert look() is None


def test_trimming_leaves_what_is_younger_than_the_setting(evidence, settings) -> None:
    settings.SOLERNI_TERMS_EVIDENCE_DAYS = 365
    assert api.trim_evidence() == 0


def test_no_days_of_evidence_means_that_none_is_ever_stored(publish, settings) -> None:
    settings.SOLERNI_TERMS_EVIDENCE_DAYS = 0
    fill(publish(), members=[5])
    assert models.ProofPerson.objects.values_list("ip", "agent").get() == ("", "")
    assert look() is None


def test_a_proof_written_while_the_walk_goes_on_is_no_intruder(publish, monkeypatch) -> None:
    version = publish()
    fill(version, members=range(1, 40))
    late = {chain.choose_partition(get_subject(number)): number for number in range(1000, 1100)}

    def find_beyond(partition: int, length: int) -> Any:
        """The moment between reading a chain's end and looking behind it."""
        if number := late.pop(partition, None):
            fill(version, members=[number])
        return real(partition, length)

    real = evidence_rows.find_beyond
    monkeypatch.setattr(evidence_rows, "find_beyond", find_beyond)
    seen = api.verify_proofs()
    assert (seen.finding, seen.proofs) == (None, 40 + chain.PARTITIONS)


def test_a_version_published_while_the_walk_goes_on_is_known(evidence, publish, monkeypatch) -> None:
    real = evidence_rows.list_published
    calls: list[int] = []

    def list_published() -> Any:
        known = list(real())
        if not calls:
            fill(publish("2.0", note=" More."), members=[4000])
        calls.append(1)
        return known

    monkeypatch.setattr(evidence_rows, "list_published", list_published)
    assert look() is None
    assert len(calls) == 2


def test_queries_grow_with_batches_not_with_proofs(publish, django_assert_max_num_queries) -> None:
    version = publish()
    fill(version, members=range(1, 2001))
    with django_assert_max_num_queries(17 * 3 + 12):
        assert api.verify_proofs().proofs == 2001


def test_memory_does_not_grow_with_the_number_of_proofs(publish) -> None:
    import tracemalloc

    version = publish()
    fill(version, members=range(1, 1001))
    peaks = []
    for more in (range(1001, 2001), range(2001, 6001)):
        api.verify_proofs()
        tracemalloc.start()
        api.verify_proofs()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        fill(version, members=more)
    assert peaks[1] < peaks[0] * 3
    assert peaks[1] < 20_000_000


# --- the command


def test_the_command_counts_and_takes_a_checkpoint(evidence, settings, tmp_path, capsys) -> None:
    path = tmp_path / "checkpoints.jsonl"
    settings.SOLERNI_TERMS_CHECKPOINTS = str(path)
    call_command("solerni_terms_verify", "--checkpoint")
    said = capsys.readouterr()
    assert "201 proofs, 17 chains, 1 versions" in said.out
    assert "Checkpoint of 201 proofs taken" in said.out
    (line,) = path.read_text(encoding="ascii").splitlines()
    assert (json.loads(line)["total"], models.Checkpoint.objects.get().total) == (201, 201)
    call_command("solerni_terms_verify", "--against", str(path))
    assert "2 checkpoints" in capsys.readouterr().out


def test_the_command_names_the_first_row_and_exits_with_one(evidence) -> None:
    proof = pick()
    write(models.Proof, {"id": proof.id}, language="en")
    with pytest.raises(CommandError, match=rf"partition 7, number 3, {proof.uuid}\) was altered") as refusal:
        call_command("solerni_terms_verify")
    assert refusal.value.returncode == 1


def test_the_command_takes_no_checkpoint_of_what_is_not_whole(evidence) -> None:
    drop(pick())
    with pytest.raises(CommandError):
        call_command("solerni_terms_verify", "--checkpoint")
    assert not models.Checkpoint.objects.exists()


def test_the_command_says_how_far_it_is_and_warns_of_old_checkpoints(evidence, monkeypatch, capsys) -> None:
    monkeypatch.setattr(solerni_terms_verify, "SECONDS_BETWEEN_WORDS", 0)
    monkeypatch.setattr(evidence_rows, "BATCH", 100)
    call_command("solerni_terms_verify")
    assert "100 of 201 proofs" in (said := capsys.readouterr().err)
    assert "No checkpoint was ever taken" in said
    api.take_checkpoint()
    monkeypatch.setattr(
        solerni_terms_verify.clock, "now", lambda: models.Checkpoint.objects.get().taken_at + timedelta(days=2)
    )
    call_command("solerni_terms_verify")
    assert "2 days old" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_an_error_of_its_own(tmp_path) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("solerni_terms_verify", "--against", str(tmp_path / "none"))
    assert refusal.value.returncode == 2


def test_a_checkpoint_that_cannot_be_written_is_not_taken(evidence, settings, tmp_path) -> None:
    settings.SOLERNI_TERMS_CHECKPOINTS = str(tmp_path / "missing" / "file")
    with pytest.raises(CommandError) as refusal:
        call_command("solerni_terms_verify", "--checkpoint")
    assert refusal.value.returncode == 2
    assert not models.Checkpoint.objects.exists()


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_its_words(fault) -> None:
    assert solerni_terms_verify.describe_finding(Finding(fault=fault, uuid="u", about="x")).endswith(".")


def list_warnings() -> list[str]:
    return [found.id for found in api.check_checkpoints(None)]


def test_checkpoints_that_stay_in_the_database_alone_are_warned_of(settings, tmp_path) -> None:
    assert list_warnings() == ["solerni_terms.W031"]
    settings.SOLERNI_TERMS_CHECKPOINTS = str(tmp_path / "missing" / "file")
    assert list_warnings() == ["solerni_terms.W032"]
    settings.SOLERNI_TERMS_CHECKPOINTS = str(tmp_path / "file")
    assert list_warnings() == []
