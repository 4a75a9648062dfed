"""Mistral's and OpenAI's moderation: one text in, scores by category out; their documented requests are nearly one.

Mistral: https://docs.mistral.ai/api (Classifiers, moderations). OpenAI: https://platform.openai.com/docs/api-reference
(Moderations).
"""

from __future__ import annotations

import json

from solerni_xblocks.discussion.data.services import Envelope, Malformed, Opinion, Question, Service, ServiceSetting
from solerni_xblocks.discussion.rules.services.answers import parse, read_scores, weigh
from solerni_xblocks.discussion.rules.services.masking import mask

COURTESY = "posts.courtesy"
CLAUSES = {
    "hate_and_discrimination": COURTESY,
    "violence_and_threats": COURTESY,
    "sexual": COURTESY,
    "harassment": COURTESY,
    "harassment/threatening": COURTESY,
    "hate": COURTESY,
    "hate/threatening": COURTESY,
    "sexual/minors": COURTESY,
    "violence": COURTESY,
    "violence/graphic": COURTESY,
}
"""The rule that a category is about; others, such as self-harm, break none and are read all the same."""

IGNORED = frozenset({"health", "financial", "law", "jailbreaking"})
"""Categories of Mistral about what its own answers should not do: in a course, members ask just that."""


def write_question(setting: ServiceSetting, question: Question) -> Envelope:
    """The request for one text."""
    text = mask(f"{question.title}\n\n{question.source}".strip())
    inputs: str | list[str] = [text] if setting.service is Service.MISTRAL else text
    return Envelope(
        url=setting.url,
        body=json.dumps({"model": setting.model, "input": inputs}).encode(),
        headers={
            "Authorization": f"Bearer {setting.secret}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        },
    )


def read_opinion(body: bytes) -> Opinion:
    """The one result of an answer. Raises Malformed.

    >>> read_opinion(b'{"results": [{"category_scores": {"hate": 0.9}}]}').clause
    'posts.courtesy'
    """
    results = parse(body).get("results")
    if not isinstance(results, list) or len(results) != 1 or not isinstance(results[0], dict):
        raise Malformed("results")
    return weigh(read_scores(results[0].get("category_scores")), CLAUSES, ignored=IGNORED)
