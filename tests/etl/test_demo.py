"""The demonstration source: exact where it promises to be, the same every time, truly dirty.

The rows are read with sqlite3 and judged here in plain Python, by nothing that made them.
"""

import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.errors import SourceError
from etl.demo import generate
from etl.intake import intake
from etl.mapping import read_mapping
from etl.vault import Vault

APPEALS = 6000
SEED = 2017
MOMENTS = (
    "kelgan_vaqt",
    "royxat_vaqt",
    "yuborilgan_vaqt",
    "javob_vaqt",
    "qayta_ochilgan_vaqt",
    "ozgargan_vaqt",
)
# Local time without a zone, as the source writes it.
END = datetime(2019, 11, 1, 23, 59, 59)  # noqa: DTZ001
LATER = END + timedelta(days=1)
Row = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    generate(f"sqlite:///{folder}/demo.db", APPEALS, SEED)
    return folder


@pytest.fixture(scope="module")
def truth(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "truth.json").read_text())
    return told


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[Row]:
    return list(table(folder / "demo.db", "murojaatlar"))


@pytest.fixture(scope="module")
def clean(rows: list[Row]) -> list[Row]:
    """The rows that are neither held back nor duplicates, by the judgement of this file."""
    latest: dict[str, Row] = {}
    for row in rows:
        if fault(row) is None:
            kept = latest.get(row["murojaat_id"])
            if kept is None or moment(row["ozgargan_vaqt"]) > moment(kept["ozgargan_vaqt"]):
                latest[row["murojaat_id"]] = row
    return list(latest.values())


def table(database: Path, name: str) -> Iterator[Row]:
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    yield from map(dict, connection.execute(f"SELECT * FROM {name}"))
    connection.close()


def moment(text: str) -> datetime:
    for pattern in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M"):
        try:
            return datetime.strptime(text, pattern)  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueError(text)


def fault(row: Row) -> str | None:
    """What is wrong with a row, told from the row alone."""
    for name, is_so in FAULTS.items():
        if is_so(row):
            return name
    return None


def _year(text: str | None) -> int:
    """The year that a date is said to be in, readable or not; 2017 where none is given."""
    years = re.search(r"\b(1900|20\d\d)\b", text or "2017")
    return int(years.group()) if years else 2017


def _is_no_date(row: Row) -> bool:
    try:
        moment(row["royxat_vaqt"])
    except ValueError:
        return True
    return False


FAULTS: dict[str, Callable[[Row], bool]] = {
    "blank_number": lambda row: not row["murojaat_id"].strip(),
    "blank_registration": lambda row: row["royxat_vaqt"] == "",
    "date_that_never_was": _is_no_date,
    "date_long_past": lambda row: _year(row["royxat_vaqt"]) < 2000,
    "date_in_the_future": lambda row: _year(row["javob_vaqt"]) > 2019,
    "closed_before_opened": lambda row: bool(
        row["javob_vaqt"] and moment(row["javob_vaqt"]) < moment(row["kelgan_vaqt"])
    ),
    "blank_agency": lambda row: not row["idora"].strip(),
    "agency_not_available": lambda row: row["idora"] == "n/a",
    "unknown_agency": lambda row: row["idora"] in {"AG999", "AG000", "IDORA-17", "?"},
    "junk_theme": lambda row: not re.fullmatch(r"\s*[Mm][0-2]\d\s*", row["mavzu"]),
    "rating_nine": lambda row: row["baho"] not in {None, 1, 2, 3, 4, 5},
    "negative_hops": lambda row: row["yonaltirishlar"] < 0,
}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_seed_gives_the_same_bytes_in_any_time_zone_hash_seed_and_number_of_threads(
    folder: Path, tmp_path: Path
) -> None:
    elsewhere = os.environ | {
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "4711",
        "POLARS_MAX_THREADS": "1",
        "LC_ALL": "C",
    }
    program = (
        "from etl.demo import generate; "
        f"generate('sqlite:///{tmp_path}/demo.db', {APPEALS}, {SEED})"
    )
    root = Path(__file__).parents[2]

    subprocess.run([sys.executable, "-c", program], env=elsewhere, cwd=root, check=True)

    for name in ("demo.db", "truth.json", "survey.csv"):
        assert digest(tmp_path / name) == digest(folder / name), name


