"""The slow oracle: counts appeals one by one in plain Python, sharing no code with the pipeline.

It knows the measures by their meaning, written again here in words of Python.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
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
FIRST_DAYS: Final = (*range(62), 65, 70, 75, 80, 85, 90)
STOCK: Final = (
    "standing", "standing_0_15", "standing_16_30", "standing_31_60", "standing_61_90",
    "standing_91_180", "standing_181_more", "standing_overdue", "standing_overdue_1_15",
    "standing_overdue_16_30", "standing_overdue_31_90", "standing_overdue_91_more",
)  # fmt: skip
OF_PERSONS: Final = frozenset(
    {"standing", "received", "considered", "concluded", "rated", "proposals", "harassment"}
)
OF_QUARTERS: Final = frozenset({"asked", "rated", "rated_top", "score_sum", "harassment"})
CLOCKED: Final = ("due", "on_time", "extended", "due_extended", "on_time_extended", "overdue")
OF_QUALITY: Final = frozenset(
    {
        "timed",
        "substantive",
        "within_hour",
        "last_days",
        "week_before",
        "forwarded",
        "forwarded_often",
        "texts",
        "templated",
        "settled",
        "returned",
    }
)
OF_CONTROL: Final = frozenset(
    {"reopened", "off_control", "off_control_15", "off_control_30", "off_control_60"}
)
OF_ANSWERS: Final = ("answered", "considered", "concluded", "open", "taken_up")
GROWING: Final = OF_QUARTERS | OF_QUALITY | OF_CONTROL | {*STOCK, *CLOCKED, *OF_ANSWERS}
STANDS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "answered": (),
    "open": (),
    **dict.fromkeys((*CLOCKED, *STOCK[1:]), ()),
    "repeated": (),
    **dict.fromkeys(OF_QUALITY | OF_CONTROL, ()),
    "settled": ("rated",),
    "returned": ("rated",),
    "asked": ("rated",),
    "rated_top": ("rated",),
    "score_sum": ("rated",),
    "taken_up": ("proposals",),
}
"""The counts of persons, beside that of the row, that a figure of conduct is shown with."""
QUANTILES: Final = {"median_days": (Fraction(1, 2), 20), "p90_days": (Fraction(9, 10), 100)}
FEWEST_FOR_SHARE: Final = 20


@dataclass
class Cell:
    """What is known of a cell: numbers by measure, days to the answer, ages while open, persons."""

    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    days: list[int] = field(default_factory=list)
    ages: list[int] = field(default_factory=list)
    persons: Counter[int] = field(default_factory=Counter)
    nameless: int = 0

    def distinct(self, threshold: int) -> int:
        return min(threshold, len(self.persons) + self.nameless)

    def is_of_few(self, threshold: int) -> bool:
        """Fewer persons than the threshold, or one who wrote more than all others."""
        most = max(self.persons.values(), default=0)
        appeals = self.persons.total() + self.nameless
        return 0 < self.distinct(threshold) < threshold or 2 * most > appeals


def cells(table: Table, rows: list[Row]) -> dict[Key, Cell]:
    """Every cell of a table that an appeal falls into, by period and codes."""
    found: dict[Key, Cell] = defaultdict(Cell)
    for row in rows:
        for day in _dates(table, row):
            if _holds(row, day)[table.measures[0]]:
                for key in _keys(table, row, day):
                    _count(found[key], row, day)
    return found


def _dates(table: Table, row: Row) -> Iterator[date]:
    """The days by which a table counts an appeal: its own, or each month's end it stood at."""
    if table.dated_by != "standing":
        if row[table.dated_by] is not None:
            yield row[table.dated_by]
        return
    end = month_end(row["registered"])
    while end <= month_end(row["as_of"]) and (row["answered"] is None or end < row["answered"]):
        yield end
        end = month_end(end + timedelta(days=1))


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


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


