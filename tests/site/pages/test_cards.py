"""A link to a page, sent to someone, already tells the page's number and where it is from."""

import re
import struct
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import layouts
from api.cards import card_of
from api.pictures import rasterised
from app import create_app
from config import Settings
from data.codelists import LANGUAGES
from data.releases import Release, ReleaseStore
from layouts.figures.card import EDGE, HEIGHT, WIDTH, SocialCard, card_svg, fitting
from layouts.site import Site
from layouts.words import Words, all_words
from tests.site.pages.reading_html import Read
from tests.site.pages.taking import addresses, views
from tests.site.small_release import publish, site_over


@pytest.fixture(scope="module")
def site(root: Path, whole: Release) -> Site:
    assert whole.id
    return Site(ReleaseStore(root), all_words(strict=True), layouts.PAGES)


def tags(document: str) -> dict[str, str]:
    found = re.findall(
        r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"', document
    )
    return {name: unescape(content) for name, content in found}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_has_a_card_that_says_what_its_heading_says(
    reader: FlaskClient, whole: Release, lang: str
) -> None:
    for address in addresses(lang):
        document = reader.get(address).text
        told = tags(document)
        assert told["og:title"] == Read(document).headings[0].strip(), address
        assert told["og:description"].startswith(Words(lang)("taken_generated")), address
        assert f"release={whole.id}" in told["og:image"], address
        assert told["twitter:card"] == "summary_large_image"
        assert {"og:url", "og:locale", "og:site_name", "og:image:alt"} <= told.keys()


def test_the_picture_of_a_card_has_the_size_that_networks_show(reader: FlaskClient) -> None:
    address = tags(reader.get("/uz-cyrl/regions/1703").text)["og:image"]
    answer = reader.get(address)
    assert answer.headers["Content-Type"] == "image/png"
    assert struct.unpack(">II", answer.data[16:24]) == (WIDTH, HEIGHT) == (1200, 630)
    assert "immutable" in answer.headers["Cache-Control"]
    assert reader.get(address.partition("?")[0]).headers["Cache-Control"] == "no-cache"


def test_a_card_tells_the_number_the_release_and_that_data_are_generated(
    site: Site, whole: Release
) -> None:
    view = site.view_at("/ru/agencies/AG001", "period=2018")
    assert view is not None
    svg = card_svg(card_of(site, view))
    row = whole.tables["agencies"].filter(period="2018", agency="AG001").row(0, named=True)
    words = Words("ru")
    for told in (
        words.number(row["received"]),
        words.percent(row["on_time_rate"]),
        whole.id,
        words("taken_generated"),
        words.name(whole.codelists["agency"], "AG001"),
    ):
        assert told in svg


def test_a_card_of_real_data_does_not_call_them_invented(tmp_path: Path) -> None:
    publish(tmp_path, generated=False)
    store = ReleaseStore(tmp_path)
    site = Site(store, all_words(strict=True), layouts.PAGES)
    view = site.view_at("/en/", "")
    assert view is not None
    assert not card_of(site, view).mark
    told = tags(site_over(tmp_path).server.test_client().get("/en/").text)
    assert "Invented" not in told["og:description"]


def test_no_word_of_a_card_runs_over_its_edge(site: Site) -> None:
    whole_width = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
    strip = f'viewBox="{WIDTH - EDGE / 2} 0 {EDGE / 2} {HEIGHT}" width="32"'
    for view in views(site, "uz-cyrl"):
        svg = card_svg(card_of(site, view)).replace(whole_width, strip)
        assert strip in svg
        assert rasterised(svg, 1) == rasterised(re.sub(r"<text.*?</text>", "", svg), 1), view


def test_a_long_title_is_cut_and_shows_it_and_leaves_room_for_the_numbers() -> None:
    size, lines = fitting("мурожаатларнинг қонуний муддатда " * 20)
    assert (size, len(lines)) == (44, 4)
    assert lines[-1].endswith("…")
    assert fitting("Qisqa") == (62, ["Qisqa"])
    card = SocialCard("uz", "S", "т " * 300, "л " * 900, [("n", "1")] * 3, "m", "s")
    above = [float(y) for y in re.findall(r'<text x="64" y="([\d.]+)"', card_svg(card))]
    assert sorted(above)[-5] < HEIGHT - 232


@pytest.mark.parametrize(
    "path",
    [
        "/card/",
        "/card/en/nope.png",
        "/card/en/nope/card.png",
        "/card/en/card.svg",
        "/card/card.png",
    ],
)
def test_only_pages_have_cards(reader: FlaskClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_no_card_is_told_where_there_is_no_page(reader: FlaskClient) -> None:
    assert not tags(reader.get("/en/nope").text)


def test_addresses_in_a_card_are_whole_when_the_site_knows_its_own(root: Path) -> None:
    settings = Settings(releases=root, origin="https://data.example")
    client = create_app(settings).server.test_client()
    told = tags(client.get("/en/", headers={"Host": "evil.example"}).text)
    assert told["og:image"].startswith("https://data.example/card/en/card.png?release=")
    assert told["og:url"] == "https://data.example/en/"
