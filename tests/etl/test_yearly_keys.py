"""What yearly keys promise of a run: persons of a year are told apart by one key, what crosses a
New Year is recognised, and a key that is gone neither stops nor unsettles anything."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.errors import SourceError
from etl.aggregate import aggregate
from etl.keyfiles import write_key
from etl.pipeline import Order, Watcher, run
from etl.stages import Staged
from tests.etl import village
from tests.etl.town import TODAY, Town, appeals_of, row

EVE, MORROW = "2018-12-20", "2019-01-10"
FORMER = bytes(range(32))
WATCHER = Watcher(lambda *_: None, lambda *_: None)


def persons(staged: Staged, column: str = "person") -> list[int | None]:
    return appeals_of(staged)[column].to_list()


def forget(town: Town, year: int) -> None:
    """Destroys the year's key, as a run long after it does."""
    day = date(year + 2, 2, 1)
    gone = town.vault.keyring().destroy_unneeded(day, day)
    assert [note.years for note in gone] == [str(year)]


def test_the_persons_of_a_year_are_told_apart_by_one_key(town: Town) -> None:
    rows = [row(id=str(i), opened=f"2019-0{1 + i % 3}-01", pin=f"{i // 2}") for i in range(6)]

    found = persons(town.take_in(rows))

    assert len(set(found)) == 3
    assert persons(town.take_in(rows)) == found


def test_a_person_of_two_years_is_not_linked_by_the_number_of_either(town: Town) -> None:
    rows = [row(id="1", opened=EVE, closed=""), row(id="2", opened=MORROW, closed="")]

    first, second = persons(town.take_in(rows))

    assert first != second


def test_answers_of_one_year_recognise_a_person_across_new_year(town: Town) -> None:
    rows = [
        row(id="1", opened=EVE, closed="2019-01-15"),
        row(id="2", opened=MORROW, closed="2019-01-15"),
    ]

    staged = town.take_in(rows)

    assert len(set(persons(staged))) == 2
    assert len(set(persons(staged, "person_when_answered"))) == 1


def test_a_cell_counts_under_the_key_of_the_date_that_its_table_goes_by(tmp_path: Path) -> None:
    (one,) = village.appeals(1, seed=1, gaps=False)
    answered = {"answered": date(2019, 1, 20), "outcome": "rejected", "outcome_class": "refused"}
    rows = [
        one | answered | {"registered": date(2018, 12, 20), "person": 1},
        one | answered | {"registered": date(2019, 1, 5), "person": 2},
    ]
    staged = village.staged(tmp_path, rows)
    # A year is counted once it has ended.
    staged = replace(staged, edition=replace(staged.edition, as_of=date(2020, 3, 1)))
    for month in staged.months():
        same = pl.lit(3, pl.UInt64).alias("person_when_answered")
        pl.read_parquet(month).with_columns(same).write_parquet(month)

    tables = aggregate(staged, threshold=4).tables

    assert in_total(tables["outcomes_closing"], "2019") == 1
    assert in_total(tables["regions"], "2018") == in_total(tables["regions"], "2019") == 1


def in_total(table: pl.DataFrame, period: str) -> int:
    axes = [name for name in ("agency", "area", "outcome") if name in table.columns]
    row = table.filter(pl.col("period") == period, *(pl.col(name) == "_T" for name in axes))
    found: int = row[next(c for c in row.columns if c.startswith("persons__"))].item()
    return found


def test_a_repeat_across_new_year_is_what_the_source_says_it_is(town: Town) -> None:
    town.toml += '\n[columns.repeated]\nfrom = "phone"\ntrue = ["again"]\n'
    town.toml = town.toml.replace('never_read = ["phone"]\n', "")
    rows = [row(id="1", opened=EVE, phone=""), row(id="2", opened=MORROW, phone="again")]

    for _ in range(2):
        assert appeals_of(town.take_in(rows))["repeated"].to_list() == [False, True]
        town.vault.keyring().destroy_unneeded(date(2020, 2, 1), date(2020, 2, 1))


@pytest.mark.parametrize("is_destroyed", [False, True])
def test_held_rows_are_held_once_whether_the_key_of_their_year_is_there_or_gone(
    town: Town, is_destroyed: bool
) -> None:
    rows = [row(id="1", opened=EVE), row(id="", opened=EVE), row(id="2", opened=EVE, mark="9")]
    first = town.take_in(rows)
    before = town.held()
    if is_destroyed:
        forget(town, 2018)

    for _ in range(2):
        assert town.take_in(rows).edition.ledger == first.edition.ledger

    held = town.held()
    assert held["fingerprint"].to_list() == before["fingerprint"].to_list()
    assert held["person"].equals(before["person"]) is not is_destroyed


