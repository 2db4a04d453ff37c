"""Case mix: what would be expected of each agency, from its shown counts and the country's rates.

The rates are those of all agencies together in each stratum (theme × kind × channel × region). How
an agency's appeals lie over the strata is not asked of its records but estimated from what is
published of it: its shown counts by theme, kind, channel and region, with what is hidden spread as
in the country, raked to the country's strata. So no hidden count of an agency has a part in what is
expected of it, and nothing can be worked out from that.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from data.dimensions import TOTAL
from data.measures import ADJUSTED, CASE_MIX, EXPECTED
from etl.calendar import coarsened, code
from etl.catalogue import Dimensions
from etl.contributions import MONTH_OF
from etl.estimators.arrays import Floats, Integers
from etl.estimators.raking import raked
from etl.estimators.standardised import (
    Strata,
    case_mix_contributions,
    expected_rates,
    stratum_rates,
)
from etl.stages import Tables

PARTS: Final = {
    "theme": "agency_by_theme",
    "kind": "agency_by_kind",
    "channel": "agency_by_channel",
    "area": "agency_by_region",
}
"""Dimension → the published table that tells each agency's appeals by it."""
CROSSED: Final = ("region_by_theme", ("area", "theme"))
"""A published table of all agencies together, and the dimensions that it crosses."""
AGENCY: Final = "agency"
COUNTS: Final = tuple(dict.fromkeys(name for pair in ADJUSTED for name in pair[::-1]))


def stratum_counts(month: pl.DataFrame, dimensions: Dimensions) -> pl.DataFrame:
    """The counts of a month's appeals by year and stratum, of all agencies together."""
    known = {
        name: dimensions[name].at(level).cast(pl.String).alias(name)
        for name, level in CASE_MIX.items()
        if name in dimensions and level in dimensions[name].levels
    }
    counts = [name for name in COUNTS if name in month.columns]
    year = coarsened(pl.col(MONTH_OF["registered"]), "month", "year")
    placed = month.select(code(year, "year").alias("period"), *known.values(), *counts)
    return summed([placed])


