"""Three linked tables of one year, protected by tau-ARGUS and by this gate, attacked alike.

    TAU_ARGUS_PYTHON=tau/bin/python python -m bench.against_tau_argus [APPEALS]

Needs ``pytauargus`` 0.6 (EUPL-1.2; it brings its engine and solver) in an environment of its own,
not in this project's: ``python -m venv tau && tau/bin/pip install pytauargus==0.6.0``. Without it
nothing is compared. Nothing of it is used elsewhere.

tau-ARGUS has modular suppression (MOD) for one table at a time; its linking of tables is not in
that package, so its tables are protected one after the other. Rule and range are as near as it has
them: FREQ(10, 90), a safety range of nine persons about a cell of ten.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from data.dimensions import TOTAL
from etl.disclosure.gate import decide
from etl.disclosure.grid import grid
from etl.disclosure.pattern import Pattern, keyed_ties, reader_weights
from etl.disclosure.system import Block, build
from tests.disclosure.programme import Cell, Interval, Programme, Relation, equal
from tests.sample import KEY, reference_lists

THRESHOLD: Final = 10
YEAR: Final = "2018"
APPEALS: Final = 150_000
SEED: Final = 2017
CLOSE: Final = 1e-6
TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "theme": ("theme", "theme"),
    "theme_group": ("theme", "theme_group"),
    "region": ("area", "region"),
}
"""The column that is crossed with the agency: its dimension and level."""

BY_TAU_ARGUS: Final = """
import json, sys
from pytauargus import protect
asked = json.load(sys.stdin)
made = protect(asked["appeals"], tables=asked["tables"], response="one",
               safety_rules="FREQ(10,90)", suppress="MOD(1)", totcode=asked["total"])
json.dump([table.rows for table in made.tables], sys.stdout)
"""
Counts = dict[Cell, int]
"""``(agency, column, code)``: the agency's total stands under column and code of the total."""


def main(python: str, appeals: int) -> None:
    frame = of_one_year(appeals)
    counts = counted(frame)
    small = sum(0 < count < THRESHOLD for count in counts.values())
    print(f"{frame.height:,} appeals, {len(counts):,} cells, {small:,} of 1 to {THRESHOLD - 1}")
    compared("tau-ARGUS, table by table", counts, lambda: by_tau_argus(python, frame))
    compared("this gate, all tables at once", counts, lambda: by_gate(counts))


def compared(name: str, counts: Counts, method: Callable[[], set[Cell]]) -> None:
    """Prints what a method hides and what an attacker makes of it."""
    start = time.perf_counter()
    hidden = method()
    spent = time.perf_counter() - start
    assert all(counts[cell] for cell in hidden), "a zero is hidden"
    print(f"{name}: {len(hidden):,} hidden in {spent:.1f} s")
    told = {cell: None if cell in hidden else count for cell, count in counts.items()}
    for column in TABLES:
        own = {cell: count for cell, count in told.items() if cell[1] in {column, TOTAL}}
        print(f"  attacked by {column} alone: {described(attacked(own))}")
    print(f"  attacked together: {described(attacked(told))}", flush=True)


def of_one_year(appeals: int) -> pl.DataFrame:
    """Random appeals, the first codes of a list far more often than the last, as in life."""
    chance, lists = np.random.default_rng(SEED), reference_lists()
    places = {"agency": ("agency", "agency"), "theme": TABLES["theme"], "region": TABLES["region"]}
    columns = {}
    for name, (dimension, level) in places.items():
        codes = pl.Series(lists[dimension].at(level))
        columns[name] = codes.gather((chance.random(appeals) ** 3 * len(codes)).astype(np.uint32))
    parents = {code.code: code.parent for code in lists["theme"].codes}
    return pl.DataFrame(columns).with_columns(
        theme_group=pl.col("theme").replace_strict(parents, return_dtype=pl.String)
    )


def counted(frame: pl.DataFrame) -> Counts:
    """Every cell of the three tables, zeros among them."""
    found: Counts = {(agency, TOTAL, TOTAL): 0 for agency in (TOTAL, *frame["agency"].unique())}
    for column in TABLES:
        for agency, code in product(frame["agency"].unique(), frame[column].unique()):
            found[agency, column, code] = found[TOTAL, column, code] = 0
        for agency, code, count in frame.group_by("agency", column).len().iter_rows():
            found[agency, column, code] = count
            found[TOTAL, column, code] += count
    for agency, count in frame.group_by("agency").len().iter_rows():
        found[agency, TOTAL, TOTAL] = count
    found[TOTAL, TOTAL, TOTAL] = frame.height
    return found


