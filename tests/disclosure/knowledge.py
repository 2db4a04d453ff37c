"""What an attacker knows that no column says: what the words mean, what the rules are.

Each kind of knowledge is a list of relations to add to the sums of the tables.
"""

from collections.abc import Iterable, Iterator

from tests.disclosure.attackers import ALL, MARKS, MEASURE, PERIOD, Attacker
from tests.disclosure.programme import UNLIMITED, Cell, Relation, at_most, equal

EXCLUSIVE = (("under_30", "over_60"), ("women", "legal_entity"))
"""Traits that nobody has at once."""
SPLIT_OF_FEW = 50
"""Below so many a zero of a trait is hidden too; docs/disclosure.md says so."""


def of_definitions(attacker: Attacker) -> Iterator[Relation]:
    """Whatever is not answered is open, and what is in time was answered."""
    for cell in attacker.told:
        if cell[MEASURE] == "open":
            received, answered = _as(cell, "received"), _as(cell, "answered")
            if answered in attacker.told and received in attacker.told:
                yield equal(received, (cell, answered))
        if cell[MEASURE] == "on_time" and _as(cell, "answered") in attacker.told:
            yield at_most(cell, _as(cell, "answered"))


def of_marks(attacker: Attacker) -> Iterator[Relation]:
    """Marks go from 1 to 5, and from 4 up count as satisfied."""
    for marks in attacker.told:
        rated, top = _as(marks, "rated"), _as(marks, "rated_top")
        if marks[MEASURE] == MARKS and rated in attacker.told and top in attacker.told:
            yield Relation(((1, marks), (-1, rated), (-3, top)), 0, UNLIMITED)
            yield Relation(((1, marks), (-3, rated), (-2, top)), -UNLIMITED, 0)


def of_two_names(attacker: Attacker) -> Iterator[Relation]:
    """Proposals are counted as such and as a kind of appeal; what has an outcome was answered."""
    kind, outcome = _place(attacker, "kind"), _place(attacker, "outcome")
    for cell in attacker.told:
        answered = _as(cell, "answered")
        is_total = cell[MEASURE] == "concluded" and cell[outcome] == ALL
        if is_total and answered in attacker.told:
            yield equal(cell, (answered,))
        twin = _moved(_as(cell, "proposals"), kind, ALL)
        if cell[MEASURE] == "received" and cell[kind] == "proposal" and twin in attacker.told:
            yield equal(cell, (twin,))


def of_months_without_their_quarter(attacker: Attacker) -> Iterator[Relation]:
    """A year is its months where no quarters are published."""
    for year in attacker.told:
        months = [
            _moved(year, PERIOD, f"{year[PERIOD]}-{month:02}")
            for month in range(1, 13)
            if len(year[PERIOD]) == 4
        ]
        if months and all(month in attacker.told for month in months):
            yield equal(year, months)


def of_exclusive_traits(attacker: Attacker) -> Iterator[Relation]:
    """Nobody is young and old; a company is no woman."""
    group = _place(attacker, "group")
    for cell in attacker.told:
        for one, other in EXCLUSIVE:
            whole, twin = _moved(cell, group, ALL), _moved(cell, group, other)
            if cell[group] == one and twin in attacker.told and whole in attacker.told:
                yield Relation(((1, cell), (1, twin), (-1, whole)), -UNLIMITED, 0)


def floors_of_the_rule(attacker: Attacker) -> dict[Cell, int]:
    """Parts that are hidden though zeros are shown there: they are at least one."""
    found = {}
    for cell in attacker.hidden:
        everyone = attacker.told.get(attacker.without_trait(cell))
        if cell[MEASURE] in {"rated", "proposals"}:
            everyone = attacker.told.get(_as(cell, "received"))
            found[cell] = int(everyone is not None)
        elif cell[MEASURE] == "harassment":
            everyone = attacker.told.get(_as(cell, "received"))
            found[cell] = int((everyone or 0) >= SPLIT_OF_FEW)
        elif cell[MEASURE] == "concluded":
            found[cell] = int(cell[_place(attacker, "outcome")] != ALL)
        elif attacker.without_trait(cell) != cell:
            found[cell] = int((everyone or 0) >= SPLIT_OF_FEW)
    return {cell: floor for cell, floor in found.items() if floor}


def everything(attacker: Attacker) -> Iterable[Relation]:
    """What follows from the words alone."""
    return [
        *of_definitions(attacker),
        *of_two_names(attacker),
        *of_months_without_their_quarter(attacker),
    ]


def _as(cell: Cell, measure: str) -> Cell:
    return _moved(cell, MEASURE, measure)


def _moved(cell: Cell, place: int, code: str) -> Cell:
    return (*cell[:place], code, *cell[place + 1 :])


def _place(attacker: Attacker, dimension: str) -> int:
    return PERIOD + 1 + attacker.dimensions.index(dimension)
