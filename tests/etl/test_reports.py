"""A report comes in as it was stated, or is refused with the row, the rule and the remedy."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import SourceError
from data.reports import REPORTS
from etl.mapping import read_mapping
from etl.reports import read_reports
from tests.etl.reporting import STATED, Row, mapping_with, people

THRESHOLD = 10


def read(directory: Path, **reports: list[Row]) -> Mapping[str, object]:
    return read_reports(mapping_with(directory, **reports), None, THRESHOLD)


def change(**more: object) -> Row:
    of = {"date": "2019-02-01", "predecessor": "roads", "successor": "water", "change": "split"}
    return {**of, "act": "Decree 1", **STATED, **more}


def test_a_report_comes_in_as_it_was_stated_sorted_by_its_keys(tmp_path: Path) -> None:
    rows = [people("d2", 30), people("d1", 12), people("1703", None)]

    frame = read_reports(mapping_with(tmp_path, reception_offices=rows), None, THRESHOLD)[
        "reception_offices"
    ]

    assert dict(frame.schema) == REPORTS["reception_offices"].schema
    assert frame["area"].to_list() == ["1703", "d1", "d2"]
    assert frame["people"].to_list() == [None, 12, 30]
    assert frame["source"].unique().to_list() == ["The reception service"]


def test_a_source_without_reports_has_none(tmp_path: Path) -> None:
    assert read(tmp_path) == {}


def test_figures_and_notes_that_the_source_does_not_have_are_empty(tmp_path: Path) -> None:
    row = {"period": "2018", "area": "_T", "staff": 12, **STATED, "stated_on": "2019-01-20"}

    frame = read_reports(mapping_with(tmp_path, inputs=[row]), None, THRESHOLD)["inputs"]

    assert frame.row(0, named=True)["staff"] == 12
    assert frame.row(0, named=True)["cost"] is None


def test_columns_may_have_other_names_in_the_source(tmp_path: Path) -> None:
    row = {("davr" if name == "period" else name): v for name, v in people("d1", 12).items()}
    mapping_with(tmp_path, reception_offices=[row])
    path = tmp_path / "town.toml"
    named = '{ source = "reception_offices.csv", columns = { period = "davr" } }'
    path.write_text(path.read_text().replace('"reception_offices.csv"', named))

    frame = read_reports(read_mapping(path), None, THRESHOLD)["reception_offices"]

    assert frame["period"].to_list() == ["2019-Q1"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"period": "2019-13"}, "'period' is not a period"),
        ({"area": "d9"}, "'area' is not a code of the list of area at region or district, or _T"),
        ({"people": "many"}, "'people' is not a whole number"),
        ({"people": "-12"}, "'people' is not a whole number"),
        ({"people": "12.5"}, "'people' is not a whole number"),
        ({"people": "", "offices": ""}, "it reports no figure"),
        ({"source": " "}, "no 'source' is given"),
        ({"source": "s" * 501}, "'source' is longer than 500 letters"),
        ({"stated_on": "15.04.2019"}, "'stated_on' is not a day"),
        ({"stated_on": "2019-03-30"}, "stated before the period had ended"),
        ({"public_at": "our site"}, "'public_at' is not an address"),
        ({"public_at": "javascript:alert(1)"}, "'public_at' is not an address"),
        ({"people": "9"}, "'people' counts fewer than 10 persons"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_with_the_rule_and_the_remedy(
    tmp_path: Path, changed: dict[str, str], told: str
) -> None:
    rows = [people("d1", 12, public_at=""), {**people("d2", 30, public_at=""), **changed}]

    with pytest.raises(SourceError) as refused:
        read(tmp_path, reception_offices=rows)

    assert refused.value.title == "Report 'reception_offices'"
    assert refused.value.detail.startswith("row 2 of 2: ")
    assert told in refused.value.detail
    assert refused.value.remedy


def test_a_key_stands_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"row 1 of 2, and 1 rows more: another row has the same"):
        read(tmp_path, reception_offices=[people("d1", 12), people("d1", 13)])


def test_a_part_is_no_more_than_what_contains_it(tmp_path: Path) -> None:
    row = {"period": "2018", "agency": "roads", "assigned": 5, "on_time": 6, **STATED}

    with pytest.raises(SourceError, match="'on_time' is more than 'assigned'"):
        read(tmp_path, execution_discipline=[row])


def test_orders_are_no_persons_and_may_be_few(tmp_path: Path) -> None:
    row = {"period": "2018", "agency": "roads", "assigned": 5, "on_time": 3, **STATED}

    assert read(tmp_path, execution_discipline=[row])


def test_what_would_cut_the_tables_of_appeals_anew_is_reported_for_the_total_alone(
    tmp_path: Path,
) -> None:
    total = {"period": "2018", "theme": "_T", "calls": 900, "registered": 400, **STATED}
    assert read(tmp_path / "a", call_centre=[total])

    row = {"period": "2018", "target_group": "women", "homes": 100, "roads": 10.5, **STATED}
    with pytest.raises(SourceError, match="'roads' is reported for more than the total"):
        read(tmp_path / "b", target_results=[row])


def test_a_misspelt_column_is_refused_and_not_taken_for_one_that_is_not_reported(
    tmp_path: Path,
) -> None:
    with pytest.raises(SourceError, match="it has a column 'poeple', which is none of period"):
        read(tmp_path, reception_offices=[{**people("d1", None), "poeple": 12}])


def test_a_column_that_every_row_needs_and_that_is_not_there_is_told(tmp_path: Path) -> None:
    row = {k: v for k, v in people("d1", 12).items() if k != "stated_on"}

    with pytest.raises(SourceError, match=r"column_gone: .* has no column 'stated_on'"):
        read(tmp_path, reception_offices=[row])


def test_an_unknown_report_or_column_is_refused_in_the_mapping(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"\[reports.gossip\] is no report"):
        read(tmp_path, gossip=[])


def test_reorganisations_name_two_bodies_and_a_known_change(tmp_path: Path) -> None:
    assert read(tmp_path / "a", reorganisations=[change()])

    for number, broken in enumerate(
        (
            {"change": "improved"},
            {"successor": "fire"},
            {"successor": "roads"},
            {"date": "2019-02-30"},
            {"successor": ""},
        )
    ):
        with pytest.raises(SourceError, match="row 1 of 1"):
            read(tmp_path / str(number), reorganisations=[change(**broken)])


@settings(max_examples=60)
@given(st.text(max_size=40), st.sampled_from(sorted({*people("d1", 12)})))
def test_whatever_stands_in_a_cell_no_value_is_told_and_nothing_but_a_refusal_is_raised(
    tmp_path_factory: pytest.TempPathFactory, text: str, column: str
) -> None:
    row = {**people("d1", 12), column: f"4711{text}"}

    refusal = refused(tmp_path_factory.mktemp("report"), row)

    assert "4711" not in refusal


def refused(directory: Path, row: Row) -> str:
    """What is said of a row that is refused; nothing where it comes in."""
    try:
        read(directory, reception_offices=[row])
    except SourceError as error:
        return str(error)
    return ""
