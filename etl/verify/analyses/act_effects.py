"""Act effects: every act is there once, with the published counts of its theme before and after,
and an estimate exactly where there are enough of them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from data.analyses.act_effects import ACT_EFFECTS
from etl.verify.analyses.months import distance, national_months, whole_months
from etl.verify.opened import Opened

NAME: Final = ACT_EFFECTS.name
CLOSE: Final = 0.0501
"""Half the last published decimal of a mean, and what the representation of a number takes."""
CHANGES: Final = ("level_change", "slope_change", "beside_others")


def act_effects_findings(
    release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]
) -> Iterator[str]:
    """Judges the acts by the rules that the manifest states."""
    if release.acts is None:
        yield f"{NAME}: there is no register of acts"
        return
    expected = release.acts.select(
        "act", "theme", pl.col("date").str.head(7).alias("adopted")
    ).sort("act")
    if not frame.select(expected.columns).equals(expected):
        yield f"{NAME}: its rows are not the acts of the register, once each"
        return
    yield from _nearby(frame, rules)
    yield from _sides(release, frame, rules)
    yield from _limits(frame)


def _nearby(frame: pl.DataFrame, rules: Mapping[str, Any]) -> Iterator[str]:
    pairs = list(frame.select("theme", "adopted").iter_rows())
    by_theme: dict[str, Counter[str]] = {}
    for theme, adopted in pairs:
        by_theme.setdefault(theme, Counter())[adopted] += 1
    counted = [
        sum(
            number
            for month, number in by_theme[theme].items()
            if abs(distance(month, adopted)) <= rules["nearby"]
        )
        - 1
        for theme, adopted in pairs
    ]
    if frame["others_nearby"].to_list() != counted:
        yield f"{NAME}: other acts nearby are miscounted"


def _sides(release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]) -> Iterator[str]:
    """Months, means and eligibility, counted again from the table."""
    published = national_months(release, whole_months(release.manifest))
    wrong_side = wrong_status = False
    for row in frame.unique(["theme", "adopted"]).iter_rows(named=True):
        counts = published.get(row["theme"], {})
        before, after = _split(counts, row["adopted"], rules)
        wrong_side |= not (
            _is_told(before, row["months_before"], row["mean_before"])
            and _is_told(after, row["months_after"], row["mean_after"])
        )
        may_be = (
            len(before) >= rules["fewest_before"]
            and len(after) >= rules["fewest_after"]
            and min(sum(before), sum(after)) >= rules["fewest_appeals"]
        )
        wrong_status |= row["status"] == "estimated" and not may_be
    if wrong_side:
        yield f"{NAME}: months or means are not those of the table"
    if wrong_status:
        yield f"{NAME}: an act has an estimate from too few months or appeals"


def _split(
    counts: Mapping[str, int], adopted: str, rules: Mapping[str, Any]
) -> tuple[list[int], list[int]]:
    """The published counts before and after a month, as far as they are looked at."""
    since = {month: distance(month, adopted) for month in counts}
    before = [counts[m] for m, steps in since.items() if -rules["most_before"] <= steps < 0]
    after = [counts[m] for m, steps in since.items() if 0 < steps <= rules["most_after"]]
    return before, after


def _is_told(counts: list[int], months: int, mean: float | None) -> bool:
    if len(counts) != months or (mean is None) != (not counts):
        return False
    return mean is None or abs(mean - sum(counts) / len(counts)) <= CLOSE


def _limits(frame: pl.DataFrame) -> Iterator[str]:
    estimated = pl.col("status") == "estimated"
    for name in CHANGES:
        value = pl.col(name)
        inside = value.is_between(f"{name}_lower", f"{name}_upper")
        if frame.filter(value.is_not_null() & ~inside.fill_null(value=False)).height:
            yield f"{NAME}: {name} is not within its limits"
        if frame.filter(value.is_not_null() & ~estimated).height:
            yield f"{NAME}: an act without an estimate has {name}"
    if frame.filter(estimated & pl.col("level_change").is_null()).height:
        yield f"{NAME}: an estimate is missing"
