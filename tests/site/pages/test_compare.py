"""Side by side: the cells of the release, intervals as it has them, and no overall mark."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from data.codelists import LANGUAGES
from data.datasets import TABLES
from data.indicators import INDICATORS
from data.releases import Release, ReleaseStore
from layouts.components.peers import peers, volumes
from layouts.components.side_by_side import indicators_of
from layouts.figures.ranges import WIDTH, Ranges, Spot, ranges_svg
from layouts.page import Observer
from layouts.words import Words
from tests.site.pages import reading_html
from tests.site.pages.comparing import publish_compared
from tests.site.pages.reading_html import Read
from tests.site.small_release import client_over

PERIOD = "2018"
QUERY = f"?a=AG001&b=AG002&c=AG003&period={PERIOD}"
BODIES = ("AG001", "AG002", "AG003")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compared")


@pytest.fixture(scope="module")
def compared(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    return publish_compared(root, tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def reader(root: Path, compared: Release) -> FlaskClient:
    assert compared.analyses
    return client_over(root)


def page(reader: FlaskClient, lang: str = "en", query: str = QUERY) -> Read:
    return reading_html.page(reader, f"compare{query}", lang)


def tables(shown: Read, words: Words) -> Iterator[tuple[str, list[list[str]]]]:
    for caption, lines in zip(shown.captions, shown.tables, strict=True):
        for name in TABLES:
            if caption.rpartition(": ")[0] == words(f"table_{name}"):
                yield name, lines


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_indicator_stands_with_the_cells_of_each_body(
    reader: FlaskClient,
    compared: Release,
    lang: str,
) -> None:
    words = Words(lang)
    seen = dict(tables(page(reader, lang), words))
    assert {"agencies", "response", "quality"} <= seen.keys()
    for line in seen["agencies"][1:]:
        name = next((n for n in INDICATORS if words(f"indicator_{n}") == line[0]), None)
        for code, cell in zip(BODIES, line[3:], strict=True):
            if name is None:
                continue
            row = compared.tables["agencies"].filter(period=PERIOD, agency=code)
            value, declared = row[name].item(), INDICATORS[name]
            if value is not None:
                is_share = declared.unit == "share"
                written = words.percent if is_share else words.decimal
                assert cell.startswith(written(value, declared.decimals)), (name, code)


def test_no_indicator_of_the_release_is_left_out_and_none_stands_twice(
    reader: FlaskClient,
    compared: Release,
) -> None:
    words = Words("en")
    shown = [line[0] for _, lines in tables(page(reader), words) for line in lines[1:]]
    of_agencies = {
        words(f"indicator_{name}")
        for table, record in compared.manifest.tables.items()
        if record.table.dimensions == ("agency",) and "agency" in record.table.axes[0].levels
        for name in indicators_of(compared, table)
    }
    assert of_agencies <= set(shown)
    assert len(shown) == len(set(shown))


def test_intervals_and_bands_are_those_of_the_release(
    reader: FlaskClient,
    compared: Release,
) -> None:
    words = Words("en")
    lines = {line[0]: line for line in dict(tables(page(reader), words))["agencies"][1:]}
    told = compared.analyses["comparison"].filter(period=PERIOD, indicator="on_time_rate")
    rate = lines[words("indicator_on_time_rate")]
    for code, cell in zip(BODIES, rate[3:], strict=True):
        row = told.filter(agency=code).row(0, named=True)
        assert f"({row['rate_lower']:.1f}–{row['rate_upper']:.1f})" in cell
        assert words(f"band_{row['verdict']}") in cell


def test_no_body_has_a_place(reader: FlaskClient) -> None:
    text = page(reader).text.lower()
    assert not re.search(r"\brank\b|\bplace \d|\bwinner\b|\bbest\b|\bworst\b", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_may_not_be_concluded_is_said_on_every_comparison(
    reader: FlaskClient,
    lang: str,
) -> None:
    words = Words(lang)
    assert words("agencies_caution") in page(reader, lang).text
    assert words("regions_caution") in page(reader, lang, "?by=area").text


def test_bodies_whose_intervals_overlap_are_named(
    reader: FlaskClient,
    compared: Release,
) -> None:
    told = compared.analyses["comparison"].filter(period=PERIOD, indicator="on_time_rate")
    ends = {
        letter: told.filter(agency=code).select("rate_lower", "rate_upper").row(0)
        for letter, code in zip("ABC", BODIES, strict=True)
    }
    expected = [
        f"{one}–{other}"
        for one, other in ("AB", "AC", "BC")
        if ends[one][0] <= ends[other][1] and ends[other][0] <= ends[one][1]
    ]
    what = Words("en")("indicator_on_time_rate")
    said = f"{what}: no difference can be told between {', '.join(expected)}."
    assert (said in page(reader).text) == bool(expected)


def test_without_a_choice_the_largest_stand_there(
    reader: FlaskClient,
    compared: Release,
    root: Path,
) -> None:
    for by, level in (("agency", "agency"), ("area", "region")):
        words, codes = Words("en"), compared.codelists[by]
        received = volumes(observer(compared, root), by, level)
        names = [codes.name(c, "en") for c in sorted(received, key=lambda c: -received[c])[:3]]
        heading = page(reader, "en", f"?by={by}").headings[0]
        assert heading == words("compare_heading", names="; ".join(names))


def observer(release: Release, root: Path) -> Observer:
    return Observer(ReleaseStore(root), release)


def test_peers_are_of_the_same_kind_and_size(
    compared: Release,
    root: Path,
) -> None:
    codes = compared.codelists["agency"]
    for code in codes.at("agency")[::10]:
        found = peers(observer(compared, root), "agency", code)
        assert code not in found
        siblings = set(codes.children(codes[code].parent)) - {code}
        published = volumes(observer(compared, root), "agency", "agency")
        if code in published and len(siblings & set(published)) >= 3:
            assert set(found) <= siblings


def test_the_way_to_peers_leads_from_a_profile_to_a_page_with_all_of_them(
    reader: FlaskClient,
) -> None:
    for path, key in (("agencies/AG002", "agency"), ("regions/1703", "area")):
        links = Read(reader.get(f"/en/{path}").text).links
        way = next(link for link in links if link.startswith("/en/compare?"))
        asked = parse_qs(urlsplit(way).query)
        assert asked["a"] == [path.rpartition("/")[2]]
        assert asked.get("by", ["agency"]) == [key]
        assert len(page(reader, "en", f"?{urlsplit(way).query}").tables[0][0]) == 7


values = st.one_of(st.none(), st.floats(0, 1e7))


@given(
    st.lists(st.floats(0, 1e7), max_size=200), values, st.lists(values, max_size=4), st.booleans()
)
def test_a_drawing_keeps_every_mark_within_its_frame(
    kind: list[float], together: float | None, chosen: list[float | None], by_powers: bool
) -> None:
    spots = [Spot(v, None if v is None else v / 2, None if v is None else v * 1.5) for v in chosen]
    drawn = ranges_svg(Ranges(kind, together, spots, by_powers))
    across = [float(x) for x in re.findall(r'(?:cx="|M|H)([\d.]+)', drawn)]
    assert all(0 <= x <= WIDTH for x in across)
    assert drawn.count("<circle") == sum(value is not None for value in chosen)
