"""From a JSON-LD document to its canonical N-Quads (RDFC-1.0), with the contexts kept in this package only.

PyLD drops what a context does not define, so it would sit in a document unsigned. ``canonicalize`` refuses that:
it expands with a last ``@vocab`` that nobody uses and fails on its prefix, on relative and malformed IRIs, and on
characters that PyLD does not escape as RDFC-1.0 asks.
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from solerni_xblocks.badges.credentials.refusals import CredentialError

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
DID_V1 = "https://www.w3.org/ns/did/v1"
MULTIKEY_V1 = "https://w3id.org/security/multikey/v1"
FILES = {
    CREDENTIALS_V2: "credentials-v2.json",
    OPEN_BADGES_3: "open-badges-3.0.3.json",
    DID_V1: "did-v1.json",
    MULTIKEY_V1: "multikey-v1.json",
}

UNDEFINED = "urn:undefined:"
"""What a term becomes that no context defines."""

BASE = "https://relative.invalid/"
"""What a relative IRI is resolved against; PyLD would invent a base of its own when given none."""

MAX_TIED_NODES = 6
"""Blank nodes that look alike cost RDFC-1.0 factorial time: more than these are refused."""

MAX_CONTEXTS = 8
"""Of a whole document."""

N_QUADS = "application/n-quads"
KEYWORDS = {"@context", "@id", "@type", "@value", "@language"}
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def canonicalize(document: Mapping[str, Any]) -> str:
    """The canonical N-Quads of ``document``. Raises CredentialError when some of it would not be covered."""
    expanded = _expand_strictly(document)
    _require_cheap(_run(jsonld.to_rdf, expanded, format=N_QUADS))
    return _run(jsonld.normalize, expanded, algorithm="URDNA2015", format=N_QUADS)


def list_quads(document: Mapping[str, Any]) -> list[str]:
    """The N-Quads of ``document`` before canonicalisation, a line each, under the same refusals."""
    nquads: str = _run(jsonld.to_rdf, _expand_strictly(document), format=N_QUADS)
    return nquads.split("\n")[:-1]


def canonicalize_plainly(document: Mapping[str, Any], contexts: Mapping[str, Any]) -> str:
    """The canonical N-Quads of ``document`` under ``contexts`` (URL to document), without any of our refusals."""
    return _run(jsonld.normalize, document, contexts=contexts, algorithm="URDNA2015", format=N_QUADS)


@cache
def load_contexts() -> Mapping[str, Any]:
    """The contexts of this package, by URL."""
    folder = resources.files(__package__) / "contexts"
    return {url: json.loads((folder / name).read_bytes()) for url, name in FILES.items()}


def list_contexts(value: Any) -> Iterator[Any]:
    """Every ``@context`` in ``value``, at any depth."""
    if isinstance(value, Mapping):
        if "@context" in value:
            yield value["@context"]
        for key, child in value.items():
            if key != "@context":
                yield from list_contexts(child)
    elif isinstance(value, list):
        for child in value:
            yield from list_contexts(child)


def require_known_contexts(document: Mapping[str, Any]) -> None:
    """Every context is one of this package, and there are few: each costs an expansion. Raises CredentialError."""
    urls = [url for listed in list_contexts(document) for url in (listed if isinstance(listed, list) else [listed])]
    if len(urls) > MAX_CONTEXTS:
        raise CredentialError("context.too_many")
    for url in urls:
        if not isinstance(url, str) or url not in FILES:
            raise CredentialError("context.unknown", str(url)[:200])


def clean_text(text: str) -> str:
    """``text`` without the characters that canonicalisations disagree about."""
    return _CONTROLS.sub("", text)


def split_quad(line: str) -> list[str]:
    """The terms of one line of N-Quads: subject, predicate, object and, when there is one, graph."""
    subject, predicate, rest = line.removesuffix(" .").split(" ", 2)
    end = rest.rfind('"') + 1 if rest.startswith('"') else 0
    space = rest.find(" ", end)
    return [subject, predicate, rest] if space < 0 else [subject, predicate, rest[:space], rest[space + 1 :]]


def hash_first_degree(node: str, quads: list[list[str]]) -> str:
    """RDFC-1.0 section 4.6.3: the hash of the quads that mention blank ``node``."""
    lines = [
        " ".join(("_:a" if term == node else "_:z") if term.startswith("_:") else term for term in quad) + " .\n"
        for quad in quads
        if node in quad
    ]
    return sha256("".join(sorted(lines)).encode()).hexdigest()


class _ThreadCache(threading.local):
    """Expanded contexts of one thread: PyLD's shared cache is open to other users of PyLD and to races."""

    def __init__(self) -> None:
        self.resolved: dict[str, Any] = {}


