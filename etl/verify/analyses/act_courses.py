"""Act courses: the published counts, and a fit that balances them as a fit must.

The expected counts of a log-linear regression add up, before an act and after it, to what was
counted, and so do they times the months: by that a fit is known without fitting again.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from data.analyses.act_courses import ACT_COURSES
from etl.verify.analyses.months import distance, national_months, whole_months
from etl.verify.opened import Opened

NAME: Final = ACT_COURSES.name
ROUNDED: Final = 0.051
"""By how much a published count of one decimal may differ from the one that was fitted."""
Row = Mapping[str, Any]


def act_courses_findings(
    release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]
) -> Iterator[str]:
    """Judges the months of every theme and act."""
    months = whole_months(release.manifest)
    published = national_months(release, months)
    told: set[str] = set()
    for (theme, adopted), rows in frame.group_by("theme", "adopted"):
        counts = published.get(str(theme), {})
        told |= set(_course(list(rows.iter_rows(named=True)), str(adopted), counts, rules))
    yield from (f"{NAME}: {finding}" for finding in sorted(told))


def _course(
    rows: list[Row], adopted: str, counts: Mapping[str, int], rules: Mapping[str, Any]
) -> Iterator[str]:
    looked_at = {
        month: count
        for month, count in counts.items()
        if -rules["most_before"] <= distance(month, adopted) <= rules["most_after"]
    }
    if {row["period"]: row["received"] for row in rows} != looked_at:
        yield "its months are not the published ones"
    since = [distance(row["period"], adopted) for row in rows]
    for row, steps in zip(rows, since, strict=True):
        if (row["fitted"] is None) != (steps == 0) or (row["expected"] is None) != (steps <= 0):
            yield "a month has what only the other side of the act has, or lacks its own"
            return
        if steps > 0 and not row["expected_lower"] <= row["expected"] <= row["expected_upper"]:
            yield "an expected count is not within its limits"
    for side in (-1, 1):
        if not _is_balanced([(s, r) for s, r in zip(since, rows, strict=True) if s * side > 0]):
            yield "what was fitted does not balance what was counted"


def _is_balanced(side: list[tuple[int, Row]]) -> bool:
    left: list[float] = [row["received"] - row["fitted"] for _, row in side]
    turned = [steps * each for (steps, _), each in zip(side, left, strict=True)]
    farthest = sum(abs(steps) for steps, _ in side)
    return abs(sum(left)) <= ROUNDED * len(side) and abs(sum(turned)) <= ROUNDED * farthest
