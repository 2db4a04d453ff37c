"""Every page is whole without scripts and has one address; nothing unknown gets a 200."""

import re

import pytest
from dash import Dash
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from layouts import PAGES, early
from layouts.sitemap import SITEMAP

PLAIN_PAGES = [address.path for address in SITEMAP.values() if not address.coded_by]
CODED_PAGES = ["agencies/AG001", "agencies/ministries", "regions/1703", "method/on_time_rate"]


def test_every_address_of_the_sitemap_has_a_page() -> None:
    assert PAGES.keys() == SITEMAP.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [*PLAIN_PAGES, *CODED_PAGES])
def test_a_page_is_complete_as_it_is_sent(client: FlaskClient, lang: str, path: str) -> None:
    answer = client.get(f"/{lang}/{path}")
    assert answer.status_code == 200, answer.text
    text = answer.text
    tag = {"uz": "uz-Latn", "uz-cyrl": "uz-Cyrl"}.get(lang, lang)
    assert f'<html lang="{tag}">' in text
    assert re.search(r"<title>.{5,}</title>", text)
    assert re.search(r'<meta name="description" content=".{20,}">', text)
    assert f'<link rel="canonical" href="/{lang}/{path}">' in text
    assert text.count('rel="alternate" hreflang="') == len(LANGUAGES)
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert text.count("<main") == 1
    assert len(answer.data) < 100_000


def test_first_the_page_then_the_programs(client: FlaskClient) -> None:
    text = client.get("/en/").text
    before, _, after = text.partition("<main")
    assert f"<script>{early.SCRIPT}</script>" in before
    assert before.count("<script") == 1
    assert "<script src" in after


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/en/nope",
        "/xx/",
        "/xx/agencies",
        "/en/agencies/",
        "/en/agencies/AG9999",
        "/en/agencies/_T",
        "/en/regions/AG001",
        "/en/method/nope",
        "/.env",
        "/admin",
        "/en/agencies/../../etc/passwd",
        "/_reload-hash",
        "/_favicon.ico",
        "/assets/../app.py",
        "/assets/nope.css",
        "/en/agencies?release=2001.01.1-00000000",
    ],
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "words"), [("/ru/nope", "Страница не найдена"), ("/uz/nope", "Sahifa topilmadi")]
)
def test_not_found_is_said_in_the_language_of_the_address(
    client: FlaskClient, path: str, words: str
) -> None:
    answer = client.get(path)
    assert words in answer.text
    assert 'content="noindex"' in answer.text


def test_a_method_that_no_page_has_is_refused(client: FlaskClient) -> None:
    assert client.post("/en/").status_code == 405
    assert client.get("/_dash-update-component").status_code in {404, 405}


def test_unknown_query_keys_change_nothing(client: FlaskClient) -> None:
    assert client.get("/en/agencies?utm_source=x&slug=evil").data == client.get("/en/agencies").data


def test_the_language_switcher_keeps_path_and_query(client: FlaskClient) -> None:
    assert 'href="/ru/agencies?period=2018"' in client.get("/en/agencies?period=2018").text


@pytest.mark.parametrize(
    ("wanted", "lang"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("uz", "uz"),
        ("uz-Cyrl-UZ,ru;q=0.5", "uz-cyrl"),
        ("uz-Latn", "uz"),
        ("fr,de;q=0.7", "en"),
        ("", "en"),
        ("en;q=0.3, uz;q=0.9", "uz"),
    ],
)
def test_the_bare_address_leads_to_the_readers_language(
    client: FlaskClient, wanted: str, lang: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{lang}/")
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "/en//evil.example"])
def test_no_address_leads_to_another_site(client: FlaskClient, path: str) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": path})
    assert answer.status_code == 404
    assert "Location" not in answer.headers


def test_equal_pages_are_equal_bytes_and_need_not_be_sent_twice(client: FlaskClient) -> None:
    first = client.get("/en/")
    again = client.get("/en/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


def test_the_document_tells_no_versions_of_programs(client: FlaskClient) -> None:
    text = client.get("/en/").text
    assert not re.search(r"python_version|dash_version|end_id", text)


def test_robots_and_health_answer(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert "Disallow: /api/" in client.get("/robots.txt").text
    assert client.get("/favicon.ico").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_every_word_of_the_live_page_stands_in_the_still_one(site: Dash) -> None:
    client = site.server.test_client()
    text = client.get("/ru/method").text
    body = {
        "output": "content.children",
        "inputs": [
            {"id": "address", "property": "pathname", "value": "/ru/method"},
            {"id": "address", "property": "search", "value": ""},
        ],
    }
    live = client.post("/_dash-update-component", json=body).get_json()
    for word in texts_of(live["response"]["content"]["children"]):
        assert word in text


def texts_of(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, list):
        return [text for child in node for text in texts_of(child)]
    if isinstance(node, dict) and "props" in node:
        return texts_of(node["props"].get("children"))
    return []
