"""The operator's own service: a signed question, a signed answer, at once or by a call back.

What is signed (HMAC-SHA256) is the time, the question's id and the body, joined by dots: neither side's words can be
sent again for another question, nor after five minutes, nor be turned round.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from uuid import UUID

from solerni_xblocks.discussion.data.services import Envelope, Malformed, Opinion, Question, ServiceSetting
from solerni_xblocks.discussion.data.verdicts import Rule
from solerni_xblocks.discussion.rules.services.answers import clean_label, parse, read_score
from solerni_xblocks.discussion.rules.services.masking import mask

DELIVERY, TIMESTAMP, SIGNATURE = "x-solerni-delivery", "x-solerni-timestamp", "x-solerni-signature"
ASKED, ANSWERED = "question", "answer"
FRESH_SECONDS = 300
CLAUSES = frozenset(rule.clause for rule in Rule)


def write_question(setting: ServiceSetting, question: Question, *, now: int) -> Envelope:
    """The question, signed at ``now`` (seconds since 1970)."""
    body = json.dumps(
        {
            "delivery": str(question.uuid),
            "title": mask(question.title),
            "text": mask(question.source),
            "language": question.language,
        },
        ensure_ascii=False,
    ).encode()
    return Envelope(
        url=setting.url,
        body=body,
        headers={
            "Content-Type": "application/json",
            DELIVERY: str(question.uuid),
            TIMESTAMP: str(now),
            SIGNATURE: sign(setting.secret, ASKED, question.uuid, str(now), body),
        },
    )


def sign(secret: str, side: str, delivery: UUID, timestamp: str, body: bytes) -> str:
    """The signature of what one ``side`` says about a question.

    >>> sign("s" * 32, ASKED, UUID(int=1), "0", b"") == sign("s" * 32, ANSWERED, UUID(int=1), "0", b"")
    False
    """
    signed = b".".join([side.encode(), timestamp.encode(), str(delivery).encode(), body])
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed(secret: str, delivery: UUID, headers: Mapping[str, str], body: bytes, *, now: int) -> bool:
    """Whether an answer is of who holds the secret, about this question, and not five minutes old."""
    timestamp = headers.get(TIMESTAMP, "")
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 12):
        return False
    is_fresh = abs(now - int(timestamp)) <= FRESH_SECONDS
    given, right = headers.get(SIGNATURE, ""), sign(secret, ANSWERED, delivery, timestamp, body)
    return hmac.compare_digest(given.encode(), right.encode()) and is_fresh


def read_opinion(body: bytes) -> Opinion:
    """``score``, and what it is about: ``label`` in words, ``clause`` as one of the eight. Raises Malformed.

    >>> read_opinion(b'{"score": 0.9, "label": "spam", "clause": "posts.promotion"}').score
    0.9
    """
    values = parse(body)
    label, clause = values.get("label", ""), values.get("clause", "")
    if not isinstance(label, str) or not isinstance(clause, str) or clause not in CLAUSES | {""}:
        raise Malformed("label")
    score, label = read_score(values.get("score")), clean_label(label)
    return Opinion(scores={label or "score": score}, label=label, score=score, clause=clause)
