"""Akismet's comment check: a form in, ``true`` for spam or ``false`` out. https://akismet.com/developers/

The address of who wrote is required there; no member's leaves, so a reserved one that belongs to nobody is sent.
"""

from __future__ import annotations

from urllib.parse import urlencode

from solerni_xblocks.discussion.data.services import Envelope, Malformed, Opinion, Question, ServiceSetting
from solerni_xblocks.discussion.rules.services.masking import mask

NOBODY = "192.0.2.1"
"""Of the block that is kept for documents (RFC 5737)."""

ANSWERS = {b"true": 1.0, b"false": 0.0}
SPAM = "spam"


def write_question(setting: ServiceSetting, question: Question) -> Envelope:
    """The form for one message."""
    fields = {
        "api_key": setting.secret,
        "blog": setting.site,
        "user_ip": NOBODY,
        "comment_type": "forum-post" if question.title else "reply",
        "comment_content": mask(f"{question.title}\n\n{question.source}".strip()),
        "blog_lang": question.language,
        "blog_charset": "UTF-8",
        **({"recheck_reason": "edit"} if question.is_again else {}),
    }
    return Envelope(
        url=setting.url,
        body=urlencode(fields).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )


def read_opinion(body: bytes) -> Opinion:
    """Spam or not. Raises Malformed for ``invalid``, which a wrong key is answered with.

    >>> read_opinion(b"true").clause, read_opinion(b"false").score
    ('posts.promotion', 0.0)
    """
    score = ANSWERS.get(body.strip())
    if score is None:
        raise Malformed("akismet")
    return Opinion(scores={SPAM: score}, label=SPAM, score=score, clause="posts.promotion")