def test_another_seed_gives_other_appeals_but_the_same_totals(tmp_path: Path) -> None:
    told = []
    for seed in (1, 2):
        generate(f"sqlite:///{tmp_path}/{seed}/demo.db", 1000, seed)
        told.append(json.loads((tmp_path / str(seed) / "truth.json").read_text()))

    assert digest(tmp_path / "1/demo.db") != digest(tmp_path / "2/demo.db")
    assert {each["counts"]["women"] for each in told} == {513}
    assert all(each["counts"]["appeals"] == 1000 for each in told)
    assert all(len(each["agencies"]) == 150 for each in told)


def test_appeals_women_and_proposals_are_as_many_as_planned(clean: list[Row]) -> None:
    assert len(clean) == APPEALS
    assert sum(row["jins"] == "A" for row in clean) == round(APPEALS * 1_763_848 / 3_437_771)
    assert sum(row["tur"] == "taklif" for row in clean) == round(APPEALS * 19_942 / 3_437_771)


def test_every_body_district_and_theme_occurs(clean: list[Row]) -> None:
    assert len({row["idora"] for row in clean}) == 150
    assert len({row["tuman"] for row in clean}) == 206
    assert len({row["hudud"] for row in clean}) == 14
    assert len({row["mavzu"].strip().upper() for row in clean}) == 24
    assert all(row["tuman"].startswith(row["hudud"]) for row in clean)


def test_the_truth_counts_the_dirt_of_each_kind(rows: list[Row], truth: dict[str, Any]) -> None:
    found = Counter(kind for row in rows if (kind := fault(row)))

    assert found == truth["ledger"]["quarantined_by_kind"]
    assert sum(truth["ledger"]["quarantined_by_rule"].values()) == sum(found.values())


def test_the_ledger_of_the_truth_adds_up(
    rows: list[Row], clean: list[Row], truth: dict[str, Any]
) -> None:
    ledger = truth["ledger"]

    assert ledger["rows"] == len(rows)
    assert ledger["accepted"] == len(clean)
    assert ledger["rows"] == ledger["accepted"] + ledger["duplicates"] + ledger["quarantined"]
    assert 0.015 < (ledger["duplicates"] + ledger["quarantined"]) / APPEALS < 0.025


def test_the_pipeline_takes_in_exactly_what_the_truth_tells(
    folder: Path, tmp_path: Path, truth: dict[str, Any], clean: list[Row]
) -> None:
    mapping = read_mapping(Path(__file__).parents[2] / "mappings" / "demo.toml")
    source = f"sqlite:///{folder}/demo.db"

    staged = intake(mapping, source, Vault(tmp_path / "vault"), END.date(), lambda *_: None)

    ledger, told, counts = staged.edition.ledger, truth["ledger"], truth["counts"]
    assert (ledger.read, ledger.accepted) == (told["rows"], told["accepted"])
    assert ledger.duplicates == told["duplicates"]
    assert ledger.quarantined == told["quarantined_by_rule"]
    appeals = pl.concat(pl.read_parquet(month) for month in staged.months())
    assert appeals["women"].sum() == counts["women"]
    assert appeals["answered"].count() == counts["answered"]
    assert (appeals["answered"] <= appeals["due"]).sum() == counts["answered_on_time"]
    assert appeals["person"].drop_nulls().n_unique() == len(persons_by_year(clean))
    assert appeals["satisfaction"].cast(pl.Int64).sum() == counts["score_sum"]


def persons_by_year(clean: list[Row]) -> set[tuple[str, int]]:
    """Persons with a year in which they had an appeal registered: each has a number of its own."""
    return {(row["pinfl"], moment(row["royxat_vaqt"]).year) for row in clean if row["pinfl"]}


def test_a_dirty_row_has_one_fault_only(rows: list[Row]) -> None:
    several = [
        row["murojaat_id"] for row in rows if (first := fault(row)) and _other_faults(row, first)
    ]

    assert not several


def _other_faults(row: Row, first: str) -> list[str]:
    unreadable = {"blank_registration", "date_that_never_was"}
    others = FAULTS.keys() - {first}
    return [name for name in others if not {name, first} <= unreadable and FAULTS[name](row)]


def test_duplicates_are_equal_or_earlier_versions(rows: list[Row], truth: dict[str, Any]) -> None:
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if fault(row) is None:
            by_id[row["murojaat_id"]].append(row)
    pairs = [pair for pair in by_id.values() if len(pair) > 1]
    equal = [pair for pair in pairs if pair[0] == pair[1]]
    earlier = [sorted(p, key=lambda r: moment(r["ozgargan_vaqt"])) for p in pairs if p not in equal]

    assert len(equal) == truth["ledger"]["duplicates_by_kind"]["exact_duplicate"]
    assert len(earlier) == truth["ledger"]["duplicates_by_kind"]["earlier_version"]
    assert all(first["javob_vaqt"] is None and last["javob_vaqt"] for first, last in earlier)
    assert all(
        moment(first["ozgargan_vaqt"]) < moment(last["ozgargan_vaqt"]) for first, last in earlier
    )


