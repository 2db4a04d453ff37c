"""What stands beside the appeals: code lists, population and the register of resulting acts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import PolarsError

from data import codelists
from data.codelists import Code, Codelist
from data.dimensions import DIMENSIONS
from data.errors import SourceError
from etl.codes import read_codes_file
from etl.mapping import Mapping as SourceMapping
from etl.moments import read_moments
from etl.record import FIELDS
from etl.registers import named_texts, open_register

REFERENCE: Final = Path(codelists.__file__).parent / "reference"
BUILT_IN: Final = "reference"
"""Word in a mapping for the list that the product carries with it."""

BY_DEFAULT: Final = ("kind", "channel", "outcome", "group")
"""Dimensions whose own list is used where a mapping names none."""

POPULATION: Final = {"area": pl.String, "date": pl.Date, "population": pl.Int64}
ACTS: Final = ("act", "lex_id", "date", "title", "body", "theme")


def load_codelists(mapping: SourceMapping) -> dict[str, Codelist]:
    """The code list of every dimension; of one that is not mapped, the total alone.

    Raises ``SourceError`` when a mapped dimension has no list.
    """
    return {name: _codelist(name, mapping) for name in DIMENSIONS}


def _codelist(dimension: str, mapping: SourceMapping) -> Codelist:
    levels = {field.level for field in FIELDS.values() if field.dimension == dimension}
    mapped = {level for level in levels if level in mapping.columns}
    named = mapping.codelists.get(dimension)
    if not mapped and named is None and dimension != "group":
        return codelists.with_total(dimension, ())
    if named is None and dimension not in BY_DEFAULT:
        raise SourceError(
            "Mapping",
            f"[codelists] {dimension} is missing, and [columns.{min(mapped)}] is mapped.",
            f'Write the codes into a CSV and name it: {dimension} = "{dimension}.csv".',
        )
    path = located(named or BUILT_IN, f"{dimension}.csv", mapping.directory)
    return _at_mapped_level(_read(path, dimension), mapped)


def located(named: str, own: str, directory: Path) -> Path:
    """The file that a mapping names: one of the product's own, or one beside the mapping."""
    return REFERENCE / own if named == BUILT_IN else directory / named


def _read(path: Path, dimension: str) -> Codelist:
    try:
        return codelists.read(path, dimension)
    except (OSError, PolarsError):
        raise SourceError(
            "Code list", f"{path.name} cannot be read.", "Put a CSV of that name there."
        ) from None


def _at_mapped_level(codelist: Codelist, mapped: set[str]) -> Codelist:
    """A flat list is taken to be of the one level that is mapped: boroughs can be regions."""
    if len(codelist.levels) != 1 or len(mapped) != 1 or set(codelist.levels) == mapped:
        return codelist
    level = next(iter(mapped))
    codes = (
        Code(each.code, each.level and level, each.parent, each.names) for each in codelist.codes
    )
    return Codelist(codelist.dimension, tuple(codes))


def load_population(mapping: SourceMapping) -> pl.DataFrame:
    """``area``, ``date``, ``population``; empty where the mapping names no file."""
    if mapping.population is None:
        return pl.DataFrame(schema=POPULATION)
    path = located(mapping.population.file, "population.csv", mapping.directory)
    try:
        texts = pl.read_csv(path, infer_schema=False).select(*POPULATION)
        return texts.with_columns(
            pl.col("date").str.to_date("%Y-%m-%d"), pl.col("population").cast(pl.Int64)
        ).sort("area", "date")
    except (OSError, PolarsError):
        raise SourceError(
            "Population",
            f"{path.name} cannot be read as area, date (2019-01-01) and population (a number).",
            "Mend the file.",
        ) from None


def load_acts(
    mapping: SourceMapping, themes: Codelist, location: str | None, scratch: Path
) -> pl.DataFrame | None:
    """The resulting acts, sorted by ``act``; None where the source has no register of them.

    Raises ``SourceError`` naming the row when an act has no number, date or known theme.
    """
    if mapping.acts is None:
        return None
    reader = open_register(mapping, mapping.acts, location, scratch)
    texts = named_texts(reader, {n: mapping.acts.columns.get(n, n) for n in ACTS}, "[acts]")
    codes = dict(mapping.acts.codes)
    if mapping.acts.codes_file is not None:
        codes |= read_codes_file(mapping.directory / mapping.acts.codes_file)
    return _checked_acts(texts, themes, codes)


def _checked_acts(texts: pl.DataFrame, themes: Codelist, codes: Mapping[str, str]) -> pl.DataFrame:
    day = read_moments(texts["date"], (), "UTC").cast(pl.Date)
    theme = texts["theme"].replace(dict(codes)) if codes else texts["theme"]
    acts = texts.with_columns(day.alias("date"), theme.alias("theme"))
    _refuse(acts, acts["act"].is_null() | acts["act"].is_duplicated(), "its number, once")
    _refuse(acts, acts["date"].is_null(), "its date")
    of_list = list(themes.at("theme"))
    _refuse(acts, ~acts["theme"].is_in(of_list).fill_null(value=True), "a theme of the list")
    return acts.sort("act")


def _refuse(acts: pl.DataFrame, wrong: pl.Series, wanted: str) -> None:
    rows = wrong.arg_true()
    if rows.len():
        raise SourceError(
            "Register of acts",
            f"row {rows[0] + 1} of {acts.height} does not give {wanted}.",
            "Mend the register, or [acts.columns] and [acts.codes] in the mapping.",
        )
