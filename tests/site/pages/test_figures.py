"""Figures are pure: the same values give the same picture, and every value can be read in words."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.figures.choropleth import Place, map_svg, steps_of
from layouts.figures.line import LineChart, Point, Series, line_svg
from layouts.figures.line_plotly import line_plotly
from layouts.figures.marks import MARKS
from layouts.figures.outlines import outlines
from layouts.figures.scale import scale_for

CODES = sorted(outlines().codes)
SVG = "{http://www.w3.org/2000/svg}"


def parsed(markup: str) -> ET.Element:
    return ET.fromstring(markup)  # noqa: S314 - made by us


def chart(*rows: list[float | None], late: int = 0) -> LineChart:
    count = len(rows[0])
    series = tuple(
        Series(
            f"<{number}>",
            tuple(
                Point(f"2019-{i + 1:02}", f"month {i + 1}", "2019" if i == 0 else "", value,
                      f"{value}", i >= count - late)
                for i, value in enumerate(row)
            ),
        )
        for number, row in enumerate(rows)
    )  # fmt: skip
    return LineChart("A & B", "from <low> to high", series, lambda v: f"{v:g}", "provisional")


@given(st.lists(st.floats(0, 1e7), min_size=1, max_size=40), st.booleans())
def test_an_axis_holds_every_value_and_has_few_round_ticks(
    values: list[float], from_zero: bool
) -> None:
    scale = scale_for(values, from_zero=from_zero)
    assert scale.low <= min(values) or scale.low == 0
    assert scale.high >= max(values)
    assert 2 <= len(scale.ticks) <= 8
    assert not from_zero or scale.low == 0


@given(st.lists(st.floats(0, 100), min_size=1, max_size=20))
def test_an_axis_of_shares_never_passes_a_hundred(values: list[float]) -> None:
    scale = scale_for(values, from_zero=False, at_most=100, least_span=10)
    assert 0 <= scale.low <= min(values)
    assert max(values) <= scale.high <= 100


@pytest.mark.parametrize("most", [0, 1, 3, 7, 10, 42, 1234])
def test_what_is_counted_has_whole_numbers_on_its_axis(most: int) -> None:
    scale = scale_for([0, most], from_zero=True, whole=True)
    assert all(tick == int(tick) for tick in scale.ticks)
    assert scale.high >= max(most, 1)
    assert len(scale.ticks) <= 6


def test_a_line_chart_is_sound_markup_and_says_what_it_shows() -> None:
    root = parsed(line_svg(chart([1, 2, None, 4])))
    assert root.findtext(f"{SVG}title") == "A & B"
    assert root.findtext(f"{SVG}desc") == "from <low> to high"


def test_a_missing_value_breaks_the_line() -> None:
    root = parsed(line_svg(chart([1, 2, None, 4, 5])))
    curves = [p for p in root.iter(f"{SVG}path") if p.get("class") == "figure-curve"]
    assert len(curves) == 2
    assert line_plotly(chart([1, None]))["data"][0]["connectgaps"] is False


def test_provisional_periods_are_shaded_dotted_and_named() -> None:
    svg = line_svg(chart([1, 2, 3, 4], late=1))
    assert "figure-provisional" in svg
    assert 'stroke-dasharray="1.5 4"' in svg
    assert ">provisional<" in svg
    assert line_plotly(chart([1, 2, 3, 4], late=1))["layout"]["shapes"]
    assert "provisional" not in line_svg(chart([1, 2, 3, 4]))


def test_series_differ_by_letter_and_dash_and_not_by_colour_alone() -> None:
    assert len({mark.letter for mark in MARKS}) == len(MARKS)
    assert len({mark.dash for mark in MARKS}) == len(MARKS)
    assert len({mark.plotly_dash for mark in MARKS}) == len(MARKS)


@given(st.lists(st.floats(0, 1e7), min_size=2, max_size=40))
def test_no_line_crosses_the_numbers_of_the_axis(values: list[float]) -> None:
    drawn = chart(list(values))
    numbers = parsed(line_svg(drawn)).iter(f"{SVG}text")
    of_axis = [each for each in numbers if float((each.get("x") or "").rstrip("%")) < 0]
    assert [each.text for each in of_axis] == [f"{tick:g}" for tick in drawn.scale.ticks]
    assert drawn.gutter > 7 * max(len(each.text or "") for each in of_axis)


@pytest.mark.parametrize(("before", "is_below"), [(9.0, True), (1.0, False)])
def test_the_last_value_stands_clear_of_its_line(before: float, *, is_below: bool) -> None:
    svg = parsed(line_svg(chart([before, 5.0])))
    end = float([dot.get("cy") or "" for dot in svg.iter(f"{SVG}circle")][-1])
    label = next(e for e in svg.iter(f"{SVG}text") if e.get("class") == "figure-end")
    assert (float(label.get("y") or "") > end) == is_below


@given(st.lists(st.floats(0, 1000), min_size=2, max_size=40))
def test_no_line_runs_through_the_number_at_its_end(values: list[float]) -> None:
    svg = parsed(line_svg(chart(list(values))))
    label = next(e for e in svg.iter(f"{SVG}text") if e.get("class") == "figure-end")
    foot = float(label.get("y") or "")
    path = next(e for e in svg.iter(f"{SVG}path") if e.get("class") == "figure-curve")
    downs = [float(at.split()[1]) for at in re.split("[ML]", path.get("d") or "")[1:]]
    beside = downs[-1 - max(len(downs) // 6, 1) :]
    assert all(down < foot - 12 for down in beside) or all(down > foot for down in beside)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("page", ["#ffffff", "#0f171e"])
def test_every_series_stands_out_from_the_page(page: str) -> None:
    for mark in MARKS:
        light, dark = sorted((luminance(mark.colour), luminance(page)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, mark


def place(code: str, value: float | None) -> Place:
    return Place(code, f"region {code}", value, "hidden" if value is None else f"{value:g}", "/x")


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=14, max_size=14))
def test_a_map_never_parts_equal_values_and_leaves_out_none(values: list[int | None]) -> None:
    places = [place(c, v) for c, v in zip(CODES, values, strict=True)]
    steps = steps_of(places)
    known = sorted({p.value for p in places if p.value is not None})
    bounds = [(step.low.value or 0, step.high.value or 0) for step in steps]
    assert all(any(low <= v <= high for low, high in bounds) for v in known)
    assert all(a[1] < b[0] for a, b in pairwise(bounds))


def test_a_region_of_the_map_is_a_link_that_says_its_name_and_value() -> None:
    places = [place(code, 5.0) for code in CODES]
    root = parsed(map_svg(places, outlines(), "t", "d"))
    links = list(root.iter(f"{SVG}a"))
    assert len(links) == 14
    for each in links:
        assert each.get("href") == "/x"
        assert each.get("aria-label", "").startswith("region ")
