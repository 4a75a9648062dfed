"""The issued file: what stands in it, that others can verify it, and that nothing else passes for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solerni_xblocks.badges import api
from solerni_xblocks.badges.credentials.canonical import canonicalize
from solerni_xblocks.badges.credentials.keys import generate_key, make_did, make_method_id
from solerni_xblocks.badges.credentials.refusals import CredentialError
from solerni_xblocks.badges.credentials.sign import sign_credential
from solerni_xblocks.badges.credentials.verify import verify_credential
from solerni_xblocks.badges.data import CheckName, Outcome
from solerni_xblocks.badges.models import Award
from tests.badges import independent

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def document(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content)
    return found


def _fail(value: Any) -> dict[str, str]:
    """Failed checks of a document (or of bytes) with their codes."""
    report = api.verify_credential(value if isinstance(value, bytes) else json.dumps(value).encode())
    return {check.name.value: check.code for check in report.checks if check.outcome is Outcome.FAILED}


def _strip(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "proof"}


def test_an_issued_file_passes_every_check(content: bytes) -> None:
    report = api.verify_credential(content)
    assert [check.name for check in report.checks] == list(CheckName)
    assert report.verdict is Outcome.PASSED


def test_an_issued_file_verifies_with_code_that_is_not_ours(content: bytes, client: Any) -> None:
    independent.verify(content, client.get("/solerni/badges/issuer/did.json").json())


@pytest.mark.parametrize("field", ["name", "awardedDate", "validFrom", "id"])
def test_others_see_tampering_too(document: dict[str, Any], client: Any, field: str) -> None:
    did_document = client.get("/solerni/badges/issuer/did.json").json()
    document[field] = document[field].translate(str.maketrans("0123456789", "1032547698")) + "x" * (field == "name")
    with pytest.raises(independent.Unverified):
        independent.verify(json.dumps(document).encode(), did_document)


def test_ours_and_others_canonicalise_alike(document: dict[str, Any]) -> None:
    assert canonicalize(_strip(document)) == independent.canonicalize(_strip(document))


def test_the_form_is_that_of_the_published_schema(document: dict[str, Any]) -> None:
    """The shapes that 1EdTech's JSON Schema for AchievementCredential requires, restated."""
    assert document["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    subject = document["credentialSubject"]
    achievement = subject["achievement"]
    for holder in (
        document,
        document["issuer"],
        subject,
        achievement,
        *achievement["resultDescription"],
        *subject["result"],
    ):
        assert isinstance(holder["type"], list)
    assert isinstance(document["proof"], list)
    assert achievement["image"].keys() == {"id", "type", "caption"} and achievement["image"]["type"] == "Image"
    assert {"id", "type", "name", "description", "criteria"} <= achievement.keys()
    described = {item["id"] for item in achievement["resultDescription"]}
    assert {item["resultDescription"] for item in subject["result"]} == described
    for moment in (document["validFrom"], document["awardedDate"], document["proof"][0]["created"]):
        assert moment.endswith("Z")
    assert "credentialSchema" not in document and "endorsementJwt" not in document


def test_the_file_names_nobody(content: bytes, learner: Any) -> None:
    text = content.decode()
    assert f'"{learner.username}"' not in text and learner.email not in text
    assert json.loads(content)["credentialSubject"]["id"] == f"urn:uuid:{Award.objects.get().subject_uuid}"


def test_the_method_names_issuer_and_key(document: dict[str, Any], client: Any) -> None:
    did_document = client.get("/solerni/badges/issuer/did.json").json()
    method = did_document["verificationMethod"][0]
    assert did_document["id"] == document["issuer"]["id"] == "did:web:learn.example.org:solerni:badges:issuer"
    assert method["id"] == make_method_id(did_document["id"], method["publicKeyMultibase"])
    assert method["type"] == "Multikey" and method["controller"] == did_document["id"]
    assert did_document["assertionMethod"] == [method["id"]] == [document["proof"][0]["verificationMethod"]]


def test_a_port_is_escaped_in_the_did() -> None:
    assert make_did("http://127.0.0.1:8000/solerni/badges/issuer/") == "did:web:127.0.0.1%3A8000:solerni:badges:issuer"


def _set(*path: Any, value: Any) -> Any:
    def change(document: dict[str, Any]) -> None:
        holder: Any = document
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "check", "code"),
    [
        (_set("credentialSubject", "achievement", "name", value="Docteur"), "signature", "signature.wrong"),
        (_set("credentialSubject", "result", 0, "value", value="9000"), "signature", "signature.wrong"),
        (_set("validUntil", value="2999-01-01T00:00:00Z"), "signature", "signature.wrong"),
        (_set("proof", 0, "created", value="2001-01-01T00:00:00Z"), "signature", "signature.wrong"),
        (_set("proof", 0, "proofValue", value="z1"), "signature", "signature.wrong"),
        (_set("proof", 0, "proofValue", value="f00"), "signature", "signature.wrong"),
        (_set("honours", value="summa"), "terms", "term.undefined"),
        (_set("credentialSubject", "achievement", "rank", value="first"), "terms", "term.undefined"),
        (_set("credentialSubject", "achievement", "type", value=["Achievement", "Prize"]), "terms", "term.undefined"),
        (_set("proof", 0, "seal", value="gold"), "terms", "term.undefined"),
        (_set("@graph", value=[]), "terms", "term.undefined"),
        (_set("@reverse", value={}), "terms", "term.undefined"),
        (_set("name", value="a\x08b"), "terms", "text.control"),
        (_set("name", value="\ud800"), "terms", "text.control"),
        (_set("credentialSubject", "id", value="relative"), "terms", "iri.invalid"),
        (_set("credentialSubject", "id", value="urn:a><b"), "terms", "iri.invalid"),
        (_set("credentialSubject", "id", value="_:b0"), "terms", "node.blank"),
        (_set("evidence", value=[{"type": ["Evidence"]}] * 9), "terms", "node.alike"),
        (
            _set("name", value={"@value": "a", "@language": "en .\n<urn:a> <urn:b> <urn:c>"}),
            "terms",
            "language.invalid",
        ),
        (_set("proof", value=[]), "structure", "proof.missing"),
        (_set("proof", value=None), "structure", "proof.missing"),
        (_set("proof", value="z"), "structure", "proof.unsupported"),
        (_set("proof", 0, "cryptosuite", value="eddsa-jcs-2022"), "structure", "proof.unsupported"),
        (_set("proof", 0, "proofPurpose", value="authentication"), "structure", "proof.unsupported"),
        (_set("proof", 0, "verificationMethod", value={}), "structure", "proof.incomplete"),
        (_set("type", value=["VerifiableCredential"]), "structure", "structure.field"),
        (_set("credentialSubject", value=[]), "structure", "structure.field"),
        (_set("credentialSubject", "achievement", value="text"), "structure", "structure.field"),
        (_set("issuer", value=7), "structure", "structure.field"),
        (_set("@context", value="https://www.w3.org/ns/credentials/v2"), "contexts", "context.order"),
        (_set("credentialSubject", "@context", value={"name": None}), "contexts", "context.unknown"),
        (_set("credentialSubject", "@context", value="https://evil.example/context"), "contexts", "context.unknown"),
        (_set("validFrom", value="2026-03-02T12:00:00"), "dates", "dates.form"),
        (_set("validFrom", value="2026-99-02T12:00:00Z"), "dates", "dates.form"),
        (_set("validFrom", value="2999-03-02T12:00:00Z"), "dates", "dates.not_yet"),
        (_set("validUntil", value="2026-03-02T12:00:00Z"), "dates", "dates.reversed"),
        (_set("proof", 0, "expires", value="2001-03-02T12:00:00Z"), "dates", "dates.expired"),
    ],
)
def test_a_changed_file_fails_and_says_where(document: dict[str, Any], change: Any, check: str, code: str) -> None:
    change(document)
    assert _fail(document)[check] == code


