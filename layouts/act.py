"""One act: what it is, how many appeals about its theme came before it and after, and what that
does not show."""

from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.analyses.act_effects import FEWEST_AFTER, FEWEST_APPEALS, FEWEST_BEFORE
from layouts.components.act_course import act_course
from layouts.components.change import change_told
from layouts.components.download import downloads
from layouts.components.lex import lex_link
from layouts.components.link import link
from layouts.components.trail import trail
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

EFFECTS: Final = "act_effects"
FILES: Final = (EFFECTS, "act_courses", "acts", "region_by_theme")
MOST_LISTED: Final = 10

Row = dict[str, Any]


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The act in the address."""
    acts = observe.release.acts
    act = {} if acts is None else acts.row(by_predicate=pl.col("act") == view.code, named=True)
    effect = _effect(observe, view.code)
    theme = words.name(observe.release.codelists["theme"], act["theme"])
    return html.Article(
        [
            _trail(view, words),
            html.H1(act["title"], lang="uz-Latn"),
            html.P(_finding(effect, theme, words), className="lead"),
            _facts(act, theme, view, words),
            html.H2(words("act_heading", theme=theme)),
            *act_course(observe, words, act, effect),
            *_estimate(effect, words),
            html.P(words("act_caution"), className="caution"),
            html.P(link(words("act_method_link"), f"{view.href(page='method', code='')}#acts")),
            *_nearby(observe, act, effect, view, words),
            downloads(observe.release, view, words, *FILES),
        ],
        className="act",
    )


def _effect(observe: Observer, code: str) -> Row | None:
    """What the release says of the theme before and after the act; None where it says nothing."""
    effects = observe.release.analyses.get(EFFECTS)
    if effects is None:
        return None
    found = effects.filter(pl.col("act") == code).to_dicts()
    return found[0] if found else None


def _trail(view: View, words: Words) -> Component:
    return trail([link(words("navigation_acts"), view.href(page="acts", code=""))], words)


def _finding(effect: Row | None, theme: str, words: Words) -> str:
    if effect is None or effect["mean_before"] is None or effect["mean_after"] is None:
        return words("act_finding_none", theme=theme)
    means = {side: words.number(effect[f"mean_{side}"]) for side in ("before", "after")}
    return words("act_finding", theme=theme, **means)


def _facts(act: Row, theme: str, view: View, words: Words) -> Component:
    to_theme = link(theme, view.href(page="theme", code=act["theme"]))
    facts: dict[str, str | Component] = {
        "acts_date": words.date(str(act["date"])),
        "acts_body": str(act["body"] or words("act_no_body")),
        "dimension_theme": to_theme,
        "acts_text": lex_link(act["lex_id"], words),
    }
    parts = [part for key, fact in facts.items() for part in (html.Dt(words(key)), html.Dd(fact))]
    return html.Dl(parts, className="facts")


def _estimate(effect: Row | None, words: Words) -> list[Component]:
    """The changes in words, each with its limits; or why there is no estimate."""
    if effect is None:
        return [html.P(words("act_no_analysis"), className="note")]
    if effect["level_change"] is None:
        return [html.P(_too_few(effect, words), className="note")]
    told = [
        change_told(words, "act_level", effect, "level_change"),
        change_told(words, "act_slope", effect, "slope_change", 2),
    ]
    if effect["beside_others"] is not None:
        told.append(change_told(words, "act_beside", effect, "beside_others"))
    season = words(f"act_season_{effect['season']}")
    return [
        html.Ul([html.Li(each) for each in told], className="told"),
        html.P([season, " ", words("act_chance")], className="note"),
    ]


def _too_few(effect: Row, words: Words) -> str:
    return words(
        "act_too_few",
        before=effect["months_before"],
        after=effect["months_after"],
        fewest_before=FEWEST_BEFORE,
        fewest_after=FEWEST_AFTER,
        appeals=FEWEST_APPEALS,
    )


def _nearby(
    observe: Observer, act: Row, effect: Row | None, view: View, words: Words
) -> list[Component]:
    """Other acts of the theme near in time, from which this one cannot be told apart."""
    if effect is None or observe.release.acts is None or not effect["others_nearby"]:
        return []
    others = observe.release.acts.filter(
        pl.col("theme") == act["theme"], pl.col("act") != act["act"]
    )
    day = pl.col("date").str.to_date()
    nearest = others.sort((day - pl.lit(act["date"]).str.to_date()).abs(), "act")
    items = [
        html.Li(
            [
                link(html.Span(each["title"], lang="uz-Latn"), view.href(code=each["act"])),
                f" ({words.date(each['date'])})",
            ]
        )
        for each in nearest.head(min(MOST_LISTED, effect["others_nearby"])).to_dicts()
    ]
    return [
        html.H2(words("act_nearby_heading")),
        html.P(words("act_nearby", n=effect["others_nearby"])),
        html.Ul(items),
    ]


PAGE: Final = Page("act", layout)
