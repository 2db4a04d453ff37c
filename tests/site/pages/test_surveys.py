"""Independent surveys stand beside satisfaction, with their error, or what is not known of them."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.releases import Release
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.pages.whole import publish_whole
from tests.site.small_release import site_over

PATHS = ("claims", "outcomes", "system", "method/satisfaction_top")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_each_share_stands_with_its_error_and_how_many_were_asked(
    reader: FlaskClient, lang: str, path: str
) -> None:
    words, page = Words(lang), Read(reader.get(f"/{lang}/{path}").text)
    latest, older = (
        page.tables[page.captions.index(words("surveys_caption", title=title, period=period))]
        for title, period in (("Trust of 2018", words.period("2018-Q4")), ("older", "2017"))
    )
    good = words(
        "surveys_answer",
        question=words("choice_question_satisfied_answer"),
        answer=words("choice_answer_yes"),
    )
    error = words("surveys_error", value=words.decimal(2.4, 1))
    assert latest[1] == [good, words.percent(48.6), error, words.number(2400)]
    assert words("surveys_error_at_least", value=words.decimal(1.5, 1)) in older[1]
    assert words("surveys_not_stated") in page.text


def test_a_share_of_almost_nobody_has_no_error(reader: FlaskClient) -> None:
    page = Read(reader.get("/en/claims").text)
    (few,) = (line for table in page.tables for line in table if line[1:2] == ["0.1%"])
    assert "±" not in few[2]


def test_who_held_it_when_and_where_it_was_published_stands_below(reader: FlaskClient) -> None:
    page = Read(reader.get("/en/system").text)
    assert "A centre of surveys" in page.text
    assert "1 October 2018 – 15 November 2018" in page.text
    assert "Invented: surveys; stated on 15 July 2019" in page.text
    assert "https://surveys.example/2018" in page.links


def test_the_first_page_leads_to_the_surveys(reader: FlaskClient) -> None:
    assert "/en/system#surveys" in Read(reader.get("/en/").text).links


def test_where_no_survey_is_reported_none_is_shown(tmp_path: Path, whole: Release) -> None:
    publish_whole(tmp_path, lists=whole.codelists)
    client = site_over(tmp_path).server.test_client()
    assert "±" not in client.get("/en/claims").text
    assert "#surveys" not in "".join(Read(client.get("/en/").text).links)
