"""The map of regions with its legend; the table beside it says the same."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.components.markup import markup
from layouts.figures.choropleth import Place, map_svg, steps_of
from layouts.figures.outlines import outlines
from layouts.words import Words


def has_map(codes: Sequence[str]) -> bool:
    """True when every region has an outline; another country or city has the table alone."""
    return bool(codes) and set(codes) <= outlines().codes


def region_map(places: Sequence[Place], title: str, words: Words) -> Component:
    """The drawing, in which each region is a link, and what its shades mean."""
    steps = steps_of(places)
    description = words("regions_map_description", title=title)
    legend = [
        html.Li(
            [
                html.Span(className=f"swatch shade-{step.shade}"),
                words("pages_from_to", low=step.low.text, high=step.high.text)
                if step.low.text != step.high.text
                else step.low.text,
            ]
        )
        for step in steps
    ]
    without = [place for place in places if place.value is None]
    if without:
        swatch = html.Span(className="swatch shade-0")
        legend.append(html.Li([swatch, words("regions_map_without")]))
    return html.Figure(
        [
            markup(map_svg(places, outlines(), title, description), className="map-place"),
            html.Ul(legend, className="map-legend"),
            html.Figcaption(words("regions_map_note"), className="note"),
        ],
        className="map",
    )
