"""Row closure: no hidden cell may be the only unknown of a row, nor one of few that share little.

A fast heuristic over rows. It is not the proof: the attack (``attack.py``) decides.
"""

from collections import deque

import numpy as np

from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern

MEET_COST = 0.5
OPENED_ROW_COST = 2.0


def close(pattern: Pattern, threshold: int) -> Numbers:
    """Hides the cheapest further cells until every row that can keeps its unknown cells apart.

    Gives the hidden counts of rows that cannot, where nothing has room but for a few.
    """
    stuck: set[int] = set()
    waiting = deque(pattern.system.guarded_rows.tolist())
    closable = np.isin(np.arange(len(pattern.system.rows)), pattern.system.guarded_rows)
    queued = closable.copy()
    floors = pattern.floors
    while waiting:
        row = waiting.popleft()
        queued[row] = False
        while not _is_safe(pattern, row, floors, threshold):
            cell = _cheapest(pattern, row)
            if cell is None:
                stuck.update(_without_room(pattern, row, floors, threshold))
                break
            for opened in _rows_of(pattern, pattern.hide(cell)):
                if closable[opened] and not queued[opened]:
                    queued[opened] = True
                    waiting.append(opened)
    return np.array(sorted(stuck), dtype=np.int64)


def _without_room(pattern: Pattern, row: int, floors: Numbers, threshold: int) -> list[int]:
    """The hidden counts of a row with a known sum, where all of them share too little."""
    system, children = pattern.system, pattern.system.rows.of(row)
    unknown = children[pattern.unknown[children]]
    spare = int(system.counts[unknown].sum() - floors[unknown].sum())
    if pattern.unknown[system.rows.parents[row]] or (len(unknown) > 1 and spare >= threshold - 1):
        return []
    found: list[int] = unknown[pattern.hidden[unknown]].tolist()
    return found


def _rows_of(pattern: Pattern, cells: list[int]) -> list[int]:
    """The rows that the cells stand in, in order, so that the result never depends on hashing."""
    return sorted({row for cell in cells for row in pattern.system.rows_of_cell[cell]})


def _is_safe(pattern: Pattern, row: int, floors: Numbers, threshold: int) -> bool:
    """No unknown, or enough of them, sharing enough that each could reach the threshold."""
    system = pattern.system
    parent, children = int(system.rows.parents[row]), system.rows.of(row)
    unknown = children[pattern.unknown[children]]
    if pattern.unknown[parent]:
        return len(unknown) > 0
    if len(unknown) == 0:
        return True
    spare = int(system.counts[unknown].sum() - floors[unknown].sum())
    enough = max(threshold - int(floors[unknown].min()), threshold - 1)
    return len(unknown) > 1 and spare >= enough


def _cheapest(pattern: Pattern, row: int) -> int | None:
    system = pattern.system
    parent = system.rows.parents[row : row + 1]
    candidates = pattern.may_hide(system.rows.of(row))
    if len(candidates) == 0 or system.meets[parent[0]]:
        candidates = np.concatenate([candidates, pattern.may_hide(parent)])
    prices = [_price(pattern, int(cell)) for cell in candidates]
    return int(candidates[int(np.argmin(prices))]) if prices else None


def _price(pattern: Pattern, cell: int) -> float:
    """What hiding a cell costs a reader: its size, and the rows that it would open."""
    system = pattern.system
    size = MEET_COST if system.meets[cell] else float(np.log2(max(2, system.counts[cell])))
    opened = sum(1 for row in system.rows_of_cell[cell] if not _has_unknown(pattern, row))
    dearness = float(pattern.weights[cell])
    return dearness * size * (1 + OPENED_ROW_COST * opened) + float(pattern.ties[cell]) / 1000


def _has_unknown(pattern: Pattern, row: int) -> bool:
    rows = pattern.system.rows
    return bool(pattern.unknown[rows.parents[row]] or pattern.unknown[rows.of(row)].any())
