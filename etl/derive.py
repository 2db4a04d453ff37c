"""Derive: the indicators of every row, by their declared formulas. After this nothing is computed.

A value is computed from published values alone, so it can tell nothing that they do not; its status
is the gravest of its inputs'.
"""

from collections.abc import Mapping

import polars as pl

from data.datasets import Table
from data.dimensions import TOTAL
from data.indicators import INDICATORS, TOTAL_SUFFIX, Indicator
from data.measures import MEASURES, Wait
from data.observe import STATUS_SUFFIX
from data.statuses import NOT_APPLICABLE, STATUSES
from etl.analyses import analyse
from etl.gravity import gravest
from etl.stages import Certified, Derived


def derive(certified: Certified) -> Derived:
    """Adds to each table the indicators that it can answer: value columns first, then statuses;
    and analyses what they then show."""
    tables = {
        name: _derived(table, certified.tables[name]) for name, table in certified.catalogue.items()
    }
    return Derived(
        certified.catalogue,
        tables,
        certified.edition,
        certified.disclosure,
        certified.certificate,
        certified.hidden,
        analyse(tables, certified.edition),
    )


def indicators_of(table: Table) -> dict[str, Indicator]:
    """The indicators that a table has a column for, other than those that repeat a measure."""
    return {
        name: indicator
        for name, indicator in INDICATORS.items()
        if indicator.is_of(table.measures, table.dimensions)
        and not _repeats_measure(indicator, table)
    }


def columns_of(table: Table) -> tuple[str, ...]:
    """The value columns of a released table: its measures, then the indicators derived from them.

    A duration's measure is in tenths of a day; the indicator of the same name stands in its place.
    """
    return tuple(dict.fromkeys((*table.measures, *indicators_of(table))))


def _repeats_measure(indicator: Indicator, table: Table) -> bool:
    is_there = indicator.name in table.measures
    return is_there and not isinstance(MEASURES[indicator.name], Wait)


def _derived(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    with_totals = _with_totals(table, frame)
    computed = {
        name: with_totals.select(_value(each), _status(each))
        for name, each in indicators_of(table).items()
    }
    columns = {column.name: column for column in frame.get_columns()}
    for name, found in computed.items():
        value, status = _not_applicable_where_undefined(found, name)
        columns |= {name: value, f"{name}{STATUS_SUFFIX}": status}
    names = columns_of(table)
    ordered = (*table.keys, *names, *(f"{name}{STATUS_SUFFIX}" for name in names))
    return pl.DataFrame([columns[name] for name in ordered])


def _value(indicator: Indicator) -> pl.Expr:
    """The formula's value to its decimals: IEEE multiplication, division and rounding alone, so
    that every machine gives the same bytes."""
    rounded = indicator.formula.cast(pl.Float64).round(
        indicator.decimals, mode="half_away_from_zero"
    )
    return pl.when(rounded.is_finite()).then(rounded).alias(indicator.name)


def _status(indicator: Indicator) -> pl.Expr:
    columns = (f"{name}{STATUS_SUFFIX}" for name in indicator.formula.meta.root_names())
    return gravest(columns).alias(f"{indicator.name}{STATUS_SUFFIX}")


def _not_applicable_where_undefined(found: pl.DataFrame, name: str) -> tuple[pl.Series, pl.Series]:
    """A share of nothing has no value though all its inputs have."""
    status = f"{name}{STATUS_SUFFIX}"
    with_value = [code for code, each in STATUSES.items() if each.has_value]
    undefined = found[name].is_null() & found[status].is_in(with_value)
    codes = pl.Series([NOT_APPLICABLE.code] * found.height, dtype=pl.String)
    return found[name], codes.zip_with(undefined, found[status]).alias(status)


def _with_totals(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Adds ``<measure>__total`` and its status: the measure in the row's total along the last
    dimension that the row breaks down; not applicable in the total of everything."""
    names = [name for name in table.measures if _total_is_read(table, name)]
    if not names:
        return frame
    totals = frame.select(
        *table.keys,
        *(pl.col(name).alias(f"{name}{TOTAL_SUFFIX}") for name in names),
        *(pl.col(f"{n}{STATUS_SUFFIX}").alias(_total_status(n)) for n in names),
    )
    above = {key: f"{key}_above" for key in table.keys}
    joined = frame.with_columns(**_keys_above(table, above)).join(
        totals,
        left_on=list(above.values()),
        right_on=list(above),
        how="left",
        maintain_order="left",
    )
    return joined.with_columns(
        pl.col(_total_status(name)).fill_null(NOT_APPLICABLE.code) for name in names
    )


def _total_is_read(table: Table, name: str) -> bool:
    wanted = f"{name}{TOTAL_SUFFIX}"
    return any(wanted in each.formula.meta.root_names() for each in indicators_of(table).values())


def _total_status(name: str) -> str:
    return f"{name}{TOTAL_SUFFIX}{STATUS_SUFFIX}"


def _keys_above(table: Table, names: Mapping[str, str]) -> dict[str, pl.Expr]:
    """The keys of the row's total; null in a row that breaks nothing down."""
    found = {names["period"]: pl.col("period")}
    settled = pl.lit(value=False)
    for dimension in reversed(table.dimensions):
        is_broken_down = pl.col(dimension) != TOTAL
        moved = pl.when(is_broken_down & ~settled).then(pl.lit(TOTAL)).otherwise(pl.col(dimension))
        found[names[dimension]] = moved
        settled = settled | is_broken_down
    found[names["period"]] = pl.when(settled).then(pl.col("period"))
    return found
