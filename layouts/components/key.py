"""The key to a chart: which line is whose, and what its bands are."""

from collections.abc import Sequence
from functools import partial

from dash import html
from dash.development.base_component import Component

from layouts.components.markup import markup
from layouts.figures.drawing import SAMPLE_WIDTH, Drawing, Entry, sample_of_line
from layouts.figures.line import LineChart, line_drawn
from layouts.figures.marks import MARKS, key_sample
from layouts.figures.shades import Band, sample_of_band


def series_key(names: Sequence[str], bands: Sequence[Band] = ()) -> Component:
    """The lines by their letters, then the bands."""
    lines = [
        html.Li(
            [
                html.Span(
                    mark.letter,
                    className="key-letter",
                    style={"color": mark.css_colour, "borderColor": mark.css_colour},
                ),
                f" {name}",
            ]
        )
        for name, mark in zip(names, MARKS, strict=False)
    ]
    return html.Ul([*lines, *map(_of_band, bands)], className="series-key")


def _of_band(band: Band) -> Component:
    sample = key_sample(sample_of_band(band), SAMPLE_WIDTH)
    return html.Li([markup(sample, className="key-band"), f" {band.text}"])


def drawing_of(chart: LineChart) -> Drawing:
    """The chart for a picture, with its key; a single line is called by the title."""
    named = zip(chart.series, MARKS, strict=False) if chart.has_letters else ()
    lines = [Entry(sample_of_line(mark), series.name) for series, mark in named]
    bands = [Entry(sample_of_band(band), band.text) for band in chart.bands]
    return Drawing(chart.description, (*lines, *bands), partial(line_drawn, chart))
