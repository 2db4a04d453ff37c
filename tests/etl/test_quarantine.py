"""Rows that are held back are never lost: they come back when they can be read, once."""

import stat

import pytest

from etl.intake import intake
from tests.etl.town import Town, appeals_of, row


def test_a_held_row_is_kept_with_its_rule_and_without_its_identifiers(town: Town) -> None:
    town.take_in([row(id="1"), row(id="2", mark="9")])

    held = town.held()
    path = town.vault.quarantine("town")

    assert held.select("appeal_id", "rule", "row", "satisfaction").rows() == [
        ("2", "out_of_range", 1, "9")
    ]
    assert held["person"].item() is not None
    assert held["fingerprint"].str.len_chars().item() == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"30505901234567" not in path.read_bytes()
    assert "30505901234567" not in str(held.row(0))
    assert "998901234567" not in str(held.row(0))


def test_the_same_rows_are_held_once_however_often_they_are_read(town: Town) -> None:
    rows = [row(id="1"), row(id="", mark="9"), row(id="2", mark="9")]
    first = town.take_in(rows).edition.ledger

    again = town.take_in(rows).edition.ledger

    assert again == first
    assert town.held().height == 2


def test_mending_the_mapping_brings_in_what_the_source_no_longer_gives(town: Town) -> None:
    town.toml = town.toml.replace("fold = true", 'fold = true\nunknown = "quarantine"')
    named = town.take_in([row(id="1"), row(id="2", office="parks")])
    person = appeals_of(named)["person"][0]
    assert town.held()["rule"].to_list() == ["unknown_code"]

    offices = town.directory / "offices.csv"
    offices.write_text(offices.read_text() + "parks,works,Parks\n")
    mended = town.take_in([row(id="1")])

    assert mended.edition.ledger.read == 2
    assert mended.edition.ledger.accepted == 2
    appeals = appeals_of(mended)
    assert sorted(appeals["agency"].to_list()) == ["parks", "roads"]
    assert appeals["person"].to_list() == [person, person]


def test_what_was_brought_in_stays_in_from_then_on(town: Town) -> None:
    town.toml = town.toml.replace("fold = true", 'fold = true\nunknown = "quarantine"')
    town.take_in([row(id="1"), row(id="2", office="parks")])
    offices = town.directory / "offices.csv"
    offices.write_text(offices.read_text() + "parks,works,Parks\n")

    accepted = [town.take_in([row(id="1")]).edition.ledger.accepted for _ in range(3)]

    assert accepted == [2, 2, 2]
    assert town.held()["rule"].to_list() == [None]


def test_a_held_row_that_cannot_be_read_yet_is_held_on_and_counted(town: Town) -> None:
    town.take_in([row(id="1"), row(id="2", mark="9")])

    for _ in range(2):
        ledger = town.take_in([row(id="1")]).edition.ledger
        assert (ledger.read, ledger.accepted, ledger.quarantined) == (2, 1, {"out_of_range": 1})
    assert town.held()["appeal_id"].to_list() == ["2"]


@pytest.mark.parametrize("mark", ["4", "8"])
def test_a_held_row_gives_way_when_the_source_has_its_record_again(town: Town, mark: str) -> None:
    town.take_in([row(id="1"), row(id="2", mark="9")])

    ledger = town.take_in([row(id="1"), row(id="2", mark=mark)]).edition.ledger

    assert ledger.read == 2
    assert town.held()["satisfaction"].to_list() == ([] if mark == "4" else ["8"])


def test_two_records_without_a_number_are_two_held_rows(town: Town) -> None:
    rows = [row(id="1"), row(id="", mark="1"), row(id="", mark="2")]
    town.take_in(rows)

    ledger = town.take_in(rows[:2]).edition.ledger

    assert ledger.quarantined == {"missing_id": 2}
    assert ledger.read == 3


def test_a_row_that_cannot_be_told_apart_is_held_by_its_hash_alone(town: Town) -> None:
    source = town.write([row(id="1")])
    source.write_text(source.read_text() + "2,2019-03-01,Karimov,998901234567\n")

    staged = intake(town.mapping(), str(source), town.vault, None, lambda *_: None)

    assert staged.edition.ledger.quarantined == {"unreadable_row": 1}
    assert "Karimov" not in str(town.held().rows())
    assert town.take_in([row(id="1")]).edition.ledger.quarantined == {}
