"""A side's process: orders come as lines of JSON on standard input, answers go out the same way. Peers import it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping

from tests.benchmarks.timing import Runner, Share, Subject


def serve(subjects: Mapping[str, Callable[[], Subject | Share]]) -> None:
    """Say that the data is made, then answer until standard input ends.

    ``{"line": …, "times": …}`` gives that many readings, without times the number of queries.
    """
    answers, sys.stdout = sys.stdout, sys.stderr
    runners: dict[str, Runner | Share] = {}

    def say(answer: object) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    say("ready")
    for order in map(json.loads, sys.stdin):
        name = order["line"]
        if name not in runners:
            made = subjects[name]()
            runners[name] = Runner(made) if isinstance(made, Subject) else made
        runner = runners[name]
        say(runner.read(order["times"]) if "times" in order else runner.count_queries())
