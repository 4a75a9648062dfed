"""``python -m tests.benchmarks``: measure everything, print the table, write ``build/bench.json``.

With ``SOLERNI_BENCH_PROFILE=large``, on the MariaDB that ``tests.databases`` started: ``build/bench-large.json``.
Names of lines as arguments measure those alone.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

from tests.benchmarks import lines, material, sides
from tests.benchmarks.lines import LINES, Line
from tests.benchmarks.page import list_reasons, make_rows
from tests.benchmarks.results import Measured, Readings, compare_lines, make_results
from tests.benchmarks.sides import Process, Side, SideError

PROFILE = lines.LARGE if material.IS_LARGE else lines.BENCH
OUTPUT = sides.ROOT / "build" / ("bench-large.json" if material.IS_LARGE else "bench.json")
ROUNDS = 7
SECONDS_A_ROUND = 0.4
READINGS_A_ROUND = 50
LONG = 5
"""Seconds from which on one reading is all that is taken: nobody waits minutes for a median."""

OURS = {
    domain: Side(module=f"tests.benchmarks.ours.{domain}") for domain in sorted({name.split(".")[0] for name in LINES})
}
PEERS = {
    lines.TERMSANDCONDITIONS: Side(
        module="tests.benchmarks.peers.termsandconditions", requirements="requirements-termsandconditions.txt"
    ),
    lines.MACHINA: Side(module="tests.benchmarks.peers.machina", requirements="requirements-machina.txt"),
    lines.OPENEDX_FORUM: Side(
        module="tests.benchmarks.peers.openedx_forum", requirements="requirements-openedx-forum.txt"
    ),
    lines.PYLD: Side(module="tests.benchmarks.peers.pyld", requirements="requirements-credentials.txt"),
    lines.ED25519: Side(module="tests.benchmarks.peers.ed25519", requirements="requirements-credentials.txt"),
    lines.WORD_LIST: Side(module="tests.benchmarks.ours.word_list"),
    lines.LANGDETECT: Side(module="tests.benchmarks.peers.langdetect", requirements="requirements-langdetect.txt"),
    lines.DATASKETCH: Side(module="tests.benchmarks.peers.datasketch", requirements="requirements-copies.txt"),
}


def main() -> int:
    """Measure what the command line names, or all; 1 when a side of ours failed."""
    started = perf_counter()
    wanted = [LINES[name] for name in sys.argv[1:] or choose_lines()]
    warn_if_busy()
    results = []
    for domain in OURS:
        chosen = [line for line in wanted if line.name.startswith(f"{domain}.")]
        if chosen:
            for measured in measure_domain(domain, chosen):
                results += make_results(measured)
    results = compare_lines(results)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    show_table(make_rows(results))
    for name in LINES:
        for reason in list_reasons([result for result in results if result["name"] == name]):
            say(f"{name}: {reason}")
    say(f"{OUTPUT.relative_to(sides.ROOT)} written; {perf_counter() - started:.0f} s in all")
    return 0


def warn_if_busy() -> None:
    """Ratios bear company, since sides take turns; absolute figures do not."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores / 2:
        say(f"This machine is busy (load {load:.1f} on {cores} cores): absolute figures will be too high.")


def choose_lines(profile: str = PROFILE) -> list[str]:
    """Every line of the profile."""
    return [name for name, line in LINES.items() if profile in line.profiles]


def measure_domain(domain: str, chosen: list[Line]) -> Iterator[Measured]:
    """Each of the domain's lines, ours and the peers in turn, round after round."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="solerni-bench-")))
        say(f"{domain}: making our data")
        ours = stack.enter_context(sides.start(OURS[domain], folder / "ours"))
        ours.wait()
        processes, reasons = start_peers(chosen, folder, stack)
        for line in chosen:
            say(f"{line.name}: measuring")
            yield measure_line(line, ours, {peer: processes[peer] for peer in line.peers if peer in processes}, reasons)


def start_peers(chosen: list[Line], folder: Path, stack: ExitStack) -> tuple[dict[str, Process], dict[str, str]]:
    """Every peer of the lines, all making their data at once; and why any is missing."""
    processes: dict[str, Process] = {}
    reasons: dict[str, str] = {}
    for number, peer in enumerate(dict.fromkeys(peer for line in chosen for peer in line.peers)):
        say(f"making the same data for {peer}")
        try:
            processes[peer] = stack.enter_context(sides.start(PEERS[peer], folder / f"peer{number}"))
        except SideError as error:
            reasons[peer] = str(error)
    for peer, process in list(processes.items()):
        try:
            process.wait()
        except SideError as error:
            reasons[peer] = str(error)
            del processes[peer]
    for peer, reason in reasons.items():
        say(f"  {peer} {reason}")
    return processes, reasons


def measure_line(line: Line, ours: Process, peers: dict[str, Process], reasons: dict[str, str]) -> Measured:
    """Readings of every side, interleaved so that a busy moment of the machine falls on all."""
    taken: dict[str, list[float]] = {"": [], **{peer: [] for peer in peers}}
    processes = {"": ours, **peers}
    times = {}
    failed = dict(reasons)
    for _ in range(ROUNDS):
        for side, process in list(processes.items()):
            try:
                if side not in times:
                    first = process.take_readings(line.name, 1)
                    times[side] = 0 if first[0] >= LONG else choose_times(time_reading(process, line))
                    taken[side] += [] if times[side] else first
                if times[side]:
                    taken[side] += process.take_readings(line.name, times[side])
            except SideError as error:
                if not side:
                    raise
                failed[side] = str(error)
                del processes[side]
    return Measured(
        line=line,
        ours=Readings(values=taken[""], sql=ours.count_queries(line.name)),
        peers={side: Readings(values=taken[side]) for side in processes if side},
        reasons=failed,
    )


def time_reading(process: Process, line: Line) -> float:
    """Seconds that one reading takes by the clock: it may be of many pieces, and preparing it takes time too."""
    started = perf_counter()
    process.take_readings(line.name, 1)
    return perf_counter() - started


def choose_times(seconds: float) -> int:
    """How many readings fit into a round when one takes that long."""
    return max(1, min(READINGS_A_ROUND, int(SECONDS_A_ROUND / max(seconds, 1e-9))))


def show_table(rows: list[list[str]]) -> None:
    """``rows`` in columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def say(text: str) -> None:
    """One line for who waits."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SideError as error:
        sys.exit(f"Our own side {error}")
