"""Styles name only tokens that there are (others are dropped in silence), lists only places."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

SHEETS = sorted((Path(__file__).resolve().parents[2] / "assets").glob("*.css"))


def test_every_token_that_a_style_uses_is_declared() -> None:
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    used = set(re.findall(r"var\((--[\w-]+)\)", text))
    assert used - set(re.findall(r"(--[\w-]+)\s*:", text)) == set()


@pytest.mark.parametrize("path", ["method", "system", "releases", "glossary"])
def test_a_list_of_sections_leads_to_places_on_its_page(client: FlaskClient, path: str) -> None:
    page = client.get(f"/en/{path}").text
    places = set(re.findall(r'href="#([^"]+)"', page))
    assert places <= set(re.findall(r'id="([^"]+)"', page))
    assert len(places) > 1 or path == "releases"
