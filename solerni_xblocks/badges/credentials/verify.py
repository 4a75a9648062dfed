"""Is this file a credential, is it whole, who signed it? Named checks over bytes from anywhere; nothing is fetched."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from solerni_xblocks.badges.credentials.canonical import (
    CREDENTIALS_V2,
    OPEN_BADGES_3,
    canonicalize,
    clean_text,
    require_known_contexts,
)
from solerni_xblocks.badges.credentials.keys import decode_multikey
from solerni_xblocks.badges.credentials.refusals import CredentialError
from solerni_xblocks.badges.credentials.sign import CRYPTOSUITE, canonicalize_options, hash_pair, require_signature
from solerni_xblocks.badges.data import Check, CheckName, Outcome, Report

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_VALUES = 1_000
MAX_PROOFS = 5
MAX_DIGITS = 40

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")
_SHOWN = {
    "id": ("id",),
    "issuer": ("issuer", "id"),
    "issuer_name": ("issuer", "name"),
    "name": ("credentialSubject", "achievement", "name"),
    "valid_from": ("validFrom",),
    "valid_until": ("validUntil",),
}


def verify_credential(content: bytes, *, known_keys: Mapping[str, Collection[str]], now: datetime) -> Report:
    """Every check of ``content``. ``known_keys``: multikeys by issuer id, of the issuers that this site speaks for."""
    try:
        document = parse_document(content)
    except CredentialError as error:
        first, *rest = CheckName
        return Report(checks=(_fail(first, error), *(_skip(name) for name in rest)), shown={})
    checks = [
        _check(CheckName.STRUCTURE, require_structure, document),
        _check(CheckName.CONTEXTS, require_contexts, document),
    ]
    if all(check.outcome is Outcome.PASSED for check in checks):
        checks += _check_proofs(document, known_keys)
    else:
        checks += [_skip(name) for name in (CheckName.TERMS, CheckName.SIGNATURE, CheckName.ISSUER)]
    checks.append(_check(CheckName.DATES, require_dates, document, now))
    return Report(checks=tuple(checks), shown=_show(document))


def parse_document(content: bytes) -> dict[str, Any]:
    """The JSON object in ``content``, of bearable size, each name once. Raises CredentialError."""
    if len(content) > MAX_BYTES:
        raise CredentialError("file.too_large")
    try:
        document = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_read_pairs,
            parse_constant=_refuse_constant,
            parse_int=lambda digits: _read_number(digits, int),
            parse_float=lambda digits: _read_number(digits, float),
        )
    except CredentialError:
        raise
    except (ValueError, RecursionError) as error:
        raise CredentialError("file.not_json") from error
    if not isinstance(document, dict):
        raise CredentialError("file.not_an_object")
    _require_bearable(document)
    return document


def require_structure(document: Mapping[str, Any]) -> None:
    """Open Badges 3.0, appendix B: the fields that every credential has. Raises CredentialError naming the field."""
    subject = _read_object(document, "credentialSubject")
    achievement = _read_object(subject, "achievement")
    needs = {
        "type": "VerifiableCredential" in _read_types(document)
        and bool({"OpenBadgeCredential", "AchievementCredential"} & _read_types(document)),
        "id": isinstance(document.get("id"), str),
        "issuer": bool(read_issuer(document)),
        "validFrom": isinstance(document.get("validFrom"), str),
        "credentialSubject.type": "AchievementSubject" in _read_types(subject),
        "credentialSubject.id": bool(subject.get("id") or subject.get("identifier")),
        "achievement.type": "Achievement" in _read_types(achievement),
        **{f"achievement.{name}": bool(achievement.get(name)) for name in ("id", "name", "description", "criteria")},
    }
    missing = next((field for field, is_there in needs.items() if not is_there), None)
    if missing:
        raise CredentialError("structure.field", missing)
    require_proofs(document)


def require_proofs(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The proofs: at least one, every one of the kind that can be checked here. Raises CredentialError."""
    proofs = document.get("proof")
    listed = proofs if isinstance(proofs, list) else [] if proofs is None else [proofs]
    if not listed or len(listed) > MAX_PROOFS:
        raise CredentialError("proof.missing" if not listed else "proof.too_many")
    for proof in listed:
        if not isinstance(proof, dict) or proof.get("type") != "DataIntegrityProof":
            raise CredentialError("proof.unsupported")
        if proof.get("cryptosuite") != CRYPTOSUITE or "previousProof" in proof:
            raise CredentialError("proof.unsupported", str(proof.get("cryptosuite"))[:80])
        if proof.get("proofPurpose") != "assertionMethod" or "@context" in proof:
            raise CredentialError("proof.unsupported")
        if not all(isinstance(proof.get(field), str) for field in ("created", "verificationMethod", "proofValue")):
            raise CredentialError("proof.incomplete")
    return listed


def require_contexts(document: Mapping[str, Any]) -> None:
    """Only contexts known here, and the two of Open Badges first, in their order."""
    contexts = document.get("@context")
    if not isinstance(contexts, list) or contexts[:2] != [CREDENTIALS_V2, OPEN_BADGES_3]:
        raise CredentialError("context.order")
    require_known_contexts(document)


