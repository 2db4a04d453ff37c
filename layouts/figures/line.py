"""A line chart over periods as static SVG: as wide as its place, its letters never scaled.

On a page only the horizontal axis stretches (percentages, and a nested picture for the lines), so
the same drawing is read at 360 and at 1,440 pixels. In a picture every place is in pixels. The
numbers of the other axis stand before the lines, where none crosses them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from layouts.figures.breadth import FLUID, Breadth
from layouts.figures.drawing import Drawn
from layouts.figures.marks import MARKS, Mark, figure, tag, words_of
from layouts.figures.scale import Scale, scale_for
from layouts.figures.shades import Band, Marked, Place, bands_drawn, marked_drawn

_TOP: Final = 22
_BOTTOM: Final = 26
_LETTER: Final = 15
_DIGIT: Final = 8
_BESIDE: Final = 8
"""Pixels of a digit of the axis, and between its numbers and the lines."""
_ALONG: Final = 6
"""The number at a line's end stands along about a sixth of the line."""
_SIDE: Final = 1.5
"""Free space at either side in per cent of the width, so that marks are not cut."""


@dataclass(frozen=True)
class Point:
    """One period of a series: its value if it has one, and what to say about it."""

    period: str
    label: str
    tick: str
    value: float | None
    text: str
    provisional: bool = False


