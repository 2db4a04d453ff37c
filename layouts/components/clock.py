"""The statutory clock that a release applied: its terms, their source, and our working rule."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.releases import Release
from layouts.components.table import Column, Line, Table, table
from layouts.words import Words

CLOCK: Final = "clock"
"""The place of the section on its page."""
HEADINGS: Final = ("valid", "term", "study", "extension", "source")
NO_END: Final = "9999-12-31"

Term = Mapping[str, Any]


def clock(release: Release, words: Words) -> list[Component]:
    """The section of the method page, all of it as the manifest says it."""
    stated = release.manifest.rules.get("clock")
    heading = html.H2(words("method_clock"), id=CLOCK)
    if not stated or "term" not in stated:
        return [heading, html.P(words("method_clock_none"))]
    name = stated.get("names", {}).get(words.lang, stated["name"])
    rule = words("method_clock_rule", name=name, version=stated["version"])
    return [
        heading,
        html.P(rule),
        table(_terms(stated["term"], release, words)),
        *_registration(stated, words),
        html.P(words("method_clock_undefined")),
        _working_rule(stated, words),
    ]


def _working_rule(stated: Mapping[str, Any], words: Words) -> Component:
    told = stated.get("working_rules", {}).get(words.lang)
    return html.Blockquote(told or stated["working_rule"], lang=None if told else "en")


def _terms(terms: list[Term], release: Release, words: Words) -> Table:
    return Table(
        words("method_clock_caption"),
        Column(words("method_clock_kinds"), is_number=False),
        [Column(words(f"method_clock_{name}"), is_number=False) for name in HEADINGS],
        [_line(term, release, words) for term in terms],
    )


def _line(term: Term, release: Release, words: Words) -> Line:
    listed = release.codelists.get("kind")
    kinds = ", ".join(
        words.name(listed, kind) if listed and kind in listed else kind for kind in term["kinds"]
    )
    length = _months(term["months"], words) or words("method_clock_days", n=term["days"])
    longer = [_months(term[name], words) for name in ("extra_study_months", "extension_months")]
    return Line(kinds, [_validity(term, words), length, *longer, html.Span(term["source"])])


def _validity(term: Term, words: Words) -> str:
    begin = words("method_clock_from", date=words.date(term["from"]))
    if term["until"] == NO_END:
        return begin
    return f"{begin} {words('method_clock_until', date=words.date(term['until']))}"


def _months(count: int, words: Words) -> str:
    return words("method_clock_months", n=count) if count else ""


def _registration(stated: Mapping[str, Any], words: Words) -> list[Component]:
    if not stated.get("registration"):
        return []
    closes = stated["registration"]["closes"]
    return [html.P(words("method_clock_registration", time=closes))]
