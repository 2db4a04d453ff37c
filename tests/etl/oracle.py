"""The slow oracle: counts appeals one by one in plain Python, sharing no code with the pipeline.

It knows the measures by their meaning, written again here in words of Python.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any, Final

from data.datasets import Table

Row = dict[str, Any]
Key = tuple[str, ...]

COLUMNS: Final = {
    "agency": ("sector", "agency"),
    "area": ("region", "district"),
    "theme": ("theme_group", "theme"),
    "outcome": ("outcome_class", "outcome"),
    "kind": ("kind",),
    "channel": ("channel",),
}
FIRST_DAYS: Final = (
    0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 15, 16, 18, 20, 22, 25, 28, 30, 31, 35, 45, 60, 90
)  # fmt: skip
OF_PERSONS: Final = frozenset({"received", "considered", "rated", "proposals", "harassment"})
OF_QUARTERS: Final = frozenset({"asked", "rated", "rated_top", "score_sum", "harassment"})
GROWING: Final = OF_QUARTERS | {"answered", "open", "due", "on_time", "taken_up"}
STANDS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "answered": (),
    "open": (),
    "due": (),
    "on_time": (),
    "repeated": (),
    "asked": ("rated",),
    "rated_top": ("rated",),
    "score_sum": ("rated",),
    "taken_up": ("proposals",),
}
"""The counts of persons, beside that of the row, that a figure of conduct is shown with."""
QUANTILES: Final = {"median_days": (Fraction(1, 2), 20), "p90_days": (Fraction(9, 10), 100)}


@dataclass
class Cell:
    """What is known of one cell: numbers by measure, the days to answer, the persons."""

    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    days: list[int] = field(default_factory=list)
    persons: set[int] = field(default_factory=set)
    nameless: int = 0

    def distinct(self, threshold: int) -> int:
        return min(threshold, len(self.persons) + self.nameless)


def cells(table: Table, rows: list[Row]) -> dict[Key, Cell]:
    """Every cell of a table that an appeal falls into, by period and codes."""
    found: dict[Key, Cell] = defaultdict(Cell)
    for row in rows:
        day = row[table.dated_by]
        if day is None:
            continue
        for key in _keys(table, row, day):
            _count(found[key], row)
    return found


def _keys(table: Table, row: Row, day: date) -> Iterator[Key]:
    spans = {
        "year": f"{day.year}",
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "month": f"{day.year}-{day.month:02}",
    }
    periods = [spans[grain] for grain in table.grains]
    codes = [_codes(axis.dimension, axis.levels, row) for axis in table.axes]
    yield from product(periods, *codes)


def _codes(dimension: str, levels: tuple[str, ...], row: Row) -> list[str]:
    if dimension == "group":
        flags = (
            "women", "under_30", "over_60", "disability", "hardship", "entrepreneur", "investor",
            "legal_entity", "collective",
        )  # fmt: skip
        return ["_T", *(flag for flag in flags if row[flag])]
    coarse, *fine = COLUMNS[dimension]
    told = {coarse: row[coarse] or "_U"}
    for column in fine:
        told[column] = row[column] or f"{told[coarse]}_U"
    return ["_T", *(told[level] for level in levels)]


def _count(cell: Cell, row: Row) -> None:
    answered = row["answered"] is not None
    due = row["due"] < row["as_of"]
    rated = answered and row["satisfaction"] is not None
    proposal = row["kind"] == "proposal"
    holds = {
        "received": True,
        "considered": answered,
        "answered": answered,
        "open": not answered,
        "due": due,
        "on_time": due and answered and row["answered"] <= row["due"],
        "repeated": row["repeated"],
        "asked": answered and row["asked"],
        "rated": rated,
        "rated_top": rated and row["satisfaction"] >= 4,
        "proposals": proposal,
        "taken_up": proposal and row["taken_up"],
        "harassment": row["harassment"],
    }
    for name, counts in holds.items():
        cell.numbers[name] += int(counts)
    cell.numbers["score_sum"] += row["satisfaction"] if rated else 0
    if answered:
        cell.days.append(row["response_days"])
    if row["person"] is None:
        cell.nameless += 1
    else:
        cell.persons.add(row["person"])


def quantile(days: list[int], q: Fraction) -> int | None:
    """The quantile in tenths of a day, each answer spread over its band, halves rounded up."""
    if not days:
        return None
    before = 0
    for number, first in enumerate(FIRST_DAYS):
        last = FIRST_DAYS[number + 1] if number + 1 < len(FIRST_DAYS) else None
        inside = sum(1 for day in days if day >= first and (last is None or day < last))
        if inside and before + inside >= q * len(days):
            low = Fraction(max(0, 10 * first - 5))
            if last is None:
                return 10 * first
            high = Fraction(10 * last - 5)
            exact = low + (high - low) * (q * len(days) - before) / inside
            return int(exact + Fraction(1, 2))
        before += inside
    raise AssertionError("a quantile lies in some band")


def must_be_hidden(table: Table, cell: Cell, measure: str, threshold: int) -> bool:
    """Whether the primary rule hides a count or sum of a cell: for too few persons in its row, or
    for being itself, or standing on, too small a count of persons."""
    numbers, base = cell.numbers, table.measures[0]
    persons_few = 0 < cell.distinct(threshold) < threshold
    if persons_few or 0 < numbers[base] < threshold:
        return True
    if measure == "harassment" and _tells_of_each(numbers[measure], numbers[base], threshold):
        return True
    return any(0 < numbers[each] < threshold for each in STANDS_ON.get(measure, (measure,)))


def _tells_of_each(reports: int, appeals: int, threshold: int) -> bool:
    """Whether a number of reports tells of persons by itself: nobody or everybody among few, or
    all but a few."""
    is_one_sided = 0 < appeals < 50 and reports in {0, appeals}
    return is_one_sided or (reports > 0 and 0 < appeals - reports < threshold)
