"""The source from beginning to end, one month at a time."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import polars as pl

from etl.demo.acts import acts
from etl.demo.answers import answered
from etl.demo.appeals import World, arrived, fresh, rekeyed, world
from etl.demo.assumptions import ALL_APPEALS
from etl.demo.bodies import bodies
from etl.demo.canaries import planted
from etl.demo.columns import acts_in_source_columns, in_source_columns
from etl.demo.days import Month
from etl.demo.dirt import assigned, dirt_plan, with_dirt
from etl.demo.identity import identified
from etl.demo.letters import written
from etl.demo.outcomes import concluded
from etl.demo.people import pools
from etl.demo.places import places
from etl.demo.plan import Plan, plan
from etl.demo.reference import read
from etl.demo.registration import registered
from etl.demo.repeats import Repeats
from etl.demo.reports import Journal, reports
from etl.demo.truth import Truth, written_to
from etl.demo.variety import untidy
from etl.demo.writing import database, sqlite_path

APPEALS_TABLE: Final = "murojaatlar"
ACTS_TABLE: Final = "hujjatlar"
ABOUT_TABLE: Final = "malumot"
REPORT_TABLES: Final = "hisobot_"
"""Begins the name of each table of a report."""
_ROWS_AT_ONCE = 40_000
"""Rows that are put into words at once: a bound of memory."""
_ONLY_WITHIN = ("key", "dirt", "dirt_number")


def generate(
    target: str,
    appeals: int = ALL_APPEALS,
    seed: int = 2017,
    progress: Callable[[str], None] = lambda _: None,
    *,
    canaries: bool = False,
    beside: Path | None = None,
) -> Path | None:
    """Makes the source in the database of a SQLAlchemy URL; returns the file if it is SQLite.

    Beside it, or in the folder ``beside``, lie ``truth.json``, ``survey.csv`` (the survey of 2017)
    and with ``canaries`` the markers that were planted, by column (``canaries.json``). The same
    volume and seed give the same bytes.
    """
    path = sqlite_path(target)
    folder = beside or (path.parent if path else None)
    here = _world(plan(appeals, seed))
    dirt = dirt_plan(appeals, here.plan.appeals_by_month)
    truth, journal = Truth(here.plan, here.bodies, dirt), Journal(here)
    markers: list[pl.DataFrame] = []
    with database(target) as writer:
        writer.append(ABOUT_TABLE, _about(here.plan))
        writer.append(ACTS_TABLE, acts_in_source_columns(here.acts))
        for month, clean in _months(here):
            journal.note(month, clean)
            dirtied = assigned(clean, dirt.of_month(month.number), dirt.number_after(month.number))
            for part in dirtied.iter_slices(_ROWS_AT_ONCE):
                rows, tolerated = untidy(_as_rows(part, here))
                if canaries:
                    rows, marks = planted(rows)
                    markers.append(marks)
                truth.note(part, rows["pinfl"], tolerated)
                writer.append(APPEALS_TABLE, with_dirt(rows).drop(_ONLY_WITHIN))
            progress(f"{month.name}: {clean.height:,} appeals of {appeals:,}")
        for name, frame in reports(journal, here).items():
            writer.append(f"{REPORT_TABLES}{name}", frame)
    if folder:
        _beside(folder, truth, markers)
    return path


def _world(of: Plan) -> World:
    return world(of, bodies(of.seed), places(), pools(of), acts(of))


def _months(here: World) -> Iterator[tuple[Month, pl.DataFrame]]:
    """The months in order: what comes again in a later one follows from the earlier ones."""
    repeats = Repeats()
    women = number = 0
    for month, count in here.plan.schedule:
        again = rekeyed(here.plan.seed, month, repeats.due_in(month, count))
        women_now = here.plan.women_to_month[month.number] - women - int(again["woman"].sum())
        new = fresh(
            here, month, count - again.height, women_now, here.plan.proposals_by_month[month.number]
        )
        appeals = _followed(arrived(here, pl.concat([new, again]), number), here)
        repeats.expect(appeals, here.bodies, month)
        women, number = here.plan.women_to_month[month.number], number + count
        yield month, appeals


def _followed(appeals: pl.DataFrame, here: World) -> pl.DataFrame:
    """What becomes of the appeals of a month."""
    handled = answered(registered(appeals, here.bodies), here.bodies)
    return concluded(handled, here.bodies, here.acts)


def _as_rows(appeals: pl.DataFrame, here: World) -> pl.DataFrame:
    """The source's columns, and beside them those that are only needed while it is made."""
    rows = in_source_columns(written(identified(appeals, here)), here)
    return rows.with_columns(appeals.select(_ONLY_WITHIN))


def _about(of: Plan) -> pl.DataFrame:
    """The source says of itself that it is generated."""
    return pl.DataFrame(
        [
            ("tur", "Namoyish uchun oʻylab topilgan maʼlumotlar (generated demonstration data)"),
            ("murojaatlar", str(of.appeals)),
            ("urugʻ", str(of.seed)),
        ],
        schema=["kalit", "qiymat"],
        orient="row",
    )


def _beside(folder: Path, truth: Truth, markers: list[pl.DataFrame]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    written_to(folder / "truth.json", truth.told())
    read("survey").write_csv(folder / "survey.csv")
    if markers:
        by_column = pl.concat(markers).to_dict(as_series=False)
        text = json.dumps(by_column, ensure_ascii=False, indent=1)
        (folder / "canaries.json").write_text(text + "\n", encoding="utf-8")