def test_an_earlier_version_may_come_after_the_later_one(rows: list[Row]) -> None:
    seen: set[str] = set()
    late = 0
    for row in rows:
        if fault(row) is None:
            late += row["murojaat_id"] in seen and row["javob_vaqt"] is None
            seen.add(row["murojaat_id"])

    assert late > 0


def test_untidy_rows_are_among_the_clean_ones(clean: list[Row], truth: dict[str, Any]) -> None:
    told = truth["tolerated"]

    assert sum(row["mavzu"].strip().startswith("m") for row in clean) == told["theme_case_variant"]
    assert sum(row["mavzu"] != row["mavzu"].strip() for row in clean) == told["theme_stray_spaces"]
    assert sum("." in row["royxat_vaqt"] for row in clean) == told["dates_day_first"]
    assert sum("T" in row["royxat_vaqt"] for row in clean) == told["dates_iso_t"]
    assert sum(row["tugilgan_sana"] == "n/a" for row in clean) == told["birth_date_not_available"]


def test_events_come_in_their_order_and_before_the_end(clean: list[Row]) -> None:
    for row in clean:
        at = {name: moment(row[name]) for name in MOMENTS if row[name]}
        assert at["kelgan_vaqt"] <= at["royxat_vaqt"] <= at["ozgargan_vaqt"]
        assert max(at.values()) == at["ozgargan_vaqt"] <= END
        if "javob_vaqt" in at:
            assert at["royxat_vaqt"] < at["javob_vaqt"]
            assert at["javob_vaqt"] < at.get("qayta_ochilgan_vaqt", LATER)
            assert at["royxat_vaqt"] <= at["yuborilgan_vaqt"] <= at["javob_vaqt"]
        else:
            assert row["natija"] is None
            assert row["baho"] is None
            assert row["javob_matni"] is None


def test_registration_waits_for_office_hours(clean: list[Row]) -> None:
    registered = [moment(row["royxat_vaqt"]) for row in clean]

    assert all(9 <= each.hour < 18 for each in registered)
    assert not [each for each in registered if each.date().isoformat() == "2018-03-21"]
    assert [each for each in registered if each.date().isoformat() == "2018-03-24"]


def test_an_answer_is_on_time_as_often_as_the_truth_tells(
    clean: list[Row], truth: dict[str, Any]
) -> None:
    on_time: Counter[str] = Counter()
    for row in clean:
        if row["javob_vaqt"]:
            registered, answered = moment(row["royxat_vaqt"]), moment(row["javob_vaqt"])
            on_time[row["idora"]] += answered.date() <= _due(row, registered).date()

    realised = {code: each["realised"] for code, each in truth["agencies"].items()}
    assert {code: on_time[code] for code in realised} == {
        code: each["answered_on_time"] for code, each in realised.items()
    }


def _due(row: Row, registered: datetime) -> datetime:
    if row["tur"] != "taklif" and not row["qoshimcha_organish"]:
        return registered + timedelta(days=15)
    year, month = divmod(registered.year * 12 + registered.month, 12)
    for day in (registered.day, 30, 29, 28):
        try:
            return registered.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError


def test_better_bodies_answer_on_time_more_often_than_worse_ones(truth: dict[str, Any]) -> None:
    share = {}
    for group in ("better", "like", "worse"):
        told = [a["realised"] for a in truth["agencies"].values() if a["true"]["group"] == group]
        share[group] = sum(t["on_time"] for t in told) / sum(t["appeals"] for t in told)

    assert share["worse"] + 0.05 < share["like"] < share["better"] - 0.03


def test_a_person_is_the_same_in_every_appeal(clean: list[Row]) -> None:
    known: dict[str, tuple[Any, ...]] = {}
    for row in clean:
        if row["pinfl"] and row["tugilgan_sana"] != "n/a":
            traits = tuple(row[c] for c in ("fio", "jins", "tugilgan_sana", "telefon", "tuman"))
            assert known.setdefault(row["pinfl"], traits) == traits


