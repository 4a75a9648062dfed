"""Languages as langdetect tells them: French is kept where it is among the probable ones."""

from __future__ import annotations

from tests.benchmarks import serving
from tests.benchmarks.messages import make_language_shares


def main() -> None:
    """Read the messages, then answer orders."""
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0

    def holds(text: str) -> bool:
        try:
            return not any(found.lang == "fr" and found.prob >= 0.1 for found in detect_langs(text))
        except LangDetectException:  # nothing to read in it
            return False

    kept, caught = make_language_shares(holds)
    serving.serve({"discussion.french_kept": lambda: kept, "discussion.other_caught": lambda: caught})


if __name__ == "__main__":
    main()
