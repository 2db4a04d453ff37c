"""From a source to staged appeals: every row is accounted for, drift stops everything, order does
not matter, and no name gets through the door."""

import json
import random
import sqlite3
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.appeal import GENERALISED
from data.errors import SourceError
from etl.demo import generate
from etl.intake import intake
from etl.mapping import read_mapping
from etl.stages import Staged
from etl.vault import Vault
from tests.etl.town import Town, appeals_of, row

MAPPINGS = Path(__file__).parents[2] / "mappings"


def test_every_row_is_accepted_a_duplicate_or_held(town: Town) -> None:
    rows = [
        row(id="1"),
        row(id="1", mark="5", changed="2019-03-13"),
        row(id="2", closed=""),
        row(id="", office="roads"),
        row(id="3", office="Select One"),
        row(id="4", mark="7"),
    ]

    ledger = town.take_in(rows).edition.ledger

    assert (ledger.read, ledger.accepted, ledger.duplicates) == (6, 2, 1)
    assert ledger.quarantined == {"missing_id": 1, "junk_code": 1, "out_of_range": 1}
    assert ledger.adds_up


def test_an_appeal_is_staged_with_the_columns_of_the_contract(town: Town) -> None:
    staged = town.take_in([row()])

    appeals = appeals_of(staged)
    assert [path.name for path in staged.months()] == ["2019-03.parquet"]
    assert appeals.schema == pl.Schema(GENERALISED)
    told = appeals.row(0, named=True)
    assert told["registered"] == date(2019, 3, 1)
    assert told["due"] == date(2019, 3, 16)
    assert told["as_of"] == date(2019, 12, 31)
    assert (told["agency"], told["sector"]) == ("roads", "works")
    assert (told["response_days"], told["satisfaction"]) == (10, 4)
    assert told["under_30"] is True
    assert told["person"] is not None


def test_what_the_source_does_not_give_is_named_and_not_guessed(town: Town) -> None:
    missing = town.take_in([row()]).edition.not_collected

    assert {"region", "channel", "outcome", "women", "asked", "hops"} <= missing
    assert not {"agency", "sector", "due", "person", "under_30", "satisfaction"} & missing


@pytest.mark.parametrize(
    ("section", "missing"),
    [
        ("\n[terms]\nnone = true\n", {"due", "due_extended"}),
        ("", set()),
    ],
)
def test_without_a_law_nothing_is_due(town: Town, section: str, missing: set[str]) -> None:
    town.toml += section

    told = town.take_in([row()]).edition.not_collected

    assert told & {"due", "due_extended"} == missing


def test_the_age_is_that_of_the_day_of_registration(town: Town) -> None:
    rows = [
        row(id="a", born="1989-03-01"),
        row(id="b", born="1989-03-02"),
        row(id="c", born="1959-03-01"),
        row(id="d", born="1959-03-02"),
        row(id="e", born=""),
    ]

    appeals = appeals_of(town.take_in(rows))

    assert appeals["under_30"].to_list() == [False, True, False, False, False]
    assert appeals["over_60"].to_list() == [False, False, True, False, False]


def test_all_drift_is_told_at_once_and_nothing_is_left_behind(town: Town) -> None:
    town.take_in([row(id="0"), row(mark="9")])
    held = town.held()
    rows = [
        row(office="parks", kind="rumour"),
        row(office="parks"),
        row(office="Karimov Alisher 30505901234567"),
        row(office="a" * 50),
    ]

    with pytest.raises(SourceError) as caught:
        town.take_in(rows)

    told = str(caught.value)
    assert "[columns.agency] has 3 new texts in 4 rows: 'parks' (2 rows)" in told
    assert "[columns.kind] has 1 new texts in 1 rows: 'rumour' (1 rows)" in told
    assert "a text that is not shown (1 rows, first in row 3)" in told
    assert "30505901234567" not in told
    assert "aaaa" not in told
    assert "codes (or codes_file) of [columns.agency]" in caught.value.remedy
    assert "town.toml" in caught.value.remedy
    assert list((town.vault.root / "staging").glob("*/*.parquet")) != []
    assert len(list((town.vault.root / "staging").iterdir())) == 1
    assert town.held().equals(held)


