"""How many people wrote stands with its limits and its error, and where it comes from."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.measures import APPLICANTS
from data.releases import Release
from layouts.components.reading import written
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.pages.whole import publish_whole
from tests.site.small_release import site_over

PLACES = {
    "": ("people", {"agency": "_T"}),
    "agencies/AG002": ("people", {"agency": "AG002"}),
    "regions/1730": ("people_by_region", {"area": "1730"}),
}
ERROR = 100 * APPLICANTS[0].standard_error


def section(page: str) -> str:
    begins = page.index('id="people"')
    return page[begins : page.index("<h2", begins)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PLACES)
def test_people_stand_with_limits_and_error(
    reader: FlaskClient, whole: Release, lang: str, path: str
) -> None:
    words, (table, where) = Words(lang), PLACES[path]
    row = whole.tables[table].filter(period="2018", **where).row(0, named=True)
    page = Read(section(reader.get(f"/{lang}/{path}?period=2018-Q2").text))
    names = ("received", "applicants", "applicants_lower", "applicants_upper")
    told = [words.number(row[name]) for name in names]
    each = written(words, "appeals_per_applicant", row["appeals_per_applicant"])

    assert (
        words("people_finding", period=words.period("2018"), each=each, **_said(told)) in page.text
    )
    assert words.percent(ERROR, 1) in page.text
    assert all(number in page.text for number in (*told, each))


def _said(told: list[str]) -> dict[str, str]:
    return dict(zip(("received", "applicants", "lower", "upper"), told, strict=True))


def test_a_number_of_people_is_marked_as_an_estimate(reader: FlaskClient) -> None:
    shown = section(reader.get("/en/?period=2018").text)

    assert "status-E" in shown
    assert Words("en")("status_estimated_meaning") in shown


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["applicants", "appeals_per_applicant"])
def test_the_page_of_the_indicator_states_the_error(
    reader: FlaskClient, lang: str, name: str
) -> None:
    words, page = Words(lang), Read(reader.get(f"/{lang}/method/{name}").text)
    error = words.percent(ERROR, 1)

    assert words("indicator_page_error", error=error, n=APPLICANTS[0].minimum) in page.text


def test_the_page_of_a_number_says_that_it_is_estimated(reader: FlaskClient) -> None:
    page = reader.get("/en/number?table=people&column=applicants&period=2018").text

    assert "estimated from a sketch" in page


def test_a_source_that_knows_no_persons_tells_of_no_people(tmp_path: Path) -> None:
    publish_whole(tmp_path, not_collected=tuple(each.name for each in APPLICANTS))
    client = site_over(tmp_path).server.test_client()

    assert 'id="people"' not in client.get("/en/").text
    assert client.get("/en/method/applicants").status_code == 200
