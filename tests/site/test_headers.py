"""Nothing is loaded from elsewhere, nothing is remembered about the reader, on any answer."""

import re

import pytest
from flask.testing import FlaskClient

from app import create_app
from config import Settings
from tests.site.small_release import site_over

EVERYWHERE = [
    "/",
    "/en/",
    "/en/nope",
    "/healthz",
    "/assets/base.css",
    "/_dash-layout",
    "/api/v1/catalog",
    "/api/v1/nope",
    "/releases/latest/manifest.json",
    "/releases/latest/nope",
    "/_dash-component-suites/os/path.py",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_is_closed_to_the_outside(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.partition("style-src")[0]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer.headers
    assert answer.status_code < 500


def test_every_script_of_a_page_is_allowed_by_its_policy(client: FlaskClient) -> None:
    answer = client.get("/en/")
    scripts = re.findall(r"<script([^>]*)>(.+?)</script>", answer.text)
    inline = [text for attributes, text in scripts if "application/json" not in attributes]
    assert len(inline) == answer.headers["Content-Security-Policy"].count("'sha256-")


def test_no_page_names_an_address_to_load_from_elsewhere(client: FlaskClient) -> None:
    text = client.get("/en/").text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text.partition("<main")[0])
    assert not re.findall(r'src="(?:https?:)?//', text)


def test_the_interfaces_are_open_for_reading_from_every_origin(client: FlaskClient) -> None:
    for path in ("/api/v1/catalog", "/releases/latest/manifest.json"):
        answer = client.get(path)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert client.post(path).status_code == 405
    assert "Access-Control-Allow-Origin" not in client.get("/en/").headers


def test_a_host_that_is_not_ours_is_refused(releases: object) -> None:
    app = create_app(Settings(releases=releases, hosts=("data.example",)))
    client = app.server.test_client()
    for path in ("/en/", "/api/v1/catalog", "/releases/latest/manifest.json"):
        assert client.get(path, headers={"Host": "evil.example"}).status_code == 400
        assert client.get(path, headers={"Host": "data.example"}).status_code == 200


def test_texts_are_sent_small_and_the_same(client: FlaskClient) -> None:
    plain = client.get("/en/method")
    small = client.get("/en/method", headers={"Accept-Encoding": "gzip, br"})
    assert small.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert len(small.data) < len(plain.data) / 2
    assert small.headers["ETag"].startswith("W/")


def test_the_first_view_is_light(client: FlaskClient) -> None:
    styles = re.findall(r'href="(/assets/[^"]+\.css[^"]*)"', client.get("/en/").text)
    assert styles
    sizes = [len(client.get(path).data) for path in ("/en/", *styles)]
    assert sum(sizes) < 100_000


def test_styles_and_scripts_are_fetched_once(client: FlaskClient) -> None:
    assets = re.findall(r'(?:href|src)="(/assets/[^"]+)"', client.get("/en/").text)
    assert assets
    for path in assets:
        assert "immutable" in client.get(path).headers["Cache-Control"], path
    assert "immutable" not in client.get("/assets/base.css").headers["Cache-Control"]


def test_the_environment_cannot_open_the_tools_of_developers(
    monkeypatch: pytest.MonkeyPatch, releases: object
) -> None:
    monkeypatch.setenv("DASH_MCP_ENABLED", "true")
    monkeypatch.setenv("DASH_UI", "true")
    monkeypatch.setenv("DASH_DEBUG", "true")
    client = site_over(releases).server.test_client()  # type: ignore[arg-type]
    assert client.get("/_mcp").status_code == 404
    assert client.post("/_mcp", json={}).status_code in {404, 405}
    assert '"ui":true' not in client.get("/en/").text
