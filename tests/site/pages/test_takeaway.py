"""What is taken from a page is what the page shows, and says where it is from."""

from pathlib import Path

import pytest
from dash import html
from dash.development.base_component import Component
from flask.testing import FlaskClient

import layouts
from api.shown import as_csv
from api.taken import Taken
from data.releases import Release, ReleaseStore
from data.statuses import NORMAL, STATUSES
from layouts.components.exhibit import Cell, Exhibit, exhibits
from layouts.components.reading import Reading, written
from layouts.site import Site
from layouts.words import Words, all_words
from tests.site.pages.reading_html import Read
from tests.site.pages.taking import href, rows_of, taken, views


@pytest.fixture(scope="module")
def site(root: Path, whole: Release) -> Site:
    assert whole.id
    return Site(ReleaseStore(root), all_words(strict=True), layouts.PAGES)


def key_of(reading: Reading) -> tuple[str, float | None, str]:
    return reading.indicator, reading.value, reading.status.code


def test_no_number_in_a_table_is_without_a_way_to_take_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_cells: list[Reading] = []
    cell = Reading.cell

    def noted(self: Reading, words: Words) -> list[str | Component]:
        in_cells.append(self)
        return cell(self, words)

    monkeypatch.setattr(Reading, "cell", noted)
    for view in views(site, "en"):
        in_cells.clear()
        shown = [c for _, e in exhibits(site.content(view)) for row in e.rows for c in row]
        assert set(map(key_of, in_cells)) <= {key_of(c.reading) for c in shown if c.reading}, view


def test_everything_to_be_taken_has_a_name_of_its_own_on_its_page(site: Site) -> None:
    seen = [(view, exhibit.name) for view, exhibit in taken(site, "en")]
    assert len(seen) == len(set(seen))
    assert len(seen) > 30


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_file_holds_the_cells_of_the_page_and_nothing_else(
    site: Site, reader: FlaskClient, lang: str
) -> None:
    words = Words(lang)
    for view, exhibit in taken(site, lang):
        page = Read(reader.get(view.href()).text)
        shown = page.tables[page.captions.index(exhibit.title)][1:]
        header, *rows = rows_of(reader.get(href(view, exhibit, "csv")).data)
        assert len(rows) == len(shown), (view, exhibit.name)
        for line, row, cells in zip(shown, rows, exhibit.rows, strict=True):
            told = as_shown(exhibit, cells, dict(zip(header, row, strict=True)), words)
            assert [plain(cell) for cell in line] == told, (view, exhibit.name)


def plain(text: str) -> str:
    return "".join(text.replace("▲", "").replace("▼", "").split())


def as_shown(
    exhibit: Exhibit, cells: tuple[Cell, ...], row: dict[str, str], words: Words
) -> list[str]:
    """A row of a file as the page writes it: the number, its sign and its word, its note."""
    columns = zip(exhibit.headings, cells, strict=True)
    return [
        plain(cell_as_shown(heading, row, cell.reading.indicator, words))
        if cell.reading
        else plain(text_as_shown(heading, row, words))
        for heading, cell in columns
    ]


def text_as_shown(heading: str, row: dict[str, str], words: Words) -> str:
    """A text stands in its own column, or beside the numbers of a column that has some."""
    note = row.get(words("taken_note_of", heading=heading), "")
    return (row[heading] or note).removeprefix("'")


def cell_as_shown(heading: str, row: dict[str, str], indicator: str, words: Words) -> str:
    status = STATUSES[row[words("taken_status_of", heading=heading)]]
    note = row.get(words("taken_note_of", heading=heading), "")
    number = written(words, indicator, float(row[heading])) if row[heading] else ""
    sign = "" if status is NORMAL else f"{status.sign}{words(status.word)}"
    return f"{number}{sign}{note}"


def test_a_file_names_its_release_and_says_that_its_data_are_generated(
    site: Site, reader: FlaskClient, whole: Release
) -> None:
    for view, exhibit in taken(site, "en"):
        answer = reader.get(href(view, exhibit, "csv"))
        header, *rows = rows_of(answer.data)
        assert header[-2:] == ["release", "data"]
        assert {tuple(row[-2:]) for row in rows} == {(whole.id, "generated")}
        assert whole.id in answer.headers["Content-Disposition"]
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_an_address_with_a_release_is_kept_for_ever_and_one_without_is_asked_again(
    reader: FlaskClient, whole: Release
) -> None:
    latest = reader.get("/take/en/agencies/agencies.csv")
    bound = reader.get(f"/take/en/agencies/agencies.csv?release={whole.id}")
    assert latest.data == bound.data
    assert latest.headers["Cache-Control"] == "no-cache"
    assert "immutable" in bound.headers["Cache-Control"]
    again = reader.get(
        "/take/en/agencies/agencies.csv", headers={"If-None-Match": latest.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/take/",
        "/take/en",
        "/take/en/agencies",
        "/take/en/agencies/",
        "/take/en/agencies/agencies",
        "/take/en/agencies/agencies.exe",
        "/take/en/agencies/agencies.png",
        "/take/en/agencies/nope.csv",
        "/take/en/agencies/AG9999/agency-received.csv",
        "/take/en/nope/agencies.csv",
        "/take/xx/agencies/agencies.csv",
        "/take/en/agencies/agencies.csv?release=2001.01.1-00000000",
        "/take/en/agencies/../agencies/agencies.csv",
        "/take/en/agencies/..%2f..%2fagencies.csv",
        "/take/en/agencies/AGENCIES.CSV",
        "/take/en//agencies.csv",
    ],
)
def test_what_no_page_shows_cannot_be_taken(reader: FlaskClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_unknown_query_keys_change_nothing(reader: FlaskClient) -> None:
    plain_file = reader.get("/take/en/agencies/agencies.csv?period=2019")
    with_more = reader.get("/take/en/agencies/agencies.csv?period=2019&utm=x&format=exe")
    assert plain_file.data == with_more.data


def test_a_file_is_called_by_what_was_asked_for(reader: FlaskClient) -> None:
    answer = reader.get("/take/en/agencies/agencies.csv?period=2019&q=%20of%20")
    assert "agencies_agencies_2019_of_" in answer.headers["Content-Disposition"]


def test_links_to_files_work_without_scripts_and_name_the_release(
    reader: FlaskClient, whole: Release
) -> None:
    page = Read(reader.get("/ru/agencies/AG001?period=2018").text)
    links = [link for link in page.links if link.startswith("/take/")]
    assert len(links) > 10
    for link in links:
        assert f"release={whole.id}" in link
        assert "period=2018" in link or "period" not in link
        assert reader.get(link).status_code == 200


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(site: Site, whole: Release) -> None:
    view = next(views(site, "en"))
    rows = ((Cell("=HYPERLINK(1)"), Cell("-1+2")), (Cell("@x"), Cell("plain")))
    exhibit = Exhibit("x", "x", ("+a", "b"), rows)
    header, *lines = rows_of(as_csv(Taken(exhibit, view, whole, Words("en"), "", html.Div())))
    assert header[:2] == ["'+a", "b"]
    assert [line[:2] for line in lines] == [["'=HYPERLINK(1)", "'-1+2"], ["'@x", "plain"]]
