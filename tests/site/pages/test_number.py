"""Every number of a page leads to where it comes from, and there it is the very same."""

import csv
import json
from collections.abc import Iterator
from hashlib import sha256
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.datasets import TABLES
from data.indicators import INDICATORS
from data.releases import Release
from layouts.components.cell import Cell
from layouts.components.making import inputs_of
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.pages.whole import Span, publish_whole
from tests.site.small_release import client_over

PAGES = (
    "",
    "agencies",
    "agencies/AG002",
    "regions",
    "regions/1703",
    "trends?grain=quarter",
    "acts",
)
RATE = "number?table=agencies&column=on_time_rate&agency=AG002&period=2018"
HIDDEN = {"table": "agency_by_theme", "column": "received"}


def numbers(page: Read) -> Iterator[tuple[str, str]]:
    """What is written on the page for each number that leads somewhere, and where it leads."""
    for text, link in page.texts_of_links:
        if "/number?" in link:
            yield text, link


def of_release(release: Release, link: str) -> tuple[object, str]:
    """The value and the status that an address names in the release."""
    asked = {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}
    table, column = asked.pop("table"), asked.pop("column")
    asked.pop("release", None)
    keys = TABLES[table].keys
    row = release.tables[table].filter(**{key: asked.get(key, "_T") for key in keys})
    return row[column].item(), row[f"{column}_status"].item()


@pytest.mark.parametrize("path", PAGES)
def test_each_number_of_a_page_leads_to_the_cell_that_it_is(
    reader: FlaskClient, whole: Release, path: str
) -> None:
    words = Words("en")
    found = list(numbers(Read(reader.get(f"/en/{path}").text)))
    assert len(found) > 3
    for text, link in found:
        value, _ = of_release(whole, link)
        column = parse_qs(urlsplit(link).query)["column"][0]
        if value is None:
            assert not any(letter.isdigit() for letter in text), (text, link)
        elif column not in INDICATORS:
            assert text.startswith(words.number(int(str(value)))), (text, link)
        elif INDICATORS[column].unit == "share":
            assert text.startswith(words.percent(float(str(value)))), (text, link)
        else:
            written = words.decimal(float(str(value)), INDICATORS[column].decimals)
            assert text.startswith(written), (text, link)


def one_of_each_column(release: Release) -> Iterator[tuple[str, dict[str, str]]]:
    """For each column of each table a cell of it, by table."""
    for table, frame in release.tables.items():
        row = frame.row(frame.height // 2, named=True)
        keys = {key: row[key] for key in TABLES[table].keys}
        for column in frame.columns:
            if f"{column}_status" in frame.columns:
                yield table, {"table": table, "column": column, **keys}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_a_page_about_a_number_of_any_column(
    reader: FlaskClient, whole: Release, lang: str
) -> None:
    for _, state in one_of_each_column(whole):
        answer = reader.get(f"/{lang}/number", query_string=state)
        assert answer.status_code == 200, state
        assert "SHA-256" in answer.text, state


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_number_says_the_same_number(reader: FlaskClient, lang: str) -> None:
    league = Read(reader.get(f"/{lang}/agencies").text)
    chosen = [pair for pair in numbers(league) if pair[0][:1].isdigit()][::40]
    assert len(chosen) > 10
    for text, link in chosen:
        assert text in Read(reader.get(link).text).headings[0], link


@pytest.mark.parametrize(
    ("table", "column", "codes"),
    [
        ("agencies", "on_time_rate", {}),
        ("outcomes_by_agency", "outcome_share_considered", {"outcome": "refused"}),
        ("outcomes_by_agency", "outcome_share_decided", {"outcome": "refused"}),
    ],
)
def test_a_formula_with_its_inputs_gives_the_published_value(
    whole: Release, table: str, column: str, codes: dict[str, str]
) -> None:
    keys = {"period": "2018", "agency": "AG002", **codes}
    row = whole.tables[table].filter(**keys)
    inputs = inputs_of(whole, Cell(table, column, tuple(keys.items())), INDICATORS[column])
    values = pl.DataFrame({each.name: [each.reading.value] for each in inputs})
    again = values.select(INDICATORS[column].formula.round(1)).item()
    assert again == row[column].item()


def test_a_whole_that_the_table_has_not_is_read_where_it_is(whole: Release) -> None:
    column = "outcome_share_received"
    keys = (("period", "2018"), ("agency", "AG002"), ("outcome", "refused"))
    inputs = inputs_of(whole, Cell("outcomes_by_agency", column, keys), INDICATORS[column])
    received = {each.name: each for each in inputs}["received__total"]
    agency = whole.tables["agencies"].filter(period="2018", agency="AG002")
    assert received.cell.table == "agencies"
    assert received.reading.value == agency["received"].item()


def test_the_total_that_a_share_is_of_is_one_of_its_inputs(
    reader: FlaskClient, whole: Release
) -> None:
    page = Read(
        reader.get(
            "/en/number?table=agency_by_theme&column=received_share"
            "&agency=AG002&theme=health&period=2018"
        ).text
    )
    total = whole.tables["agency_by_theme"].filter(period="2018", agency="AG002", theme="_T")
    assert page.tables[0][2][1] == Words("en").number(total["received"].item())


def test_a_number_is_found_again_at_its_line_of_the_file(
    reader: FlaskClient, whole: Release, root: Path
) -> None:
    answer = reader.get(f"/en/{RATE}")
    page = Read(answer.text)
    content = (root / whole.id / "agencies.csv").read_bytes()
    assert sha256(content).hexdigest() in page.text
    lines = content.decode().splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.startswith("2018,AG002,"))
    assert f"Line of the file{line:,}" in page.text
    written = next(csv.DictReader(StringIO(f"{lines[0]}\n{lines[line - 1]}")))
    assert f"2018,AG002,{written['on_time_rate']},A" in page.text


