"""Satisfaction never stands alone: beside it how many replied, and the bounds that leaves open."""

from pathlib import Path

import polars as pl
import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.releases import Release
from layouts.components.reading import written
from layouts.components.satisfaction import BASES
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.pages.whole import publish_whole
from tests.site.small_release import site_over

PLACES = {
    "": ("national", {}),
    "agencies/AG002": ("agencies", {"agency": "AG002"}),
    "regions/1726": ("regions", {"area": "1726"}),
}


def section(page: str) -> str:
    begins = page.index('<section class="satisfaction"')
    return page[begins : page.index("</section>", begins)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PLACES)
def test_the_share_stands_with_its_response_rate_and_both_bounds(
    reader: FlaskClient, whole: Release, lang: str, path: str
) -> None:
    words, (table, where) = Words(lang), PLACES[path]
    row = whole.tables[table].filter(period="2018", **where).row(0, named=True)
    page = Read(section(reader.get(f"/{lang}/{path}?period=2018").text))
    (shown,) = page.tables
    assert [line[1:] for line in shown[1:]] == [
        [written(words, share, row[share]), words.number(row[base])]
        for share, base in BASES.items()
    ]
    for share in BASES:
        assert written(words, share, row[share]) in page.text


def test_a_month_shows_the_quarter_that_satisfaction_is_published_for(reader: FlaskClient) -> None:
    page = Read(reader.get("/en/?period=2018-05").text)
    assert "How satisfied applicants were: Q2 2018" in page.captions


def test_where_those_who_replied_are_too_few_no_share_and_no_bar_is_shown(
    reader: FlaskClient, whole: Release
) -> None:
    hidden = whole.tables["agencies"].filter(
        pl.col("period") == "2018", pl.col("satisfaction_top").is_null(), pl.col("agency") != "_T"
    )
    code = hidden["agency"][0]
    shown = section(reader.get(f"/en/agencies/{code}?period=2018").text)
    assert "<svg" not in shown
    assert "gave 4 or 5;" not in shown
    assert all("%" not in cell for line in Read(shown).tables[0][1:] for cell in line[1:])


@pytest.mark.parametrize("name", BASES)
def test_each_share_of_the_satisfied_has_the_others_on_its_page(
    reader: FlaskClient, name: str
) -> None:
    shown = section(reader.get(f"/en/method/{name}").text)
    assert all(f"/en/method/{other}" in shown for other in BASES)


def test_a_source_that_asks_nobody_shows_no_satisfaction(tmp_path: Path) -> None:
    publish_whole(tmp_path, not_collected=("asked", "rated", "rated_top", "score_sum"))
    client = site_over(tmp_path).server.test_client()
    assert 'class="satisfaction"' not in client.get("/en/").text
    assert 'class="satisfaction"' not in client.get("/en/method/satisfaction_top").text
