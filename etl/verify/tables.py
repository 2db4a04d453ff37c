"""Tables: as declared, complete, the same in both formats, each value with its reason."""

from collections.abc import Iterator

import polars as pl

from data.datasets import Table
from data.indicators import INDICATORS, Indicator
from data.measures import MEASURES
from data.statuses import STATUSES, SUPPRESSED
from etl.verify.opened import STATUS, Opened, unguarded

GENERATED = "data"


def table_findings(release: Opened) -> Iterator[str]:
    """Judges every table by itself; the disclosure rule is judged elsewhere."""
    for name, frame in release.tables.items():
        findings = list(_columns(release, name, frame))
        if not findings:
            findings = [
                *_keys(release, name, frame),
                *_values(name, frame),
                *_hidden(release, name, frame),
                *_formats(release, name, frame),
                *_indicators(release.table(name), frame),
            ]
        yield from findings


def values_of(table: Table, frame: pl.DataFrame) -> list[str]:
    """The value columns of a table."""
    return [c for c in frame.columns if c not in table.keys and not c.endswith(STATUS)]


def _columns(release: Opened, name: str, frame: pl.DataFrame) -> Iterator[str]:
    table = release.table(name)
    values = values_of(table, frame)
    expected = [*table.keys, *values, *(f"{value}{STATUS}" for value in values)]
    if frame.columns != expected:
        yield f"{name}: its columns are not keys, values and a status for each value"
        return
    absent = set(table.measures) - set(values)
    unknown = set(values) - set(table.measures) - set(INDICATORS)
    yield from (f"{name}: the measure {each} is missing" for each in sorted(absent))
    yield from (f"{name}: the column {each} is not declared" for each in sorted(unknown))
    for column, kind in frame.schema.items():
        if kind.is_numeric() != (column in values) or (kind != pl.String and column not in values):
            yield f"{name}: {column} is of type {kind}"


def _keys(release: Opened, name: str, frame: pl.DataFrame) -> Iterator[str]:
    """Every combination of periods and codes once, and no other."""
    table, described = release.table(name), release.manifest
    spans = [code for grain in table.grains for code in release.periods(name, grain)]
    keys = pl.DataFrame({"period": spans}, schema={"period": pl.String})
    for axis in table.axes:
        codes = pl.DataFrame(
            {axis.dimension: release.codes(axis)}, schema={axis.dimension: pl.String}
        )
        keys = keys.join(codes, how="cross")
    if frame.select(*table.keys).is_duplicated().any():
        yield f"{name}: a combination of keys is there twice"
    missing = keys.join(frame, on=table.keys, how="anti").height
    strange = frame.join(keys, on=table.keys, how="anti").height
    if missing or strange:
        yield f"{name}: {missing} combinations of keys are missing, {strange} are not declared"
    if frame.height != described.tables[name].rows:
        yield f"{name}: the manifest says {described.tables[name].rows} rows, not {frame.height}"
    if not frame.select(*table.keys).equals(frame.select(*table.keys).sort(*table.keys)):
        yield f"{name}: its rows are not sorted by its keys"


def _values(name: str, frame: pl.DataFrame) -> Iterator[str]:
    """A value is there exactly where its status says so."""
    with_value = [code for code, status in STATUSES.items() if status.has_value]
    for status in (column for column in frame.columns if column.endswith(STATUS)):
        value = status.removesuffix(STATUS)
        if not frame[status].is_in(list(STATUSES)).all():
            yield f"{name}: {status} holds a code that is no status"
        elif (frame[value].is_not_null() != frame[status].is_in(with_value)).any():
            yield f"{name}: {value} and its status disagree on whether there is a value"


def _hidden(release: Opened, name: str, frame: pl.DataFrame) -> Iterator[str]:
    told = release.manifest.tables[name].hidden
    counted = {
        value: int((frame[f"{value}{STATUS}"] == SUPPRESSED.code).sum())
        for value in values_of(release.table(name), frame)
    }
    if told != counted:
        yield f"{name}: the manifest does not count the hidden values as they are"


def _formats(release: Opened, name: str, frame: pl.DataFrame) -> Iterator[str]:
    """The CSV has the same rows, a name after each dimension, and says when data are generated."""
    table, texts = release.table(name), release.texts[name]
    expected = [
        part
        for column in frame.columns
        for part in ([column, f"{column}_name"] if column in table.dimensions else [column])
    ]
    if release.manifest.source.generated:
        expected.append(GENERATED)
    if texts.columns != expected:
        yield f"{name}.csv: its columns are not those of the Parquet file with names"
        return
    numbers = texts.select(pl.col(c).cast(kind, strict=False) for c, kind in frame.schema.items())
    if not numbers.equals(frame):
        yield f"{name}.csv and {name}.parquet differ"
    for dimension in table.dimensions:
        names = {c.code: unguarded(c.name("en")) for c in release.codelists[dimension].codes}
        if (texts[dimension].replace_strict(names) != texts[f"{dimension}_name"]).any():
            yield f"{name}.csv: a name of {dimension} is not that of the code list"
    if release.manifest.source.generated and not (texts[GENERATED] == "generated").all():
        yield f"{name}.csv does not say in each row that the data are generated"


def _indicators(table: Table, frame: pl.DataFrame) -> Iterator[str]:
    """An indicator has no value where an input has none, and is what its formula gives."""
    for name in values_of(table, frame):
        if name not in INDICATORS or name in MEASURES:
            continue
        indicator = INDICATORS[name]
        shown = frame.filter(pl.col(name).is_not_null())
        own = [each.column for each in indicator.reads if each.is_own]
        if any(shown[each].is_null().any() for each in own):
            yield f"{table.name}: {name} is shown where one of its inputs is not"
        if not indicator.reads_elsewhere and _differs(indicator, frame):
            yield f"{table.name}: {name} is not what its formula gives"


def _differs(indicator: Indicator, frame: pl.DataFrame) -> bool:
    closeness = 0.5 * 10.0**-indicator.decimals + 1e-6
    off = (indicator.formula - pl.col(indicator.name)).abs() > closeness
    return frame.filter(off).height > 0
