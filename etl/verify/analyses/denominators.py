"""Denominators: every pair of published counts of the country, no other, and the arithmetic."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

import polars as pl

from data.analyses.denominators import DENOMINATORS, EVENTS
from data.periods import grain_of
from etl.verify.opened import Opened

NAME: Final = DENOMINATORS.name
RATED: Final = {"satisfied": "rated_top", "open": "open"}


def denominators_findings(
    release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]
) -> Iterator[str]:
    """Judges every row by the tables, and that no pair is left out of which both are shown."""
    rows = {(row["period"], row["event"], row["whole"]): row for row in frame.to_dicts()}
    periods = [p for p in release.tables["national"]["period"] if grain_of(p) != "month"]
    due = {(p, e, w) for p in periods for e, wholes in EVENTS.items() for w in wholes}
    shown = {keys: each for keys in due if (each := _pair(release, *keys)) is not None}
    if rows.keys() != shown.keys():
        yield f"{NAME}: its rows are not the pairs of which both counts are published"
        return
    for keys, row in rows.items():
        if (row["part"], row["base"]) != shown[keys]:
            yield f"{NAME}: a count is not the published one"
        if not _is_share(row, rules["decimals"]):
            yield f"{NAME}: a share is not its part of its whole"
        if (row["satisfied_least"], row["satisfied_most"]) != _bounds(release, row, rules):
            yield f"{NAME}: how many gave a good mark is not bounded as the counts bound it"


def _pair(release: Opened, period: str, event: str, whole: str) -> tuple[int, int] | None:
    base, counted = _whole(release, period, whole), _counted(release, period, event, whole)
    if not base or counted is None:
        return None
    return (base - counted if event.startswith("not_") else counted), base


def _whole(release: Opened, period: str, whole: str) -> int | None:
    if whole == "considered":
        return _at(release, "outcomes_closing", period, "considered", "_T")
    if whole in {"concluded", "decided"}:
        return _at(release, "outcomes", period, whole, "_T")
    return _at(release, "national", period, whole)


def _counted(release: Opened, period: str, event: str, whole: str) -> int | None:
    named = event.removeprefix("not_")
    if named in RATED:
        return _at(release, "national", period, RATED[named])
    if whole == "considered":
        return _at(release, "outcomes_closing", period, "considered", named)
    return _at(release, "outcomes", period, "concluded", named)


def _at(release: Opened, table: str, period: str, column: str, outcome: str = "") -> int | None:
    if table not in release.tables:
        return None
    codes = {"period": period} | ({"outcome": outcome} if outcome else {})
    found = release.tables[table].filter(**codes)[column]
    return None if found.is_empty() else found[0]


def _is_share(row: Mapping[str, Any], decimals: int) -> bool:
    exact = Fraction(100 * row["part"], row["base"])
    return abs(Fraction(str(row["share"])) - exact) <= Fraction(1, 2 * 10**decimals)


def _bounds(
    release: Opened, row: Mapping[str, Any], rules: Mapping[str, Any]
) -> tuple[int | None, int | None]:
    is_answer = row["event"] not in {"satisfied", "not_satisfied", "open"}
    good = _at(release, "national", row["period"], "rated_top")
    if row["whole"] not in rules["overlaps"] or not is_answer or good is None:
        return None, None
    beside = row["base"] - row["part"]
    return (good - beside if good > beside else 0), (min(row["part"], good))
