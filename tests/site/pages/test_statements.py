"""Replies and errors are shown as they were given, beside the figures, which stay as they are."""

import csv
import re
from dataclasses import replace
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data import statements
from data.codelists import LANGUAGES
from data.statements import Correction, Reply
from etl.withdraw import withdraw
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.small_release import client_over, publish

SAID = Reply(
    id="2018-1",
    agency="AG001",
    period="2018",
    day="2019-11-12",
    author="Press <b>service</b>",
    texts={"uz": "Birinchi.\n\nIkkinchi <script>alert(1)</script>", "ru": "Первое."},
    indicator="received",
)
ERROR = Correction(
    id="error-1",
    day="2019-11-05",
    releases=("2019.11.1-00000000",),
    concerns=("on_time_rate", "agencies"),
    texts={"en": "=Days off were counted."},
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    publish(tmp_path)
    return tmp_path


@pytest.fixture
def visitor(root: Path) -> FlaskClient:
    return client_over(root)


def say(root: Path, *said: Reply) -> None:
    (root / "replies.json").write_bytes(statements.written(said))


def log(root: Path, *errors: Correction) -> None:
    (root / "corrections.json").write_bytes(statements.written(errors))


def numbers(text: str) -> list[list[list[str]]]:
    return Read(text).tables


def test_a_reply_stands_beside_the_figures_and_alters_none(
    visitor: FlaskClient, root: Path
) -> None:
    path = "/uz/agencies/AG001?period=2018"
    before = visitor.get(path).text
    assert 'id="replies"' not in before
    say(root, SAID)
    after = visitor.get(path).text
    assert "Birinchi." in after
    assert numbers(after) == numbers(before)
    cards = r'<p class="card-number[^"]*">.*?</p>'
    assert re.findall(cards, after) == re.findall(cards, before)


def test_a_reply_is_marked_as_the_agencys_and_dated(visitor: FlaskClient, root: Path) -> None:
    say(root, SAID)
    words, text = Words("uz"), Read(visitor.get("/uz/agencies/AG001?period=2018").text).text
    assert words("replies_heading") in text
    assert words("replies_note") in text
    assert words("reply_by", author="Press <b>service</b>", date=words.date("2019-11-12")) in text


def test_what_an_agency_says_is_text_and_nothing_else(visitor: FlaskClient, root: Path) -> None:
    say(root, SAID)
    text = visitor.get("/uz/agencies/AG001?period=2018").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<b>service" not in text


@pytest.mark.parametrize(("lang", "tag"), [("ru", "ru"), ("en", "uz-Latn"), ("uz-cyrl", "uz-Latn")])
def test_words_without_a_translation_say_in_which_language_they_are(
    visitor: FlaskClient, root: Path, lang: str, tag: str
) -> None:
    say(root, SAID)
    text = visitor.get(f"/{lang}/agencies/AG001?period=2018").text
    assert f'<blockquote lang="{tag}">' in text


def test_the_figure_leads_to_what_is_said_of_it(visitor: FlaskClient, root: Path) -> None:
    say(root, SAID)
    target = "/en/agencies/AG001#reply-2018-1"
    of_period = target.replace("#", "?period=2018#")
    assert of_period in Read(visitor.get("/en/agencies/AG001?period=2018").text).links
    assert "#reply-2018-1" not in " ".join(
        Read(visitor.get("/en/agencies/AG001?period=2019").text).links
    )
    number = "/en/number?agency=AG001&column={}&period=2018&table=agencies"
    assert target in Read(visitor.get(number.format("received")).text).links
    assert target not in Read(visitor.get(number.format("answered")).text).links
    assert "/en/agencies/AG001#replies" in Read(visitor.get("/en/agencies?period=2018").text).links
    assert 'id="reply-2018-1"' in visitor.get("/en/agencies/AG001").text


def test_a_withdrawn_reply_is_told_without_its_words(visitor: FlaskClient, root: Path) -> None:
    say(root, replace(SAID, withdrawn="2019-12-01"))
    page = visitor.get("/uz/agencies/AG001?period=2018")
    assert "Birinchi." not in page.text
    assert Words("uz").date("2019-12-01") in Read(page.text).text
    assert "#reply-2018-1" not in " ".join(Read(page.text).links)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_errors_the_log_says_so(visitor: FlaskClient, lang: str) -> None:
    page = Read(visitor.get(f"/{lang}/corrections").text)
    assert page.headings[0] == Words(lang)("corrections_none")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_withdrawn_release_is_not_called_no_error(
    visitor: FlaskClient, root: Path, lang: str
) -> None:
    release_id = visitor.get("/readyz").text.strip()
    withdraw(root, release_id, "uz", "Xato bor.", "2019-12-01")
    page = visitor.get(f"/{lang}/corrections").text
    assert Read(page).headings[0] == Words(lang)("corrections_withdrawn_alone", n=1)
    assert "Xato bor." in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_is_told_with_its_time_to_mend(
    visitor: FlaskClient, root: Path, lang: str
) -> None:
    words, release_id = Words(lang), visitor.get("/readyz").text.strip()
    log(root, ERROR)
    page = Read(visitor.get(f"/{lang}/corrections").text)
    assert page.headings[0] == words("corrections_finding_open", n=1, open=1)
    assert words("corrections_not_mended") in page.text
    at_once = replace(ERROR, mended=ERROR.day, mended_in=release_id)
    log(root, at_once)
    said = words("corrections_mended_at_once", date=words.date(ERROR.day))
    assert said in visitor.get(f"/{lang}/corrections").text
    log(root, replace(at_once, mended="2019-11-09"))
    page = Read(visitor.get(f"/{lang}/corrections").text)
    assert page.headings[0] == words("corrections_finding", n=1)
    assert words("corrections_mended", n=4, date=words.date("2019-11-09")) in page.text
    assert f"/{lang}/?release={release_id}" in page.links
    assert f"/{lang}/method/on_time_rate" in page.links
    assert words("table_agencies") in page.text


def test_what_is_said_is_a_file_of_its_own(visitor: FlaskClient, root: Path) -> None:
    assert visitor.get("/api/v1/replies").json == {"replies": []}
    say(root, SAID)
    log(root, ERROR)
    told = visitor.get("/api/v1/replies").json
    assert told is not None
    assert told["replies"][0]["texts"] == dict(SAID.texts)
    rows = list(csv.DictReader(StringIO(visitor.get("/api/v1/corrections?format=csv").text)))
    assert rows[0]["text_en"] == "'=Days off were counted."
    assert rows[0]["concerns"] == "on_time_rate agencies"
    assert unescape(rows[0]["releases"]) == "2019.11.1-00000000"
