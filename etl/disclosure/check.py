"""Checks the promises of this release from its files alone: python check.py [EARLIER_RELEASE ...]

Files are unchanged, columns add up, small counts are hidden, and what is hidden cannot be narrowed.
"""

import csv
import gzip
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

Cell = tuple[str, ...]  # measure, period, then the code of each dimension
ALL = "_T"


def longer(period: str) -> str:  # 2019-09 -> 2019-Q3 -> 2019 -> nothing
    year, _, rest = period.partition("-")
    return f"{year}-Q{(int(rest) + 2) // 3}" if rest.isdigit() else year if rest else ""


class Release:
    """The counts of persons in a release: what is shown (None where hidden) and the public fill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        manifest = json.loads((folder / "manifest.json").read_bytes())
        rules = manifest["rules"]  # below small, zeros of a trait are hidden too
        self.threshold, self.small = int(rules["threshold"]), int(rules["small"])
        self.within: dict[str, str] = rules["guarded"]  # measure: what contains it
        self.names = names = list[str](manifest["codelists"])
        self.flags = [2 + names.index(name) for name in rules["flags"]]
        self.same = {m: [(of, 2 + names.index(n), c)] for m, (of, n, c) in rules["same"].items()}
        self.up: list[Callable[[str], str | None]] = [lambda _: None, longer]
        for name in names:
            self.up.append({r["code"]: r["parent"] for r in self.rows(f"codelist_{name}.csv")}.get)
        self.shown: dict[Cell, int | None] = {}
        self.fill = {c: int(v) for c, v in self.listed("hidden.csv", "estimate").items()}
        for name, record in manifest["tables"].items():
            self.read(name, {*self.within, *self.within.values()} & {*record["table"]["measures"]})

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        unpack = gzip.decompress if name.endswith(".gz") else bytes
        return csv.DictReader(unpack((self.folder / name).read_bytes()).decode().splitlines())

    def listed(self, name: str, column: str) -> dict[Cell, str]:
        keys = ("measure", "period", *self.names)
        return {tuple(row[key] for key in keys): row[column] for row in self.rows(name)}

    def read(self, table: str, measures: set[str]) -> None:
        for row in self.rows(f"{table}.csv"):
            for measure in (m for m in measures if row[f"{m}_status"] in "APQN"):
                cell = (measure, row["period"], *(row.get(name, ALL) for name in self.names))
                value = int(row[measure]) if row[measure] else None
                if self.shown.setdefault(cell, value) != value:
                    sys.exit(f"REFUSED: {cell} has two values")
                if measure in self.within and value is not None:
                    self.fill[cell] = value

    def named(self, cell: Cell) -> Cell:  # alike in releases of more and of fewer dimensions
        codes = zip(self.names, cell[2:], strict=True)
        return (*cell[:2], *sorted(f"{name} {code}" for name, code in codes if code != ALL))

    def above(self, cell: Cell, place: int) -> Iterator[Cell]:  # the coarser ones, nearest first
        code = cell[place]
        while code := self.up[place](code) or "":
            yield (*cell[:place], code, *cell[place + 1 :])

    def meets(self, places: list[int]) -> set[Cell]:  # in no table, but two add up to them
        found: dict[Cell, set[int]] = defaultdict(set)
        for cell in self.fill:
            for place in places:
                coarser = next(self.above(cell, place), cell)
                if coarser[place] != ALL and coarser not in self.fill:
                    found[coarser].add(place)
        return {cell for cell, along in found.items() if len(along) > 1}

    def sums(self) -> list[tuple[Cell, list[Cell]]]:  # every row, those of meets first
        places = [i for i in range(1, len(self.up)) if i not in self.flags]
        cells, found = self.fill.keys() | self.meets(places[1:]), defaultdict(list)
        for cell in cells:
            for place in places:
                for whole in [up for up in self.above(cell, place) if up in cells][:1]:
                    found[whole, place].append(cell)
            for also, place, code in (s for s in self.same.get(cell[0], []) if cell[s[1]] == ALL):
                if (twin := (also, *cell[1:place], code, *cell[place + 1 :])) in cells:
                    found[twin, 0].append(cell)
        return sorted(((w, p) for (w, _), p in found.items()), key=lambda row: row[0] in self.fill)

    def splits(self) -> Iterator[tuple[Cell, Cell]]:  # women in all, rated in asked
        for cell in self.fill:
            for place in (place for place in self.flags if cell[place] != ALL):
                yield cell, (*cell[:place], ALL, *cell[place + 1 :])
            if (self.within[cell[0]], *cell[1:]) in self.shown:
                yield cell, (self.within[cell[0]], *cell[1:])


def changed(release: Release, earlier: list[str]) -> Iterator[str]:
    for digest, name in map(str.split, (release.folder / "SHA256SUMS").read_text().splitlines()):
        if hashlib.sha256((release.folder / name).read_bytes()).hexdigest() != digest:
            yield f"{name} was changed"
    shown = {release.named(cell): value for cell, value in release.shown.items()}
    for before in (Release(Path(folder)) for folder in earlier):
        for cell in before.fill:
            if shown.get(before.named(cell), "nothing") != before.shown[cell]:
                yield f"{cell} differs from {before.folder.name}"


def too_small(release: Release) -> Iterator[str]:
    for cell, value in release.shown.items():
        if cell in release.fill and value and value < release.threshold:
            yield f"{cell} shows {value}"
    for part, whole in release.splits():
        others = (release.shown[whole] or 0) - (release.shown[part] or 0)
        if part[0] == whole[0] and release.shown[part] and 0 < others < release.threshold:
            yield f"{part} leaves {others} others"


def uncertified(release: Release) -> Iterator[str]:
    """Adds the fill (first world) and every table of the certificate along every row at once."""
    k, hidden = release.threshold, [c for c in release.fill if release.shown[c] is None]
    lines = release.listed("certificate.csv.gz", "values").items()
    tables = {c: [*map(int, v.split())] for c, v in lines if release.shown.get(c, 0) is None}
    count = max(map(len, tables.values()), default=0)
    worlds = {c: [fill, *tables.get(c, [fill] * count)] for c, fill in release.fill.items()}
    least = dict.fromkeys(worlds, 1)
    for whole, parts in release.sums():
        total = [sum(values) for values in zip(*(worlds[part] for part in parts), strict=True)]
        if worlds.setdefault(whole, total) != total:
            yield f"{whole} is not the sum of its parts"
    for part, whole in release.splits():
        limit = release.shown[whole]
        least[part] *= limit is not None and limit >= release.small
        limits = worlds.get(whole, [] if limit is None else [limit] * (count + 1))
        if any(value > most for value, most in zip(worlds[part], limits, strict=False)):
            yield f"{part} exceeds what contains it"
    for cell in hidden:
        low, high = min(tables.get(cell, [0])), max(tables.get(cell, [0]))
        if low < least[cell] or high - low < k - 1 or high < k:
            yield f"{cell} is hidden, but certified for {low} to {high} only"


if __name__ == "__main__":
    here = Release(Path(__file__).resolve().parent)
    broken = [*changed(here, sys.argv[1:]), *too_small(here), *uncertified(here)]
    sys.stdout.writelines(f"REFUSED: {sentence}\n" for sentence in broken[:20])
    sys.stdout.write(f"{len(here.fill)} counts of persons, {len(broken)} promises broken\n")
    sys.exit(1 if broken else 0)
