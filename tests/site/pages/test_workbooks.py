"""A workbook holds the same numbers as the page and the CSV, as numbers, and never a formula."""

import csv
from datetime import date
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from threading import Event, Thread

import openpyxl
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

import layouts
from api.grid import Column
from api.workbooks import Sheet, number_format, workbook
from data.errors import BusyError
from data.releases import Release, ReleaseStore
from layouts.components.whole import is_small_enough
from layouts.kept import Kept
from layouts.site import Site
from layouts.words import Words, all_words
from tests.site.pages.taking import href, rows_of, taken
from tests.site.small_release import publish, site_over

Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def site(root: Path, whole: Release) -> Site:
    assert whole.id
    return Site(ReleaseStore(root), all_words(strict=True), layouts.PAGES)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def table_in(sheet: openpyxl.worksheet.worksheet.Worksheet) -> Rows:
    """The rows below the lines at the head of a sheet: from the first heading on."""
    rows = list(sheet.iter_rows(values_only=True))
    blank = next(i for i, row in enumerate(rows) if not any(row)) if rows[0][0] else -1
    return rows[blank + 1 :]


def test_a_workbook_of_what_is_shown_holds_the_cells_of_its_csv(
    site: Site, reader: FlaskClient
) -> None:
    for view, exhibit in islice(taken(site, "uz-cyrl"), 25):
        told = rows_of(reader.get(href(view, exhibit, "csv")).data)
        book = opened(reader.get(href(view, exhibit, "xlsx")).data)
        shown = table_in(book.worksheets[0])
        for line, row in zip(told, shown, strict=True):
            pairs = zip(line, row, strict=False)
            assert all(is_same(text, cell) for text, cell in pairs), (exhibit.name, line, row)


def is_same(text: str, cell: object) -> bool:
    """Whether a cell holds what stands in a CSV: a number as a number, a text as a text."""
    if isinstance(cell, int | float):
        return float(text) == cell
    return text.removeprefix("'") == (cell or "")


def test_a_workbook_says_what_its_numbers_mean_and_where_it_is_from(
    reader: FlaskClient, whole: Release
) -> None:
    words = Words("ru")
    book = opened(reader.get("/take/ru/agencies/AG001/agency-kinds.xlsx").data)
    texts = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    told = "\n".join(texts)
    for needed in (
        words("indicator_received_meaning"),
        words("indicator_received_share_caution"),
        words("status_suppressed_meaning"),
        words("banner_generated"),
        words.name(whole.codelists["agency"], "AG001"),
        whole.id,
        "CC BY 4.0",
        "Invented sample",
    ):
        assert needed in told
    assert len(book.sheetnames) == 4


def test_the_same_workbook_has_the_same_bytes(root: Path, whole: Release) -> None:
    for path in ("/take/en/regions/regions.xlsx", f"/releases/{whole.id}/en/agency_by_kind.xlsx"):
        first, again = (site_over(root).server.test_client().get(path) for _ in range(2))
        assert first.data == again.data
        made = opened(first.data).properties.created
        assert made is not None
        assert made.date().isoformat() == whole.manifest.as_of  # and not the day of the question


