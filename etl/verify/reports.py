"""Reports: as declared, the same in both formats, with a source in each row, and silent about
persons: no small count that was not public before, and no total that leaves one.

Judged row by row in plain Python, by other means than those that took the reports in.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, Final

import polars as pl

from data.dimensions import TOTAL
from data.periods import coarser, grain_of, last_day
from data.reports import PUBLIC_AT, REPORTS, SOURCE, STATED_ON, SURVEYS, Figure, Key, Report
from etl.verify.formats import format_findings
from etl.verify.opened import Opened
from etl.verify.surveys import survey_findings

FEW_TO_SPLIT: Final = 50
"""Below so many, that none or all have a trait tells of each of them."""

Row = Mapping[str, Any]


def report_findings(release: Opened, directory: Path) -> Iterator[str]:
    """Judges every report that the manifest names, and that no other lies in the release."""
    stated = release.manifest.rules["reports"]
    there = {name for name in REPORTS if f"{name}.parquet" in release.manifest.files}
    yield from (f"{name}: the manifest does not state it" for name in sorted(there - set(stated)))
    for name, rules in stated.items():
        report = REPORTS[name]
        if name not in there:
            yield f"{name}.parquet is missing"
            continue
        frame = pl.read_parquet(directory / f"{name}.parquet")
        if dict(frame.schema) != report.schema or rules != report.settings:
            yield f"{name}: it is not as it is declared"
            continue
        yield from format_findings(release, directory, name, frame, report.dimension_of)
        yield from _rows(release, report, frame.rows(named=True))
        if report is SURVEYS:
            yield from survey_findings(frame.rows(named=True))


def _rows(release: Opened, report: Report, rows: Sequence[Row]) -> Iterator[str]:
    keys = [tuple(row[name] for name in report.key_names) for row in rows]
    if len(set(keys)) != len(keys) or keys != sorted(keys):
        yield f"{report.name}: its rows are not sorted by keys that are there once"
    for wrong in {told for row in rows for told in _row(release, report, row)}:
        yield f"{report.name}: {wrong}"
    for figure in report.personal:
        yield from _totals(release, report, figure, rows)
        for key in report.keys:
            if key.overlaps:
                yield from _traits(release, report, figure, key, rows)
            else:
                yield from _sums(release, report, figure, key, rows)


def _row(release: Opened, report: Report, row: Row) -> Iterator[str]:
    """What is wrong with a row by itself."""
    if not row[SOURCE] or not row[STATED_ON]:
        yield "a row does not say who states it, and when"
    for key in report.keys:
        if key.dimension and row[key.name] not in release.codelists[key.dimension]:
            yield f"a code of {key.name} is not in the code list"
        if key.of == "period" and last_day(row[key.name]).isoformat() > (row[STATED_ON] or ""):
            yield "a row was stated before its period had ended"
    for figure in report.figures:
        if row[figure.name] is not None:
            yield from _figure(release, figure, row)


def _figure(release: Opened, figure: Figure, row: Row) -> Iterator[str]:
    value = row[figure.name]
    rest = (row[figure.within] or 0) - value if figure.within else 0
    if value < 0 or rest < 0:
        yield f"{figure.name} is below nothing, or more than what contains it"
    is_few = 0 < value < release.threshold or 0 < rest < release.threshold
    if figure.personal and row[PUBLIC_AT] is None and is_few:
        yield f"{figure.name} counts too few, or leaves too few"


def _totals(release: Opened, report: Report, figure: Figure, rows: Sequence[Row]) -> Iterator[str]:
    """Whatever contains a row, and is reported of at all, is reported with it."""
    told = {
        tuple(row[name] for name in report.key_names)
        for row in rows
        if row[figure.name] is not None
    }
    used = [set(codes) for codes in zip(*told, strict=True)]
    for codes in told:
        over = [
            [each for each in _with_parents(release, key, code) if each in known]
            for key, code, known in zip(report.keys, codes, used, strict=True)
        ]
        if not told.issuperset(product(*over)):
            yield f"{report.name}: {figure.name} is there without the totals that it is a part of"
            return


def _with_parents(release: Opened, key: Key, code: str) -> Iterator[str]:
    while code:
        yield code
        code = _parent(release, key, code)


def _sums(
    release: Opened, report: Report, figure: Figure, key: Key, rows: Sequence[Row]
) -> Iterator[str]:
    """The parts below each total that stand under no nearer one make the total."""
    sheets: dict[tuple[Any, ...], dict[str, int]] = defaultdict(dict)
    others = [name for name in report.key_names if name != key.name]
    for row in rows:
        if row[figure.name] is not None:
            sheets[tuple(row[name] for name in others)][row[key.name]] = row[figure.name]
    for sheet in sheets.values():
        sums: dict[str, int] = defaultdict(int)
        for code, value in sheet.items():
            over = _parent(release, key, code)
            while over and over not in sheet:
                over = _parent(release, key, over)
            if over:
                sums[over] += value
        if any(sheet[over] != total for over, total in sums.items()):
            yield f"{report.name}: the parts of {figure.name} by {key.name} do not make the total"
            return


def _parent(release: Opened, key: Key, code: str) -> str:
    if key.of == "period":
        return "" if grain_of(code) == "year" else coarser(code) or ""
    if code == TOTAL or not key.has_total:
        return ""
    return release.codelists[key.dimension][code].parent if key.dimension else TOTAL


def _traits(
    release: Opened, report: Report, figure: Figure, key: Key, rows: Sequence[Row]
) -> Iterator[str]:
    """What a trait leaves of everybody, and what two that exclude each other leave, is not few."""
    sheets: dict[tuple[Any, ...], dict[str, int]] = defaultdict(dict)
    others = [name for name in report.key_names if name != key.name]
    for row in rows:
        told_here = row[PUBLIC_AT] is None or row[key.name] == TOTAL
        if row[figure.name] is not None and told_here:
            sheets[tuple(row[name] for name in others)][row[key.name]] = row[figure.name]
    for sheet in sheets.values():
        if TOTAL not in sheet:
            continue
        whole = sheet.pop(TOTAL)
        left = [whole - value for value in sheet.values()]
        pairs = [(sheet.get(one), sheet.get(other)) for one, other in key.exclusive]
        left += [whole - a - b for a, b in pairs if a is not None and b is not None]
        if any(rest < 0 or 0 < rest < release.threshold for rest in left):
            yield f"{report.name}: a {key.name} leaves too few {figure.name}"
        if 0 < whole < FEW_TO_SPLIT and any(value in {0, whole} for value in sheet.values()):
            yield f"{report.name}: a {key.name} has none or all of few {figure.name}"
