"""What a reader asks of one table: which columns, what runs down and across, and which codes.

Nothing is added up: a key that runs neither down nor across is at one code, its total if none is
named. Page and interface read the same address with this, so that they show the same cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from data.datasets import DATASETS, GRAINS, TABLES, Table
from data.dimensions import TOTAL, dimension_of_level
from data.query import EXCEPT, Codes, Query
from data.releases import Release
from layouts.components.asking import collected
from layouts.components.columns import value_columns
from layouts.components.periods import Periods, grains_of, periods_of
from layouts.view import View

PERIOD: Final = "period"
MOST_CELLS: Final = 25_000
"""As many cells as are shown, or given as one file, of what is asked; more is whole tables."""


@dataclass(frozen=True)
class Cut:
    """A part of a table of the release. ``down`` and ``across`` are levels of its keys; with
    nothing across, the columns stand side by side."""

    release: Release
    table: Table
    names: tuple[str, ...]
    down: str
    across: str
    query: Query

    @cached_property
    def down_codes(self) -> tuple[str, ...]:
        """The codes of the rows, in the order of their list, as many as may be shown."""
        return self._every_down[: max(MOST_CELLS // max(self.width, 1), 1)]

    @cached_property
    def across_codes(self) -> tuple[str, ...]:
        """The codes that columns stand for; one nameless where nothing runs across."""
        return self.codes_of(self.across) if self.across else ("",)

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.across_codes) * len(self.names)

    @property
    def is_cropped(self) -> bool:
        """True where more is asked than may be shown."""
        return len(self.down_codes) < len(self._every_down)

    @property
    def size(self) -> int:
        """How many cells are asked for."""
        return len(self._every_down) * self.width

    @cached_property
    def _every_down(self) -> tuple[str, ...]:
        return self.codes_of(self.down)

    def codes_of(self, level: str) -> tuple[str, ...]:
        """The codes of a level that runs down or across, without those that are left out."""
        key = key_of(level)
        only, without = dict(self.query.only).get(key), dict(self.query.without).get(key, ())
        every = members(self.release, self.table, level)
        return tuple(c for c in every if (only is None or c in only) and c not in without)


def cut_of(view: View, release: Release) -> Cut | None:
    """The cut that an address means; what it does not name, or names wrongly, has a default.

    None when the release has no such table, or nothing is collected in it.
    """
    table = table_of(view, release)
    offered = collected(release, table.name, value_columns(release, table.name)) if table else ()
    if table is None or not offered:
        return None
    down, across = _sides(view, table, release)
    shown = tuple(name for name in offered if name in view.all("show"))
    names = shown or _usual(table, release, offered)
    levels = [level for level in (down, across) if level]
    free = {key_of(level): set(members(release, table, level)) for level in levels}
    chosen, excepted = _chosen(view, table, free), view.all(EXCEPT)
    query = Query(
        release.manifest.tables[table.name].dataset,
        names,
        tuple(levels),
        _fixed(chosen, set(free), table, release, names),
        only=tuple((k, codes) for k, codes in chosen if k in free and k not in excepted),
        without=tuple((k, codes) for k, codes in chosen if k in free and k in excepted),
    )
    return Cut(release, table, names, down, across, query)


def bound(cut: Cut) -> Query:
    """The query of a cut, bound to its release."""
    return replace(cut.query, release=cut.release.id)


def table_of(view: View, release: Release) -> Table | None:
    """The table in the address, else the first that the release has."""
    tables = release.manifest.tables
    asked = view.get("table")
    found = asked if asked in tables else next((name for name in TABLES if name in tables), None)
    return tables[found].table if found else None


def key_of(level: str) -> str:
    """The key column that a level's codes stand in."""
    return PERIOD if level in GRAINS else dimension_of_level(level).name


def levels_of(table: Table, release: Release) -> tuple[str, ...]:
    """The levels of a table that have codes in the release, periods last."""
    of_axes = [
        level
        for axis in table.axes
        for level in axis.levels
        if axis.dimension in release.codelists and release.codelists[axis.dimension].at(level)
    ]
    return (*of_axes, *grains_of(release, table.name))


def members(release: Release, table: Table, level: str) -> tuple[str, ...]:
    """The published codes of a level, in the order of its list; periods as they follow."""
    grain = next((grain for grain in GRAINS if grain == level), None)
    if grain:
        return periods_of(release, table.name, grain)
    published = _published(release, table, key_of(level))
    return tuple(c for c in release.codelists[key_of(level)].at(level) if c in published)


def _sides(view: View, table: Table, release: Release) -> tuple[str, str]:
    """What runs down and what across; the two are never levels of one key."""
    levels = levels_of(table, release)
    down = view.get("down") if view.get("down") in levels else levels[0]
    across = view.get("across")
    apart = across in levels and key_of(across) != key_of(down)
    return down, across if apart else ""


def _usual(table: Table, release: Release, offered: Sequence[str]) -> tuple[str, ...]:
    """The count of everything, and what the dataset leads with."""
    dataset = release.manifest.tables[table.name].dataset
    headline = DATASETS[dataset].headline if dataset in DATASETS else ""
    found = [name for name in offered if name in {table.base, headline}]
    return tuple(found or offered[:1])


def _chosen(view: View, table: Table, free: Mapping[str, set[str]]) -> Codes:
    """The codes in the address by key; of a level that is shown apart, those that belong to it."""
    asked = ((key, view.all(key)) for key in table.keys)
    fitting = ((key, tuple(c for c in codes if c in free.get(key, {c}))) for key, codes in asked)
    return tuple((key, codes) for key, codes in fitting if codes)


def _fixed(
    chosen: Codes, free: set[str], table: Table, release: Release, names: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """One code for every key that runs neither down nor across."""
    asked = {key: codes[0] for key, codes in chosen}
    found = {
        key: asked[key] if asked.get(key) in _published(release, table, key) else TOTAL
        for key in table.dimensions
        if key not in free
    }
    if PERIOD not in free:
        known = asked.get(PERIOD) in _published(release, table, PERIOD)
        opening = Periods(release, table.name, names).opening
        found[PERIOD] = asked[PERIOD] if known else opening
    return tuple(sorted(found.items()))


def _published(release: Release, table: Table, key: str) -> set[str]:
    return set(release.tables[table.name][key].unique())
