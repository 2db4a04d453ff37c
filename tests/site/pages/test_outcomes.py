"""Outcomes on pages: every denominator side by side, as the release has them; or why not."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.releases import Release
from layouts.components.reading import written
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.pages.whole import publish_whole
from tests.site.small_release import site_over

SHARES = ("outcome_share_received", "outcome_share_considered", "outcome_share_decided")
WHERE = {
    "outcomes": ("outcomes", {}),
    "agencies/AG002": ("outcomes_by_agency", {"agency": "AG002"}),
    "agencies/ministries": ("outcomes_by_sector", {"agency": "ministries"}),
    "regions/1726": ("outcomes_by_region", {"area": "1726"}),
}


def read(client: FlaskClient, path: str) -> Read:
    answer = client.get(path)
    assert answer.status_code == 200
    return Read(answer.text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", WHERE)
def test_each_outcome_stands_with_its_share_of_every_denominator(
    reader: FlaskClient, whole: Release, lang: str, path: str
) -> None:
    words, codes = Words(lang), whole.codelists["outcome"]
    page = read(reader, f"/{lang}/{path}?period=2018")
    table, where = WHERE[path]
    found = whole.tables[table].filter(period="2018", **where)
    rows = {row["outcome"]: row for row in found.to_dicts()}
    for code in codes.at("outcome_class"):
        (line,) = (
            line
            for shown in page.tables
            for line in shown
            if line[0] == words.name(codes, code) and len(line) == 5
        )
        for text, name in zip(line[2:], SHARES, strict=True):
            value = rows[code][name]
            if value is not None:
                assert text == written(words, name, value)
            else:
                assert words("status_not_applicable") in text


def test_the_denominators_are_the_published_counts(reader: FlaskClient, whole: Release) -> None:
    words = Words("en")
    page = read(reader, "/en/outcomes?period=2018")
    total = whole.tables["outcomes"].filter(period="2018", outcome="_T").row(0, named=True)
    nation = whole.tables["national"].filter(period="2018").row(0, named=True)
    counts = [nation["received"], nation["answered"], total["decided"]]
    line = next(each for shown in page.tables for each in shown if each[0] == "100 per cent is")
    assert line[2:] == [words.number(each) for each in counts]


def test_the_drawing_tells_its_numbers_in_words(reader: FlaskClient, whole: Release) -> None:
    page = read(reader, "/en/outcomes?period=2018")
    row = whole.tables["outcomes"].filter(period="2018", outcome="positive").row(0, named=True)
    for name in SHARES:
        assert f"Resolved positively {Words('en').percent(row[name])}" in page.text


def test_a_source_that_tells_no_outcomes_says_what_cannot_be_known(tmp_path: Path) -> None:
    publish_whole(tmp_path, without=("outcomes", "closing"))
    client = site_over(tmp_path).server.test_client()
    for path in ("outcomes", "agencies/AG002"):
        assert "No share of outcomes can be known" in read(client, f"/en/{path}").text


def test_a_body_with_too_few_of_each_is_not_said_to_have_no_outcomes(
    tmp_path: Path,
) -> None:
    publish_whole(tmp_path, without=("outcomes_by_agency",))
    page = read(site_over(tmp_path).server.test_client(), "/en/agencies/AG002")
    assert "Too few appeals ended in each way" in page.text
    assert "No share of outcomes can be known" not in page.text