def test_persons_of_a_year_without_a_key_are_told_apart_in_a_run_and_not_between_runs(
    town: Town,
) -> None:
    rows = [row(id=str(i), opened=EVE, pin=f"{i // 2}") for i in range(6)]
    kept = persons(town.take_in(rows))
    forget(town, 2018)

    first, second = persons(town.take_in(rows)), persons(town.take_in(rows))

    assert len(set(first)) == len(set(second)) == 3
    assert len({*kept, *first, *second}) == 9
    assert [path.name for path in town.vault.keys_at.iterdir()] == ["2019.key"]


def test_which_of_two_rows_wins_does_not_depend_on_a_key(town: Town) -> None:
    rows = [
        row(id=str(i // 2), opened=EVE, mark=str(1 + i % 2), pin=str(i), changed="")
        for i in range(20)
    ]

    marks = {tuple(appeals_of(town.take_in(rows, date(2022, 1, 1)))["satisfaction"]) for _ in "abc"}

    assert len(marks) == 1


def test_an_existing_installation_recognises_the_rows_that_it_holds(town: Town) -> None:
    town.vault.root.mkdir(mode=0o700)
    write_key(town.vault.root / "person.key", FORMER)
    town.toml = town.toml.replace("fold = true", 'fold = true\nunknown = "quarantine"')
    town.take_in([row(id="1"), row(id="2", office="parks")])
    as_earlier_versions_left_it(town)

    offices = town.directory / "offices.csv"
    offices.write_text(offices.read_text() + "parks,works,Parks\n")
    staged = town.take_in([row(id="1")])

    for column in ("person", "person_when_answered"):
        here, returned = persons(staged, column)
        assert here == returned is not None
    assert [path.name[:6] for path in town.vault.keys_at.iterdir()] == ["until-"]


def as_earlier_versions_left_it(town: Town) -> None:
    """Undoes the taking over, and gives the held rows the form that they had."""
    (taken,) = town.vault.keys_at.iterdir()
    taken.rename(town.vault.root / "person.key")
    held = town.held().drop("person_when_answered").with_columns(fingerprint=pl.lit("0" * 64))
    held.write_parquet(town.vault.quarantine("town"))


def test_of_rows_that_look_the_same_none_is_lost_when_the_source_forgets_one(town: Town) -> None:
    nameless = [row(id="", pin="1"), row(id="", pin="2")]
    town.take_in([row(id="1"), *nameless])

    ledger = town.take_in([row(id="1"), nameless[0]]).edition.ledger

    assert (ledger.read, ledger.quarantined) == (3, {"missing_id": 2})


def test_an_appeal_of_new_years_eve_is_registered_under_the_next_years_key(town: Town) -> None:
    town.toml = town.toml.replace("[columns.registered]", "[columns.received]")
    rows = [
        row(id="1", opened="2018-12-31 23:30:00", closed=""),
        row(id="2", opened="2019-01-08 10:00:00", closed=""),
    ]

    appeals = appeals_of(town.take_in(rows, date(2019, 2, 1)))

    assert appeals["registered"].dt.year().to_list() == [2019, 2019]
    assert appeals["person"].n_unique() == 1


def test_a_run_destroys_after_it_has_published_and_never_before(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    monkeypatch.setattr("etl.keyring.Keyring.destroy_unneeded", lambda *_: told.append("destroyed"))
    monkeypatch.setattr("etl.pipeline.publish", lambda *_: told.append("published"))
    monkeypatch.setattr("etl.pipeline.Shelf.put", lambda *_: None)

    run(order_of(town), WATCHER)
    assert told == ["published", "destroyed"]

    def refuse(*_: object) -> None:
        raise SourceError("Release", "a finding.", "Mend it.")

    monkeypatch.setattr("etl.pipeline.publish", refuse)
    with pytest.raises(SourceError, match="a finding"):
        run(order_of(town), WATCHER)
    assert told == ["published", "destroyed"]


def order_of(town: Town) -> Order:
    source = town.write([row(id=str(number), pin=str(number)) for number in range(30)])
    return Order(
        mapping=town.mapping(),
        source=str(source),
        as_of=TODAY,
        threshold=10,
        vault=town.vault,
        releases=town.directory / "releases",
        code_version="test",
    )
