"""Receipts: a member lists and downloads their own; anybody else finds nothing, or is recorded."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pypdfium2
import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import translation

from solerni_xblocks.core import pdfkit
from solerni_xblocks.terms import api, models, presenters, urls
from solerni_xblocks.terms.errors import DraftRefused
from solerni_xblocks.terms.rules import publishing
from tests.terms.conftest import list_answers, make_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(publish, learner) -> Any:
    return api.accept_version(make_answer(learner.id, publish()))


def get_url(kind: str, receipt: Any) -> str:
    return reverse(f"solerni_terms:receipt_{kind}", args=[receipt.uuid])


def read_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def give_permission(user: Any) -> None:
    user.user_permissions.add(Permission.objects.get(codename="read_proofs"))


def test_the_page_lists_own_receipts_only(client, receipt, learner, other_learner) -> None:
    api.decline_version(make_answer(other_learner.id, receipt.version_uuid))
    client.force_login(learner)
    page = client.get(reverse("solerni_terms:receipts"), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert page.count("data-solerni-terms-proof=") == 1
    assert get_url("pdf", receipt) in page and get_url("json", receipt) in page
    assert "Accepted" in page and "Declined" not in page


def test_a_page_without_receipts_says_so(client, stranger) -> None:
    client.force_login(stranger)
    page = client.get(reverse("solerni_terms:receipts"), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "You have answered no document yet." in page


def test_the_list_costs_the_same_for_one_receipt_and_for_many(
    publish, learner, django_assert_num_queries, client
) -> None:
    client.force_login(learner)
    for number in range(8):
        version = publish(f"1.{number}", note=f" {number}")
        api.accept_version(make_answer(learner.id, version))
        if number in (0, 7):
            with django_assert_num_queries(1):
                assert len(api.list_receipts(learner.id)) == number + 1


@pytest.mark.parametrize("kind", ["json", "pdf"])
def test_a_receipt_of_another_member_is_not_found(client, receipt, other_learner, kind) -> None:
    client.force_login(other_learner)
    assert client.get(get_url(kind, receipt)).status_code == 404
    assert not models.ProofReading.objects.exists()


@pytest.mark.parametrize("kind", ["json", "pdf"])
def test_a_visitor_is_asked_to_log_in(client, receipt, kind) -> None:
    assert client.get(get_url(kind, receipt)).status_code == 302


def test_the_proof_of_a_publication_is_nobodys_receipt(client, receipt, learner) -> None:
    client.force_login(learner)
    publication = models.Proof.objects.get(act="publish")
    assert client.get(get_url("json", publication)).status_code == 404


def test_the_file_for_programs_lets_anybody_compute_the_hash_again(client, receipt, learner) -> None:
    client.force_login(learner)
    response = client.get(get_url("json", receipt))
    made = json.loads(response.content)
    assert response["Content-Disposition"].startswith('attachment; filename="terms-1.0-')
    assert sha256(made["sealed"].encode()).hexdigest() == made["hash"] == list_answers().get().hash
    assert (made["receipt"], made["name"], made["act"]) == (str(receipt.uuid), "lea", "accept")
    assert made["text_sha256"] == models.Text.objects.get(language="fr").digest
    path = reverse("solerni_terms:version", args=["terms", str(receipt.version_uuid)])
    assert made["permalink"] == f"https://learn.example.org{path}?lang=fr"
    assert client.get(f"{path}?lang=fr").status_code == 200
    client.logout()
    source = client.get(made["source"].removeprefix("https://learn.example.org"))
    assert sha256(source.content).hexdigest() == made["text_sha256"]
    assert "203.0.113" not in response.content.decode()


def test_the_file_for_people_says_who_what_and_how_to_check(client, receipt, learner) -> None:
    client.force_login(learner)
    response = client.get(get_url("pdf", receipt), HTTP_ACCEPT_LANGUAGE="en")
    text = read_pdf(response.content)
    proof = list_answers().get()
    assert response["Content-Type"] == "application/pdf"
    for said in ("lea", "Conditions", "1.0", "Accepted", str(receipt.uuid), "How to check", "the member"):
        assert said in text
    squeezed = "".join(letter for letter in text if letter.isprintable() and letter != " ")
    for digits in (proof.hash, proof.previous_hash, proof.text_digest, proof.version_digest):
        assert digits in squeezed
    permalink = f"learn.example.org/solerni/terms/terms/{receipt.version_uuid}/"
    assert permalink.replace("-", "") in squeezed.replace("-", "")  # a line may end at a hyphen


def test_the_source_of_a_text_that_is_not_there_is_not_found(client, receipt) -> None:
    assert client.get(reverse("solerni_terms:text_source", args=[receipt.version_uuid, "de"])).status_code == 404


def test_a_person_who_was_forgotten_is_not_named(receipt, learner, admin_user) -> None:
    api.forget_member(learner.id)
    found = api.get_receipt(receipt.uuid, reader_id=admin_user.id, may_read_all=True)
    assert found.member_id is None
    with translation.override("en"):
        assert "no longer known to the service" in read_pdf(presenters.make_receipt_pdf(found, name=""))


@pytest.mark.parametrize("name", ["Léa Œuvré", "Ελένη", "Іван", "王小明", "김철수", "やまだ"])
def test_names_in_any_letters_stand_on_the_sheet(receipt, learner, name) -> None:
    found = api.get_receipt(receipt.uuid, reader_id=learner.id)
    with translation.override("fr"):
        assert name in read_pdf(presenters.make_receipt_pdf(found, name=name))


@pytest.mark.parametrize(("name", "ordered"), [("שלום", "םולש"), ("علي", "ﻲﻠﻋ"), ("Léa", "Léa")])
def test_names_from_right_to_left_are_put_in_the_order_of_paper(name, ordered) -> None:
    assert pdfkit.order_for_print(name) == ordered


@pytest.mark.parametrize("name", ["<b>x</b>", "a & b", "</para>", '<img src="x">', "\x07", "🙂", "x" * 5000])
def test_a_hostile_name_is_words_only(receipt, learner, name) -> None:
    found = api.get_receipt(receipt.uuid, reader_id=learner.id)
    assert presenters.make_receipt_pdf(found, name=name).startswith(b"%PDF")


def test_the_same_receipt_is_the_same_bytes(receipt, learner) -> None:
    found = api.get_receipt(receipt.uuid, reader_id=learner.id)
    assert presenters.make_receipt_pdf(found, name="Léa") == presenters.make_receipt_pdf(found, name="Léa")


def test_every_act_channel_and_actor_has_its_words() -> None:
    assert set(presenters.ACTS) >= set(models.Proof.Act.values) - {"publish", "cancel"}
    assert set(presenters.CHANNELS) == set(models.Proof.Channel.values)
    assert set(presenters.ACTORS) == set(models.Proof.Actor.values)


def test_the_document_and_my_data_lead_to_the_receipts(client, receipt, learner) -> None:
    client.force_login(learner)
    target = f'href="{reverse("solerni_terms:receipts")}"'
    assert target in client.get(reverse("solerni_terms:document", args=["terms"])).content.decode()
    assert target in client.get(reverse("solerni_members:my_data")).content.decode()


def test_no_document_takes_the_address_of_another_page() -> None:
    first_steps = {str(url.pattern).split("/")[0] for url in urls.urlpatterns if "<slug:slug>" not in str(url.pattern)}
    assert first_steps <= publishing.RESERVED
    with pytest.raises(DraftRefused):
        api.save_document("receipts")


# --- operators


@pytest.fixture
def operator(receipt, django_user_model) -> Any:
    """Staff who have accepted the terms themselves."""
    operator = django_user_model.objects.create_user("operator", is_staff=True)
    api.accept_version(make_answer(operator.id, receipt.version_uuid))
    return operator


def test_being_staff_is_not_enough_to_read_proofs(client, receipt, operator) -> None:
    client.force_login(operator)
    assert client.get("/admin/solerni_terms/proof/").status_code == 403
    assert client.get("/admin/solerni_terms/proofreading/").status_code == 403
    assert client.get(get_url("json", receipt)).status_code == 404
    assert not models.ProofReading.objects.exists()


def test_each_look_at_proofs_is_recorded(client, receipt, operator) -> None:
    give_permission(operator)
    client.force_login(operator)
    proof = list_answers().get(uuid=receipt.uuid)
    assert client.get("/admin/solerni_terms/proof/?q=x").status_code == 200
    assert client.get(f"/admin/solerni_terms/proof/{proof.id}/change/").status_code == 200
    assert client.get(get_url("json", receipt)).status_code == 200
    assert client.get(get_url("pdf", receipt)).status_code == 200
    looked = list(models.ProofReading.objects.order_by("id").values_list("actor_id", "what"))
    assert looked == [
        (operator.id, "proof list q=x"),
        (operator.id, f"proof row {proof.id}"),
        (operator.id, f"receipt {proof.uuid}"),
        (operator.id, f"receipt {proof.uuid}"),
    ]
    assert client.get("/admin/solerni_terms/proofreading/").status_code == 200


def test_proofs_cannot_be_changed_by_who_may_read_them(client, receipt, operator) -> None:
    give_permission(operator)
    client.force_login(operator)
    proof = list_answers().get(uuid=receipt.uuid)
    for action in ("change", "delete"):
        assert client.post(f"/admin/solerni_terms/proof/{proof.id}/{action}/", {"label": "x"}).status_code == 403
    assert client.get("/admin/solerni_terms/proof/add/").status_code == 403


def test_reading_ones_own_receipt_is_not_recorded(client, receipt, learner) -> None:
    give_permission(learner)
    client.force_login(learner)
    assert client.get(get_url("json", receipt)).status_code == 200
    assert not models.ProofReading.objects.exists()