@pytest.mark.parametrize("table", ["agency_by_kind", "acts_by_theme"])
@pytest.mark.parametrize("lang", ["uz", "ru"])
def test_a_whole_table_is_the_file_of_the_release_cell_by_cell(
    reader: FlaskClient, whole: Release, table: str, lang: str
) -> None:
    words = Words(lang)
    answer = reader.get(f"/releases/{whole.id}/{lang}/{table}.xlsx")
    assert "immutable" in answer.headers["Cache-Control"]
    header, *rows = table_in(opened(answer.data).worksheets[0])
    lines = list(csv.DictReader(StringIO(reader.get(f"/releases/{whole.id}/{table}.csv").text)))
    assert len(rows) == len(lines)
    numbers = {
        words(f"indicator_{name}"): name for name in ("received", "acts") if name in lines[0]
    }
    for row, line in zip(rows, lines, strict=True):
        shown = dict(zip(header, row, strict=True))
        for key in whole.manifest.tables[table].table.keys:
            assert shown[words(f"dimension_{key}")] == line[key]
        for heading, name in numbers.items():
            value = shown[heading]
            assert ("" if value is None else str(value)) == line[name]
            status = shown.get(words("taken_status_of", heading=heading), "A")
            assert status == line[f"{name}_status"]
        code = line[whole.manifest.tables[table].table.keys[1]]
        dimension = whole.manifest.tables[table].table.keys[1]
        heading = words("taken_name_of", heading=words(f"dimension_{dimension}"))
        assert shown[heading] == words.name(whole.codelists[dimension], code)


def test_real_data_are_not_called_generated(tmp_path: Path) -> None:
    publish(tmp_path, generated=False)
    client = site_over(tmp_path).server.test_client()
    for path in ("/take/en/agencies/agencies.xlsx", "/releases/latest/en/agencies.xlsx"):
        book = opened(client.get(path).data)
        texts = {
            str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row
        }
        assert Words("en")("banner_generated") not in texts


@pytest.mark.parametrize(
    "path",
    [
        "/releases/latest/xx/agencies.xlsx",
        "/releases/latest/en/nope.xlsx",
        "/releases/latest/en/codelist_area.xlsx",
        "/releases/latest/en/..%2fagencies.xlsx",
        "/releases/2001.01.1-00000000/en/agencies.xlsx",
        "/releases/latest/agencies.xlsx",
    ],
)
def test_there_are_workbooks_of_tables_alone(reader: FlaskClient, path: str) -> None:
    assert reader.get(path).status_code == 404


HOSTILE = st.builds(
    "{}{}".format,
    st.sampled_from(["=", "+", "-", "@", "\t=", "https://evil.example/", "=HYPERLINK(", "1"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20),
)


@given(texts=st.lists(HOSTILE, min_size=1, max_size=5))
@settings(max_examples=60)
def test_no_text_becomes_a_formula_or_a_link(texts: list[str]) -> None:
    column = Column(texts[0], tuple(texts))
    book = opened(workbook("t", [Sheet("s", (texts[0],), (column,))], date(2019, 11, 1)))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            assert cell.data_type in {"s", "n"}
            assert cell.hyperlink is None
            assert cell.value is None or isinstance(cell.value, str)


def test_a_number_is_written_as_it_is_on_the_site() -> None:
    assert number_format("received") == "#,##0"
    assert number_format("on_time_rate") == "0.0\\%"
    assert number_format("satisfaction_mean") == "#,##0.00"
    assert number_format("due") == "General"


def test_a_table_too_long_for_a_spreadsheet_is_not_offered_as_one(
    whole: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_small_enough(whole, "agencies")
    monkeypatch.setattr("layouts.components.whole.MOST_ROWS", 10)
    assert not is_small_enough(whole, "agencies")


def test_that_too_much_is_being_made_is_said_to_programs(
    reader: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> bytes:
        raise BusyError("Busy", "Too much is being made.", "Ask again.")

    monkeypatch.setattr(Kept, "get", busy)
    answer = reader.get("/releases/latest/en/agencies.xlsx")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")


def test_who_asks_while_another_is_being_made_is_told_to_come_again() -> None:
    kept, begun, ended = Kept(patience=0.01), Event(), Event()

    def slow() -> bytes:
        begun.set()
        ended.wait(10)
        return b"slow"

    thread = Thread(target=lambda: kept.get("a", slow))
    thread.start()
    begun.wait(10)
    with pytest.raises(BusyError):
        kept.get("b", lambda: b"b")
    ended.set()
    thread.join()
    assert kept.get("a", lambda: b"other") == b"slow"
    assert kept.get("b", lambda: b"b") == b"b"
