"""From readings to figures: median, ratio, whether the target is met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from tests.benchmarks.lines import FACTORS, LINES, Line


@dataclass(frozen=True, kw_only=True)
class Readings:
    """What one side gave for one line: seconds a run (shares: the share), and queries a run."""

    values: Sequence[float]
    sql: int | None = None


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One line measured: ours, each peer's readings, and why a peer gave none."""

    line: Line
    ours: Readings
    peers: Mapping[str, Readings] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


def make_results(measured: Measured) -> list[dict[str, Any]]:
    """One object a peer, or one without a peer. ``met`` belongs to the name: it is the same in each."""
    line = measured.line
    value = make_value(line, measured.ours)
    ratios = {peer: make_ratio(line, value, make_value(line, given)) for peer, given in measured.peers.items()}
    common = {"name": line.name, "value": _round(value), "unit": line.unit, "sql": measured.ours.sql}
    verdict = {"target": line.target, "met": is_met(line, value, measured.ours.sql, ratios.get(line.ratio_to))}
    results = []
    for peer in line.peers or (None,):
        given = measured.peers.get(peer) if peer else None
        figures = {
            "peer": peer,
            "peer_value": _round(make_value(line, given)) if given else None,
            "ratio": _round(ratios[peer]) if given else None,
        }
        reason = _explain(measured, peer)
        results.append({**common, **figures, **verdict, **({"reason": reason} if reason else {})})
    return results


def _explain(measured: Measured, peer: str | None) -> str:
    """Why a figure is missing, or is not the whole of it."""
    line = measured.line
    if not peer:
        return ""
    if peer not in measured.peers:
        return "not measured: " + measured.reasons.get(peer, "no reading")
    limit = line.stops_peers_after
    was_stopped = limit is not None and median(measured.peers[peer].values) >= limit
    return f"stopped after {limit:g} s, so that figure and ratio are the least that they can be" if was_stopped else ""


def compare_lines(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """``results``, those of a line that must equal another judged by that one too, when both were measured."""
    first = {result["name"]: result for result in reversed(results)}
    return [{**result, "met": result["met"] and _is_equal(result, first)} for result in results]


def _is_equal(result: dict[str, Any], first: Mapping[str, dict[str, Any]]) -> bool:
    """Somewhat more is still equal on a shared machine; one query more is not."""
    line = LINES[result["name"]]
    other = first.get(line.equal_to)
    return other is None or (result["value"] <= line.equal_within * other["value"] and result["sql"] <= other["sql"])


def make_value(line: Line, readings: Readings) -> float:
    """The median, in the line's unit."""
    middle = median(readings.values)
    if line.is_duration:
        return middle * FACTORS[line.unit]
    return 1 / middle if line.unit == "1/s" else middle


def make_ratio(line: Line, value: float, peer_value: float) -> float | None:
    """How many times better than the peer: 0 when we find nothing, none when nothing can be better than ours."""
    better, worse = (peer_value, value) if line.is_less_better else (value, peer_value)
    if worse:
        return better / worse
    return None if line.is_less_better else 0.0


def is_met(line: Line, value: float, sql: int | None, ratio: float | None) -> bool:
    """Whether every bound of the target holds; a bound whose figure is missing does not."""
    return all(
        (
            line.at_most is None or value <= line.at_most,
            line.at_least is None or value >= line.at_least,
            line.sql_at_most is None or (sql is not None and sql <= line.sql_at_most),
            line.ratio_at_least is None or (ratio is not None and ratio >= line.ratio_at_least),
        )
    )


def _round(value: float | None) -> float | None:
    """Four significant digits: more would be noise."""
    return None if value is None else float(f"{value:.4g}")
