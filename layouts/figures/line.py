"""A line chart over periods as static SVG: as wide as its place, its letters never scaled.

Only the horizontal axis stretches (percentages, and a nested picture for the lines), so the same
picture is read at 360 and at 1,440 pixels.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from layouts.figures.marks import MARKS, Mark, tag, words_of
from layouts.figures.scale import Scale, scale_for

_TOP: Final = 22
_BOTTOM: Final = 26
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
    height: int = 260

    @property
    def scale(self) -> Scale:
        values = [p.value for s in self.series for p in s.points if p.value is not None]
        return scale_for(
            values,
            from_zero=self.from_zero,
            at_most=self.at_most,
            least_span=self.least_span,
        )

    @property
    def has_letters(self) -> bool:
        return len(self.series) > 1


def line_svg(chart: LineChart) -> str:
    """The chart as one SVG element with a title and a description."""
    scale = chart.scale
    return tag(
        "svg",
        tag("title", words_of(chart.title)),
        tag("desc", words_of(chart.description)),
        _hatching(),
        *_provisional(chart),
        *_grid(chart, scale),
        *_period_ticks(chart),
        _curves(chart, scale),
        *_ends(chart, scale),
        xmlns="http://www.w3.org/2000/svg",
        class_="figure-svg figure-line",
        role="img",
        aria_label=chart.title,
        width="100%",
        height=chart.height,
        style=f"height:{chart.height}px",
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


def _provisional(chart: LineChart) -> Iterator[str]:
    points = chart.series[0].points
    late = [i for i, point in enumerate(points) if point.provisional]
    if not late:
        return
    start = across(late[0], len(points)) - (100 - 2 * _SIDE) / len(points) / 2
    yield tag(
        "rect",
        class_="figure-provisional",
        x=f"{start:.2f}%",
        y=_TOP,
        width=f"{100 - start:.2f}%",
        height=chart.height - _TOP - _BOTTOM,
        fill="url(#hatch-p)",
    )
    yield tag(
        "text",
        words_of(chart.provisional_word),
        x="100%",
        y=12,
        text_anchor="end",
        class_="figure-note",
    )


def _grid(chart: LineChart, scale: Scale) -> Iterator[str]:
    for value in scale.ticks:
        y = _down(value, scale, chart)
        kind = "figure-axis" if value == scale.low else "figure-grid"
        yield tag("line", x1="0", x2="100%", y1=y, y2=y, class_=kind)
        yield tag("text", words_of(chart.tick(value)), x=0, y=y - 4, class_="figure-number")


def _period_ticks(chart: LineChart) -> Iterator[str]:
    points = chart.series[0].points
    for index, point in enumerate(points):
        if point.tick:
            at = f"{across(index, len(points)):.2f}%"
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


def _curves(chart: LineChart, scale: Scale) -> str:
    drawn = [
        path
        for series, mark in zip(chart.series, MARKS, strict=False)
        for path in _runs(series.points, mark, scale, chart)
    ]
    return tag(
        "svg",
        *drawn,
        width="100%",
        height=chart.height,
        viewBox=f"0 0 100 {chart.height}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _runs(points: Sequence[Point], mark: Mark, scale: Scale, chart: LineChart) -> Iterator[str]:
    """A path for each unbroken run of values; steps into a provisional period are dotted."""
    count = len(points)
    places = [
        None
        if point.value is None
        else f"{across(index, count):.2f} {_down(point.value, scale, chart):.1f}"
        for index, point in enumerate(points)
    ]
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


def _ends(chart: LineChart, scale: Scale) -> Iterator[str]:
    """A dot at each value (small ones where there are many) and the letter at the line's end."""
    for series, mark in zip(chart.series, MARKS, strict=False):
        count = len(series.points)
        last = max((i for i, p in enumerate(series.points) if p.value is not None), default=-1)
        for index, point in enumerate(series.points):
            if point.value is None or (count > 16 and index != last):
                continue
            at, y = f"{across(index, count):.2f}%", _down(point.value, scale, chart)
            yield _dot(point, at, y, mark)
            if index == last:
                yield _end_label(chart, series, mark, (at, y))


def _dot(point: Point, at: str, y: float, mark: Mark) -> str:
    says = tag("title", words_of(f"{point.label}: {point.text}"))
    return tag("circle", says, cx=at, cy=y, r=3.5, style=f"fill:{mark.css_colour}")


def _end_label(chart: LineChart, series: Series, mark: Mark, place: tuple[str, float]) -> str:
    last = [point for point in series.points if point.value is not None][-1]
    label = mark.letter if chart.has_letters else last.text
    return tag(
        "text",
        words_of(label),
        x=place[0],
        y=max(place[1] - 9, _TOP + 12),
        text_anchor="end",
        class_="figure-end",
        style=f"fill:{mark.css_colour}",
    )
