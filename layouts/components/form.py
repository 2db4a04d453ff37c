"""Plain GET forms as markup: what is chosen becomes the address, with scripts and without."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from dash.development.base_component import Component

from layouts.components.markup import markup
from layouts.sitemap import RELEASE_KEY
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


@dataclass(frozen=True)
class Ticks:
    """Values of which any may be ticked; ``groups`` as in a ``Choice``.

    With a ``summary`` the list is folded under it. ``inverse`` is one more box that turns the
    choice around: its name, value and words.
    """

    name: str
    label: str
    ticked: Collection[str]
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    summary: str = ""
    inverse: tuple[str, str, str] | None = None
    is_inverted: bool = False


@dataclass(frozen=True)
class Percent:
    """A field for a percentage as people write it."""

    name: str
    label: str
    value: str
    is_wrong: bool = False


Field = Choice | Search | Ticks | Percent


def options(*pairs: tuple[str, str]) -> tuple[tuple[str, Sequence[tuple[str, str]]], ...]:
    """One group without a heading."""
    return (("", pairs),)


def form(
    view: View, fields: Iterable[Field], submit: str, label: str, *, keeps: bool = True
) -> Component:
    """A form that leads to the same page with what is chosen; the rest of the state is kept, or
    of it only the release."""
    shown = list(fields)
    names = {each.name for each in shown} | {_inverse_name(each) for each in shown}
    kept = "".join(
        f'<input type="hidden" name="{escape(key)}" value="{escape(value)}">'
        for key, value in view.state
        if key not in names and key != "part" and (keeps or key == RELEASE_KEY)
    )
    action = view.href(**{key: None for key, _ in view.state}).partition("?")[0]
    content = (
        f'<form class="filters" method="get" action="{escape(action)}" role="search"'
        f' aria-label="{escape(label)}">{kept}{"".join(map(_field, shown))}'
        f'<button type="submit">{escape(submit)}</button></form>'
    )
    return markup(content, className="filters-place")


def _inverse_name(shown: Field) -> str:
    return shown.inverse[0] if isinstance(shown, Ticks) and shown.inverse else ""


def _field(shown: Field) -> str:
    if isinstance(shown, Ticks):
        return _ticks(shown)
    if isinstance(shown, Choice):
        control = _select(shown)
    else:
        control = _percent(shown) if isinstance(shown, Percent) else _input(shown)
    return f'<label class="field"><span>{escape(shown.label)}</span>{control}</label>'


def _ticks(shown: Ticks) -> str:
    boxes = "".join(_tick_group(heading, pairs, shown) for heading, pairs in shown.groups)
    inverse = _box(*shown.inverse, ticked=shown.is_inverted) if shown.inverse else ""
    content = (
        f"<fieldset><legend>{escape(shown.label)}</legend>{inverse}"
        f'<div class="tick-list">{boxes}</div></fieldset>'
    )
    if not shown.summary:
        return f'<div class="ticks">{content}</div>'
    return f'<details class="ticks"><summary>{escape(shown.summary)}</summary>{content}</details>'


def _tick_group(heading: str, pairs: Sequence[tuple[str, str]], shown: Ticks) -> str:
    boxes = "".join(_box(shown.name, v, text, ticked=v in shown.ticked) for v, text in pairs)
    if not heading:
        return boxes
    return f'<div role="group" aria-label="{escape(heading)}"><p>{escape(heading)}</p>{boxes}</div>'


def _box(name: str, value: str, text: str, *, ticked: bool) -> str:
    state = " checked" if ticked else ""
    return (
        f'<label class="tick"><input type="checkbox" name="{escape(name)}"'
        f' value="{escape(value)}"{state}><span>{escape(text)}</span></label>'
    )


def _input(shown: Search) -> str:
    return (
        f'<input type="search" name="{shown.name}" value="{escape(shown.value)}"'
        f' placeholder="{escape(shown.hint)}" maxlength="60">'
    )


def _percent(shown: Percent) -> str:
    wrong = ' aria-invalid="true"' if shown.is_wrong else ""
    return (
        f'<input type="text" inputmode="decimal" class="percent" name="{shown.name}"'
        f' value="{escape(shown.value)}" maxlength="8" autocomplete="off"{wrong}>'
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
