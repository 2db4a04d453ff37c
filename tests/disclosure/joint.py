"""The table that nobody published: bodies by places by themes of a year, bounded by all that was.

Every published count of the year is a sum of its cells, so whoever writes them down as unknowns has
more equations than the tables have rows.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product

from tests.disclosure.attackers import ALL, MEASURE, PERIOD, Attacker
from tests.disclosure.programme import Cell, Programme, Relation, at_most, equal

CROSSED = ("agency", "area", "theme")
TRAITS = "group"


class Joint:
    """The unknown table of one year, for everyone and for those with a trait."""

    def __init__(
        self,
        attacker: Attacker,
        year: str,
        told: Mapping[Cell, int | None],
        traits: Collection[str] = (),
    ) -> None:
        self._dimensions = attacker.dimensions
        self._parents = attacker.parents
        self._year, self._told = year, told
        self._leaves = {name: list(self._leaves_of(name)) for name in CROSSED}
        self._groups = (ALL, *traits)

    def programme(self) -> Programme:
        """All unknown cells, bound to what is told of the year."""
        told = [cell for cell in self._told if self.binds(cell)]
        floors = {cell: 0 for group in self._groups for cell in self._finest(group)}
        hidden = {cell: self._floor(cell) for cell in told if self._told[cell] is None}
        programme = Programme({**floors, **hidden}, self._told)
        for cell in told:
            if cell not in floors:
                programme.add(equal(cell, self.inside(cell)))
            elif self._told[cell] is not None:
                programme.hold(cell, self._told[cell] or 0, self._told[cell] or 0)
        for relation in self._traits_within():
            programme.add(relation)
        return programme

    def cell(self, **codes: str) -> Cell:
        """The cell of those who have these codes."""
        return ("received", self._year, *(codes.get(name, ALL) for name in self._dimensions))

    def inside(self, cell: Cell) -> list[Cell]:
        """The finest cells that a cell is the sum of."""
        below = [
            [
                leaf
                for leaf in self._leaves[name]
                if self._lies_in(name, leaf, self._code(cell, name))
            ]
            for name in CROSSED
        ]
        return list(self._crossed(below, self._code(cell, TRAITS)))

    def _finest(self, group: str) -> Iterator[Cell]:
        return self._crossed([self._leaves[name] for name in CROSSED], group)

    def _crossed(self, codes: Iterable[list[str]], group: str) -> Iterator[Cell]:
        for combination in product(*codes):
            named = dict(zip(CROSSED, combination, strict=True))
            yield self.cell(**named, **{TRAITS: group})

    def _traits_within(self) -> Iterator[Relation]:
        everyone = list(self._finest(ALL))
        for group in self._groups[1:]:
            for part, whole in zip(self._finest(group), everyone, strict=True):
                yield at_most(part, whole)

    def binds(self, cell: Cell) -> bool:
        """True for a count of the year that fixes nothing but what is crossed, and a trait."""
        others = {*self._dimensions} - {*CROSSED, TRAITS}
        return (
            cell[MEASURE] == "received"
            and cell[PERIOD] == self._year
            and self._code(cell, TRAITS) in self._groups
            and all(self._code(cell, name) == ALL for name in others)
        )

    def _floor(self, cell: Cell) -> int:
        return int(self._code(cell, TRAITS) == ALL)

    def _leaves_of(self, name: str) -> Iterator[str]:
        """The codes that tables use and that no other code lies in."""
        used = {self._code(cell, name) for cell in self._told} - {ALL}
        return (code for code in sorted(used) if code not in {self._parents[name][c] for c in used})

    def _lies_in(self, name: str, code: str, coarse: str) -> bool:
        while code and code != coarse:
            code = self._parents[name].get(code, "")
        return bool(code)

    def _code(self, cell: Cell, name: str) -> str:
        return cell[self._place(name)]

    def _place(self, name: str) -> int:
        return PERIOD + 1 + self._dimensions.index(name)