_thread = _ThreadCache()


def _expand_strictly(document: Mapping[str, Any]) -> Any:
    require_known_contexts(document)
    _require_coverable(document)
    contexts = document.get("@context", [])
    listed = contexts if isinstance(contexts, list) else [contexts]
    expanded = _run(jsonld.expand, {**document, "@context": [*listed, {"@vocab": UNDEFINED}]})
    _require_defined(expanded)
    return expanded


def _run(operation: Any, value: Any, *, contexts: Mapping[str, Any] | None = None, **options: Any) -> Any:
    known = load_contexts() if contexts is None else contexts

    def load(url: str, _options: Any) -> dict[str, Any]:
        if url not in known:
            raise CredentialError("context.unknown", url[:200])
        tag = "static" if contexts is None else None
        return {"contextUrl": None, "documentUrl": url, "document": known[url], "tag": tag}

    shared = _thread.resolved if contexts is None else {}
    try:
        return operation(
            value, {**options, "base": BASE, "documentLoader": load, "contextResolver": ContextResolver(shared, load)}
        )
    except (
        jsonld.JsonLdError,
        LookupError,
        TypeError,
        AttributeError,
        ValueError,
        ArithmeticError,
        RecursionError,
    ) as error:
        # PyLD meets input of any shape with whatever exception lies nearest
        raise CredentialError("json_ld.invalid", type(error).__name__) from error


def _require_coverable(value: Any) -> None:
    """No text that canonicalisations disagree about, no keyword that JSON-LD or RDF drops, no shared blank node."""
    if isinstance(value, str):
        if _CONTROLS.search(value):
            raise CredentialError("text.control", repr(value)[:80])
        if value.startswith("_:"):
            raise CredentialError("node.blank", value[:80])
    elif isinstance(value, Mapping):
        for key, child in value.items():
            if ":" in key or (key.startswith("@") and key not in KEYWORDS):
                # A term spelled as an IRI means the same to RDF and escapes whoever reads the JSON name.
                raise CredentialError("term.undefined", key[:80])
            _require_coverable(key)
            if key != "@context":
                _require_coverable(child)
    elif isinstance(value, list):
        for child in value:
            _require_coverable(child)


def _require_defined(expanded: Any) -> None:
    """Every term of the ``expanded`` document came from a known context, and every IRI is one."""
    if isinstance(expanded, list):
        for item in expanded:
            _require_defined(item)
    elif isinstance(expanded, Mapping):
        if "@value" in expanded and expanded.get("@type") == "@json":
            return
        for key, value in expanded.items():
            if key in ("@id", "@type"):
                for iri in value if isinstance(value, list) else [value]:
                    _require_iri(iri)
            elif key == "@language":
                if not _LANGUAGE.fullmatch(value):
                    raise CredentialError("language.invalid", value[:80])
            elif key != "@value":
                if not key.startswith("@"):
                    _require_iri(key)
                _require_defined(value)


def _require_iri(iri: Any) -> None:
    if not isinstance(iri, str) or iri.startswith(UNDEFINED):
        raise CredentialError("term.undefined", str(iri)[len(UNDEFINED) :][:80])
    if iri.startswith(BASE) or not _IRI.fullmatch(iri):
        raise CredentialError("iri.invalid", iri.removeprefix(BASE)[:80])


def _require_cheap(nquads: str) -> None:
    quads = [split_quad(line) for line in nquads.split("\n")[:-1]]
    by_node: dict[str, list[list[str]]] = {}
    for quad in quads:
        for node in {term for term in quad if term.startswith("_:")}:
            by_node.setdefault(node, []).append(quad)
    sizes = Counter(hash_first_degree(node, mentions) for node, mentions in by_node.items())
    if sum(size for size in sizes.values() if size > 1) > MAX_TIED_NODES:
        raise CredentialError("node.alike")
