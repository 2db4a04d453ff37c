"""A page shows the release's own cells, and nothing in place of a value that is not there."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.indicators import INDICATORS
from data.manifest import Ledger
from data.releases import Release
from layouts.agencies import COLUMNS
from layouts.components.league import is_listed
from layouts.components.ledger import is_whole, ledger_table
from layouts.words import Words
from tests.site.pages.reading_html import Read

PERIOD = "2018"


def written(words: Words, name: str, value: float) -> str:
    declared = INDICATORS[name]
    if declared.unit == "share":
        return words.percent(value, declared.decimals)
    return words.decimal(value, declared.decimals)


def rows(release: Release, table: str, **where: str) -> Iterator[dict[str, Any]]:
    for row in release.tables[table].iter_rows(named=True):
        if all(row[key] == value for key, value in where.items()):
            yield row


def read(reader: FlaskClient, address: str) -> Read:
    answer = reader.get(address)
    assert answer.status_code == 200
    return Read(answer.text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_league_table_is_the_release_cell_by_cell(
    reader: FlaskClient, whole: Release, lang: str
) -> None:
    words = Words(lang)
    shown = {
        line[0]: line[1:] for table in read(reader, f"/{lang}/agencies").tables for line in table
    }
    members = whole.codelists["agency"].at("agency")
    for row in rows(whole, "agencies", period=PERIOD):
        if row["agency"] not in members:
            continue
        line = shown[words.name(whole.codelists["agency"], row["agency"])]
        for name, cell in zip(COLUMNS, line, strict=True):
            if row[name] is None:
                assert not any(letter.isdigit() for letter in cell)
            else:
                assert cell.startswith(written(words, name, row[name])), (row["agency"], name)


def test_the_total_of_the_league_table_is_the_headline(reader: FlaskClient) -> None:
    total = read(reader, "/en/agencies").tables[0][1]
    headline = read(reader, "/en/").text
    assert total[0] == "All agencies"
    assert total[1] in headline
    assert total[3] in headline


def test_a_hidden_value_is_never_zero_and_says_why(reader: FlaskClient, whole: Release) -> None:
    hidden = next(
        row
        for row in rows(whole, "agencies", period=PERIOD, received_status="Q")
        if row["agency"] in whole.codelists["agency"].at("agency")
    )
    name = Words("en").name(whole.codelists["agency"], hidden["agency"])
    page = read(reader, "/en/agencies")
    line = next(line for table in page.tables for line in table if line[0] == name)
    assert "Hidden to protect people" in line[1]
    assert "Too few cases" in line[2]
    assert "It is not zero." in page.text


def test_agencies_with_too_few_appeals_stand_apart(reader: FlaskClient, whole: Release) -> None:
    compared, apart = read(reader, "/en/agencies").tables
    names = whole.codelists["agency"]
    few = {
        Words("en").name(names, row["agency"])
        for row in rows(whole, "agencies", period=PERIOD)
        if row["agency"] in names.at("agency") and not is_listed(row)
    }
    assert few
    assert few == {line[0] for line in apart[1:]}
    assert not few & {line[0] for line in compared}


@pytest.mark.parametrize(
    ("received", "answered", "listed"),
    [(30, 30, True), (29, 29, False), (30, 29, False), (None, 40, False), (40, None, False)],
)
def test_thirty_received_and_thirty_answered_are_needed(
    received: int | None, answered: int | None, listed: bool
) -> None:
    assert is_listed({"received": received, "answered": answered}) is listed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_profile_shows_the_agencys_own_numbers(
    reader: FlaskClient, whole: Release, lang: str
) -> None:
    words = Words(lang)
    page = read(reader, f"/{lang}/agencies/AG002")
    row = next(rows(whole, "agencies", period=PERIOD, agency="AG002"))
    for name in ("received", "on_time_rate", "p90_days", "repeat_share"):
        assert written(words, name, row[name]) in page.text
    outcomes = rows(whole, "outcomes_by_agency", period=PERIOD, agency="AG002")
    for outcome in outcomes:
        if outcome["outcome"] != "_T" and outcome["concluded"] is not None:
            name = words.name(whole.codelists["outcome"], outcome["outcome"])
            line = next(line for table in page.tables for line in table if line[0] == name)
            assert line[1] == words.number(outcome["concluded"])


@pytest.mark.parametrize("indicator", ["per_10000", "received", "on_time_rate", "median_days"])
def test_map_and_tables_of_the_regions_agree(
    reader: FlaskClient, whole: Release, indicator: str
) -> None:
    words, names = Words("ru"), whole.codelists["area"]
    answer = reader.get(f"/ru/regions?indicator={indicator}")
    page = Read(answer.text)
    for row in rows(whole, "regions", period=PERIOD):
        if row["area"] not in names.at("region"):
            continue
        name = words.name(names, row["area"])
        value = row[indicator]
        text = words("status_too_few") if value is None else written(words, indicator, value)
        assert f"<title>{name}: {text}</title>" in answer.text
        cells = [line[1] for table in page.tables for line in table if line[0] == name]
        assert len(cells) == 2
        assert cells[0] == cells[1]
        assert value is None or cells[0] == text


def test_a_district_without_population_says_that_it_is_not_collected(
    reader: FlaskClient, whole: Release
) -> None:
    district = whole.codelists["area"].children("1703")[0]
    text = read(reader, f"/en/regions/{district}").text
    assert "does not collect: Appeals per 10,000 people" in text


def test_a_course_has_every_period_of_the_release(reader: FlaskClient, whole: Release) -> None:
    words = Words("en")
    table = read(reader, "/en/trends").tables[0]
    months = [
        row
        for row in rows(whole, "agencies", agency="_T")
        if len(row["period"]) == 7 and "Q" not in row["period"]
    ]
    shown = {line[0].removesuffix(", in part"): line[1] for line in table[1:]}
    expected = {words.period(r["period"]): words.number(r["received"]) for r in months}
    assert shown == expected


def test_the_acts_of_a_year_are_those_of_the_release(reader: FlaskClient, whole: Release) -> None:
    row = next(rows(whole, "acts_by_theme", period=PERIOD, theme="_T"))
    page = read(reader, "/en/acts")
    assert page.headings[0].startswith(f"{int(row['acts'])} normative acts")
    assert page.tables[0][1][1:] == [
        Words("en").number(row[name]) for name in ("received", "proposals", "taken_up", "acts")
    ]


def test_the_register_links_to_lex_uz_where_there_is_a_text(reader: FlaskClient) -> None:
    page = read(reader, "/en/acts?theme=health&year=2018")
    register = page.tables[-1]
    assert {line[3] for line in register[1:]} == {"Health"}
    assert sum(link.startswith("https://lex.uz/docs/") for link in page.links) == sum(
        line[4].startswith("lex.uz") for line in register[1:]
    )


def test_every_file_is_on_the_data_page_with_its_checksum(
    reader: FlaskClient, whole: Release
) -> None:
    page = read(reader, "/uz/data")
    for name, record in whole.manifest.files.items():
        assert f"/releases/{whole.id}/{name}" in page.links
        assert record.sha256 in page.text


def test_a_ledger_that_is_not_told_whole_says_so() -> None:
    words = Words("en")
    ledger = Ledger(None, None, 3, {}, late=None, withdrawn=0)
    shown = str(ledger_table(ledger, words))

    assert not is_whole(ledger)
    assert shown.count(words("pages_ledger_untold")) == 3
    assert words("pages_ledger_late") in shown
    assert words("pages_ledger_withdrawn") not in shown


def test_the_ledger_on_the_data_page_adds_up(reader: FlaskClient, whole: Release) -> None:
    ledger = read(reader, "/en/data").tables[-1]
    counts = [int(line[1].replace(",", "")) for line in ledger[1:]]
    assert sum(counts[:-1]) == counts[-1] == whole.manifest.ledger.read
