"""The map of regions with its legend; the table beside it says the same."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from dash import html
from dash.development.base_component import Component

from layouts.components.exhibit import Exhibit, exhibited
from layouts.components.markup import markup
from layouts.figures.choropleth import Place, map_drawn, map_svg, steps_of
from layouts.figures.drawing import Drawing, Entry, sample_of_shade
from layouts.figures.outlines import outlines
from layouts.words import Words


def has_map(codes: Sequence[str]) -> bool:
    """True when every region has an outline; another country or city has the table alone."""
    return bool(codes) and set(codes) <= outlines().codes


def region_map(places: Sequence[Place], numbers: Exhibit, words: Words) -> Component:
    """The drawing, in which each region is a link, and what its shades mean.

    ``numbers`` is the same as a table: its title is the map's.
    """
    title, shades = numbers.title, _shades(places, words)
    description = words("regions_map_description", title=title)
    legend = [
        html.Li([html.Span(className=f"swatch shade-{shade}"), text])
        for shade, text in shades.items()
    ]
    figure = html.Figure(
        [
            markup(map_svg(places, outlines(), title, description), className="map-place"),
            html.Ul(legend, className="map-legend"),
            html.Figcaption(words("regions_map_note"), className="note"),
        ],
        className="map",
    )
    key = tuple(Entry(sample_of_shade(shade), text) for shade, text in shades.items())
    drawing = Drawing(_ends(places, words), key, partial(map_drawn, places, outlines()))
    return exhibited(figure, replace(numbers, name="regions-map", drawing=drawing))


def _shades(places: Sequence[Place], words: Words) -> dict[int, str]:
    """What each shade of the map means."""
    meanings = {
        step.shade: words("pages_from_to", low=step.low.text, high=step.high.text)
        if step.low.text != step.high.text
        else step.low.text
        for step in steps_of(places)
    }
    if any(place.value is None for place in places):
        meanings[0] = words("regions_map_without")
    return meanings


def _ends(places: Sequence[Place], words: Words) -> str:
    """The lowest and the highest value with their regions."""
    steps = steps_of(places)
    if not steps:
        return ""
    low, high = steps[0].low, steps[-1].high
    return words(
        "taken_map_ends",
        low=words("pages_value_of", name=low.name, value=low.text),
        high=words("pages_value_of", name=high.name, value=high.text),
    )
