"""What keeps the counts of persons in a report from telling of somebody.

A report comes in whole or not at all: nothing in it is hidden. So a small count is refused, and so
is a total whose parts are not all there, or a part whose total is missing: what is left would be a
number that nobody reported.
"""

from collections.abc import Iterator

import polars as pl

from data.dimensions import TOTAL
from data.reports import PUBLIC_AT, Figure, Key, Report
from etl.disclosure.primary import SMALL_CONTAINER
from etl.reports.keys import Lists, above, parent_of
from etl.reports.refusal import Breach, refuse

COARSER = (
    "Report it at a coarser level only (a region for its districts, a year for its quarters); or, "
    f"where the source has published it, give the address in '{PUBLIC_AT}'."
)
WHOLE_OR_NONE = (
    "Report every part of the total with figures that add up to it, or the total alone, or the "
    "parts alone."
)
TOTALS_TOO = (
    "Report the totals as well: what is told of a part in a part of a period has to be told of "
    "whatever contains the one or the other and is reported at all."
)


def check_guarded(frame: pl.DataFrame, report: Report, lists: Lists, threshold: int) -> None:
    """Raises ``SourceError`` when a count of persons is small, or leaves a small one.

    ``frame`` has the columns and types of the report. What the source has published itself may be
    small; its totals have to add up all the same.
    """
    refuse(report, _breaches(frame, report, lists, threshold))


def _breaches(
    frame: pl.DataFrame, report: Report, lists: Lists, threshold: int
) -> Iterator[Breach]:
    for figure in report.personal:
        yield from _small(frame, figure, threshold)
        yield _totals(frame, report, figure, lists)
        for key in report.keys:
            if key.overlaps:
                yield from _traits(frame, report, figure, key, threshold)
            else:
                yield _parts(frame, report, figure, key, lists)


def _small(frame: pl.DataFrame, figure: Figure, threshold: int) -> Iterator[Breach]:
    at_home = frame[PUBLIC_AT].is_null()
    yield Breach(
        f"'{figure.name}' counts fewer than {threshold} persons",
        at_home & _is_few(frame[figure.name], threshold),
        COARSER,
    )
    if figure.within:
        yield Breach(
            f"'{figure.name}' leaves fewer than {threshold} persons of '{figure.within}'",
            at_home & _is_few(frame[figure.within] - frame[figure.name], threshold),
            COARSER,
        )


def _is_few(counts: pl.Series, threshold: int) -> pl.Series:
    return counts.is_between(1, threshold - 1)


def _totals(frame: pl.DataFrame, report: Report, figure: Figure, lists: Lists) -> Breach:
    """The rows without a total that the report could give, being one of what it reports of.

    Two breakdowns of different grain would otherwise meet in a number that nobody reported.
    """
    told = _told(frame, report, figure)
    due = told
    for key in report.keys:
        steps = _steps(told[key.name], key, lists).filter(
            pl.col("total").is_in(told[key.name].unique().implode())
        )
        due = due.join(steps.drop("step"), on=key.name).drop(key.name).rename({"total": key.name})
    missing = due.join(told, on=report.key_names, how="anti")["row"]
    return Breach(
        f"'{figure.name}' is reported without the totals that it is a part of",
        _rows(frame, missing),
        TOTALS_TOO,
    )


def _parts(frame: pl.DataFrame, report: Report, figure: Figure, key: Key, lists: Lists) -> Breach:
    """The totals of which the parts that are reported do not make the whole."""
    others = [name for name in report.key_names if name != key.name]
    told = _told(frame, report, figure)
    steps = _steps(told[key.name], key, lists).filter(pl.col("step") > 0)
    totals = told.select(*others, pl.col(key.name).alias("total"), pl.col("row").alias("of"))
    # A part belongs to the nearest total above it that is reported.
    placed = told.join(steps, on=key.name).join(totals, on=[*others, "total"])
    nearest = placed.filter(pl.col("step") == pl.col("step").min().over("row"))
    sums = nearest.group_by("of").agg(pl.col(figure.name).sum().alias("sum"))
    compared = sums.join(told, left_on="of", right_on="row")
    wrong = compared.filter(pl.col("sum") != pl.col(figure.name))["of"]
    return Breach(
        f"the parts of its '{key.name}' do not add up to its '{figure.name}'",
        _rows(frame, wrong),
        WHOLE_OR_NONE,
    )


def _told(frame: pl.DataFrame, report: Report, figure: Figure) -> pl.DataFrame:
    """The rows that report a figure, by ``row``, with their keys."""
    numbered = frame.with_row_index("row").filter(pl.col(figure.name).is_not_null())
    return numbered.select("row", *report.key_names, figure.name)


def _steps(codes: pl.Series, key: Key, lists: Lists) -> pl.DataFrame:
    """Each code with itself and every ``total`` above it, and how many ``step`` above."""
    parent = parent_of(key, lists)
    lines = [(c, up, n) for c in codes.unique() for n, up in enumerate([c, *above(c, parent)])]
    schema = {key.name: pl.String, "total": pl.String, "step": pl.Int64}
    return pl.DataFrame(lines, schema=schema, orient="row")


def _rows(frame: pl.DataFrame, numbers: pl.Series) -> pl.Series:
    """True for the rows of these numbers."""
    return pl.int_range(frame.height, eager=True).is_in(numbers.implode())


def _traits(
    frame: pl.DataFrame, report: Report, figure: Figure, key: Key, threshold: int
) -> Iterator[Breach]:
    """Who is told how many are women knows how many are not, and so of two traits that nobody has
    both of; and none or all of few tells of each of them."""
    others = [name for name in report.key_names if name != key.name]
    value, whole = pl.col(figure.name), pl.col("whole")
    everyone = frame.filter(pl.col(key.name) == TOTAL).select(*others, value.alias("whole"))
    told = frame.join(everyone, on=others, how="left", maintain_order="left")
    for _one, other in key.exclusive:
        second = frame.filter(pl.col(key.name) == other).select(*others, value.alias(other))
        told = told.join(second, on=others, how="left", maintain_order="left")
    rests = {key.name: whole - value} | {
        f"{one} and {other}": pl.when(pl.col(key.name) == one).then(whole - value - pl.col(other))
        for one, other in key.exclusive
    }
    of_few = (pl.col(key.name) != TOTAL) & (whole > 0) & (whole < SMALL_CONTAINER)
    none_or_all = of_few & ((value == 0) | (value == whole))
    for named, rest in rests.items():
        leaves = told.select(rest.is_between(1, threshold - 1) | (rest < 0)).to_series()
        yield Breach(
            f"'{figure.name}' leaves fewer than {threshold} persons beside {named}",
            leaves & frame[PUBLIC_AT].is_null(),
            COARSER,
        )
    yield Breach(
        f"'{figure.name}' tells of nobody, or of everybody, among fewer than {SMALL_CONTAINER}",
        told.select(none_or_all).to_series() & frame[PUBLIC_AT].is_null(),
        COARSER,
    )
