"""The results of a test, reckoned from the months that were tested."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from data.analyses.forecast_backtest import FORECAST_BACKTEST
from etl.verify.analyses.forecast_backtest import year_before
from etl.verify.opened import Opened

DECIMALS: Final[Mapping[str, int]] = {
    "error": 1,
    "naive_error": 1,
    "held_80": 1,
    "held_95": 1,
    "mase": 3,
    "naive_mase": 3,
}
"""Of each result as it is published."""
Row = Mapping[str, Any]


def tested_months(release: Opened) -> dict[tuple[str, str], list[Row]]:
    """The rows of the back-test by course; none where there is no back-test."""
    backtest = release.analyses.get(FORECAST_BACKTEST.name)
    if backtest is None:
        return {}
    groups = backtest.group_by("area", "theme")
    return {(str(area), str(theme)): list(rows.to_dicts()) for (area, theme), rows in groups}


def are_results(rows: Sequence[Row], tested: Sequence[Row], counts: Mapping[str, int]) -> bool:
    """Whether what rows tell of the test is what the tested months make."""
    found = _results(tested, counts) if tested else dict.fromkeys(DECIMALS)
    return all(
        row["tested"] == len(tested)
        and all(_is_close(row[name], found[name], places) for name, places in DECIMALS.items())
        for row in rows
    )


def _results(tested: Sequence[Row], counts: Mapping[str, int]) -> dict[str, float | None]:
    error, naive = (
        sum(abs(each["actual"] - each[name]) for each in tested) / len(tested)
        for name in ("expected", "naive")
    )
    scale = _scale(counts, min(each["origin"] for each in tested))
    return {
        "error": error,
        "naive_error": naive,
        "held_80": _held(tested, 80),
        "held_95": _held(tested, 95),
        "mase": error / scale if scale else None,
        "naive_mase": naive / scale if scale else None,
    }


def _held(tested: Sequence[Row], width: int) -> float:
    held = [e for e in tested if e[f"lower_{width}"] <= e["actual"] <= e[f"upper_{width}"]]
    return 100 * len(held) / len(tested)


def _scale(counts: Mapping[str, int], origin: str) -> float:
    """The mean difference from the year before in the published months up to an origin."""
    changes = [
        abs(count - counts[year_before(month)])
        for month, count in counts.items()
        if month <= origin and year_before(month) in counts
    ]
    return sum(changes) / len(changes) if changes else 0.0


def _is_close(told: float | None, found: float | None, decimals: int) -> bool:
    if told is None or found is None:
        return told is found
    return abs(told - found) <= 0.501 * 10.0**-decimals