def test_contexts_in_another_order_are_refused(document: dict[str, Any]) -> None:
    document["@context"].reverse()
    assert _fail(document)["contexts"] == "context.order"


def test_an_inline_context_cannot_hide_a_term(document: dict[str, Any]) -> None:
    document["@context"].append({"honours": "https://evil.example/honours"})
    assert _fail(document)["contexts"] == "context.unknown"


def test_a_proof_removed_from_two_leaves_a_file_that_fails_if_the_other_is_forged(document: dict[str, Any]) -> None:
    document["proof"].append({**document["proof"][0], "created": "2001-01-01T00:00:00Z"})
    assert _fail(document)["signature"] == "signature.wrong"


def test_a_proof_of_another_key_in_our_name_is_foreign(document: dict[str, Any]) -> None:
    key = generate_key()
    forged = sign_credential(_strip(document), key=key, created=NOW).content
    assert _fail(forged) == {"issuer": "issuer.foreign_key"}


def test_a_method_of_another_controller_is_refused(document: dict[str, Any]) -> None:
    document["proof"][0]["verificationMethod"] = make_method_id("did:web:evil.example", generate_key().multikey)
    assert _fail(document)["issuer"] == "issuer.other_controller"


def test_the_file_of_another_issuer_is_whole_but_not_vouched_for(document: dict[str, Any]) -> None:
    unsigned = {**_strip(document), "issuer": {"id": "did:web:other.example", "type": ["Profile"]}}
    report = api.verify_credential(sign_credential(unsigned, key=generate_key(), created=NOW).content)
    assert report.verdict is Outcome.NOT_CHECKED
    assert report.checks[4].code == "issuer.not_here"


