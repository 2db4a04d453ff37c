"""A component tree as HTML, for the first answer of the server and for readers without scripts.

The same tree goes to Dash in the browser. Every text and attribute is escaped here, once.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "meta",
                         "link", "param", "source", "track", "wbr"})  # fmt: skip
ATTRIBUTES: Final = {
    "className": "class",
    "htmlFor": "for",
    "httpEquiv": "http-equiv",
    "acceptCharset": "accept-charset",
}
TAGS: Final = {"ObjectEl": "object", "MapEl": "map"}
NOT_OF_HTML: Final = frozenset(
    {
        "children",
        "key",
        "n_clicks",
        "n_clicks_timestamp",
        "disable_n_clicks",
        "style",
        "data-markup",
    }
)
NOT_DRAWN: Final = (bool, dcc.Store, dcc.Location, dcc.Interval, dcc.Download, dcc.Graph)
MARKUP: Final = "_static_markup"
SAFE_STARTS: Final = re.compile(r"/(?![/\\])|#|\?|https?://|mailto:")


def with_markup(component: Component, markup: str) -> Component:
    """Lets trusted markup (a drawing made on the server) stand first in the static component.

    Dash does not see it: it draws the component's children only.
    """
    setattr(component, MARKUP, markup)
    return component


def to_html(node: object) -> str:
    """The HTML of a component, a text, a number, or a list of them."""
    return "".join(_pieces(node))


def _pieces(node: object) -> Iterator[str]:
    if node is None or isinstance(node, NOT_DRAWN):
        return
    if isinstance(node, dcc.Link):
        yield from _element("a", node)
    elif isinstance(node, Component):
        yield from _element(_tag(node), node)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from _pieces(child)
    else:
        yield escape(str(node))


def _tag(component: Component) -> str:
    name = type(component).__name__
    if getattr(html, name, None) is not type(component):
        raise TypeError(f"{name} has no form without scripts: draw it in plain HTML beside it.")
    return TAGS.get(name, name.lower())


def _element(tag: str, component: Component) -> Iterator[str]:
    yield f"<{tag}{''.join(_attributes(component))}>"
    if tag in VOID:
        return
    yield getattr(component, MARKUP, "")
    yield from _pieces(getattr(component, "children", None))
    yield f"</{tag}>"


def _attributes(component: Component) -> Iterator[str]:
    properties: dict[str, object] = component.to_plotly_json()["props"]  # type: ignore[no-untyped-call]
    for name, value in properties.items():
        if name == "style" and isinstance(value, dict):
            yield f' style="{escape(_style(value))}"'
        elif name not in NOT_OF_HTML:
            yield _attribute(ATTRIBUTES.get(name, name), value)


def _attribute(name: str, value: object) -> str:
    attribute = name if name.startswith(("data-", "aria-")) else name.lower()
    is_flag = isinstance(value, bool) and attribute == name.lower() and "-" not in attribute
    if value is None or (is_flag and not value):
        return ""
    if is_flag:
        return f" {attribute}"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if attribute in {"href", "src", "action"} and not SAFE_STARTS.match(text):
        raise ValueError(f"'{attribute}' may not start like '{text[:20]}'.")
    return f' {attribute}="{escape(text)}"'


def _style(declarations: dict[str, object]) -> str:
    return ";".join(f"{_css_name(name)}:{value}" for name, value in declarations.items())


def _css_name(name: str) -> str:
    if name.startswith("--"):
        return name
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)


def components(node: object) -> Iterator[Component]:
    """Every component of a tree, the outer ones first."""
    if isinstance(node, Component):
        yield node
        yield from components(getattr(node, "children", None))
    elif isinstance(node, Iterable) and not isinstance(node, str):
        for child in node:
            yield from components(child)
