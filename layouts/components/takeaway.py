"""Below each chart and table: its files, as plain links that work without scripts."""

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.components.exhibit import Exhibit, exhibits
from layouts.components.link import file_link
from layouts.taken import PICTURES, taken_href
from layouts.view import View
from layouts.words import Words


def furnished(main: Component, view: View, words: Words) -> Component:
    """The page with the ways to take each exhibit of it."""
    for place, exhibit in list(exhibits(main)):
        place.children = [*place.children, _ways(exhibit, view, words)]
    return main


def forms_of(exhibit: Exhibit) -> tuple[str, ...]:
    """The forms in which an exhibit can be had."""
    return ("csv", *(PICTURES if exhibit.drawing else ()))


def _ways(exhibit: Exhibit, view: View, words: Words) -> Component:
    links = [
        html.Li(_way(f"{exhibit.name}.{form}", form.upper(), view)) for form in forms_of(exhibit)
    ]
    label = words("taken_label", title=exhibit.title)
    return html.Ul(links, className="ways", **aria(label=label))


def _way(file: str, text: str, view: View) -> Component:
    return file_link(text, taken_href(view, file), rel="nofollow")
