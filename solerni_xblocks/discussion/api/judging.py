"""What the rules on words need to work, and what they know: libraries, suggestions for a word."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data.lexicons import Lexicon
from solerni_xblocks.discussion.rules import measuring
from solerni_xblocks.discussion.rules.measures import spelling
from solerni_xblocks.discussion.rules.measures.libraries import LibraryMissing
from solerni_xblocks.discussion.rules.measures.words import clean_word


def warm_up_rules() -> None:
    """Load what the rules need into this process (about two seconds), so that no member waits for it."""
    measuring.warm_up()


def list_missing_libraries() -> tuple[str, ...]:
    """The optional libraries without which a rule does not judge here, by the names under which they are installed."""
    return measuring.list_missing()


def find_suggestions(word: str) -> tuple[str, ...]:
    """Up to five words that ``word`` may have meant, none without the dictionary or while it is busy. Slow: 100 ms."""
    try:
        return spelling.suggest_words(clean_word(word))
    except (LibraryMissing, spelling.SuggesterBusy):
        return ()


def get_lexicon(course_key: CourseKey) -> Lexicon:
    """What the rules know of the course, as this process remembers it: at most some seconds old."""
    return queries.get_lexicon(course_key)


def forget_lexicons() -> None:
    """Forget what this process remembers of courses: their languages and lists of words. For tests and shells."""
    queries.forget_lexicons()
