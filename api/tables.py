"""Observations as JSON and as CSV: the cells of the release as they are, names of codes beside."""

import re
from typing import Any, Final

import polars as pl

from data.errors import QueryError
from data.observe import Observations
from data.releases import Release
from data.statuses import STATUSES
from layouts.words import Words

MOST_CELLS: Final = 25_000
GENERATED: Final = "generated"
FORMULA_STARTS: Final = r"^[=+\-@\t\r]"


def as_json(found: Observations, words: Words) -> dict[str, Any]:
    """The question, where its answer is from, the key to the signs, and the cells."""
    refuse_too_many(found)
    described = found.release.manifest
    return {
        "query": dict(found.query.parameters()),
        "release": found.release.id,
        "table": found.table.name,
        "as_of": described.as_of,
        "generated": described.source.generated,
        "licence": described.source.licence,
        "attribution": described.source.attribution,
        "statuses": status_key(found, words),
        "names": names_of_codes(found, words),
        "observations": found.frame.to_dicts(),
    }


def refuse_too_many(found: Observations) -> None:
    """JSON is for cuts; whole tables are files."""
    if found.frame.height * len(found.query.indicators) > MOST_CELLS:
        raise QueryError(
            "Too many cells",
            f"The answer has more than {MOST_CELLS} cells.",
            f"Narrow it, ask for format=csv, or take /releases/{found.release.id}/"
            f"{found.table.name}.csv.",
        )


def status_key(found: Observations, words: Words) -> dict[str, str]:
    """The signs that the answer holds, with what each means."""
    columns = [column for column in found.frame.columns if column.endswith("_status")]
    held = {code for column in columns for code in found.frame[column].unique()}
    return {
        code: words(f"{status.word}_meaning") for code, status in STATUSES.items() if code in held
    }


def names_of_codes(found: Observations, words: Words) -> dict[str, dict[str, str]]:
    """The codes that the answer holds, with their names."""
    return {
        dimension: {
            code: words.name(found.release.codelists[dimension], code)
            for code in found.frame[dimension].unique(maintain_order=True)
        }
        for dimension in found.table.dimensions
    }


def as_csv(found: Observations, words: Words) -> bytes:
    """The cells as a file for spreadsheets, with the name of each code after it.

    A name that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    names = names_of_codes(found, words)
    columns: list[pl.Expr] = []
    for column in found.frame.columns:
        columns.append(pl.col(column))
        if column in names:
            columns.append(named(column, names[column]))
    return found.frame.select(columns).write_csv().encode()


def named(dimension: str, names: dict[str, str]) -> pl.Expr:
    """The column of names beside a column of codes."""
    harmless = {code: harmless_text(name) for code, name in names.items()}
    return (
        pl.col(dimension)
        .replace_strict(harmless, default="", return_dtype=pl.String)
        .alias(f"{dimension}_name")
    )


def marks_of(release: Release) -> dict[str, str]:
    """Columns that are alike in every line of a file: the release, and where its data are made up
    that they are."""
    generated = {"data": GENERATED} if release.is_generated else {}
    return {"release": release.id, **generated}


def harmless_text(text: str) -> str:
    """A text that no spreadsheet runs."""
    return f"'{text}" if re.match(FORMULA_STARTS, text) else text


def file_name(found: Observations) -> str:
    """A name that says what was asked and of which release."""
    query = found.query
    parts = [query.dataset, *query.indicators[:3]]
    parts += [f"by-{level}" for level in query.by]
    parts += [f"{name}-{code}" for name, code in query.where]
    parts += [f"{key}-{len(codes)}" for key, codes in query.only]
    parts += [f"{key}-not-{len(codes)}" for key, codes in query.without]
    told = re.sub(r"[^A-Za-z0-9_-]", "", "_".join(parts))[:90]
    return f"ochiq-murojaat_{told}_{found.release.id}.csv"
