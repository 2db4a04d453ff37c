"""The program that draws live charts: as it was fetched, and all that the figures ask of it."""

import re
from hashlib import sha256
from pathlib import Path

from dash import dcc
from flask.testing import FlaskClient
from plotly.offline import get_plotlyjs_version

import layouts
from app import ASSETS
from data.releases import Release, ReleaseStore
from layouts.document import CHARTS
from layouts.site import Site
from layouts.static import components
from layouts.words import all_words

BASIC = {"scatter", "bar", "pie"}
"""The traces that the basic bundle of plotly.js draws."""
FOLDER = ASSETS / "plotly"


def test_the_program_is_as_it_was_fetched_and_has_its_licence() -> None:
    for line in (FOLDER / "SHA256SUMS").read_text("ascii").splitlines():
        digest, name = line.split()
        assert sha256((FOLDER / name).read_bytes()).hexdigest() == digest
    assert "Permission is hereby granted" in (FOLDER / "LICENSE").read_text("utf-8")


def test_the_program_is_of_the_version_that_the_figures_are_made_for() -> None:
    head = (FOLDER / "plotly-basic.min.js").read_text("utf-8")[:200]
    assert f"(basic - minified) v{get_plotlyjs_version()}" in head


def test_the_program_is_sent_small_and_kept_for_good(reader: FlaskClient) -> None:
    answer = reader.get(CHARTS, headers={"Accept-Encoding": "br, gzip"})
    assert answer.status_code == 200
    assert len(answer.data) < 400_000
    assert "immutable" in answer.headers["Cache-Control"]


def test_no_page_loads_a_program_that_it_does_not_need(reader: FlaskClient) -> None:
    sources = re.findall(r'<script src="([^"]+)"', reader.get("/en/trends").text)
    assert any("dash_core_components" in source for source in sources)
    assert not [each for each in sources if "plotly" in each or "dash_table" in each]


def test_live_figures_hold_no_trace_that_the_program_cannot_draw(
    reader: FlaskClient, whole: Release, root: Path
) -> None:
    site = Site(ReleaseStore(root), all_words(strict=True), layouts.PAGES)
    graphs = [
        each
        for path in ("trends", "agencies/AG002", "regions/1703", "acts/1", "themes/housing", "")
        if (view := site.view_at(f"/en/{path}", ""))
        for each in components(site.content(view))
        if isinstance(each, dcc.Graph)
    ]
    assert len(graphs) >= 3
    assert {trace["type"] for graph in graphs for trace in vars(graph)["figure"]["data"]} <= BASIC
