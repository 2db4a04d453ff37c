"""What to know before reading a number stands on every page, and open where it is explained."""

import base64
import hashlib
import re

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from layouts.words import Words
from tests.site.pages.reading_html import Read

KEYS = ("read_first_1", "read_first_2", "read_first_3", "read_first_4")


@pytest.mark.parametrize("path", ["", "agencies", "agencies/AG001?period=2018", "feedback"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_has_it_folded_away_without_any_script(
    client: FlaskClient, lang: str, path: str
) -> None:
    words, page = Words(lang), client.get(f"/{lang}/{path}").text
    notice = page.partition('<aside class="read-first"')[2].partition("</aside>")[0]
    assert "<details" in notice
    assert " open" not in notice
    assert words("read_first_folded") in notice
    assert all(words(key) in Read(notice).text for key in KEYS)
    assert f'href="/{lang}/method"' in notice


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_method_has_it_open(client: FlaskClient, lang: str) -> None:
    words, page = Words(lang), client.get(f"/{lang}/method").text
    assert 'class="read-first"' not in page
    assert all(words(key) in Read(page.partition("<main")[2]).text for key in KEYS)


def test_a_page_that_is_not_there_says_nothing_of_numbers(client: FlaskClient) -> None:
    assert 'class="read-first"' not in client.get("/en/nope").text


@pytest.mark.parametrize("path", ["/uz/", "/uz/nope"])
def test_the_early_script_is_the_only_one_in_the_head_and_allowed_by_its_hash(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    head = answer.text.partition("</head>")[0]
    (script,) = re.findall(r"<script[^>]*>(.*?)</script>", head)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert "cookie" not in script
