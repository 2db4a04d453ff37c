"""Derive: the indicators of every row, by their declared formulas. After this nothing is computed.

A value is computed from published values alone, so it can tell nothing that they do not; its status
is the gravest of its inputs'.
"""

from collections.abc import Mapping

import polars as pl

from data.codelists import Codelist
from data.datasets import Table
from data.dimensions import TOTAL
from data.indicators import INDICATORS, Indicator
from data.measures import MEASURES, Wait
from data.observe import STATUS_SUFFIX
from data.statuses import NOT_APPLICABLE, STATUSES
from etl.analyses import analyse
from etl.gravity import gravest
from etl.stages import Certified, Derived
from etl.wholes import with_wholes


def derive(certified: Certified) -> Derived:
    """Adds to each table the indicators that it can answer: value columns first, then statuses;
    and analyses what they then show."""
    tables = {name: _derived(table, certified) for name, table in certified.catalogue.items()}
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


def _derived(table: Table, certified: Certified) -> pl.DataFrame:
    frame = certified.tables[table.name]
    columns = {column.name: column for column in frame.get_columns()}
    for name, each in indicators_of(table).items():
        read = with_wholes(each, table, certified.tables, certified.catalogue)
        found = read.select(_value(each), _status(each, certified.edition.codelists))
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
    value = pl.when(rounded.is_finite()).then(rounded)
    return (value if indicator.decimals else value.cast(pl.Int64)).alias(indicator.name)


def _status(indicator: Indicator, codelists: Mapping[str, Codelist]) -> pl.Expr:
    status = gravest(f"{each.column}{STATUS_SUFFIX}" for each in indicator.reads)
    if indicator.along:
        code = pl.col(indicator.along)
        left_out = codelists[indicator.along].below(indicator.except_at)
        is_none = ((code == TOTAL) != indicator.of_total) | code.is_in(left_out)
        status = pl.when(is_none).then(pl.lit(NOT_APPLICABLE.code)).otherwise(status)
    return status.alias(f"{indicator.name}{STATUS_SUFFIX}")


def _not_applicable_where_undefined(found: pl.DataFrame, name: str) -> tuple[pl.Series, pl.Series]:
    """A share of nothing has no value though all its inputs have."""
    status = f"{name}{STATUS_SUFFIX}"
    with_value = [code for code, each in STATUSES.items() if each.has_value]
    undefined = found[name].is_null() & found[status].is_in(with_value)
    codes = pl.Series([NOT_APPLICABLE.code] * found.height, dtype=pl.String)
    told = found.select(pl.when(pl.col(status).is_in(with_value)).then(name))
    return told.to_series(), codes.zip_with(undefined, found[status]).alias(status)