def by_tau_argus(python: str, frame: pl.DataFrame) -> set[Cell]:
    """What tau-ARGUS withholds in any of the tables."""
    appeals = {name: frame[name].to_list() for name in frame.columns} | {"one": [1] * frame.height}
    asked = {"appeals": appeals, "tables": [["agency", each] for each in TABLES], "total": TOTAL}
    with tempfile.TemporaryDirectory() as directory:  # its engine leaves files where it stands
        done = subprocess.run(
            [python, "-c", BY_TAU_ARGUS],
            cwd=directory,
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=True,
        )
    lines = done.stdout.splitlines()
    found: set[Cell] = set()
    for column, rows in zip(TABLES, json.loads(lines[-1]), strict=True):
        for row in (row for row in rows if row["status"] in {"U", "M"}):
            agency, code = row["agency"].strip(), row[column].strip()  # padded to one width
            found.add((agency, TOTAL if code == TOTAL else column, code))
    return found


def by_gate(counts: Counts) -> set[Cell]:
    """What this project's gate withholds."""
    lists = {name: each for name, each in reference_lists().items() if name in NAMES}
    numbering = grid([YEAR], ["received"], lists)
    blocks = [block_of(counts, column) for column in TABLES]
    system = build(numbering, blocks)
    pattern = Pattern(system, reader_weights(system), keyed_ties(system, KEY))
    hidden = set(system.numbers[decide(pattern, THRESHOLD).pattern.hidden].tolist())
    found: set[Cell] = set()
    for column, block in zip(TABLES, blocks, strict=True):
        for number, (_, agency, code) in zip(
            numbering.number(block.keys, "received").tolist(), block.keys.iter_rows(), strict=True
        ):
            if number in hidden:
                found.add((agency, TOTAL if code == TOTAL else column, code))
    return found


NAMES: Final = ("agency", *dict.fromkeys(dimension for dimension, _ in TABLES.values()))


def block_of(counts: Counts, column: str) -> Block:
    cells = [cell for cell in counts if cell[1] in {column, TOTAL}]
    keys = pl.DataFrame(
        [(YEAR, agency, code) for agency, _, code in cells],
        schema=["period", "agency", TABLES[column][0]],
        orient="row",
    )
    values = np.array([counts[cell] for cell in cells], dtype=np.int64)
    return Block("received", keys, values, values)


def attacked(told: Mapping[Cell, int | None]) -> dict[Cell, Interval]:
    """The range of every hidden cell; one that is hidden is at least 1."""
    hidden = [cell for cell, value in told.items() if value is None]
    programme = Programme(dict.fromkeys(hidden, 1), told)
    for relation in sums(told):
        programme.add(relation)
    return programme.intervals(hidden)


def sums(told: Mapping[Cell, int | None]) -> Iterator[Relation]:
    """Each column adds up to the agency, each agency to the country, themes to their group."""
    group_of = {code.code: code.parent for code in reference_lists()["theme"].codes}
    rows: dict[Cell, set[Cell]] = defaultdict(set)
    for cell in told:
        agency, column, code = cell
        if agency != TOTAL:
            rows[TOTAL, column, code, "down"].add(cell)
        if column != TOTAL:
            rows[agency, TOTAL, TOTAL, column].add(cell)
        if column == "theme" and (agency, "theme_group", group_of[code]) in told:
            rows[agency, "theme_group", group_of[code], "within"].add(cell)
    for whole, parts in rows.items():
        yield equal(whole[:3], sorted(parts))


def described(intervals: Mapping[Cell, Interval]) -> str:
    widths = [(high - low, high) for low, high in intervals.values()]
    exact = sum(width < 1 - CLOSE for width, _ in widths)
    narrow = sum(
        width < THRESHOLD - 1 - CLOSE or high < THRESHOLD - CLOSE for width, high in widths
    )
    return f"{exact:,} of {len(widths):,} exact, {narrow:,} narrower than {THRESHOLD} values"


if __name__ == "__main__":
    if python_of_tau_argus := os.environ.get("TAU_ARGUS_PYTHON"):
        given = int(sys.argv[1]) if len(sys.argv) > 1 else APPEALS
        main(str(Path(python_of_tau_argus).absolute()), given)
    else:
        print("Nothing to compare with: TAU_ARGUS_PYTHON names no Python that has pytauargus.")