def test_columns_that_are_gone_are_told_with_their_sections(town: Town) -> None:
    town.toml = town.toml.replace('from = "mark"', 'from = "stars"').replace('"pin"', '"pinfl"')

    with pytest.raises(SourceError) as caught:
        town.take_in([row()])

    assert "no column 'stars', which [columns.satisfaction] reads" in str(caught.value)
    assert "no column 'pinfl', which [pseudonymise] reads" in str(caught.value)


def test_a_json_key_that_no_line_has_is_a_column_that_is_gone(town: Town) -> None:
    path = town.directory / "town.jsonl"
    path.write_text(json.dumps({k: v for k, v in row().items() if k != "mark"}) + "\n")

    with pytest.raises(SourceError, match="column_gone: the source has no column 'mark'"):
        intake(town.mapping(), str(path), town.vault, None, lambda *_: None)


def test_an_empty_source_stops(town: Town) -> None:
    with pytest.raises(SourceError, match="it has no rows"):
        town.take_in([])


def test_a_source_of_which_every_row_is_held_stops(town: Town) -> None:
    with pytest.raises(SourceError, match="held back"):
        town.take_in([row(mark="9")])


def test_the_date_of_the_data_is_the_last_day_that_a_record_speaks_of(town: Town) -> None:
    source = town.write([row(id="1"), row(id="2", closed="2019-06-30")])

    staged = intake(town.mapping(), str(source), town.vault, None, lambda *_: None)

    assert staged.edition.as_of == date(2019, 6, 30)
    assert staged.edition.first_day == date(2019, 3, 1)


def many() -> list[dict[str, str]]:
    """Rows of which some speak of one record, in every way that can differ."""
    chance = random.Random(7)  # noqa: S311 - a test wants the same rows each time
    return [
        row(
            id=str(chance.randrange(60)),
            opened=f"2019-0{chance.randrange(1, 4)}-1{chance.randrange(10)}",
            closed=chance.choice(["", "2019-08-01", "2019-09-01"]),
            changed=chance.choice(["", "2019-10-01", "2019-10-01", "2019-10-02"]),
            mark=chance.choice(["", "1", "5", "9"]),
        )
        for _ in range(300)
    ]


def bytes_of(staged: Staged) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in staged.months()}


