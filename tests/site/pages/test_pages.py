"""Every page speaks every language, its links are canonical, and its state is in the address."""

from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest
from flask.testing import FlaskClient

from data import codelists
from data.codelists import LANGUAGES, Code, Codelist
from data.dimensions import DIMENSIONS
from data.indicators import INDICATORS
from data.releases import Release
from layouts.components.formula import formula_text
from layouts.components.league import ordered
from layouts.sitemap import find
from layouts.view import address, parse_query
from tests.site.pages.reading_html import Read
from tests.site.pages.whole import publish_whole
from tests.site.small_release import REFERENCE, client_over

PATHS = (
    "",
    "?period=2019-Q3",
    "?period=2019-10",
    "agencies",
    "agencies?period=2019-Q3&sector=ministries&sort=-median_days",
    "agencies/AG001",
    "agencies/ministries?period=2019-09",
    "regions",
    "regions?indicator=on_time_rate&period=2019-10",
    "regions/1703",
    "regions?view=chart",
    "regions?indicator=received&view=table",
    "regions/1703?per=10000&view=table",
    "agencies/AG001?view=table",
    "trends?by=region&view=table",
    "regions/1703202",
    "outcomes",
    "outcomes?period=2019-Q3",
    "claims",
    "claims?a=60&b=x&b_says=open",
    "trends?by=theme&grain=quarter",
    "trends?indicator=satisfaction_mean",
    "trends?a=AG001&b=AG002&by=agency&indicator=on_time_rate",
    "acts",
    "acts?part=2",
    "acts/H00003",
    "themes",
    "themes?period=2019-Q3&sort=name",
    "themes/health",
    "themes/social?period=2019-10",
    "channels",
    "channels?period=2017",
    "number?table=agencies&column=on_time_rate&agency=AG001&period=2018",
    "number?table=region_by_group&column=received_share&area=1703&group=women&period=2018",
    "number",
    "compare",
    "compare?a=AG001&b=AG002&d=ministries&period=2019-Q3",
    "compare?a=1703202&b=1703&by=area",
    "table",
    "table?across=year&down=sector&show=on_time_rate,received&table=agencies",
    "table?down=month&except=month&table=region_by_theme&theme=health",
    "system",
    "system?area=1703&period=2018-Q4",
    "data",
    "method",
    "method/disclosure",
    "releases",
    "corrections",
    "feedback",
    "feedback?about=%2Fuz%2Fagencies%2FAG001%3Fperiod%3D2018",
    "feedback/thanks",
    *(f"method/{name}" for name, each in INDICATORS.items() if not each.limit_of),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_in_every_language_and_links_only_to_what_exists(
    reader: FlaskClient, lang: str, path: str
) -> None:
    answer = reader.get(f"/{lang}/{path}")
    assert answer.status_code == 200, answer.text[:200]
    page = Read(answer.text)
    assert page.headings[0]
    assert "None" not in page.text
    assert "{" not in "".join(page.headings + page.captions)
    for link in page.links:
        assert is_canonical(link), link


def is_canonical(link: str) -> bool:
    """True for another site, a file, an anchor, or the one address of a view."""
    if link.startswith(("https://", "#", "/releases/", "/api/", "/take/", "/embed/", "/feed/")):
        return True
    parts = urlsplit(link)
    lang, _, path = parts.path.removeprefix("/").partition("/")
    found = find(path)
    if lang not in LANGUAGES or found is None:
        return False
    again = address(lang, path, parse_query(found[0], parts.query))
    return again == link.partition("#")[0]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_light(reader: FlaskClient, path: str) -> None:
    answer = reader.get(f"/uz/{path}", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) < 30_000


@pytest.mark.parametrize("lang", ["uz", "uz-cyrl", "ru"])
@pytest.mark.parametrize("name", [name for name, each in INDICATORS.items() if not each.limit_of])
def test_source_and_owner_of_an_indicator_are_in_the_readers_language(
    reader: FlaskClient, lang: str, name: str
) -> None:
    text = Read(reader.get(f"/{lang}/method/{name}").text).text
    assert INDICATORS[name].source not in text
    assert INDICATORS[name].owner not in text


def names(reader: FlaskClient, query: str) -> list[str]:
    table = Read(reader.get(f"/en/agencies{query}").text).tables[0]
    return [line[0] for line in table[2:]]


def test_agencies_stand_in_the_order_of_the_alphabet(reader: FlaskClient) -> None:
    shown = names(reader, "")
    assert shown == sorted(shown, key=lambda name: name.casefold().replace("’", ""))


def test_a_heading_sorts_by_its_column_without_scripts(reader: FlaskClient) -> None:
    page = Read(reader.get("/en/agencies?sort=-received").text)
    received = [int(line[1].replace(",", "")) for line in page.tables[0][2:]]
    assert received == sorted(received, reverse=True)
    assert "/en/agencies?sort=received" in page.links


def test_what_has_no_value_stands_last_in_either_direction(reader: FlaskClient) -> None:
    for sort in ("median_days", "-median_days"):
        table = Read(reader.get(f"/en/agencies?sort={sort}").text).tables[0]
        is_known = ["few" not in line[4] for line in table[2:]]
        assert is_known == sorted(is_known, reverse=True)
        assert not all(is_known)


@pytest.mark.parametrize("words", ["soliq", "Soliq", "солиқ", "налогов", "Tax"])
def test_an_agency_is_found_by_its_name_in_any_language(reader: FlaskClient, words: str) -> None:
    page = Read(reader.get("/uz/agencies", query_string={"q": words}).text)
    assert any("oliq" in line[0] for table in page.tables for line in table)


@pytest.mark.parametrize("apostrophe", ["'", "‘", "’", "ʻ", "`"])
def test_search_does_not_care_which_apostrophe(reader: FlaskClient, apostrophe: str) -> None:
    page = Read(reader.get("/uz/agencies", query_string={"q": f"sog{apostrophe}liq"}).text)
    assert any("Sogʻliq" in line[0] for table in page.tables for line in table)


def test_a_sector_shows_its_members_and_its_own_total(reader: FlaskClient, whole: Release) -> None:
    codes = whole.codelists["agency"]
    page = Read(reader.get("/en/agencies?sector=committees").text)
    assert page.tables[0][1][0] == "State committees"
    shown = {line[0] for table in page.tables for line in table[1:]} - {"State committees"}
    assert shown == {codes.name(code, "en") for code in codes.children("committees")}


def test_the_next_part_of_the_register_has_other_acts(reader: FlaskClient) -> None:
    first, second = (
        {line[0] for line in Read(reader.get(f"/en/acts?part={part}").text).tables[-1][1:]}
        for part in (1, 2)
    )
    assert len(first) == 50
    assert not first & second


def test_what_a_reader_types_is_shown_as_text_only(reader: FlaskClient) -> None:
    answer = reader.get("/en/agencies", query_string={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text


def test_a_formula_is_written_as_people_write_it() -> None:
    rate = formula_text(INDICATORS["on_time_rate"].formula, lambda name: name)
    assert rate == "100 × on_time ÷ due"
    nested = formula_text(pl.col("a") / (pl.col("b") - pl.col("c")), lambda name: name)
    assert nested == "a ÷ {b − c}"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A city: wards without outlines, names in English only, no survey, no population, no acts."""
    root: Path = tmp_path_factory.mktemp("elsewhere")
    lists = {name: codelists.read(REFERENCE / f"{name}.csv", name) for name in DIMENSIONS}
    lists["agency"] = flat("agency", "agency", "Ward")
    lists["area"] = flat("area", "district", "Borough")
    hidden = {"asked", "rated", "rated_top", "score_sum", "population"}
    publish_whole(root, lists=lists, not_collected=hidden, without={"channels", "acts"})
    return client_over(root)


def flat(dimension: str, level: str, word: str) -> Codelist:
    codes = [Code(f"x{n}", level, "_T", (("en", f"{word} {n}"),)) for n in range(1, 6)]
    return codelists.with_total(dimension, codes)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        "",
        "agencies",
        "agencies/x1",
        "regions",
        "regions/x1",
        "trends",
        "acts",
        "system",
        "data",
        "releases",
    ],
)
def test_another_source_is_shown_with_what_it_has(
    elsewhere: FlaskClient, lang: str, path: str
) -> None:
    answer = elsewhere.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    assert "figure-map" not in answer.text


def test_what_another_source_does_not_collect_is_said_and_not_shown(
    elsewhere: FlaskClient,
) -> None:
    page = Read(elsewhere.get("/en/agencies").text)
    assert "does not collect: Mean satisfaction, Survey response rate" in page.text
    assert "Mean mark" not in page.tables[0][0]
    assert "no map" in Read(elsewhere.get("/en/regions").text).text
    assert "no register" in Read(elsewhere.get("/en/acts").text).text


def test_a_total_without_a_name_in_the_language_has_plain_words(elsewhere: FlaskClient) -> None:
    assert Read(elsewhere.get("/uz/agencies").text).tables[0][1][0] == "Barcha murojaatlar"


def test_numbers_in_names_sort_as_numbers() -> None:
    rows = [{"name": name} for name in ("Ward 10", "Ward 2", "Ward 1")]
    shown = [row["name"] for row in ordered(rows, "", lambda row: str(row["name"]))]
    assert shown == ["Ward 1", "Ward 2", "Ward 10"]