def require_dates(document: Mapping[str, Any], now: datetime) -> None:
    """Valid now: every date-time names its zone, begun, not ended; the proof not older than its end."""
    start = _read_time(document, "validFrom")
    end = _read_time(document, "validUntil")
    if start and end and start > end:
        raise CredentialError("dates.reversed")
    if start and start > now:
        raise CredentialError("dates.not_yet")
    proofs = document.get("proof")
    ends = [
        _read_time(proof, "expires")
        for proof in (proofs if isinstance(proofs, list) else [proofs])
        if isinstance(proof, dict)
    ]
    if any(moment and moment < now for moment in (end, *ends)):
        raise CredentialError("dates.expired")


def read_issuer(document: Mapping[str, Any]) -> str:
    """The issuer's id, or an empty string."""
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def _check_proofs(document: Mapping[str, Any], known_keys: Mapping[str, Collection[str]]) -> list[Check]:
    unsigned = {key: value for key, value in document.items() if key != "proof"}
    proofs = require_proofs(document)
    try:
        canonical = canonicalize(unsigned)
        datas = [hash_pair(canonicalize_options(_strip_value(proof), document), canonical) for proof in proofs]
    except CredentialError as error:
        return [_fail(CheckName.TERMS, error), _skip(CheckName.SIGNATURE), _skip(CheckName.ISSUER)]
    return [
        _check(CheckName.TERMS, lambda: None),
        _check_signatures(proofs, datas),
        _check_issuer(read_issuer(document), proofs, known_keys),
    ]


def _check_signatures(proofs: list[dict[str, Any]], datas: list[bytes]) -> Check:
    """The key is read from the method's own name; a method named otherwise would have to be fetched."""
    try:
        for proof in proofs:
            decode_multikey(_split_method(proof)[1])
    except CredentialError:
        return _skip(CheckName.SIGNATURE, "key.not_here")
    return _check(CheckName.SIGNATURE, _require_signatures, proofs, datas)


def _require_signatures(proofs: list[dict[str, Any]], datas: list[bytes]) -> None:
    for proof, data in zip(proofs, datas, strict=True):
        require_signature(proof["proofValue"], data=data, multikey=_split_method(proof)[1])


def _check_issuer(issuer: str, proofs: list[dict[str, Any]], known_keys: Mapping[str, Collection[str]]) -> Check:
    """The method's controller is the issuer, and the key one of the issuer's; keys of others are not looked up."""
    methods = [_split_method(proof) for proof in proofs]
    if any(controller != issuer for controller, _ in methods):
        return _fail(CheckName.ISSUER, CredentialError("issuer.other_controller"))
    if issuer not in known_keys:
        return _skip(CheckName.ISSUER, "issuer.not_here")
    if any(multikey not in known_keys[issuer] for _, multikey in methods):
        return _fail(CheckName.ISSUER, CredentialError("issuer.foreign_key"))
    return Check(name=CheckName.ISSUER, outcome=Outcome.PASSED)


def _split_method(proof: Mapping[str, Any]) -> tuple[str, str]:
    controller, _, multikey = proof["verificationMethod"].partition("#")
    return controller, multikey


def _strip_value(proof: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in proof.items() if key != "proofValue"}


def _check(name: CheckName, require: Callable[..., None], *args: Any) -> Check:
    try:
        require(*args)
    except CredentialError as error:
        return _fail(name, error)
    return Check(name=name, outcome=Outcome.PASSED)


def _fail(name: CheckName, error: CredentialError) -> Check:
    return Check(name=name, outcome=Outcome.FAILED, code=error.code, detail=clean_text(error.detail))


def _skip(name: CheckName, code: str = "earlier.failed") -> Check:
    return Check(name=name, outcome=Outcome.NOT_CHECKED, code=code)


def _show(document: Mapping[str, Any]) -> dict[str, str]:
    shown = {}
    for name, path in _SHOWN.items():
        value: Any = document
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, str):
            shown[name] = clean_text(value)[:300]
    return {"issuer": read_issuer(document)[:300], **shown} if read_issuer(document) else shown


def _read_object(holder: Mapping[str, Any], field: str) -> dict[str, Any]:
    value = holder.get(field)
    return value if isinstance(value, dict) else {}


def _read_types(holder: Mapping[str, Any]) -> set[str]:
    value = holder.get("type")
    return {item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)}


def _read_time(holder: Mapping[str, Any], field: str) -> datetime | None:
    value = holder.get(field)
    if value is None:
        return None
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise CredentialError("dates.form", field)
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise CredentialError("dates.form", field) from error


def _read_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CredentialError("file.duplicate_name")
    return found


def _read_number(digits: str, read: Callable[[str], float]) -> float:
    """A number that JSON-LD can write down again: RFC 8785 ends at the integers of a double."""
    value = read(digits) if len(digits) <= MAX_DIGITS else math.inf
    if abs(value) > 2**53:
        raise CredentialError("file.number_too_large", digits[:80])
    return value


def _refuse_constant(name: str) -> None:
    raise CredentialError("file.not_json", name)


def _require_bearable(document: Any) -> None:
    """Neither too deep nor too many values: canonicalisation costs more than reading."""
    level, count = [document], 0
    for _ in range(MAX_DEPTH):
        children = [
            value.values() if isinstance(value, dict) else value for value in level if isinstance(value, (dict, list))
        ]
        level = [child for group in children for child in group]
        count += len(level)
        if count > MAX_VALUES:
            raise CredentialError("file.too_many_values")
        if not level:
            return
    raise CredentialError("file.too_deep")
