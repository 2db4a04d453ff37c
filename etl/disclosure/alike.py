"""Alike: the same people under two names, and all that this tells.

Where shown zeros tell that all whose theme is unknown are those whose district is unknown, the
women among the ones are the women among the others, whichever table counts them. So a row that adds
up people adds up the women among them too, each under the name by which a table counts them.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from etl.disclosure.grid import NONE, GridAxis, Numbers
from etl.disclosure.system import Mask, Rows, System, first_of_equals, locate

Row = tuple[int, ...]
"""A cell, and those that it is the sum of."""


def with_alike(system: System, zeros: Mask) -> System:
    """The system with the rows that other names tell; ``zeros`` are the cells that everybody knows
    to be none."""
    while fresh := _told(system, zeros):
        system = replace(system, rows=_with(system.rows, fresh))
    return system


def _told(system: System, zeros: Mask) -> list[Row]:
    """Each row that has a cell of two names, for those inside who have one thing more in common;
    without the rows that there are."""
    people = first_of_equals(system.rows, ~zeros)
    members, parts = _members(system.rows, people, zeros), _parts(system, people)
    found = (
        members.join(parts, on="people")
        .with_columns(is_own=pl.col("whole") == pl.col("member"))
        .sort("row", "more", "place", pl.col("is_own").not_(), "part")
        .unique(["row", "more", "place"], keep="first", maintain_order=True)
        .group_by("row", "more", maintain_order=True)
        .agg("part", "is_own", pl.col("size").first())
        .filter(pl.col("part").list.len() == pl.col("size"), ~pl.col("is_own").list.all())
    )
    told = {_row(total, addends, zeros) for total, *addends in found["part"].to_list()}
    news = told - _known(system.rows, zeros, {row[0] for row in told})
    return sorted(row for row in news if row[0] not in row[1:] and not zeros[[*row]].all())


def _known(rows: Rows, zeros: Mask, totals: set[int]) -> set[Row]:
    """The rows of some totals."""
    places = np.flatnonzero(np.isin(rows.parents, list(totals))).tolist()
    return {_row(int(rows.parents[row]), rows.of(row).tolist(), zeros) for row in places}


def _row(total: int, addends: list[int], zeros: Mask) -> Row:
    return total, *sorted(cell for cell in addends if not zeros[cell])


def _members(rows: Rows, people: Numbers, zeros: Mask) -> pl.DataFrame:
    """``row``, ``place`` (the sum's is 0), ``member``, its ``people`` and the ``size`` of the row:
    the cells, but zeros, of every row in which one has another name."""
    sizes = np.diff(rows.starts)
    sums = pl.DataFrame(
        {
            "row": np.arange(len(rows)),
            "place": np.zeros(len(rows), dtype=np.int64),
            "member": rows.parents,
        }
    )
    addends = pl.DataFrame(
        {
            "row": np.repeat(np.arange(len(rows)), sizes),
            "place": np.arange(1, len(rows.children) + 1),
            "member": rows.children,
        }
    )
    names = np.bincount(people, minlength=len(people))
    links = pl.concat([sums, addends])
    cells = links["member"].to_numpy()
    links = links.with_columns(
        people=people[cells], is_zero=zeros[cells], names=names[people[cells]]
    )
    alive = links.filter(~pl.col("is_zero")).with_columns(size=pl.len().over("row"))
    return alive.filter((pl.col("names").max() > 1).over("row")).drop("is_zero", "names")


def _parts(system: System, people: Numbers) -> pl.DataFrame:
    """``people``, what ``more`` is said of them, the cell ``part`` that counts those, and the cell
    ``whole`` of which it is directly a part."""
    found = [
        pl.DataFrame(
            {"part": part, "whole": whole, "digit": axis.digits(system.numbers[part])}
        ).with_columns(axis=pl.lit(axis.name))
        for axis in system.grid.axes
        for part, whole in _along(axis, system.numbers)
    ]
    parts = pl.concat(found)
    return parts.select(
        "part", "whole", people=people[parts["whole"].to_numpy()], more=pl.struct("axis", "digit")
    )


def _along(axis: GridAxis, numbers: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Cells, and those that they are a part of, at each level of an axis."""
    for upward in (axis.parents, axis.containers):
        above = numbers
        while (above != NONE).any():
            above = np.where(above == NONE, NONE, axis.moved(above, upward))
            whole = np.where(above == NONE, NONE, locate(numbers, above))
            part = np.flatnonzero(whole != NONE)
            yield part, whole[part]


def _with(rows: Rows, more: list[Row]) -> Rows:
    sizes = np.array([len(row) - 1 for row in more])
    return Rows(
        parents=np.concatenate([rows.parents, [row[0] for row in more]]),
        starts=np.concatenate([rows.starts, rows.starts[-1] + np.cumsum(sizes)]),
        children=np.concatenate([rows.children, *(row[1:] for row in more)]),
    )
