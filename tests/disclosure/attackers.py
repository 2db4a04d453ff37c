"""An attacker who has nothing but the files of a release, a code book and a linear programme.

Shares no code with the pipeline: tables, code lists and relations are read and put together anew.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.disclosure.programme import Cell, Interval, Programme, Relation, at_most, equal

ALL: Final = "_T"
MEASURE, PERIOD, FIRST_DIMENSION = 0, 1, 2
PERSONS: Final = ("received", "considered", "rated", "proposals", "harassment", "standing")
PART_OF: Final = {
    "answered": "received",
    "open": "received",
    "due": "received",
    "on_time": "due",
    "repeated": "received",
    "asked": "answered",
    "rated": "asked",
    "rated_top": "rated",
    "proposals": "received",
    "taken_up": "proposals",
    "harassment": "received",
}
MARKS: Final = "score_sum"
TRAITS: Final = "group"


class Attacker:
    """Every count of a release by its cell: its value, or None where it is withheld."""

    def __init__(self, release: Path) -> None:
        manifest = json.loads((release / "manifest.json").read_text())
        self.dimensions: list[str] = manifest["codelists"]
        self.parents = {name: _parents(release, name) for name in self.dimensions}
        self.told: dict[Cell, int | None] = {}
        for table in manifest["tables"]:
            self._read(release / f"{table}.csv")
        self.rows = self._rows()

    @property
    def hidden(self) -> list[Cell]:
        """The withheld counts of persons."""
        return [cell for cell, value in self.told.items() if value is None and cell[0] in PERSONS]

    def leftovers(self) -> Iterator[tuple[Cell, int]]:
        """What the shown parts of each shown total leave for the withheld ones."""
        for whole, parts in self.rows.items():
            total = self.told.get(whole[0])
            values = [self.told.get(part) for part in parts]
            if whole[0][MEASURE] in PERSONS and total is not None and None in values:
                yield whole[0], total - sum(value or 0 for value in values)

    def others(self) -> Iterator[tuple[Cell, int]]:
        """How many of everyone are without each trait that somebody has."""
        for part, value in self.told.items():
            whole = self.without_trait(part)
            total = self.told.get(whole)
            if part[0] in PERSONS and whole != part and value and total is not None:
                yield part, total - value

    def intervals(self) -> dict[Cell, Interval]:
        """The least and the most that each withheld count of persons can be."""
        return self.programme().intervals(self.hidden)

    def programme(
        self, more: Iterable[Relation] = (), floors: Mapping[Cell, int] | None = None
    ) -> Programme:
        """All that the tables say, and ``more`` that the attacker knows from elsewhere."""
        programme = Programme({**self.floors(), **(floors or {})}, self.told)
        for relation in (*self.relations(), *more):
            programme.add(relation)
        return programme

    def relations(self) -> Iterator[Relation]:
        """Sums, and parts that are no more than what contains them."""
        for (whole, _), parts in self.rows.items():
            yield equal(whole, parts)
        for part in self.told:
            for whole in {self.without_trait(part), self.container(part)} - {part}:
                if whole in self.told:
                    yield at_most(part, whole)

    def lying_in(self, place: int, code: str) -> Iterator[str]:
        """A code of one axis, and all codes that it lies in, the total among them."""
        while code:
            yield code
            code = longer(code) if place == PERIOD else self._parent(place, code)

    def _parent(self, place: int, code: str) -> str:
        return self.parents[self.dimensions[place - FIRST_DIMENSION]].get(code, "")

    def _read(self, path: Path) -> None:
        with path.open(newline="") as file:
            for row in csv.DictReader(file):
                codes = [row["period"], *(row.get(name, ALL) for name in self.dimensions)]
                for measure in {*PART_OF, *PERSONS, MARKS} & row.keys():
                    if row[f"{measure}_status"] in {"A", "P", "Q", "N"}:
                        value = int(row[measure]) if row[measure] else None
                        cell = (measure, *codes)
                        assert self.told.setdefault(cell, value) == value, cell

    def _rows(self) -> dict[tuple[Cell, int], list[Cell]]:
        """Every sum along every axis, those over cells that no table shows included."""
        found: dict[tuple[Cell, int], list[Cell]] = defaultdict(list)
        waiting, seen = list(self.told), set(self.told)
        while waiting:
            cell = waiting.pop()
            for place in range(PERIOD, FIRST_DIMENSION + len(self.dimensions)):
                above = self._above(cell, place)
                if above is not None:
                    found[above, place].append(cell)
                    if above not in seen:
                        seen.add(above)
                        waiting.append(above)
        return found

    def _above(self, cell: Cell, place: int) -> Cell | None:
        if place == PERIOD:
            # A longer period that is not published may not have ended: its sum is no equation.
            code = longer(cell[PERIOD])
            code = code if (cell[MEASURE], code, *cell[FIRST_DIMENSION:]) in self.told else ""
        elif self.dimensions[place - FIRST_DIMENSION] == TRAITS:
            code = ""
        else:
            code = self.parents[self.dimensions[place - FIRST_DIMENSION]].get(cell[place], "")
        return (*cell[:place], code, *cell[place + 1 :]) if code else None

    def without_trait(self, cell: Cell) -> Cell:
        place = FIRST_DIMENSION + self.dimensions.index(TRAITS)
        return (*cell[:place], ALL, *cell[place + 1 :])

    @staticmethod
    def container(cell: Cell) -> Cell:
        return (PART_OF.get(cell[MEASURE], cell[MEASURE]), *cell[1:])

    def floors(self) -> dict[Cell, int]:
        """Each unknown cell with the least that it can be: zeros of whole persons are shown."""
        every = {*self.told, *(whole for whole, _ in self.rows)}
        trait = FIRST_DIMENSION + self.dimensions.index(TRAITS)
        return {
            cell: int(cell in self.told and cell[0] in PERSONS[:2] and cell[trait] == ALL)
            for cell in sorted(every)
            if self.told.get(cell) is None
        }


def _parents(release: Path, name: str) -> dict[str, str]:
    with (release / f"codelist_{name}.csv").open(newline="") as file:
        return {row["code"]: row["parent"] for row in csv.DictReader(file)}


def longer(period: str) -> str:
    if len(period) == 4:
        return ""
    return period[:4] if "Q" in period else f"{period[:4]}-Q{(int(period[5:]) + 2) // 3}"
