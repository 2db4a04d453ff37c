"""Chart, table and map are forms of one page: by address alone, with the same numbers in each."""

import re

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.releases import Release
from layouts.words import Words
from tests.site.pages.reading_html import Read

PAGES = {
    "trends": ("chart", "table"),
    "agencies/AG002": ("chart", "table"),
    "regions/1703": ("chart", "table"),
    "regions": ("map", "chart", "table"),
}
NUMBER = re.compile(r"\d[\d,.%]*")


def read(reader: FlaskClient, address: str) -> tuple[str, Read]:
    answer = reader.get(address)
    assert answer.status_code == 200
    return answer.text, Read(answer.text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_form_is_a_link_away_and_the_shown_one_is_marked(
    reader: FlaskClient, lang: str, path: str
) -> None:
    words, (usual, *others) = Words(lang), PAGES[path]
    for form in PAGES[path]:
        address = f"/{lang}/{path}" if form == usual else f"/{lang}/{path}?view={form}"
        text, page = read(reader, address)
        assert f'<strong aria-current="true">{words(f"switch_{form}")}</strong>' in text
        expected = {f"/{lang}/{path}?view={each}" for each in others if each != form}
        assert expected <= set(page.links)


@pytest.mark.parametrize("path", ["trends", "agencies/AG002", "regions/1703"])
def test_the_table_has_the_numbers_of_the_chart_and_no_drawing(
    reader: FlaskClient, path: str
) -> None:
    drawn, chart = read(reader, f"/en/{path}")
    plain, table = read(reader, f"/en/{path}?view=table")
    assert "figure-line" in drawn
    assert drawn.count("figure-line") - plain.count("figure-line") >= 1
    assert numbers(table) == numbers(chart)


def numbers(page: Read) -> list[str]:
    return sorted(
        n for t in page.tables for line in t for cell in line for n in NUMBER.findall(cell)
    )


def test_the_map_is_shown_in_its_form_alone(reader: FlaskClient) -> None:
    assert "figure-map" in read(reader, "/en/regions")[0]
    for form in ("chart", "table"):
        assert "figure-map" not in read(reader, f"/en/regions?view={form}")[0]


@pytest.mark.parametrize("indicator", ["per_10000", "received", "on_time_rate", "median_days"])
def test_map_chart_and_table_of_the_regions_agree(
    reader: FlaskClient, whole: Release, indicator: str
) -> None:
    codes = whole.codelists["area"]
    regions = {codes.name(code, "en") for code in codes.at("region")}
    found = []
    for form in PAGES["regions"]:
        _, page = read(reader, f"/en/regions?indicator={indicator}&view={form}")
        lines = [line for table in page.tables for line in table if line[0] in regions]
        found.append({line[0]: line[1] for line in lines})
    assert found[0].keys() == regions
    assert found[0] == found[1] == found[2]


def test_a_region_is_shown_by_count_or_for_as_many_people(
    reader: FlaskClient, whole: Release
) -> None:
    words = Words("en")
    month = whole.tables["regions"].filter(period="2019-05", area="1703")
    for query, name in (("", "received"), ("&per=10000", "per_10000")):
        _, page = read(reader, f"/en/regions/1703?view=table{query}")
        value = month[name].item()
        cells = [line[1] for t in page.tables for line in t if line[0] == words.period("2019-05")]
        assert (words.decimal(value, 1) if query else words.number(value)) in cells


def test_where_no_population_is_known_there_is_no_such_choice(
    reader: FlaskClient, whole: Release
) -> None:
    district = whole.codelists["area"].children("1703")[0]
    choice = f'aria-label="{Words("en")("switch_label_per")}"'
    assert choice in read(reader, "/en/regions/1703")[0]
    text, _ = read(reader, f"/en/regions/{district}?per=10000")
    assert choice not in text
    assert "figure-line" in text
