"""Acts gap: the published proposals of every theme and year, and a gap exactly where no act is."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from data.analyses.acts_gap import ACTS_GAP
from data.periods import grain_of
from etl.verify.opened import Opened

NAME: Final = ACTS_GAP.name
TABLE: Final = "acts_by_theme"


def acts_gap_findings(
    release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]
) -> Iterator[str]:
    """Judges the themes of every year by the rule that the manifest states."""
    table = release.tables[TABLE]
    years = [code for code in table["period"].unique() if grain_of(code) == "year"]
    published = (
        table.filter(
            pl.col("period").is_in(years),
            pl.col("theme").is_in(release.codelists["theme"].at("theme")),
        )
        .select("period", "theme", "proposals", "taken_up", "acts")
        .sort(ACTS_GAP.keys)
    )
    if not frame.select(published.columns).equals(published):
        yield f"{NAME}: its rows are not the themes and years of {TABLE}"
        return
    if frame["acts_later"].to_list() != [_later(release, row) for row in frame.to_dicts()]:
        yield f"{NAME}: later acts are miscounted"
    if frame["status"].to_list() != [_status(row, rules["many"]) for row in frame.to_dicts()]:
        yield f"{NAME}: a theme is called a gap that is none, or the other way round"


def _later(release: Opened, row: Mapping[str, Any]) -> int:
    acts = release.acts
    if acts is None:
        return 0
    after = (pl.col("theme") == row["theme"]) & (pl.col("date").str.head(4) > row["period"])
    return acts.filter(after).height


def _status(row: Mapping[str, Any], many: int) -> str:
    if (row["acts"] or 0) + row["acts_later"]:
        return "acted"
    if row["proposals"] is None:
        return "not_published"
    return "gap" if row["proposals"] >= many else "few"
