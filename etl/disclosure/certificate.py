"""The certificate: whole tables that agree with all that is published, and differ where it hides.

Anyone can check it by adding whole numbers (``check.py``): each table fills the hidden cells so
that every row adds up, and together the tables give each hidden cell two values at least
``threshold`` − 1 apart, one of them at least ``threshold``.
"""

import gzip
from dataclasses import dataclass
from io import BytesIO

import numpy as np

from etl.disclosure.attack import Attack
from etl.disclosure.grid import Grid, Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.system import Mask

FILE_NAME = "certificate.csv.gz"


@dataclass(frozen=True)
class Certificate:
    """``tables[t, i]`` is the value of ``cells[i]`` (a hidden, displayed cell) in table ``t``."""

    cells: Numbers
    tables: Numbers


def certificate(pattern: Pattern, outcome: Attack, threshold: int) -> Certificate:
    """The fewest of the attack's tables, found greedily, that still protect every hidden cell."""
    problem = outcome.problem
    shown = (pattern.hidden & pattern.system.guarded)[problem.cells]
    chosen = [
        (each.inside, _fewest(np.array(each.tables), shown[each.inside], threshold))
        for each in outcome.components
    ]
    height = max((len(tables) for _, tables in chosen), default=0)
    merged = np.zeros((height, len(problem.cells)), dtype=np.int64)
    for inside, tables in chosen:
        merged[:, inside] = tables[np.resize(np.arange(len(tables)), height)]
    return Certificate(problem.cells[shown], merged[:, shown])


def _fewest(tables: Numbers, guarded: Mask, threshold: int) -> Numbers:
    """Tables of one component: each next one protects most cells that still lack protection."""
    picked = [0]
    lowest, highest = tables[0].copy(), tables[0].copy()
    while True:
        lacking = guarded & ~((highest - lowest >= threshold - 1) & (highest >= threshold))
        if not lacking.any():
            break
        low, high = np.minimum(tables, lowest), np.maximum(tables, highest)
        gain = ((high - low) - (highest - lowest))[:, lacking].clip(max=threshold).sum(axis=1)
        best = int(np.argmax(gain))
        if gain[best] == 0:
            break
        picked.append(best)
        lowest, highest = low[best], high[best]
    return tables[picked]


def written(grid: Grid, numbers: Numbers, found: Certificate) -> bytes:
    """The certificate as gzipped CSV: the codes of a hidden cell, then its values in each table."""
    lines = [",".join([*(axis.name for axis in grid.axes), "values"])]
    for cell, values in zip(found.cells.tolist(), found.tables.T.tolist(), strict=True):
        codes = grid.codes(int(numbers[cell])).values()
        lines.append(",".join([*codes, " ".join(map(str, values))]))
    packed = BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
        stream.write(("\n".join(lines) + "\n").encode())
    return packed.getvalue()
