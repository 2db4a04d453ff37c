"""Plain GET forms as markup: what is chosen becomes the address, with scripts and without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from dash.development.base_component import Component

from layouts.components.markup import markup
from layouts.view import View


@dataclass(frozen=True)
class Choice:
    """A list to choose one value from; ``groups`` are (heading, (value, words) …)."""

    name: str
    label: str
    value: str
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]


@dataclass(frozen=True)
class Search:
    """A field for words to look for."""

    name: str
    label: str
    value: str
    hint: str = ""


def options(*pairs: tuple[str, str]) -> tuple[tuple[str, Sequence[tuple[str, str]]], ...]:
    """One group without a heading."""
    return (("", pairs),)


def form(view: View, fields: Iterable[Choice | Search], submit: str, label: str) -> Component:
    """A form that leads to the same page with what is chosen; the rest of the state is kept."""
    shown = list(fields)
    names = {each.name for each in shown}
    kept = "".join(
        f'<input type="hidden" name="{escape(key)}" value="{escape(value)}">'
        for key, value in view.state
        if key not in names and key != "part"
    )
    action = view.href(**{key: None for key, _ in view.state}).partition("?")[0]
    content = (
        f'<form class="filters" method="get" action="{escape(action)}" role="search"'
        f' aria-label="{escape(label)}">{kept}{"".join(map(_field, shown))}'
        f'<button type="submit">{escape(submit)}</button></form>'
    )
    return markup(content, className="filters-place")


def _field(shown: Choice | Search) -> str:
    control = _select(shown) if isinstance(shown, Choice) else _input(shown)
    return f'<label class="field"><span>{escape(shown.label)}</span>{control}</label>'


def _input(shown: Search) -> str:
    return (
        f'<input type="search" name="{shown.name}" value="{escape(shown.value)}"'
        f' placeholder="{escape(shown.hint)}" maxlength="60">'
    )


def _select(shown: Choice) -> str:
    groups = "".join(_group(heading, pairs, shown.value) for heading, pairs in shown.groups)
    return f'<select name="{shown.name}">{groups}</select>'


def _group(heading: str, pairs: Sequence[tuple[str, str]], chosen: str) -> str:
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(text)}</option>"
        for value, text in pairs
    )
    return f'<optgroup label="{escape(heading)}">{listed}</optgroup>' if heading else listed