def test_neither_order_nor_batches_change_what_is_staged(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = many()
    first = town.take_in(rows)
    expected = bytes_of(first)
    assert first.edition.ledger.duplicates > 100

    for seed, size in enumerate((17, 100)):
        monkeypatch.setattr("etl.sources.delimited.BATCH_ROWS", size)
        monkeypatch.setattr("etl.duplicates.BUFFER_ROWS", size * 3)
        monkeypatch.setattr("etl.duplicates.SHARE_ROWS", size * 5)
        random.Random(seed).shuffle(rows)  # noqa: S311
        again = town.take_in(rows)
        assert bytes_of(again) == expected
        assert again.edition.ledger == first.edition.ledger


def test_the_row_that_was_changed_last_wins(town: Town) -> None:
    rows = [
        row(changed="2019-04-01 10:00:00", mark="1"),
        row(changed="2019-04-02 10:00:00", mark="2"),
        row(changed="2019-04-01 23:00:00", mark="3"),
    ]

    assert appeals_of(town.take_in(rows))["satisfaction"].to_list() == [2]


def test_a_row_that_the_source_calls_a_duplicate_is_one(town: Town) -> None:
    town.toml += '\n[columns.duplicate]\nfrom = "phone"\ntrue = ["dup"]\n'
    town.toml = town.toml.replace('never_read = ["phone"]\n', "")

    staged = town.take_in([row(id="1"), row(id="2", phone="dup")])

    assert (staged.edition.ledger.accepted, staged.edition.ledger.duplicates) == (1, 1)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration")
    generate(f"sqlite:///{folder / 'demo.db'}", appeals=2_000, canaries=True)
    return folder


@pytest.fixture(scope="module")
def taken_in(demonstration: Path) -> Staged:
    mapping = read_mapping(MAPPINGS / "demo.toml")
    vault = Vault(demonstration / "vault")
    return intake(mapping, f"sqlite:///{demonstration / 'demo.db'}", vault, None, lambda *_: None)


def test_the_demonstration_comes_in_as_its_truth_says(
    demonstration: Path, taken_in: Staged
) -> None:
    truth = json.loads((demonstration / "truth.json").read_text())
    ledger = taken_in.edition.ledger

    assert ledger.read == truth["ledger"]["rows"]
    assert ledger.accepted == truth["ledger"]["accepted"]
    assert ledger.duplicates == truth["ledger"]["duplicates"]
    assert sum(ledger.quarantined.values()) == truth["ledger"]["quarantined"]
    assert taken_in.edition.as_of.isoformat() == truth["last_day"]


def test_the_counts_of_the_demonstration_are_those_of_its_truth(
    demonstration: Path, taken_in: Staged
) -> None:
    truth = json.loads((demonstration / "truth.json").read_text())["counts"]
    appeals = appeals_of(taken_in)
    counted = {
        "women": appeals["women"].sum(),
        "proposals": (appeals["kind"] == "proposal").sum(),
        "answered": appeals["answered"].count(),
        "answered_on_time": (appeals["answered"] <= appeals["due"]).sum(),
        "positive": (appeals["outcome_class"] == "positive").sum(),
        "extended": appeals["extended"].sum(),
        "reopened": appeals["reopened"].sum(),
        "repeated": appeals["repeated"].sum(),
        "asked": appeals["asked"].sum(),
        "rated": appeals["satisfaction"].count(),
        "score_sum": appeals["satisfaction"].sum(),
        "harassment": appeals["harassment"].sum(),
        "taken_up": appeals["taken_up"].sum(),
        "acts": 0 if taken_in.edition.acts is None else taken_in.edition.acts.height,
    }

    assert counted == {name: truth[name] for name in counted}
    assert taken_in.edition.not_collected == frozenset()


def test_no_marker_of_a_person_is_in_anything_that_is_kept(
    demonstration: Path, taken_in: Staged
) -> None:
    marks = json.loads((demonstration / "canaries.json").read_text())
    wanted = {mark for column in marks.values() for mark in column}
    assert len(wanted) >= 60
    kept = [*taken_in.months(), demonstration / "vault" / "quarantine" / "demo.parquet"]

    texts = {
        text
        for path in kept
        for column in pl.read_parquet(path).cast(pl.String).iter_columns()
        for text in column.unique().drop_nulls().to_list()
    }

    assert not texts & wanted
    assert not any(mark in text for text in texts for mark in ("QANARIYA", "+99800"))
    assert not any(b"QANARIYA" in path.read_bytes() for path in kept)


def test_a_personal_column_can_be_gone_from_the_source_unless_a_number_is_made_of_it(
    demonstration: Path, tmp_path: Path
) -> None:
    path = tmp_path / "demo.db"
    path.write_bytes((demonstration / "demo.db").read_bytes())
    with sqlite3.connect(path) as connection:
        for name in ("fio", "telefon", "manzil", "pasport", "matn"):
            connection.execute(f"ALTER TABLE murojaatlar DROP COLUMN {name}")
    mapping = read_mapping(MAPPINGS / "demo.toml")

    staged = intake(mapping, f"sqlite:///{path}", Vault(tmp_path / "v"), None, lambda *_: None)

    assert staged.edition.ledger.accepted == 2_000


@pytest.mark.parametrize("layout", ["nyc_311", "open311"])
def test_the_public_layouts_go_through_their_shipped_mappings(tmp_path: Path, layout: str) -> None:
    path = Path(__file__).parent / "layouts" / f"{layout}.csv"
    mapping = read_mapping(MAPPINGS / f"{layout}.toml")

    staged = intake(mapping, str(path), Vault(tmp_path), None, lambda *_: None)

    ledger = staged.edition.ledger
    assert (ledger.read, ledger.accepted, sum(ledger.quarantined.values())) == (4, 3, 1)
    appeals = appeals_of(staged)
    assert appeals["answered"].null_count() == 1
    assert appeals["theme"].to_list()[-1] == "other"
    assert "Main St" not in str(appeals.rows())
