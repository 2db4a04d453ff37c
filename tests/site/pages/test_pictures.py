"""A picture of a chart tells, by itself, what the chart shows and where it is from."""

import re
import struct
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

import layouts
from api.pictures import rasterised
from data.codelists import LANGUAGES
from data.releases import Release, ReleaseStore
from layouts.figures.line import apart
from layouts.figures.marks import words_of
from layouts.figures.picture import EDGE, WIDTH
from layouts.figures.style import rules, settled, tokens
from layouts.site import Site
from layouts.words import Words, all_words, catalogue
from tests.site.pages.taking import href, taken
from tests.site.small_release import site_over

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def site(root: Path, whole: Release) -> Site:
    assert whole.id
    return Site(ReleaseStore(root), all_words(strict=True), layouts.PAGES)


@pytest.fixture(scope="module")
def pictures(site: Site, root: Path) -> dict[str, str]:
    """Each picture of the site in the two scripts with the longest words, by its address."""
    client = site_over(root).server.test_client()
    found = {}
    for lang in ("ru", "uz-cyrl"):
        for view, exhibit in taken(site, lang):
            if exhibit.drawing:
                address = href(view, exhibit, "svg")
                found[address] = client.get(address).text
    return found


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own drawing)


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in parsed(svg).iter(f"{SVG}text")]


def test_every_chart_has_a_picture(pictures: dict[str, str]) -> None:
    names = {address.partition("?")[0].rpartition("/")[2] for address in pictures}
    assert {"home-received.svg", "regions-map.svg", "trends.svg", "agency-received.svg"} <= names


def test_a_picture_says_what_it_is_and_where_it_is_from(
    pictures: dict[str, str], whole: Release
) -> None:
    for address, svg in pictures.items():
        words = Words(address.split("/")[2])
        told = " ".join(texts(svg))
        for needed in (whole.id, words.date(whole.manifest.as_of), "CC BY 4.0", "Invented sample"):
            assert needed in told, address
        assert words("banner_generated") in told, address
        assert f"release={whole.id}" in told, address
        root = parsed(svg)
        assert root.findtext(f"{SVG}title")
        assert re.search(r"\d", root.findtext(f"{SVG}desc") or ""), address


def test_a_picture_hangs_on_nothing_outside_it(pictures: dict[str, str]) -> None:
    for svg in pictures.values():
        assert "var(" not in svg
        assert not re.findall(r"\b(?:href|src)=|@import|url\((?!#)", svg)
        assert "<script" not in svg
        assert "%" not in re.sub(r">[^<]*<", "><", svg), "places in per cent of an unknown width"


def test_every_name_of_a_colour_in_the_rules_is_a_token() -> None:
    source = (Path(__file__).parents[3] / "assets" / "figures.css").read_text(encoding="utf-8")
    assert set(re.findall(r"var\(--([a-z0-9-]+)", source)) <= tokens().keys()
    assert "var(" not in rules()
    assert settled("var(--paper)") == "#ffffff"


def test_a_picture_in_pixels_is_the_same_each_time(reader: FlaskClient) -> None:
    first = reader.get("/take/uz-cyrl/home-received.png").data
    svg = reader.get("/take/uz-cyrl/home-received.svg").text
    assert first[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", first[16:20]) == (2 * WIDTH,)
    assert rasterised(svg, 2) == first


def test_no_word_runs_over_the_edge_of_a_picture(pictures: dict[str, str]) -> None:
    for address, svg in pictures.items():
        height = re.search(r'height="(\d+)"', svg)
        assert height
        box, strip = f"0 0 {WIDTH} {height[1]}", f"{WIDTH - EDGE / 2} 0 {EDGE / 2} {height[1]}"
        narrow = svg.replace(f'viewBox="{box}" width="{WIDTH}"', f'viewBox="{strip}" width="14"')
        assert narrow != svg
        silent = re.sub(r"<text.*?</text>", "", narrow)
        assert rasterised(narrow, 1) == rasterised(silent, 1), address


def test_the_fonts_have_every_letter_of_the_site(whole: Release) -> None:
    used = set(MINIMUM)
    for lang in LANGUAGES:
        for message in catalogue(lang).values():
            used |= set("".join(message))
    for codes in whole.codelists.values():
        used |= {letter for code in codes.codes for _, name in code.names for letter in name}
    blank = glyph("\N{LATIN SMALL LETTER TURNED A}")
    missing = {letter for letter in used if not letter.isspace() and glyph(letter) == blank}
    assert not missing, sorted(map(hex, map(ord, missing)))


MINIMUM = "ЎўҚқҒғҲҳЁёЪъЫыЭэʻʼ№−–—«»…×÷≥≤·ŃńǴǵÓóÚú"


def glyph(letter: str) -> bytes:
    return rasterised(
        '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" font-family="Inter">'
        f'<text x="4" y="18" font-size="16">{words_of(letter)}</text></svg>',
        1,
    )


def test_labels_at_one_place_are_moved_apart_and_keep_their_order() -> None:
    moved = apart([10.0, 11.0, 10.5], 15)
    assert sorted(moved) == [moved[0], moved[2], moved[1]]
    assert min(b - a for a, b in zip(sorted(moved), sorted(moved)[1:], strict=False)) >= 15
    assert apart([0.0, 40.0], 15) == [0.0, 40.0]
