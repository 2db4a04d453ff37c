"""What a release answers to a question, looked up in its CSV files by plain Python alone."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

Row = Mapping[str, str]

TOTAL: Final = "_T"
GRAINS: Final = {"year": r"\d{4}", "quarter": r"\d{4}-Q\d", "month": r"\d{4}-\d{2}"}
LANGUAGES: Final = ("uz", "uz-cyrl", "ru", "en")
MOST_CELLS: Final = 25_000


@dataclass(frozen=True)
class Question:
    """What is asked: ``where`` fixes dimensions, or ``period``, to one code each."""

    dataset: str
    indicators: tuple[str, ...]
    by: tuple[str, ...]
    where: Mapping[str, str]
    form: str = "json"

    @property
    def parameters(self) -> dict[str, str]:
        words = {"indicator": ",".join(self.indicators), "by": ",".join(self.by)}
        return {"dataset": self.dataset, **words, **self.where, "format": self.form}


@dataclass(frozen=True)
class Sheet:
    """One table of the release: the levels of its dimensions, its value columns and rows.

    ``shelves`` holds the rows by grain and by the level of each dimension's code.
    """

    dataset: str
    levels: Mapping[str, tuple[str, ...]]
    grains: tuple[str, ...]
    columns: frozenset[str]
    shelves: Mapping[tuple[str, ...], list[Row]]


class Oracle:
    """The sheets of a release and the answers that they hold."""

    def __init__(self, release: Path) -> None:
        manifest = json.loads((release / "manifest.json").read_text())
        self.level_of = {name: _levels(release, name) for name in manifest["codelists"]}
        self.sheets = {
            name: self._sheet(release / f"{name}.csv", record)
            for name, record in manifest["tables"].items()
        }

    def answers(self, question: Question) -> dict[str, list[Row]]:
        """The rows that answer, by table; none when the question has to be refused."""
        fitting = {n: each for n, each in self.sheets.items() if self._fits(question, each)}
        fewest = min((len(each.levels) for each in fitting.values()), default=0)
        found = {
            name: list(self._rows(question, sheet))
            for name, sheet in fitting.items()
            if len(sheet.levels) == fewest
        }
        too_many = MOST_CELLS if question.form == "json" else float("inf")
        width = len(question.indicators)
        return {name: rows for name, rows in found.items() if len(rows) * width <= too_many}

    def questions(self, seed: int) -> Iterator[Question]:
        """Random questions without end, some of which no table can answer."""
        chance = Random(seed)  # noqa: S311 (repeatable, no secret)
        while True:
            yield self._question(chance)

    def _question(self, chance: Random) -> Question:
        sheet = chance.choice(list(self.sheets.values()))
        by, where = [], {}
        for name, levels in sheet.levels.items():
            choice = chance.random()
            if choice < 0.4:
                by.append(chance.choice(levels))
            elif choice < 0.8:
                where[name] = chance.choice(list(self.level_of[name]))
        if chance.random() < 0.5:
            by.append(chance.choice([*GRAINS]))
        elif sheet.shelves and chance.random() < 0.8:
            where["period"] = chance.choice(chance.choice(list(sheet.shelves.values())))["period"]
        pool = sheet.columns if chance.random() < 0.95 else frozenset({"nothing", *sheet.columns})
        indicators = chance.sample(sorted(pool), min(len(pool), chance.randint(1, 3)))
        form = "json" if chance.random() < 0.8 else "csv"
        return Question(sheet.dataset, tuple(indicators), tuple(by), where, form)

    def _sheet(self, path: Path, record: dict[str, Any]) -> Sheet:
        levels = {axis["dimension"]: tuple(axis["levels"]) for axis in record["table"]["axes"]}
        with path.open(newline="") as file:
            reader = csv.DictReader(file)
            rows, names = list(reader), reader.fieldnames or ()
        shelves: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows:
            shelves[self._shelf(levels, row)].append(row)
        columns = frozenset(name for name in names if f"{name}_status" in names)
        return Sheet(record["dataset"], levels, tuple(record["table"]["grains"]), columns, shelves)

    def _shelf(self, levels: Mapping[str, tuple[str, ...]], row: Row) -> tuple[str, ...]:
        return (_grain(row["period"]), *(self.level_of[name][row[name]] for name in levels))

    def _fits(self, question: Question, sheet: Sheet) -> bool:
        where = dict(question.where)
        period = where.pop("period", None)
        known = {*sheet.grains, *(level for levels in sheet.levels.values() for level in levels)}
        return (
            sheet.dataset == question.dataset
            and {*question.by} <= known
            and {*question.indicators} <= sheet.columns
            and (period is None or _grain(period) in sheet.grains)
            and all(
                name in sheet.levels and self.level_of[name][code] in {*sheet.levels[name], TOTAL}
                for name, code in where.items()
            )
        )

    def _rows(self, question: Question, sheet: Sheet) -> Iterator[Row]:
        for shelf, rows in sheet.shelves.items():
            if all(
                self._is_asked(question, axis, level, sheet.grains[0])
                for axis, level in zip(("period", *sheet.levels), shelf, strict=True)
            ):
                for row in rows:
                    if all(row[name] == code for name, code in question.where.items()):
                        yield row

    def _is_asked(self, question: Question, axis: str, level: str, longest: str) -> bool:
        """True when rows of this level of an axis may be in the answer; where no period is asked
        for they are the longest that the sheet has."""
        code = question.where.get(axis)
        if axis == "period":
            asked = next((by for by in GRAINS if by in question.by), longest)
            return level == (_grain(code) if code else asked)
        if code:
            return level == self.level_of[axis][code]
        of_axis = set(self.level_of[axis].values())
        return level == next((by for by in question.by if by in of_axis), TOTAL)


def _levels(release: Path, name: str) -> dict[str, str]:
    with (release / f"codelist_{name}.csv").open(newline="") as file:
        return {row["code"]: row["level"] or TOTAL for row in csv.DictReader(file)}


def _grain(period: str) -> str:
    return next(name for name, form in GRAINS.items() if re.fullmatch(form, period))
