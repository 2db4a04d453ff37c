"""Gaps: they say what the published tables say, and their limits and verdicts follow from that."""

from collections.abc import Iterator, Mapping
from math import sqrt
from statistics import NormalDist
from typing import Any, Final

import polars as pl

from data.analyses.equity import EQUITY, FIELDS, KEYS, SHARES, Field, Share
from data.dimensions import TOTAL
from data.periods import grain_of
from etl.verify.opened import Opened

NAME: Final = EQUITY.name
CLOSE: Final = 0.0051
"""Half the last decimal of a share, and what the representation of a number takes."""
CLOSE_CHANCE: Final = 2e-6
FAMILY: Final = ("period", "level", "indicator")
COUNTED: Final = ("rest_of", "events", "base", "rest_events", "rest_base")
ESTIMATED: Final = ("gap", "gap_lower", "gap_upper", "p_value", "compared")

Row = dict[str, Any]


def equity_findings(
    release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]
) -> Iterator[str]:
    """Judges the gaps by the published counts and the rules that the manifest states."""
    expected = sorted(_as_published(release), key=lambda row: [row[key] for key in KEYS])
    found = frame.to_dicts()
    if [_key(row) for row in found] != [_key(row) for row in expected]:
        yield f"{NAME}: its rows are not each place or group, year and indicator once"
        return
    for name in COUNTED:
        if [row[name] for row in found] != [row[name] for row in expected]:
            yield f"{NAME}: {name} is not what the tables show"
            return
    values = [name for name in frame.columns if name not in {*KEYS, "rest_of", "status"}]
    if any(row["base"] is None and any(row[name] is not None for name in values) for row in found):
        yield f"{NAME}: a gap from a count that is not shown has values"
    known = [row for row in found if row["base"] is not None]
    yield from _estimates(known, rules)
    yield from _verdicts([row for row in known if _is_enough(row, rules)], rules)


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[key] for key in KEYS)


def _as_published(release: Opened) -> Iterator[Row]:
    for field in FIELDS:
        for share in SHARES:
            name = field.outcomes if share.outcome else field.table
            table = release.tables.get(name, pl.DataFrame())
            if {share.events, share.base} <= {*table.columns}:
                yield from _of_share(release, field, share, table)


def _of_share(release: Opened, field: Field, share: Share, table: pl.DataFrame) -> Iterator[Row]:
    """The two counts of each code of the level, and what they leave of the whole."""
    codes = release.codelists[field.dimension]
    cells = {
        (row["period"], row[field.dimension], row.get("outcome")): row for row in table.to_dicts()
    }
    event, every = (share.outcome, TOTAL) if share.outcome else (None, None)
    for period, code, outcome in cells:
        if grain_of(period) != "year" or outcome != every or code not in codes.at(field.level):
            continue
        whole = codes[code].parent or TOTAL
        counts = [
            cells[period, place, at][measure]
            for place in (code, whole)
            for at, measure in ((event, share.events), (every, share.base))
        ]
        told = {name: code if field.dimension == name else TOTAL for name in ("area", "group")}
        yield {
            "period": period,
            "level": field.level,
            **told,
            "indicator": share.indicator,
            **dict(zip(COUNTED, (whole, *_left(counts)), strict=True)),
        }


def _left(counts: list[int | None]) -> tuple[int | None, ...]:
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return (None,) * len(counts)
    events, base, of_whole, whole = known
    return events, base, of_whole - events, whole - base


def _is_enough(row: Row, rules: Mapping[str, Any]) -> bool:
    sizes = row["base"], row["rest_base"]
    if min(sizes) < rules["fewest"]:
        return False
    pooled = (row["events"] + row["rest_events"]) / sum(sizes)
    expected = [size * share for size in sizes for share in (pooled, 1 - pooled)]
    return bool(min(expected) >= rules["fewest_expected"] - 1e-9)


