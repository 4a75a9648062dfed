"""Help while writing: threads that ask alike, what a word may have meant, a word that is right."""

from __future__ import annotations

from typing import Any

from solerni_xblocks.blockkit.handlers import learner_reads, learner_writes
from solerni_xblocks.discussion import api, inputs, presenters


class WordingHandlers:
    """Handlers of the forms in which members write."""

    @learner_reads
    def list_similar(self, data: dict[str, Any]) -> dict[str, Any]:
        """Threads of the place that ask alike. In: ``title``. Out: ``html``, empty when there are none."""
        return presenters.answer_similar(api.list_similar(self.member_id, self.place, inputs.parse_title_typed(data)))

    @learner_reads
    def suggest_words(self, data: dict[str, Any]) -> dict[str, Any]:
        """Up to five words that ``word`` may have meant. In: ``word``. Out: ``words``."""
        return {"words": api.suggest_words(self.member_id, self.place, inputs.parse_word(data))}

    @learner_writes
    def keep_word(self, data: dict[str, Any]) -> dict[str, Any]:
        """Never point at a word again. In: ``word``. Out: nothing."""
        api.keep_word(self.member_id, self.place, inputs.parse_word(data))
        return {}
