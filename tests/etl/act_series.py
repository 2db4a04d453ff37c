"""Invented national months of a few themes with a register of acts, as an analyst is given them."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from data.codelists import Code, Codelist, with_total
from data.manifest import Ledger, Manifest, SourceRecord
from etl.analyses.monthly import month_code
from etl.stages import REGISTER, Account, Edition, Tables
from etl.verify.opened import Opened

FIRST = date(2017, 1, 1)
MONTHS = tuple(month_code(2017 * 12 + step) for step in range(34))
Acts = Sequence[tuple[str, str, str]]
"""Number, day and theme of each act."""


def edition(acts: Acts | None, themes: Sequence[str], as_of: date = date(2019, 11, 1)) -> Edition:
    codes = [Code(name, "theme", "_T", (("en", name.title()),)) for name in themes]
    return Edition(
        source=SourceRecord("test", {"en": "Test"}, True, "CC BY 4.0", "Nobody"),
        first_day=FIRST,
        as_of=as_of,
        codelists={"theme": Codelist("theme", with_total("theme", codes).codes)},
        not_collected=frozenset(),
        population=pl.DataFrame(),
        acts=None if acts is None else register(acts),
        ledger=Account(0, 0, 0, {}),
        rules={},
    )


def register(acts: Acts) -> pl.DataFrame:
    rows = [
        (act, None, date.fromisoformat(day), "On it", "A body", theme) for act, day, theme in acts
    ]
    return pl.DataFrame(rows, schema=REGISTER, orient="row")


def tables(counts: Mapping[str, Sequence[int | None]], months: Sequence[str] = MONTHS) -> Tables:
    """The table of months by theme, with a region that nobody should read; ``_T`` is the total."""
    rows = [
        {"period": month, "area": area, "theme": theme, "received": count and count // share}
        for theme, series in counts.items()
        for month, count in zip(months, series, strict=True)
        for area, share in (("_T", 1), ("1726", 5))
    ]
    return {"region_by_theme": pl.DataFrame(rows)}


def opened(given: Edition, shown: Tables) -> Opened:
    """The same as the verifier reads it from the files of a release."""
    manifest = Manifest(
        source=given.source,
        first_day=given.first_day.isoformat(),
        as_of=given.as_of.isoformat(),
        code_version="test",
        rules={},
        not_collected=(),
        ledger=Ledger(0, 0, 0, {}),
        tables={},
        files={},
        codelists=tuple(given.codelists),
    )
    written = pl.col("date").dt.strftime("%Y-%m-%d")
    acts = None if given.acts is None else given.acts.with_columns(written)
    return Opened(manifest, shown, {}, given.codelists, acts)
