"""Known answers of the W3C for eddsa-rdfc-2022, bit for bit."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

import base58
import pytest

from solerni_xblocks.badges.credentials import canonical
from solerni_xblocks.badges.credentials.keys import load_key
from solerni_xblocks.badges.credentials.sign import hash_pair, prove, require_signature

VECTORS = Path(__file__).parent / "vectors"
W3C = VECTORS / "w3c-eddsa-rdfc-2022"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


@pytest.fixture
def key() -> Any:
    pair = json.loads((W3C / "keyPair.json").read_text())
    found = load_key(base58.b58decode(pair["privateKeyMultibase"][1:])[2:])
    assert found.multikey == pair["publicKeyMultibase"]
    return found


def _read(folder: Path) -> tuple[dict[str, Any], dict[str, Any], str]:
    document = json.loads((folder / "signedDataInt.json").read_text())
    proof = document.pop("proof")
    return document, proof, proof.pop("proofValue")


def test_document_and_options_canonicalise_as_w3c_says() -> None:
    document, proof, _ = _read(W3C)
    contexts = {
        **canonical.load_contexts(),
        EXAMPLES: json.loads((VECTORS / "credentials-examples-v2.json").read_text()),
    }
    options = {"@context": document["@context"], **proof}
    assert canonical.canonicalize_plainly(document, contexts) == (W3C / "canonDocDataInt.txt").read_text()
    assert canonical.canonicalize_plainly(options, contexts) == (W3C / "proofCanonDataInt.txt").read_text()


@pytest.mark.parametrize("folder", [W3C, W3C / "employ"], ids=["alumni", "employ"])
def test_canonical_texts_are_hashed_and_signed_as_w3c_says(folder: Path, key: Any) -> None:
    document, proof, value = _read(folder)
    data = hash_pair((folder / "proofCanonDataInt.txt").read_text(), (folder / "canonDocDataInt.txt").read_text())
    assert data.hex() == (folder / "combinedHashDataInt.txt").read_text().strip()
    assert prove(document, proof, data=data, key=key)["proof"][0]["proofValue"] == value
    require_signature(value, data=data, multikey=key.multikey)


@pytest.mark.parametrize("name", sorted(canonical.FILES.values()))
def test_each_context_has_the_digest_that_its_notice_names(name: str) -> None:
    folder = resources.files(canonical.__package__) / "contexts"
    digest = sha256((folder / name).read_bytes()).hexdigest()
    line = next(line for line in (folder / "NOTICE.md").read_text().splitlines() if f"`{name}`" in line)
    assert digest in line


def test_the_base_context_is_the_normative_one() -> None:
    folder = resources.files(canonical.__package__) / "contexts"
    digest = sha256((folder / "credentials-v2.json").read_bytes()).hexdigest()
    assert digest == "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