def _holds(row: Row, day: date) -> dict[str, bool]:
    """Which counts an appeal is one of, on the day that it is counted by."""
    answered = row["answered"] is not None
    due, due_extended = (row[term] < row["as_of"] for term in ("due", "due_extended"))
    rated = answered and row["satisfaction"] is not None
    proposal = row["kind"] == "proposal"
    left = (row["due"] - row["answered"]).days if answered else None
    hops = row["hops"] or 0
    off_control = answered and not row["reopened"]
    return {
        "received": True,
        "considered": answered,
        "concluded": answered,
        "answered": answered,
        "open": not answered,
        "due": due,
        "on_time": due and answered and row["answered"] <= row["due"],
        "extended": row["extended"],
        "due_extended": due_extended,
        "on_time_extended": due_extended and answered and row["answered"] <= row["due_extended"],
        "overdue": due and not answered,
        "repeated": row["repeated"],
        "asked": answered and row["asked"],
        "rated": rated,
        "rated_top": rated and row["satisfaction"] >= 4,
        "proposals": proposal,
        "taken_up": proposal and row["taken_up"],
        "harassment": row["harassment"],
        "timed": answered and row["timed"],
        "within_hour": answered and row["timed"] and row["within_hour"],
        "substantive": answered and row["substantive"],
        "last_days": left in {0, 1},
        "week_before": left in {7, 8},
        "forwarded": hops > 0,
        "forwarded_often": hops >= 3,
        "reopened": answered and row["reopened"],
        "off_control": off_control,
        **{f"off_control_{n}": off_control and row["response_days"] <= n for n in (15, 30, 60)},
        "texts": answered and row["answer_print"] is not None,
        "templated": row["templated"],
        "settled": row["settled"],
        "returned": row["returned"],
        **_stood((day - row["registered"]).days, (day - row["due"]).days),
    }


def _count(cell: Cell, row: Row, day: date) -> None:
    holds = _holds(row, day)
    for name, counts in holds.items():
        cell.numbers[name] += int(counts)
    cell.numbers["score_sum"] += row["satisfaction"] if holds["rated"] else 0
    if holds["answered"]:
        cell.days.append(row["response_days"])
    else:
        cell.ages.append((row["as_of"] - row["registered"]).days)
    if row["person"] is None:
        cell.nameless += 1
    else:
        cell.persons[row["person"]] += 1


def _stood(age: int, over: int) -> dict[str, bool]:
    """What an appeal counts for in the stock of a day, by its age and its days over the term."""
    return {
        "standing": True,
        "standing_0_15": age <= 15,
        "standing_16_30": 15 < age <= 30,
        "standing_31_60": 30 < age <= 60,
        "standing_61_90": 60 < age <= 90,
        "standing_91_180": 90 < age <= 180,
        "standing_181_more": age > 180,
        "standing_overdue": over > 0,
        "standing_overdue_1_15": 0 < over <= 15,
        "standing_overdue_16_30": 15 < over <= 30,
        "standing_overdue_31_90": 30 < over <= 90,
        "standing_overdue_91_more": over > 90,
    }


def unanswered(cell: Cell) -> list[Fraction | None]:
    """The share still unanswered at the end of each day: what is left of those at risk, day after
    day, answers and open appeals spread evenly over the days of their band."""
    left: Fraction | None = Fraction(1)
    found = []
    for day in range(FIRST_DAYS[-1]):
        first = max(each for each in FIRST_DAYS if each <= day)
        width = FIRST_DAYS[FIRST_DAYS.index(first) + 1] - first
        of_band = [sum(first <= d < first + width for d in kind) for kind in (cell.days, cell.ages)]
        later = sum(d >= first for kind in (cell.days, cell.ages) for d in kind)
        at_risk = later - Fraction((day - first) * sum(of_band), width)
        if at_risk:
            left = left and left * (1 - Fraction(of_band[0], width) / at_risk)
        elif left:
            left = None
        found.append(left)
    return found


def quantile(cell: Cell, q: Fraction) -> int | None:
    """The tenths of a day by which the share ``q`` is answered, halves upward; None if never."""
    time, share = Fraction(0), Fraction(1)
    for day, left in enumerate(unanswered(cell)):
        if left is None:
            return None
        end = Fraction(2 * day + 1, 2)
        if left <= 1 - q:
            within = (share - (1 - q)) / (share - left)
            return int(10 * (time + (end - time) * within) + Fraction(1, 2))
        time, share = end, left
    return None


def answered_by(cell: Cell, day: int) -> int | None:
    """Tenths of a per cent answered by the end of a day."""
    left = unanswered(cell)[day]
    return None if left is None else int(1000 * (1 - left) + Fraction(1, 2))


def must_be_hidden(table: Table, cell: Cell, measure: str, threshold: int) -> bool:
    """Whether the primary rule hides a count or sum of a cell: for too few persons in its row, or
    for being itself, or standing on, too small a count of persons."""
    numbers, base = cell.numbers, table.measures[0]
    if cell.is_of_few(threshold) or 0 < numbers[base] < threshold:
        return True
    if measure == "harassment" and _tells_of_each(numbers[measure], numbers[base], threshold):
        return True
    return any(0 < numbers[each] < threshold for each in STANDS_ON.get(measure, (measure,)))


def _tells_of_each(reports: int, appeals: int, threshold: int) -> bool:
    """Whether a number of reports tells of persons by itself: nobody or everybody among few, or
    all but a few."""
    is_one_sided = 0 < appeals < 50 and reports in {0, appeals}
    return is_one_sided or (reports > 0 and 0 < appeals - reports < threshold)