def test_a_pinfl_tells_sex_and_birth_date(clean: list[Row]) -> None:
    for row in clean:
        if row["arizachi_turi"] != "yuridik" and row["pinfl"] and row["tugilgan_sana"] != "n/a":
            year, month, day = row["tugilgan_sana"].split("-")
            assert re.fullmatch(r"[3-6]\d{13}", row["pinfl"])
            assert row["pinfl"][1:7] == day + month + year[2:]
            assert (row["pinfl"][0] in "46") == (row["jins"] == "A")
            assert (row["pinfl"][0] in "56") == (year >= "2000")


def test_nothing_personal_is_known_of_an_anonymous_appeal(clean: list[Row]) -> None:
    anonymous = [row for row in clean if row["anonim"]]

    assert anonymous
    for row in anonymous:
        assert not any(row[c] for c in ("fio", "telefon", "manzil", "pinfl", "pasport", "jins"))
        assert row["natija"] in {None, "korilmagan"}


def test_a_repeated_appeal_follows_its_first_within_a_year(clean: list[Row]) -> None:
    by_id = {row["murojaat_id"]: row for row in clean}
    repeats = [row for row in clean if row["asl_murojaat"]]

    assert len(repeats) > APPEALS * 0.04
    for row in repeats:
        first = by_id[row["asl_murojaat"]]
        gap = moment(row["kelgan_vaqt"]) - moment(first["kelgan_vaqt"])
        assert timedelta(0) < gap <= timedelta(days=372)
        assert (row["pinfl"], row["idora"]) == (first["pinfl"], first["idora"])
        assert row["takroriy"] == 1


def test_the_volumes_are_those_that_were_published(clean: list[Row], truth: dict[str, Any]) -> None:
    largest = Counter(row["idora"] for row in clean).most_common(1)[0][1]
    complaints = sum(row["tur"] == "shikoyat" for row in clean)
    persons = len({row["pinfl"] for row in clean if row["pinfl"]})

    assert 0.08 < largest / APPEALS < 0.12
    assert 0.6 < complaints / APPEALS < 0.65
    assert persons == truth["counts"]["persons"]
    assert 1.5 < APPEALS / persons < 1.8


def test_an_invented_act_says_that_it_is_invented(folder: Path) -> None:
    acts = list(table(folder / "demo.db", "hujjatlar"))
    listed = (Path(__file__).parents[2] / "data/reference/legal_acts.csv").read_text()

    assert len(acts) == round(APPEALS * 2869 / 3_437_771)
    for act in acts:
        is_real = act["lex_id"] is not None and f"\n{act['lex_id']}," in listed
        assert is_real != ("oʻylab topilgan" in act["nomi"])


def test_the_source_says_that_it_is_generated(folder: Path, truth: dict[str, Any]) -> None:
    assert any("oʻylab topilgan" in row["qiymat"] for row in table(folder / "demo.db", "malumot"))
    assert truth["generated"] is True


def test_canaries_are_in_every_personal_column_and_in_rows_held_back(tmp_path: Path) -> None:
    generate(f"sqlite:///{tmp_path}/demo.db", 1000, SEED, canaries=True)
    markers = json.loads((tmp_path / "canaries.json").read_text())
    planted = list(table(tmp_path / "demo.db", "murojaatlar"))

    for column, marks in markers.items():
        holding = [row for row in planted if any(mark in (row[column] or "") for mark in marks)]
        assert len(marks) > 20
        assert len(holding) >= len(marks)
        assert {fault(row) for row in holding} >= FAULTS.keys()


def test_no_marker_is_there_unless_asked_for(folder: Path) -> None:
    assert b"QANARIYA" not in (folder / "demo.db").read_bytes()
    assert not (folder / "canaries.json").exists()


def test_what_was_there_stays_until_all_is_written(tmp_path: Path) -> None:
    before = tmp_path / "demo.db"
    before.write_bytes(b"the source of yesterday")

    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(f"sqlite:///{before}", 1000, SEED, interrupted)

    assert before.read_bytes() == b"the source of yesterday"
    assert [path.name for path in tmp_path.iterdir()] == ["demo.db"]


def test_a_volume_too_small_to_hold_everything_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="at least 1000"):
        generate(f"sqlite:///{tmp_path}/demo.db", 999)


@pytest.mark.parametrize("target", ["mysql://localhost/demo", "sqlite://"])
def test_a_database_that_cannot_be_written_is_refused(target: str) -> None:
    with pytest.raises(SourceError, match="Remedy"):
        generate(target, 1000)
