"""The page of the system says what each body reports, who states it and when, or that none does."""

from pathlib import Path

import polars as pl
import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.dimensions import TOTAL
from data.releases import Release
from data.reports import REORGANISATIONS, REPORTS, SURVEYS
from layouts.components.reorganised import breaks
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.pages.stated import ADDRESS
from tests.site.pages.whole import publish_whole
from tests.site.small_release import client_over

WITH_PERIODS = [r for r in REPORTS.values() if r not in (REORGANISATIONS, SURVEYS)]


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory, whole: Release) -> FlaskClient:
    """A source that reports nothing."""
    root: Path = tmp_path_factory.mktemp("silent")
    publish_whole(root, lists=whole.codelists, without={"control", "applicants"})
    return client_over(root)


def section(page: str, name: str) -> str:
    """What stands from the heading of a report to the next heading of its kind."""
    begins = page.index(f'id="{name.replace("_", "-")}"')
    return page[begins : page.find("<h2", begins)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_report_has_a_section_a_way_to_it_and_one_who_answers_for_it(
    reader: FlaskClient, lang: str
) -> None:
    page, words = reader.get(f"/{lang}/system").text, Words(lang)
    for name, report in REPORTS.items():
        assert f'href="#{name.replace("_", "-")}"' in page
        assert words(f"owner_{report.owner}") in section(page, name)


@pytest.mark.parametrize("report", WITH_PERIODS, ids=lambda report: report.name)
def test_figures_are_the_cells_of_the_release_beside_their_source_and_date(
    reader: FlaskClient, whole: Release, report: object
) -> None:
    assert report in WITH_PERIODS
    name = getattr(report, "name", "")
    declared, frame = REPORTS[name], whole.reports[name]
    shown = section(reader.get("/en/system?period=2017").text, name)
    total = frame.filter(pl.col("period") == "2017", pl.col(declared.key_names[-1]) == TOTAL)
    for figure in declared.figures:
        assert Words("en").decimal(total[figure.name].item(), figure.decimals) in shown
    assert f"Invented: {name}; stated on 15 July 2019" in shown


def test_the_table_of_a_report_is_the_release_row_by_row(
    reader: FlaskClient, whole: Release
) -> None:
    page = Read(reader.get("/en/system?period=2018-Q4").text)
    rows = page.tables[page.captions.index("People’s reception offices: Q4 2018")][1:]
    frame, areas = whole.reports["reception_offices"], whole.codelists["area"]
    expected = frame.filter(
        pl.col("period") == "2018-Q4", pl.col("area").is_in([TOTAL, *areas.at("region")])
    )
    named = {
        (areas.name(row["area"], "en"), f"{row['offices']:,}", f"{row['people']:,}")
        for row in expected.rows(named=True)
    }
    assert {tuple(row) for row in rows} == named
    assert rows[0][0] == "Uzbekistan"


def test_a_region_opens_to_every_district_of_it(reader: FlaskClient, whole: Release) -> None:
    page = Read(reader.get("/en/system?area=1703").text)
    districts = whole.codelists["area"].children("1703")
    rows = page.tables[page.captions.index("Districts: Andijan Region: 2018")]
    assert len(rows) == len(districts) + 1


def test_a_row_that_was_public_before_leads_to_where(reader: FlaskClient) -> None:
    assert f'href="{ADDRESS}"' in section(reader.get("/en/system").text, "impact_proposals")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_source_that_reports_nothing_is_said_to_report_none_in_every_section(
    silent: FlaskClient, lang: str
) -> None:
    page, words = silent.get(f"/{lang}/system").text, Words(lang)
    for name in REPORTS:
        said = words("reported_none_of", source=words(f"report_{name}_source"))
        assert said in section(page, name)
    assert words("reported_none") in section(page, "control")


def test_a_reorganised_body_says_so_and_leads_to_the_other(reader: FlaskClient) -> None:
    page = Read(reader.get("/en/agencies/AG018").text)
    assert "12 February 2018: from it was split off Ministry of Water Resources" in page.text
    assert "nothing is joined" in page.text
    assert any(link.startswith("/en/agencies/AG019") for link in page.links)
    assert "Reorganised in these years" not in reader.get("/en/agencies/AG001").text


def test_the_course_of_a_reorganised_body_is_marked_where_it_breaks(
    reader: FlaskClient, whole: Release
) -> None:
    months = [f"2018-{month:02}" for month in range(1, 13)]
    marks = breaks(whole, months, Words("en"), "AG018")
    assert [(mark.index, mark.text) for mark in marks] == [(1, "reorganised")]
    drawn = reader.get("/en/agencies/AG018").text
    assert drawn.count("figure-marked") >= 2
    assert "February 2018: reorganised." in drawn
    assert "figure-marked" not in reader.get("/en/agencies/AG001").text


def test_of_several_lines_each_break_names_its_own(whole: Release, reader: FlaskClient) -> None:
    quarters = ["2017-Q4", "2018-Q1", "2018-Q4", "2019-Q1"]
    marks = breaks(whole, quarters, Words("en"), "AG018", "AG001", "AG013")
    assert [(mark.index, mark.text) for mark in marks] == [
        (1, "reorganised: A"),
        (3, "reorganised: C"),
    ]
    page = reader.get("/en/trends?by=agency&a=AG018&b=AG001").text
    assert "figure-marked" in page
    assert "was split off" in page


def test_a_comparison_names_who_was_reorganised_in_its_period(reader: FlaskClient) -> None:
    said = "Reorganised in this period"
    assert said in reader.get("/en/agencies?period=2018").text
    assert said not in reader.get("/en/agencies?period=2017").text


def test_the_page_of_files_says_what_each_report_is(reader: FlaskClient) -> None:
    page = Read(reader.get("/en/data").text)
    said = {row[0].replace(" ", "") for table in page.tables for row in table}
    for name in REPORTS:
        assert f"{Words('en')(f'report_{name}')}{name}".replace(" ", "") in said


def test_the_interface_lists_the_reports_and_gives_their_rows(
    reader: FlaskClient, whole: Release
) -> None:
    listed = reader.get("/api/v1/reports?lang=ru").get_json()
    assert [each["name"] for each in listed["reports"]] == list(whole.reports)
    assert reader.get("/api/v1/catalog").get_json()["reports"] == list(whole.reports)
    told = reader.get("/api/v1/report?name=receptions&period=2018&lang=en").get_json()
    frame = whole.reports["receptions"].filter(pl.col("period") == "2018")
    assert told["rows"] == frame.to_dicts()
    assert told["names"]["reception"]["mobile"] == "Mobile receptions"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("name=gossip", "Unknown report"),
        ("", "Unknown report"),
        ("name=receptions&region=1703", "Unknown parameter"),
        ("name=reorganisations&period=2018", "Unknown parameter"),
    ],
)
def test_a_question_about_no_report_is_mended(reader: FlaskClient, query: str, title: str) -> None:
    answer = reader.get(f"/api/v1/report?{query}")
    assert answer.status_code == 400
    assert answer.get_json()["title"] == title
