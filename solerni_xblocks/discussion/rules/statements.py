"""A restriction in the terms of the Commission's transparency database (DSA article 17(3), StatementStoreRequest).

Codes only: the words of a statement are made where it is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from solerni_xblocks.discussion.data import Act

REMOVED = "DECISION_VISIBILITY_CONTENT_REMOVED"
DISABLED = "DECISION_VISIBILITY_CONTENT_DISABLED"
RESTRICTED = "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED"
PARTIAL_SUSPENSION = "DECISION_PROVISION_PARTIAL_SUSPENSION"
INCOMPATIBLE = "DECISION_GROUND_INCOMPATIBLE_CONTENT"
ILLEGAL = "DECISION_GROUND_ILLEGAL_CONTENT"
TEXT, IMAGE = "CONTENT_TYPE_TEXT", "CONTENT_TYPE_IMAGE"

_OTHER = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
_COPYRIGHT = ("STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS", ("KEYWORD_COPYRIGHT_INFRINGEMENT",))
_CATEGORIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "illegal": ("STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", ()),
    "posts.courtesy": ("STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", ("KEYWORD_DEFAMATION",)),
    "posts.language": (_OTHER, ("KEYWORD_LANGUAGE_REQUIREMENTS",)),
    "posts.rights": _COPYRIGHT,
    "posts.plagiarism": _COPYRIGHT,
    "posts.promotion": ("STATEMENT_CATEGORY_CONSUMER_INFORMATION", ("KEYWORD_HIDDEN_ADVERTISEMENT",)),
}
_HARASSMENT = ("STATEMENT_CATEGORY_CYBER_VIOLENCE", ("KEYWORD_CYBER_HARASSMENT",))
_BY_REPORT: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "posts.courtesy": {"harassment": _HARASSMENT},
    "illegal": {
        "copyright": _COPYRIGHT,
        "harassment": _HARASSMENT,
        "libellous": ("STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", ("KEYWORD_DEFAMATION",)),
    },
}
_SOURCES = {"notice": "SOURCE_ARTICLE_16", "report": "SOURCE_TYPE_OTHER_NOTIFICATION"}
_BY_SOFTWARE = frozenset({"rule", "suspect", "service"})


@dataclass(frozen=True, kw_only=True)
class Category:
    """What a statement is filed under."""

    name: str
    keywords: tuple[str, ...] = ()


def name_visibility(act: Act) -> str:
    """What the restriction does to the post: only a removal takes it away; all else can be lifted or mended.

    >>> name_visibility(Act.REMOVE), name_visibility(Act.REFUSE)
    ('DECISION_VISIBILITY_CONTENT_REMOVED', 'DECISION_VISIBILITY_CONTENT_DISABLED')
    >>> name_visibility(Act.LOCK)
    'DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED'
    """
    if act == Act.LOCK:
        return RESTRICTED
    return REMOVED if act == Act.REMOVE else DISABLED


def find_category(clause: str, *, reported: frozenset[str] = frozenset()) -> Category:
    """The category of a clause, or of ``illegal`` content; what members reported it as may say it better.

    >>> find_category("posts.language").keywords
    ('KEYWORD_LANGUAGE_REQUIREMENTS',)
    >>> find_category("posts.courtesy", reported=frozenset({"harassment"})).name
    'STATEMENT_CATEGORY_CYBER_VIOLENCE'
    >>> find_category("posts.spelling").name
    'STATEMENT_CATEGORY_OTHER_VIOLATION_TC'
    """
    better = _BY_REPORT.get(clause, {})
    found = next((better[reason] for reason in sorted(reported) if reason in better), None)
    found = found or _CATEGORIES.get(clause, (_OTHER, ()))
    return Category(name=found[0], keywords=found[1])


def name_source(source: str) -> str:
    """Who drew attention to the post: a notice, a report, else the service itself.

    >>> name_source("notice"), name_source("mode")
    ('SOURCE_ARTICLE_16', 'SOURCE_VOLUNTARY')
    """
    return _SOURCES.get(source, "SOURCE_VOLUNTARY")


def is_detected_by_software(source: str) -> bool:
    """Whether a rule or an external service raised it.

    >>> is_detected_by_software("rule"), is_detected_by_software("report")
    (True, False)
    """
    return source in _BY_SOFTWARE


def name_automation(*, by_person: bool) -> str:
    """Who decided: a person, or software alone (a hide on reports).

    >>> name_automation(by_person=False)
    'AUTOMATED_DECISION_FULLY'
    """
    return "AUTOMATED_DECISION_NOT_AUTOMATED" if by_person else "AUTOMATED_DECISION_FULLY"