def test_programs_get_the_same_cell_at_the_address_that_the_page_names(
    reader: FlaskClient, whole: Release
) -> None:
    page = Read(reader.get(f"/en/{RATE}").text)
    as_json, as_csv = (link for link in page.links if "agency=AG002" in link and "/api/" in link)
    (cell,) = json.loads(reader.get(as_json).text)["observations"]
    row = whole.tables["agencies"].filter(period="2018", agency="AG002")
    assert cell["on_time_rate"] == row["on_time_rate"].item()
    (line,) = csv.DictReader(StringIO(reader.get(as_csv).text))
    assert float(line["on_time_rate"]) == cell["on_time_rate"]


def test_a_hidden_number_says_why_and_is_not_zero(reader: FlaskClient, whole: Release) -> None:
    table = whole.tables["agency_by_theme"].filter(received_status="Q")
    row = table.row(0, named=True)
    state = {**HIDDEN, **{key: row[key] for key in ("period", "agency", "theme")}}
    page = Read(reader.get("/en/number", query_string=state).text)
    assert page.headings[0] == "Appeals received: Hidden to protect people"
    assert "It is not zero." in page.text
    assert "0" not in page.headings[0]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?table=nope",
        "?table=agencies",
        "?table=agencies&column=nope&period=2018",
        "?table=agencies&column=on_time_rate_status&period=2018",
        "?table=agencies&column=agency&period=2018",
        "?table=agencies&column=received&period=1999",
        "?table=agencies&column=received&period=2018&agency=AG9999",
    ],
)
def test_an_address_without_a_number_says_so(reader: FlaskClient, query: str) -> None:
    answer = reader.get(f"/en/number{query}")
    assert answer.status_code == 200
    assert "No number stands at this address" in answer.text


def test_numbers_of_a_bound_page_stay_with_its_release(reader: FlaskClient, whole: Release) -> None:
    bound = Read(reader.get(f"/en/agencies?release={whole.id}").text)
    links = [link for _, link in numbers(bound)]
    assert links
    assert all(f"release={whole.id}" in link for link in links)
    free = Read(reader.get("/en/agencies").text)
    assert not any("release=" in link for _, link in numbers(free))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, str]:
    """A site with two releases, of which the newer one has a month more."""
    root = tmp_path_factory.mktemp("two")
    first = publish_whole(root, revision=1)
    last = Span().as_of
    publish_whole(root, revision=1, span=Span(as_of=last.replace(month=12, day=15)))
    return client_over(root), first


def test_a_number_is_told_with_what_it_was_in_the_release_before(
    changed: tuple[FlaskClient, str],
) -> None:
    reader, first = changed
    same = Read(reader.get(f"/en/{RATE}").text)
    assert f"It was the same in release {first}" in same.text
    new = Read(reader.get("/en/number?table=agencies&column=received&period=2019-11").text)
    assert f"Release {first} (1 November 2019) did not have this number." in new.text
    ripe = Read(reader.get("/en/number?table=agencies&column=answered&period=2019-09").text)
    assert "it was Not yet; now it is " in ripe.text


def test_the_first_release_has_none_before_it(changed: tuple[FlaskClient, str]) -> None:
    reader, first = changed
    page = Read(reader.get(f"/en/{RATE}&release={first}").text)
    assert "There is no earlier release here" in page.text


def test_robots_need_not_walk_through_every_number(reader: FlaskClient) -> None:
    assert "Disallow: /*/number" in reader.get("/robots.txt").text
