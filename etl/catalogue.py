"""The catalogue of one edition: the declared tables, less what its source does not collect."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from data.appeal import GENERALISED
from data.datasets import TABLES, Axis, Table
from data.errors import SourceError
from data.measures import (
    CASE_MIX,
    MEASURES,
    Count,
    Distinct,
    Expected,
    Measure,
    Reported,
    Sum,
    Wait,
)
from etl.leaves import Leaves, leaves
from etl.stages import Edition

Dimensions = Mapping[str, Leaves]
ALWAYS_KNOWN: Final = frozenset({"as_of"})


def dimensions_of(edition: Edition) -> Dimensions:
    """Every dimension with the levels and codes that the edition has."""
    return {name: leaves(each, edition.not_collected) for name, each in edition.codelists.items()}


def catalogue(edition: Edition) -> dict[str, Table]:
    """The tables that an edition can fill.

    Of a closed source no table goes by the date of the answer: when all is answered that ever will
    be, the answers of all years by either date are the same, and one hidden year is what is left.

    An axis keeps the levels that have codes, a table its axes; a table that loses an axis, or whose
    base, subject, people or date is not collected, is left out. Raises ``SourceError`` when none is
    left.
    """
    known = dimensions_of(edition)
    kept = {
        name: replace(table, axes=tuple(_pruned(axis, known) for axis in table.axes))
        for name, table in TABLES.items()
        if _is_answerable(table, edition)
        and all(_pruned(axis, known).levels for axis in table.axes)
    }
    if not kept:
        raise SourceError(
            "Catalogue",
            "the source fills none of the declared tables.",
            "Map at least the agency or the area of an appeal, with its code list.",
        )
    return kept


def _pruned(axis: Axis, known: Dimensions) -> Axis:
    there = known[axis.dimension].levels if axis.dimension in known else ()
    return replace(axis, levels=tuple(level for level in axis.levels if level in there))


def _is_answerable(table: Table, edition: Edition) -> bool:
    told_apart = [name for name in table.measures if isinstance(MEASURES[name], Distinct)]
    needed = [MEASURES[name] for name in (table.base, table.subject, *told_apart)]
    is_dated = table.dated_by not in edition.not_collected
    if table.dated_by != "registered" and edition.rules.get("closed"):
        return False
    return is_dated and all(is_collected(each, edition) for each in needed)


def is_collected(measure: Measure, edition: Edition) -> bool:
    """Whether the source gives what a measure is made of."""
    if isinstance(measure, Reported):
        return True
    if isinstance(measure, Expected):
        return _is_expected(measure, edition)
    inputs = set(measure.of_appeal.meta.root_names()) & set(GENERALISED) - ALWAYS_KNOWN
    has_base = isinstance(measure, Count) or is_collected(MEASURES[measure.base], edition)
    return has_base and not inputs & edition.not_collected


def _is_expected(measure: Expected, edition: Edition) -> bool:
    levels = [CASE_MIX[measure.by]] if measure.by else CASE_MIX.values()
    counted = all(is_collected(MEASURES[name], edition) for name in (measure.events, measure.base))
    return counted and any(level not in edition.not_collected for level in levels)


def counts_of(table: Table, edition: Edition) -> tuple[str, ...]:
    """The counts of a table that the edition can fill, its base first."""
    return _of_kind(table, edition, Count)


def personal_of(table: Table, edition: Edition) -> tuple[str, ...]:
    """The counts of persons among them."""
    counts = counts_of(table, edition)
    return tuple(name for name in counts if getattr(MEASURES[name], "personal", False))


def summed_of(table: Table, edition: Edition) -> tuple[str, ...]:
    """The counts and sums of a table that the edition can fill."""
    return _of_kind(table, edition, Count | Sum)


def waits_of(table: Table, edition: Edition) -> tuple[str, ...]:
    """The response times of a table that the edition can tell."""
    return _of_kind(table, edition, Wait)


def distinct_of(table: Table, edition: Edition) -> tuple[str, ...]:
    """The estimates of different numbers of a table that the edition can tell."""
    return _of_kind(table, edition, Distinct)


def _of_kind(table: Table, edition: Edition, kind: object) -> tuple[str, ...]:
    return tuple(
        name
        for name in table.measures
        if isinstance(MEASURES[name], kind) and is_collected(MEASURES[name], edition)  # type: ignore[arg-type]
    )


def container(name: str, available: tuple[str, ...]) -> str | None:
    """The nearest of the available counts that a count is a part of."""
    measure = MEASURES[name]
    while isinstance(measure, Count) and measure.within is not None:
        if measure.within in available:
            return measure.within
        measure = MEASURES[measure.within]
    return None
