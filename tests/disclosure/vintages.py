"""An attacker who has a restatement and the release before it, and holds them side by side.

Has nothing but the files of both. Supposes that records were only added: that no count of the
restatement is less than it was before, wherever what is shown does not refute it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tests.disclosure.attackers import Attacker
from tests.disclosure.programme import Cell, Interval, Programme, Relation, at_most, equal

BEFORE, NOW = "before", "now"


class Pair:
    """Both releases as one programme: the cells of each, under its name."""

    def __init__(self, before: Attacker, now: Attacker) -> None:
        self._releases = {BEFORE: before, NOW: now}
        self.told = {
            (name, *cell): value
            for name, attacker in self._releases.items()
            for cell, value in attacker.told.items()
        }
        self.floors = {
            (name, *cell): floor
            for name, attacker in self._releases.items()
            for cell, floor in attacker.floors().items()
        }

    @property
    def dimensions(self) -> list[str]:
        return self._releases[NOW].dimensions

    @property
    def hidden(self) -> list[Cell]:
        """The counts of persons that are withheld in either."""
        return [(name, *cell) for name, each in self._releases.items() for cell in each.hidden]

    @property
    def common(self) -> list[Cell]:
        """The cells that both releases have, shown or not."""
        before, now = ({cell[1:] for cell in self._of(name)} for name in (BEFORE, NOW))
        return sorted(before & now)

    def changes(self) -> dict[Cell, int]:
        """By how much each count that both show has changed."""
        found = {}
        for cell in self.common:
            old, new = self.told.get((BEFORE, *cell)), self.told.get((NOW, *cell))
            if old is not None and new is not None:
                found[cell] = new - old
        return found

    def programme(self, more: Iterable[Relation] = ()) -> Programme:
        programme = Programme(self.floors, self.told)
        for relation in (*self._within(), *self._added(), *more):
            programme.add(relation)
        return programme

    def intervals(self, cells: Iterable[Cell]) -> dict[Cell, Interval]:
        """The least and the most that hidden cells can be when records were only added."""
        return self.programme().intervals(cells)

    def spans(self, cells: Iterable[Cell], more: Iterable[Relation] = ()) -> dict[Cell, Interval]:
        """The least and the most by which cells can have grown."""
        programme = self.programme(more)
        return {
            cell: programme.interval([(1, (NOW, *cell)), (-1, (BEFORE, *cell))]) for cell in cells
        }

    def unmoved(self) -> Iterator[tuple[Cell, Relation]]:
        """Each cell that either hides, as it was, wherever whatever both show around it is."""
        changes, rows = self.changes(), self._rows_around()
        for cell in self.common:
            around = [changes[each] for each in rows[cell] if each in changes and each != cell]
            if cell not in changes and around and not any(around):
                yield cell, equal((NOW, *cell), [(BEFORE, *cell)])

    def _of(self, name: str) -> Iterator[Cell]:
        return (cell for cell in {**self.told, **self.floors} if cell[0] == name)

    def _within(self) -> Iterator[Relation]:
        for name, attacker in self._releases.items():
            for relation in attacker.relations():
                terms = tuple((factor, (name, *cell)) for factor, cell in relation.terms)
                yield Relation(terms, relation.least, relation.most)

    def _added(self) -> Iterator[Relation]:
        changes = self.changes()
        for cell in self.common:
            if changes.get(cell, 0) >= 0:
                yield at_most((BEFORE, *cell), (NOW, *cell))

    def _rows_around(self) -> Mapping[Cell, set[Cell]]:
        found = defaultdict[Cell, set[Cell]](set)
        for (whole, _), parts in self._releases[NOW].rows.items():
            for cell in (whole, *parts):
                found[cell] |= {whole, *parts}
        return found