@dataclass(frozen=True)
class Series:
    """A named row of points; all series of a chart have the same periods."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class LineChart:
    """What is drawn, with all words ready: ``tick`` writes a number of the axis."""

    title: str
    description: str
    series: tuple[Series, ...]
    tick: Callable[[float], str]
    provisional_word: str
    from_zero: bool = True
    at_most: float | None = None
    least_span: float = 1.0
    whole: bool = False
    height: int = 260
    bands: tuple[Band, ...] = ()
    marked: tuple[Marked, ...] = ()

    @property
    def scale(self) -> Scale:
        values = [p.value for s in self.series for p in s.points if p.value is not None]
        return scale_for(
            [*values, *(end for band in self.bands for end in band.values)],
            from_zero=self.from_zero,
            at_most=self.at_most,
            least_span=self.least_span,
            whole=self.whole,
        )

    @property
    def gutter(self) -> int:
        """Pixels before the lines, for the widest number of the axis."""
        return max(len(self.tick(value)) for value in self.scale.ticks) * _DIGIT + _BESIDE

    @property
    def has_letters(self) -> bool:
        return len(self.series) > 1


def line_svg(chart: LineChart) -> str:
    """The chart as one SVG element with a title and a description."""
    return figure(
        chart.title,
        chart.description,
        _parts(chart, FLUID),
        class_="figure-svg figure-line",
        role="img",
        width="100%",
        height=chart.height,
        style=f"height:{chart.height}px;padding-inline-start:{chart.gutter}px",
    )


def line_drawn(chart: LineChart, pixels: int) -> Drawn:
    """The chart for a picture, so many pixels wide."""
    parts = _parts(chart, Breadth(pixels - chart.gutter))
    return Drawn(tag("g", parts, transform=f"translate({chart.gutter} 0)"), chart.height)


def _parts(chart: LineChart, breadth: Breadth) -> str:
    scale = chart.scale
    return "".join(
        (
            _hatching(),
            *_provisional(chart, breadth),
            *_grid(chart, scale, breadth),
            *_period_ticks(chart, breadth),
            *_marked(chart, breadth),
            _curves(chart, scale, breadth),
            *_ends(chart, scale, breadth),
        )
    )


def across(index: int, count: int) -> float:
    """Where a period lies, in per cent of the width."""
    return _SIDE + (100 - 2 * _SIDE) * (index + 0.5) / max(count, 1)


def _down(value: float, scale: Scale, chart: LineChart) -> float:
    room = chart.height - _TOP - _BOTTOM
    return _TOP + room * (1 - scale.share(value))


def _hatching() -> str:
    line = tag("path", d="M0 6L6 0", stroke="currentColor", stroke_opacity=0.28)
    return tag(
        "defs",
        tag("pattern", line, id="hatch-p", width=6, height=6, patternUnits="userSpaceOnUse"),
    )


def _provisional(chart: LineChart, breadth: Breadth) -> Iterator[str]:
    points = chart.series[0].points
    late = [i for i, point in enumerate(points) if point.provisional]
    if not late:
        return
    start = across(late[0], len(points)) - (100 - 2 * _SIDE) / len(points) / 2
    yield tag(
        "rect",
        class_="figure-provisional",
        x=breadth.at(start),
        y=_TOP,
        width=breadth.at(100 - start),
        height=chart.height - _TOP - _BOTTOM,
        fill="url(#hatch-p)",
    )
    yield tag(
        "text",
        words_of(chart.provisional_word),
        x=breadth.at(100),
        y=12,
        text_anchor="end",
        class_="figure-note",
    )


def _grid(chart: LineChart, scale: Scale, breadth: Breadth) -> Iterator[str]:
    for value in scale.ticks:
        y = _down(value, scale, chart)
        kind = "figure-axis" if value == scale.low else "figure-grid"
        yield tag("line", x1="0", x2=breadth.at(100), y1=y, y2=y, class_=kind)
        number = {"class_": "figure-number", "text_anchor": "end"}
        yield tag("text", words_of(chart.tick(value)), x=-_BESIDE, y=y + 4, **number)


def _period_ticks(chart: LineChart, breadth: Breadth) -> Iterator[str]:
    points = chart.series[0].points
    for index, point in enumerate(points):
        if point.tick:
            at = breadth.at(across(index, len(points)))
            base = chart.height - _BOTTOM
            yield tag("line", x1=at, x2=at, y1=base, y2=base + 5, class_="figure-axis")
            yield tag(
                "text",
                words_of(point.tick),
                x=at,
                y=chart.height - 6,
                text_anchor="middle",
                class_="figure-number",
            )


def _marked(chart: LineChart, breadth: Breadth) -> Iterator[str]:
    count = len(chart.series[0].points)
    bottom = chart.height - _BOTTOM
    yield from marked_drawn(chart.marked, lambda index: across(index, count), breadth, bottom)


def _curves(chart: LineChart, scale: Scale, breadth: Breadth) -> str:
    count = len(chart.series[0].points)

    def place(index: int, value: float) -> str:
        along = breadth.along(across(index, count))
        return f"{along:.2f} {_down(value, scale, chart):.1f}"

    curves = [
        path
        for series, mark in zip(chart.series, MARKS, strict=False)
        for path in _runs(_places(series.points, place), series.points, mark)
    ]
    drawn = [*bands_drawn(chart.bands, place), *curves]
    if breadth.pixels is not None:
        return tag("g", *drawn)
    return tag(
        "svg",
        *drawn,
        width="100%",
        height=chart.height,
        viewBox=f"0 0 100 {chart.height}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _places(points: Sequence[Point], place: Place) -> list[str | None]:
    """Where each value lies, as a path says it; None where there is no value."""
    return [
        None if point.value is None else place(index, point.value)
        for index, point in enumerate(points)
    ]


def _runs(places: Sequence[str | None], points: Sequence[Point], mark: Mark) -> Iterator[str]:
    """A path for each unbroken run of values; steps into a provisional period are dotted."""
    steps = [
        (start, end, point.provisional)
        for (start, end), point in zip(pairwise(places), points[1:], strict=True)
    ]
    for (is_drawn, is_late), run in groupby(steps, lambda s: (bool(s[0] and s[1]), s[2])):
        if is_drawn:
            yield _path(list(run), mark, is_late=is_late)


def _path(run: Sequence[tuple[str | None, str | None, bool]], mark: Mark, *, is_late: bool) -> str:
    return tag(
        "path",
        d=f"M{run[0][0]}" + "".join(f"L{end}" for _, end, _ in run),
        fill="none",
        class_="figure-curve",
        style=f"stroke:{mark.css_colour}",
        stroke_dasharray="1.5 4" if is_late else mark.dash,
        vector_effect="non-scaling-stroke",
    )


def _ends(chart: LineChart, scale: Scale, breadth: Breadth) -> Iterator[str]:
    """A dot at each value (at the last alone where there are many), and a label at each end."""
    ends: list[tuple[Series, Mark, int]] = []
    for series, mark in zip(chart.series, MARKS, strict=False):
        count = len(series.points)
        known = [(i, p.value) for i, p in enumerate(series.points) if p.value is not None]
        for index, value in known if count <= 16 else known[-1:]:
            at, y = breadth.at(across(index, count)), _down(value, scale, chart)
            yield _dot(series.points[index], at, y, mark)
        if known:
            ends.append((series, mark, known[-1][0]))
    yield from (_letters if chart.has_letters else _numbers)(ends, chart, scale, breadth)


def _dot(point: Point, at: str, y: float, mark: Mark) -> str:
    says = tag("title", words_of(f"{point.label}: {point.text}"))
    return tag("circle", says, cx=at, cy=y, r=3.5, style=f"fill:{mark.css_colour}")


def _numbers(
    ends: Sequence[tuple[Series, Mark, int]], chart: LineChart, scale: Scale, breadth: Breadth
) -> Iterator[str]:
    """The last value by the end of its line, clear of the stretch of line that it stands along."""
    for series, mark, index in ends:
        steps = max(len(series.points) // _ALONG, 1)
        along = series.points[max(index - steps, 0) : index + 1]
        downs = [_down(each.value, scale, chart) for each in along if each.value is not None]
        at = breadth.at(across(index, len(series.points)))
        yield _label(series.points[index].text, mark, x=at, y=_clear(downs), text_anchor="end")


def _clear(downs: Sequence[float]) -> float:
    """Where a number stands nearest to the last of some points: above them all, or below."""
    above, below = min(downs) - 9, max(downs) + 20
    is_nearer = downs[-1] - min(downs) <= max(downs) - downs[-1]
    return above if is_nearer and above >= _TOP + 12 else below


def _letters(
    ends: Sequence[tuple[Series, Mark, int]], chart: LineChart, scale: Scale, breadth: Breadth
) -> Iterator[str]:
    """The letter of each line behind its end, none upon another; above it where a band begins."""
    downs = [_down(series.points[index].value or 0.0, scale, chart) for series, _, index in ends]
    for (series, mark, index), y in zip(ends, apart(downs, _LETTER), strict=True):
        at = breadth.at(across(index, len(series.points)))
        is_behind = not chart.bands or index == len(series.points) - 1
        place = {"y": y + 5, "dx": 7} if is_behind else {"y": y - 9, "text_anchor": "end"}
        yield _label(mark.letter, mark, x=at, **place)


def _label(text: str, mark: Mark, **place: str | float) -> str:
    style = f"fill:{mark.css_colour}"
    return tag("text", words_of(text), class_="figure-end", style=style, **place)


def apart(places: Sequence[float], room: float) -> list[float]:
    """The places in their order, moved as little as leaves so much room between any two."""
    moved = list(places)
    free = float("-inf")
    for index in sorted(range(len(places)), key=places.__getitem__):
        moved[index] = max(places[index], free)
        free = moved[index] + room
    drift = sum(moved) / max(len(moved), 1) - sum(places) / max(len(places), 1)
    return [place - drift for place in moved]
