"""Two quoted percentages held against one release: what each can be a share of, and whether both
can be true of the same data."""

from collections.abc import Iterator
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.claims import QUOTED, SAYS, Claim, read_percent
from data.reports import SURVEYS
from layouts.components.asking import has_table
from layouts.components.claimed import Claimed, claimed, known, named, verdict
from layouts.components.claims_together import together
from layouts.components.download import downloads
from layouts.components.form import Choice, Percent, form, options
from layouts.components.link import link
from layouts.components.periods import Periods, nearest
from layouts.components.surveyed import beside
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

NAME: Final = "denominators"
KEYS: Final = ("a", "b")
"""The keys of the two percentages; what each says is under the key with ``_says`` after it."""
SOURCES: Final = (("outcomes", "concluded"), ("national", "received"))
"""Tables whose periods are offered, and what they lead with: the first that the release has."""


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The question, the form, and the answer; or what is wrong with a percentage that was typed."""
    claims = [_claim(key, view) for key in KEYS]
    return html.Article(
        [
            html.H1(_headline([claim for claim in claims if claim], words)),
            html.P(words("claims_lead"), className="lead"),
            *(_wrong(key, words) for key, each in zip(KEYS, claims, strict=True) if each is None),
            _form(view, words),
            *_quoted(claims, words),
            *_answer(observe, view, words, [claim for claim in claims if claim]),
            *beside(observe.release, words),
            html.P(words("claims_caution"), className="caution"),
            html.P(link(words("claims_to_method"), f"{view.href(page='method')}#denominators")),
            downloads(observe.release, view, words, NAME, SURVEYS.name),
        ],
        className="claims",
    )


def _claim(key: str, view: View) -> Claim | None:
    percent = read_percent(view.get(key))
    return None if percent is None else Claim(percent, view.get(f"{key}_says"))


def _headline(claims: list[Claim], words: Words) -> str:
    if len(claims) < len(KEYS):
        return words("page_claims_title")
    return words(
        "claims_headline", **{k: named(c, words) for k, c in zip(KEYS, claims, strict=True)}
    )


def _wrong(key: str, words: Words) -> Component:
    text = words("claims_wrong", name=words(f"claims_{key}"))
    return html.P(text, className="caution", role="alert")


def _form(view: View, words: Words) -> Component:
    says = options(*((code, words(f"claims_says_{code}")) for code in SAYS))
    fields = [
        field
        for key in KEYS
        for field in (
            Percent(
                key,
                words(f"claims_{key}"),
                view.get(key),
                is_wrong=read_percent(view.get(key)) is None,
            ),
            Choice(f"{key}_says", words(f"claims_{key}_says"), view.get(f"{key}_says"), says),
        )
    ]
    return form(view, fields, words("claims_compare"), words("claims_form"))


def _quoted(claims: list[Claim | None], words: Words) -> list[Component]:
    """Where the two figures are from that the page opens with."""
    years = [each.year for each in QUOTED if each.claim in claims]
    return [html.P(words("claims_quoted", year=years[0]), className="note")] if years else []


def _answer(
    observe: Observer, view: View, words: Words, claims: list[Claim]
) -> Iterator[Component]:
    """The verdict, what each claim can be, and the arithmetic; or that the release cannot tell."""
    frame = observe.release.analyses.get(NAME)
    if frame is None or frame.is_empty():
        yield html.P(words("claims_unknown"), className="note")
        return
    periods = next(
        Periods(observe.release, table, (lead,))
        for table, lead in SOURCES
        if has_table(observe.release, table)
    )
    yield periods.links(view, words)
    if len(claims) < len(KEYS):
        return
    period = nearest(periods.chosen(view), frame["period"].unique()) or ""
    held = [Claimed(claim, period, frame) for claim in claims]
    yield verdict(held, words)
    for key, each in zip(KEYS, held, strict=True):
        yield from claimed(key, each, words)
    yield from together(held[0].claim, held[1].claim, words)
    yield from known(held, words)


PAGE: Final = Page("claims", layout)