def _estimates(known: list[Row], rules: Mapping[str, Any]) -> Iterator[str]:
    """Rates and gaps follow from the counts; who has too few has no gap."""
    for row in known:
        enough = _is_enough(row, rules)
        if enough == (row["verdict"] == "too_few"):
            yield f"{NAME}: who is compared does not follow from the counts"
            return
        if not enough and any(row[name] is not None for name in ESTIMATED):
            yield f"{NAME}: a gap of too few is told"
            return
        told = {**_rates(row), **(_gap(row, rules) if enough else {})}
        for name, value in told.items():
            if _is_apart(row[name], value):
                yield f"{NAME}: {name} does not follow from the published counts"
                return


def _is_apart(told: float | None, value: float | None) -> bool:
    if told is None or value is None:
        return told is not value
    return abs(told - value) > CLOSE


def _rates(row: Row) -> dict[str, float | None]:
    return {
        f"{of}rate": 100 * row[f"{of}events"] / row[f"{of}base"] if row[f"{of}base"] else None
        for of in ("", "rest_")
    }


def _gap(row: Row, rules: Mapping[str, Any]) -> dict[str, float | None]:
    """Newcombe's limits, from Wilson's as the roots of their quadratic equation."""
    z = NormalDist().inv_cdf((1 + rules["confidence"]) / 2)
    low, high = _roots(row["events"], row["base"], z)
    rest_low, rest_high = _roots(row["rest_events"], row["rest_base"], z)
    rate, rest = row["events"] / row["base"], row["rest_events"] / row["rest_base"]
    gap = rate - rest
    return {
        "gap": 100 * gap,
        "gap_lower": 100 * (gap - sqrt((rate - low) ** 2 + (rest_high - rest) ** 2)),
        "gap_upper": 100 * (gap + sqrt((high - rate) ** 2 + (rest - rest_low) ** 2)),
    }


def _roots(events: int, base: int, z: float) -> tuple[float, float]:
    """Where a share lies z standard deviations from what was seen."""
    a, b, c = base + z**2, -(2 * events + z**2), events**2 / base
    root = sqrt(max(0.0, b * b - 4 * a * c))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def _verdicts(compared: list[Row], rules: Mapping[str, Any]) -> Iterator[str]:
    """By Benjamini and Hochberg's step up in each family, from the published chances."""
    for row in compared:
        if abs(row["p_value"] - _chance(row)) > CLOSE_CHANCE:
            yield f"{NAME}: a p-value is not the chance of its gap"
            return
    families: dict[tuple[Any, ...], list[Row]] = {}
    for row in compared:
        families.setdefault(tuple(row[name] for name in FAMILY), []).append(row)
    for rows in families.values():
        if any(row["compared"] != len(rows) for row in rows):
            yield f"{NAME}: those compared are miscounted"
        level = _level(sorted(row["p_value"] for row in rows), rules["false_discovery_rate"])
        if any(row["verdict"] != _verdict(row, level) for row in rows):
            yield f"{NAME}: a verdict does not follow from its p-value"


def _chance(row: Row) -> float:
    """Of the chi-squared statistic of the four counts, with one degree of freedom."""
    a, c = row["events"], row["rest_events"]
    b, d = row["base"] - a, row["rest_base"] - c
    product = (a + b) * (c + d) * (a + c) * (b + d)
    statistic = (a + b + c + d) * (a * d - b * c) ** 2 / product
    return 2 * NormalDist().cdf(-sqrt(statistic))


def _level(p_values: list[float], rate: float) -> float:
    """The largest chance that is within its share of the rate; below none where none is."""
    passing = [p for rank, p in enumerate(p_values, 1) if p <= rate * rank / len(p_values) + 1e-12]
    return max(passing, default=-1.0)


def _verdict(row: Row, level: float) -> str:
    if row["p_value"] > level:
        return "like"
    return (
        "higher" if row["events"] * row["rest_base"] > row["rest_events"] * row["base"] else "lower"
    )
