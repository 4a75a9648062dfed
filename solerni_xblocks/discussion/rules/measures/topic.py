"""How much of a wording speaks the course's language: which of its content words the course uses too."""

from __future__ import annotations

from solerni_xblocks.discussion.data.measures import TopicMeasure
from solerni_xblocks.discussion.data.scenes import Wording
from solerni_xblocks.discussion.rules.measures.words import list_stems
from solerni_xblocks.discussion.rules.passages import keep_own_words


def measure_topic(wording: Wording, course_words: frozenset[str]) -> TopicMeasure:
    """The different content words of title and body, and those among ``course_words`` (see ``make_vocabulary``)."""
    stems = frozenset(stem for text in (wording.title, wording.source) for stem in list_stems(keep_own_words(text)))
    return TopicMeasure(words=len(stems), shared=len(stems & course_words), course=len(course_words))
