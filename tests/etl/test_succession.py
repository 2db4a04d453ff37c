"""Releases month after month: what was published stays, though the source goes on changing."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import polars as pl
import pytest

from data.observe import STATUS_SUFFIX
from data.releases import ReleaseStore
from etl.aggregate import aggregate
from etl.disclosure.gate import Decision, DisclosureError, decided_before
from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.guard import guard
from etl.past import Past
from etl.sheets import Sheet
from etl.stages import Cells
from tests.sample import KEY, THRESHOLD
from tests.succession import FIRST_DAY, Office, Source, of_village

MONTHS: Final = [*(f"2018-{month:02}" for month in range(1, 13)), "2019-01", "2019-02"]
DAYS: Final = 31 + 28 + 365
APPEALS: Final = 9_000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    source = of_village(APPEALS, DAYS, share=0.02)
    return Office(tmp_path_factory.mktemp("office"), source, FIRST_DAY)


@pytest.fixture(scope="module")
def published(office: Office) -> list[str]:
    return list(office.publishes_monthly(MONTHS))


def test_every_promise_holds_over_all_releases(office: Office, published: list[str]) -> None:
    *earlier, last = (office.releases / release for release in published)

    checked = subprocess.run(
        [sys.executable, last / "check.py", *earlier], capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, checked.stdout


def test_no_number_that_was_final_is_another_later(office: Office, published: list[str]) -> None:
    store = ReleaseStore(office.releases)
    last = store.get(published[-1])
    for release in map(store.get, published[:-1]):
        for name, record in release.manifest.tables.items():
            keys = list(record.table.keys)
            both = release.tables[name].join(last.tables[name], on=keys, suffix="__last")
            assert both.height == release.tables[name].height
            for value in set(release.tables[name].columns) - set(keys):
                if value.endswith(STATUS_SUFFIX):
                    continue
                final = both.filter(pl.col(f"{value}{STATUS_SUFFIX}") == "A")
                assert final.filter(pl.col(value).ne_missing(pl.col(f"{value}__last"))).is_empty()


def test_late_and_withdrawn_records_are_told_and_change_no_published_month(
    office: Office, published: list[str]
) -> None:
    last = ReleaseStore(office.releases).get(published[-1])
    ledger, national = last.manifest.ledger, last.tables["national"]
    months = national.filter(pl.col("period").is_in(MONTHS))

    assert ledger.late is ledger.withdrawn is ledger.read is None, "a restatement would be told"
    assert months["received"].sum() == ledger.accepted


def test_a_source_that_was_changed_behind_our_back_gives_no_release(
    office: Office, published: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.pipeline.as_published", lambda staged, _: staged)

    with pytest.raises(DisclosureError, match="would change"):
        office.publishes(date(2019, 2, 28))


def test_a_restatement_takes_in_what_came_late_and_shows_no_change_of_a_few(
    office: Office, published: list[str]
) -> None:
    store = ReleaseStore(office.releases)
    before = store.get(published[-1])

    after = store.get(office.publishes(date(2019, 2, 28), restate=True))

    assert after.manifest.ledger.late == after.manifest.ledger.withdrawn == 0
    assert after.manifest.disclosure["restates"] == before.id
    for name, record in after.manifest.tables.items():
        keys, base = list(record.table.keys), record.table.base
        both = after.tables[name].join(before.tables[name], on=keys, suffix="__before")
        change = (both[base] - both[f"{base}__before"]).drop_nulls().abs()
        assert change.filter((change > 0) & (change < 10)).is_empty()


def of_a_quarter_that_ends_with_few() -> Source:
    """Appeals of a quarter; in its last month five each of two bodies, all of different people."""
    source = of_village(900, 90, share=0)
    appeals = source.appeals.with_columns(person="appeal")
    is_last = pl.col("registered") >= date(2018, 3, 1)
    few = [appeals.filter(is_last, agency=body).head(5) for body in ("AG1", "AG2")]
    return replace(source, appeals=pl.concat([appeals.filter(~is_last), *few]))


def counted_from(office: Office, as_of: date, tables: tuple[str, ...]) -> Cells:
    staged = office.staged(as_of)
    cells = aggregate(staged, THRESHOLD)
    return replace(
        cells,
        catalogue={name: cells.catalogue[name] for name in tables},
        tables={name: cells.tables[name] for name in tables},
    )


@pytest.fixture(scope="module")
def of_a_quarter(tmp_path_factory: pytest.TempPathFactory) -> tuple[Cells, Past]:
    """Three tables of a quarter, and the release of its first two months."""
    office = Office(
        tmp_path_factory.mktemp("quarter"), of_a_quarter_that_ends_with_few(), FIRST_DAY
    )
    past = Past(ReleaseStore(office.releases).get(office.publishes(date(2018, 2, 28))))
    tables = ("national", "agencies", "response")
    return counted_from(office, date(2018, 3, 31), tables), past


def test_a_quarter_is_left_out_of_every_table_where_it_tells_a_month_that_is(
    of_a_quarter: tuple[Cells, Past],
) -> None:
    cells, past = of_a_quarter

    kept = guard(cells, THRESHOLD, KEY, past).cells.tables

    assert {*kept["agencies"]["period"]} == {"2018-01", "2018-02"}
    assert kept["response"].is_empty()
    assert {"2018-03", "2018-Q1"} <= {*kept["national"]["period"]}


def test_what_was_left_out_is_not_tried_again_nor_told_by_what_is_longer(
    of_a_quarter: tuple[Cells, Past],
) -> None:
    """Though it could be protected."""
    cells, past = of_a_quarter
    manifest = past.release.manifest
    out = {"table": "national", "grain": "month", "periods": ["2018-03"]}
    disclosure = {**manifest.disclosure, "sheets_left_out": [out]}
    release = replace(past.release, manifest=replace(manifest, disclosure=disclosure))

    guarded = guard(cells, THRESHOLD, KEY, replace(past, release=release))

    assert {*guarded.cells.tables["national"]["period"]} == {"2018-01", "2018-02"}
    assert guarded.left_out[0] == Sheet("national", "month", ("2018-03",))


def test_nothing_new_is_published_where_the_gate_would_hide_what_was_shown(
    of_a_quarter: tuple[Cells, Past], monkeypatch: pytest.MonkeyPatch
) -> None:
    cells, past = of_a_quarter

    def hides_a_shown_one(pattern: Pattern, threshold: int, also: Numbers) -> Decision:
        shown = np.isinf(pattern.weights) & (pattern.system.breadth == 1) & pattern.system.guarded
        return decided_before(pattern.system, np.append(also, np.flatnonzero(shown)[:1]), threshold)

    monkeypatch.setattr("etl.ruling.decide", hides_a_shown_one)

    kept = guard(cells, THRESHOLD, KEY, past).cells.tables

    assert {*kept["national"]["period"]} == {"2018-01", "2018-02"}