def summed(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Strata of several months as one, in order."""
    together = pl.concat(parts)
    keys = [name for name in together.columns if name not in COUNTS]
    return together.group_by(keys).agg(pl.all().sum().cast(pl.Int64)).sort(keys)


@dataclass(frozen=True, eq=False)
class _Mix:
    """Appeals of each agency by stratum, as far as is published; ``strata`` has a row a stratum.

    ``own`` is the agency's share among all appeals of the kind.
    """

    by: tuple[str, ...]
    strata: pl.DataFrame
    codes: Integers
    appeals: Floats
    own: Floats


def expected(frame: pl.DataFrame, strata: pl.DataFrame, shown: Tables) -> dict[str, pl.Series]:
    """The expected counts for each row of a yearly table of agencies, null where none can be told.

    ``frame`` has the counts that they are compared with, ``shown`` the published ``PARTS``.
    """
    rows = frame.with_row_index("row").sort("period", AGENCY)
    years = rows.partition_by("period", as_dict=True, maintain_order=True)
    found = [_of_year(of_year, strata, shown) for of_year in years.values()]
    ordered = pl.concat(found).sort("row")
    return {measure.name: ordered[measure.name] for measure in EXPECTED}


def _of_year(rows: pl.DataFrame, strata: pl.DataFrame, shown: Tables) -> pl.DataFrame:
    year = rows["period"][0]
    parts = {
        name: shown[table].filter(pl.col("period") == year)
        for name, table in PARTS.items()
        if name in strata.columns and table in shown
    }
    parts = {name: part for name, part in parts.items() if not part.is_empty()}
    found = rows.select("row", *(pl.lit(None, pl.Int64).alias(each.name) for each in EXPECTED))
    if not parts:
        return found
    mix = _mix(strata.filter(pl.col("period") == year), parts, _wholes(parts, shown, year))
    told = [pair for pair in ADJUSTED if pair[0] in strata.columns]
    for events, base in told:
        found = found.with_columns(**_counts(rows[base], mix, events, base))
    return found


def _wholes(parts: Tables, shown: Tables, year: str) -> list[pl.DataFrame]:
    """All agencies' appeals as they are published: by each dimension, and by two together."""
    whole = pl.col(AGENCY) == TOTAL
    found = [part.filter(whole).select(name, "received") for name, part in parts.items()]
    table, crossed = CROSSED
    if table in shown and {*crossed} <= {*parts}:
        of_year = shown[table].filter(pl.col("period") == year)
        found.append(of_year.select(*crossed, "received"))
    return found


def _mix(strata: pl.DataFrame, parts: Tables, wholes: list[pl.DataFrame]) -> _Mix:
    by = tuple(parts)
    counts = [name for name in COUNTS if name in strata.columns]
    here = strata.group_by(by).agg(pl.col(counts).sum()).sort(by)
    listed = {name: sorted(set(part[name]) - {TOTAL}) for name, part in parts.items()}
    codes = [
        here[name].replace_strict(known, list(range(len(known))), return_dtype=pl.Int64).to_numpy()
        for name, known in listed.items()
    ]
    model = here["received"].cast(pl.Float64).to_numpy()
    margins = [_margin(part, name, listed[name]) for name, part in parts.items()]
    appeals = raked(model, codes, margins)
    return _Mix(by, here, np.stack(codes), appeals, _own(here, appeals, wholes))


def _own(strata: pl.DataFrame, appeals: Floats, wholes: list[pl.DataFrame]) -> Floats:
    """The share of each agency among the appeals of a stratum's kind: the largest that is seen in
    published wholes. The country's strata are not published, and would tell hidden counts."""
    found = np.zeros_like(appeals)
    for whole in wholes:
        keys = [name for name in whole.columns if name != "received"]
        place = strata.select(pl.struct(keys).rank("dense")).to_series().to_numpy() - 1
        inside = np.zeros((place.max() + 1, len(appeals)))
        np.add.at(inside, place, appeals.T)
        of_all = strata.join(whole, on=keys, how="left", maintain_order="left")["received_right"]
        share = inside[place].T / of_all.cast(pl.Float64).fill_null(np.inf).to_numpy()
        found = np.maximum(found, share)
    return np.minimum(found, 1.0)


def _margin(part: pl.DataFrame, dimension: str, codes: list[str]) -> Floats:
    """Agencies × codes without holes: what is hidden of an agency is spread as in the country; an
    agency of which not even the total is shown has nothing."""
    wide = part.pivot(dimension, index=AGENCY, values="received").sort(AGENCY)
    columns = pl.col(TOTAL, *codes).cast(pl.Float64)
    counts: Floats = wide.select(columns).to_numpy()
    total, shown = counts[:, :1], counts[:, 1:]
    is_hidden = np.isnan(shown)
    # A code that is hidden of all agencies together too weighs like one appeal.
    everyone = wide.filter(pl.col(AGENCY) == TOTAL).select(columns.fill_null(1)).to_numpy()[:, 1:]
    weight = np.where(is_hidden, everyone, 0.0)
    known = weight.sum(axis=1, keepdims=True)
    share = np.divide(weight, known, out=np.zeros_like(weight), where=known > 0)
    left = total - np.where(is_hidden, 0.0, shown).sum(axis=1, keepdims=True)
    return np.where(np.isnan(total), 0.0, np.where(is_hidden, share * left, shown))


def _counts(compared: pl.Series, mix: _Mix, events: str, base: str) -> dict[str, pl.Series]:
    """What is expected of each agency and what makes it, in whole appeals."""
    counts = {name: mix.strata[name].to_numpy() for name in (events, base, "received")}
    strata = Strata(mix.codes, counts[events], counts[base])
    # Of the appeals of a stratum as many are of the base as in the country.
    of_base = mix.appeals * (counts[base] / counts["received"])
    rates = stratum_rates(strata, range(len(mix.by)))
    moved = dict(zip(mix.by, case_mix_contributions(of_base, strata).T, strict=True))
    shares = {
        "": expected_rates(of_base, rates),
        "itself": expected_rates(of_base, mix.own * rates),
        **moved,
    }
    found = {}
    for measure in EXPECTED:
        told_by = "itself" if measure.of_itself else measure.by
        if measure.events == events and told_by in shares:
            found[measure.name] = _whole(shares[told_by] * compared.to_numpy())
    return found


def _whole(appeals: Floats) -> pl.Series:
    return pl.Series(np.floor(appeals + 0.5)).fill_nan(None).cast(pl.Int64)
