"""Pages open with the latest period whose numbers are in, and say what is still to come."""

from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.grains import GRAINS
from data.releases import Release
from data.statuses import STATUSES
from layouts.components.periods import nearest, periods_of
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.pages.whole import Span, publish_whole
from tests.site.small_release import site_over

SPANS = {
    "a year without its answers": Span(as_of=date(2019, 1, 15)),
    "half a year": Span(date(2019, 3, 1), date(2019, 9, 15)),
    "two months": Span(date(2019, 3, 1), date(2019, 5, 10)),
    "a source that has ended": Span(date(2019, 3, 1), date(2019, 5, 10), is_closed=True),
}
PATHS = (
    "",
    "agencies",
    "agencies/AG002",
    "agencies/ministries",
    "regions",
    "regions?indicator=on_time_rate",
    "regions/1703",
    "regions/1703202",
    "outcomes",
    "trends",
    "trends?by=region&grain=year",
    "trends?by=theme",
    "trends?indicator=satisfaction_mean",
    "acts",
    "data",
    "method",
    "method/disclosure",
    "method/on_time_rate",
    "releases",
)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FlaskClient]:
    clients = {}
    for name, span in SPANS.items():
        root: Path = tmp_path_factory.mktemp("span")
        publish_whole(root, span=span)
        clients[name] = site_over(root).server.test_client()
    return clients


def read(client: FlaskClient, path: str) -> Read:
    answer = client.get(f"/en/{path}")
    assert answer.status_code == 200
    return Read(answer.text)


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_source_of_any_length_has_every_page(
    sites: dict[str, FlaskClient], span: str, path: str, lang: str
) -> None:
    answer = sites[span].get(f"/{lang}/{path}")
    assert answer.status_code == 200
    assert "None" not in Read(answer.text).text


@pytest.mark.parametrize(
    ("span", "opening"),
    [
        ("a year without its answers", "within the legal term: 2017"),
        ("half a year", "within the legal term: Q2 2019"),
        ("two months", "appeals were received: April 2019"),
        ("a source that has ended", "within the legal term: April 2019"),
    ],
)
def test_the_first_page_opens_with_the_longest_period_that_has_its_chief_number(
    sites: dict[str, FlaskClient], span: str, opening: str
) -> None:
    assert read(sites[span], "").headings[0].endswith(opening)


def test_what_changed_compares_the_latest_quarter_whose_answers_are_in(reader: FlaskClient) -> None:
    changed = read(reader, "").tables[0]
    assert changed[0][1:3] == ["Q2 2018", "Q2 2019"]
    assert all(line[1] and line[2] for line in changed[1:])


def test_every_published_period_can_be_chosen(reader: FlaskClient, whole: Release) -> None:
    filters = reader.get("/en/agencies").text
    for grain in GRAINS:
        for period in periods_of(whole, "agencies", grain):
            assert f'<option value="{period}"' in filters or period == "2018"
    links = read(reader, "").links
    for period in ("2017", "2019-Q1", "2019-Q2", "2019-Q3", "2019-10"):
        assert f"/en/?period={period}" in links


def test_a_period_in_the_address_is_marked_among_those_offered(reader: FlaskClient) -> None:
    assert '<strong aria-current="true">March 2018</strong>' in reader.get(
        "/en/?period=2018-03"
    ).text.replace("'", '"')


def test_each_status_has_a_sign_and_words_of_its_own() -> None:
    signs = [status.sign for status in STATUSES.values()]
    assert len(set(signs)) == len(signs)
    for lang in LANGUAGES:
        words = Words(lang)
        said = [words(status.word) for status in STATUSES.values()]
        why = [words(f"{status.word}_meaning") for status in STATUSES.values()]
        assert len(set(said)) == len(set(why)) == len(STATUSES)


def test_what_is_not_yet_published_says_when_it_comes(reader: FlaskClient) -> None:
    text = read(reader, "agencies/AG002?period=2019-Q3").text
    assert "Not yet" in text
    assert "two months after the period’s end" in text


def test_waiting_for_answers_makes_no_agency_too_small(reader: FlaskClient) -> None:
    compared = read(reader, "agencies?period=2019-Q3").tables[0]
    assert len(compared) > 20


def test_a_column_that_has_no_value_yet_is_named_instead_of_shown(reader: FlaskClient) -> None:
    page = read(reader, "agencies?period=2019-10")
    assert page.tables[0][0] == ["Agency", "Received", "Repeats"]
    assert "Not yet: Appeals answered, Share answered within the legal term" in page.text
    assert "Not applicable: Mean satisfaction, Survey response rate" in page.text


def test_a_yearly_table_beside_a_quarter_says_which_year_it_shows(reader: FlaskClient) -> None:
    page = read(reader, "agencies/AG002?period=2019-Q3")
    assert "Kinds of appeals: 2018" in page.captions
    assert "Not every table below is published for Q3 2019" in page.text


@pytest.mark.parametrize("span", ["half a year", "two months"])
def test_before_the_first_whole_year_yearly_tables_are_announced(
    sites: dict[str, FlaskClient], span: str
) -> None:
    profile = read(sites[span], "agencies/AG002")
    assert "these yearly tables come with the first complete year" in profile.text
    acts = read(sites[span], "acts")
    assert "these yearly tables come with the first complete year" in acts.text
    assert "Register of acts" in acts.headings
    assert len(acts.tables) == 1


def test_an_indicator_without_months_is_drawn_by_quarter(reader: FlaskClient) -> None:
    page = read(reader, "trends?indicator=satisfaction_mean")
    assert page.headings[0].endswith("Q1 2017 – Q3 2019")
    assert "no shorter periods of this" in page.text


def test_a_course_says_what_is_still_to_come(reader: FlaskClient) -> None:
    page = read(reader, "trends?indicator=on_time_rate")
    assert "Still to come: September 2019 – October 2019." in page.text
    assert "Still to come" not in read(reader, "trends").text


@pytest.mark.parametrize(
    ("period", "published", "found"),
    [
        ("2019-09", ["2018", "2019-Q3", "2019"], "2019-Q3"),
        ("2019-Q3", ["2018", "2019"], "2019"),
        ("2019-10", ["2018-Q4", "2018", "2017"], "2018"),
        ("2019-10", [], None),
    ],
)
def test_the_nearest_period_holds_the_one_asked_for_or_is_the_latest(
    period: str, published: list[str], found: str | None
) -> None:
    assert nearest(period, published) == found