def test_a_key_kept_elsewhere_is_not_fetched(document: dict[str, Any]) -> None:
    document["issuer"] = {"id": "https://other.example", "type": ["Profile"]}
    document["proof"][0]["verificationMethod"] = "https://other.example#key-1"
    report = api.verify_credential(json.dumps(document).encode())
    assert (report.checks[3].outcome, report.checks[3].code) == (Outcome.NOT_CHECKED, "key.not_here")


def test_a_file_expires(document: dict[str, Any]) -> None:
    key = generate_key()
    unsigned = {**_strip(document), "validUntil": "2026-12-31T23:59:59+01:00"}
    content = sign_credential(unsigned, key=key, created=NOW).content
    known = {document["issuer"]["id"]: {key.multikey}}
    early = datetime.fromisoformat(document["validFrom"]) + timedelta(days=1)
    end = datetime(2027, 1, 1, tzinfo=UTC)
    assert verify_credential(content, known_keys=known, now=early).verdict is Outcome.PASSED
    assert verify_credential(content, known_keys=known, now=end).checks[-1].code == "dates.expired"


def test_an_undefined_term_is_never_signed(document: dict[str, Any]) -> None:
    with pytest.raises(CredentialError) as refusal:
        sign_credential({**_strip(document), "honours": "summa"}, key=generate_key(), created=NOW)
    assert (refusal.value.code, refusal.value.detail) == ("term.undefined", "honours")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.not_json"),
        (b"\xff\xfe", "file.not_json"),
        (b"\x89PNG\r\n", "file.not_json"),
        (b"null", "file.not_an_object"),
        (b"[" * 100_000, "file.not_json"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "file.not_json"),
        (b'{"a":' * 60 + b"1" + b"}" * 60, "file.too_deep"),
        (b'{"a":[' + b"1," * 9_000 + b"1]}", "file.too_many_values"),
        (b'{"a":1,"a":2}', "file.duplicate_name"),
        (b'{"a":NaN}', "file.not_json"),
        (b'{"a":' + b"9" * 9_000 + b"}", "file.number_too_large"),
        (b" " * 1_000_001, "file.too_large"),
        (b"{}", "structure.field"),
    ],
    ids=range(13),
)
def test_hostile_bytes_get_a_clean_answer(content: bytes, code: str) -> None:
    report = api.verify_credential(content)
    assert report.checks[0].code in (code, "file.too_deep")
    assert report.verdict is Outcome.FAILED


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "@id", "@type", "@value", "@context", "name", "proof", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(
    value=JSON,
    field=st.sampled_from(["id", "type", "issuer", "evidence", "name", "proof", "validFrom", "credentialSubject"]),
)
@settings(max_examples=150, deadline=None)
def test_no_value_in_any_field_makes_verification_raise(value: Any, field: str) -> None:
    document = json.loads(_SAMPLE)
    document[field] = value
    verify_credential(json.dumps(document).encode(), known_keys={}, now=NOW)
    document = json.loads(_SAMPLE)
    document["credentialSubject"]["achievement"][field] = value
    verify_credential(json.dumps(document).encode(), known_keys={}, now=NOW)


_SAMPLE = json.dumps(
    {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:web:other.example", "type": ["Profile"]},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc34",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc35",
                "type": ["Achievement"],
                "name": "a",
                "description": "b",
                "criteria": {"narrative": "c"},
            },
        },
        "proof": [
            {
                "type": "DataIntegrityProof",
                "cryptosuite": "eddsa-rdfc-2022",
                "created": "2026-01-01T00:00:00Z",
                "proofPurpose": "assertionMethod",
                "verificationMethod": "did:web:other.example#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
                "proofValue": "z" + "2" * 88,
            }
        ],
    }
)


@pytest.mark.parametrize("where", ["listed", "nested"])
def test_contexts_without_end_are_refused_before_they_cost(document: dict[str, Any], where: str) -> None:
    again = ["https://www.w3.org/ns/credentials/v2"] * 500
    holder = document if where == "listed" else document["credentialSubject"]
    holder["@context"] = [*holder.get("@context", []), *again]
    assert _fail(document) == {"contexts": "context.too_many"}


@pytest.mark.parametrize("number", ["1" + "0" * 400, "1e400", "9007199254740993", "-1e308", "1" * 5000])
def test_a_number_that_no_double_holds_is_refused(content: bytes, number: str) -> None:
    text = content.decode().replace('"proof":', f'"evidence":[{number}],"proof":', 1)
    assert _fail(text.encode()) == {"structure": "file.number_too_large"}


def test_a_date_spelled_as_an_iri_does_not_hide_from_the_check(document: dict[str, Any]) -> None:
    document["https://www.w3.org/2018/credentials#validUntil"] = {
        "@value": "2020-01-01T00:00:00Z",
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
    }
    assert _fail(document) == {"terms": "term.undefined"}
