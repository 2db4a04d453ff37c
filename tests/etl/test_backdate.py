"""A restatement sees what came late for its day, and nothing of the days after it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl
import pytest

from data.releases import Release, ReleaseStore
from etl.aggregate import aggregate
from etl.backdate import backdated
from etl.disclosure.gate import DisclosureError
from etl.past import Past
from etl.shelf import DONE_BY_THE_ANSWER, Shelf, compared
from etl.stages import Staged
from tests.sample import THRESHOLD
from tests.succession import FIRST_DAY, Office, of_village

MARCH, JUNE = date(2018, 3, 31), date(2018, 6, 30)
DAYS: Final = 181


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, of_village(6_000, DAYS, share=0), FIRST_DAY)


def appeals(staged: Staged) -> pl.DataFrame:
    return pl.concat(pl.read_parquet(path) for path in staged.months()).sort("appeal")


def national(release: Release) -> pl.DataFrame:
    return release.tables["national"].sort("period")


def test_an_earlier_day_sees_what_a_run_on_that_day_would_have_seen(office: Office) -> None:
    then, now = office.staged(MARCH), backdated(office.staged(JUNE), MARCH)
    unseen = {*DONE_BY_THE_ANSWER, "person_when_answered", "answer_print"}
    kept = [name for name in appeals(then).columns if name not in unseen]

    assert appeals(now).select(kept).equals(appeals(then).select(kept))
    assert (
        not appeals(now)
        .filter(pl.col("answered").is_null(), pl.any_horizontal(*DONE_BY_THE_ANSWER))
        .height
    )
    assert now.edition.as_of == MARCH


def test_the_ledger_counts_what_is_of_later_days(office: Office) -> None:
    whole = office.staged(JUNE).edition.ledger
    ledger = backdated(office.staged(JUNE), MARCH).edition.ledger

    assert ledger.after == whole.accepted - ledger.accepted > 2_000
    assert ledger.adds_up


def test_data_that_end_before_the_day_are_refused(office: Office) -> None:
    with pytest.raises(DisclosureError, match=r"data are of 2018-03-31.*reaches 2018-06-30"):
        backdated(office.staged(MARCH), JUNE)


def test_a_restatement_keeps_the_day_and_the_next_release_goes_on(office: Office) -> None:
    store = ReleaseStore(office.releases)
    first = store.get(office.publishes(MARCH))
    restated = store.get(office.publishes(JUNE, restate=True))
    later = store.get(office.publishes(JUNE))

    assert restated.manifest.as_of == first.manifest.as_of == MARCH.isoformat()
    assert national(restated).equals(national(first)), "nothing had come late"
    assert restated.manifest.ledger.after is None, "there are some"
    assert later.manifest.as_of == JUNE.isoformat()
    assert later.manifest.ledger.after == 0


def test_a_restatement_that_would_tell_more_is_refused(office: Office) -> None:
    """As after an upgrade: what is new would tie what it tells to what nobody was told before."""
    release = ReleaseStore(office.releases).get(office.publishes(MARCH))
    told = release.manifest.tables["national"]
    table = replace(told.table, measures=tuple(n for n in told.table.measures if n != "open"))
    tables = {**release.manifest.tables, "national": replace(told, table=table)}
    older = replace(release, manifest=replace(release.manifest, tables=tables))
    cells = aggregate(office.staged(MARCH), THRESHOLD)

    with pytest.raises(DisclosureError, match=r"does not tell open.*etl run"):
        Past(older, restated=True).told_again(cells)


def test_a_body_that_all_appeals_have_left_is_told_as_none(office: Office) -> None:
    """As when a body was merged, and its appeals are told under the new one."""
    office.publishes(MARCH)
    moved = office.source.appeals.with_columns(pl.col("agency").replace("AG1", "AG2"))
    merged = replace(office, source=replace(office.source, appeals=moved))

    tables = ReleaseStore(office.releases).get(merged.publishes(MARCH, restate=True)).tables

    left = tables["agencies"].filter(pl.col("agency") == "AG1")
    assert not left.is_empty()
    assert {*left["received"]} <= {0, None}


def test_what_came_and_what_went_are_told_apart(office: Office, tmp_path: Path) -> None:
    """One told otherwise went as it was and came as it is; another day or key alone is nothing."""
    office.publishes(MARCH)
    staged = office.staged(MARCH)
    month = pl.read_parquet(staged.months()[0])
    renamed = month[2:].with_columns(person=pl.col("person") + 1, as_of=pl.lit(JUNE))
    fresh = month[:1].with_columns(appeal=pl.lit(1, pl.UInt64))
    retold = month[1:2].with_columns(hops=pl.col("hops") + 1)
    pl.concat([fresh, retold, renamed]).write_parquet(staged.months()[0])

    came, gone = compared(staged, Shelf(office.vault.shelf(staged.edition.source.name)), tmp_path)

    assert appeals(came).equals(pl.concat([fresh, retold]).sort("appeal"))
    assert appeals(gone).equals(month[:2].sort("appeal"))
    assert aggregate(came, THRESHOLD).tables["national"]["received"].max() == 2
