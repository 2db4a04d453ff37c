"""Alerts: every month that can be compared is there with its published counts, and each sum and
signal follows from them and from the sum of the month before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from data.analyses.alerts import ALERTS
from etl.verify.analyses.watched import Series, every_series, year_before
from etl.verify.evidence import count_evidence, share_evidence
from etl.verify.opened import Opened

NAME: Final = ALERTS.name
CLOSE: Final = 0.0501
"""Half the last published decimal, and what the representation of a number takes."""
Row = Mapping[str, Any]


def alerts_findings(
    release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]
) -> Iterator[str]:
    """Judges every series by the rules that the manifest states."""
    told: set[str] = set()
    expected = dict(every_series(release))
    shown = {
        (str(key[0]), str(key[1]), str(key[2])): rows.to_dicts()
        for key, rows in frame.group_by("indicator", "agency", "area", maintain_order=True)
    }
    if shown.keys() - expected.keys():
        told.add("a series is watched that is not published")
    for key, series in expected.items():
        told |= set(_judged(series, shown.get(key, []), rules))
    yield from (f"{NAME}: {finding}" for finding in sorted(told))


def _judged(series: Series, rows: Sequence[Row], rules: Mapping[str, Any]) -> Iterator[str]:
    if [row["period"] for row in rows] != series.compared:
        yield "its rows are not the months that can be compared"
        return
    if any(not _is_published(series, row) for row in rows):
        yield "a count is not the published one"
        return
    if any(abs(row["expected"] - _expected(series, row)) > CLOSE for row in rows):
        yield "an expected count does not follow from the year before"
    for direction in ("rise", "fall"):
        yield from _sums(series, rows, direction, rules)
    yield from _runs(rows)


def _is_published(series: Series, row: Row) -> bool:
    now, before = series.own[row["period"]], series.own[year_before(row["period"])]
    is_count = series.watched.base is None
    told = ((row["events"], row["base"]), (row["events_before"], row["base_before"]))
    return told == tuple((each[0], None if is_count else each[1]) for each in (now, before))


def _expected(series: Series, row: Row) -> float:
    odds = series.odds(row["period"]) or 0.0
    moved = row["events_before"] * odds
    if series.watched.base is None:
        return float(moved)
    failures = row["base_before"] - row["events_before"]
    return float(row["base"] * moved / (moved + failures)) if row["base_before"] else 0.0


def _sums(
    series: Series, rows: Sequence[Row], direction: str, rules: Mapping[str, Any]
) -> Iterator[str]:
    """Each sum is the one before, or nothing after a signal, and the evidence of its month."""
    factor = rules["factor"] if direction == "rise" else 1 / rules["factor"]
    last = 0.0
    for row in rows:
        now = max(0.0, last + _evidence(series, row, factor))
        if abs(row[direction] - now) > 2 * 10.0 ** -rules["decimals"]:
            yield "a sum does not follow from the one before and the month's counts"
        is_reached = row[direction] >= rules["limit"]
        if row["signal"] is None if is_reached else row["signal"] == direction:
            yield "a signal does not follow from its sum"
        last = 0.0 if is_reached else row[direction]


def _evidence(series: Series, row: Row, factor: float) -> float:
    odds, spread = series.odds(row["period"]) or 1.0, row["usual_spread"]
    if series.watched.base is None:
        return count_evidence(row["events"], row["events_before"], odds, factor, spread)
    now, before = (row["events"], row["base"]), (row["events_before"], row["base_before"])
    return share_evidence(now, before, odds, factor, spread)


def _runs(rows: Sequence[Row]) -> Iterator[str]:
    """A signal tells of the months since its sum began, and of no others."""
    for row in rows:
        if row["signal"] is None:
            if any(row[name] is not None for name in ("since", "run_events", "change")):
                yield "a month without a signal tells of a change"
            continue
        if row["since"] is None:
            yield "a signal does not tell since when"
            continue
        run = [each for each in rows if row["since"] <= each["period"] <= row["period"]]
        earlier = [each for each in rows if each["period"] < row["since"]]
        if any(each[row["signal"]] == 0 for each in run) or not _is_over(earlier, row["signal"]):
            yield "a sum did not begin in the month that is told"
        if row["run_events"] != sum(each["events"] for each in run):
            yield "the events of a change are miscounted"
        if abs(row["run_expected"] - sum(each["expected"] for each in run)) > CLOSE * (
            1 + len(run)
        ):
            yield "what was expected of a change is miscounted"


def _is_over(earlier: Sequence[Row], direction: str) -> bool:
    """Whether the sum stood at nothing, or had signalled, before."""
    return not earlier or earlier[-1][direction] == 0 or earlier[-1]["signal"] == direction
