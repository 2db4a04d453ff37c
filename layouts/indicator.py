"""One indicator: all of it read from its declaration, so that page and number cannot part."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.codelists import Codelist
from data.datasets import TABLES
from data.dimensions import TOTAL
from data.flags import FLAGS
from data.indicators import INDICATORS, Indicator, Input
from data.measures import MEASURES, Distinct, Wait
from layouts.components.asking import has_table
from layouts.components.codebook import translated
from layouts.components.formula import formula_text
from layouts.components.link import link
from layouts.components.people import error_of
from layouts.components.periods import Periods
from layouts.components.satisfaction import BASES, TOP, satisfaction
from layouts.components.status import every_sign
from layouts.components.surveyed import beside
from layouts.components.trail import trail
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

CONDUCT: Final = "agencies"
"""The table whose total is the country's."""


def layout(observe: Observer, view: View, words: Words) -> Component:
    """Meaning, formula, inputs, source, who answers for it, limits, and where it is published."""
    declared = INDICATORS[view.code]
    back = link(words("navigation_method"), view.href(page="method", code=""))
    return html.Article(
        [
            trail([back], words),
            html.H1(words(f"indicator_{view.code}")),
            html.P(words(f"indicator_{view.code}_meaning"), className="lead"),
            html.H2(words("indicator_page_formula")),
            html.P(_formula(observe, declared, words), className="formula"),
            html.H2(words("indicator_page_inputs")),
            html.Dl(_inputs(declared, words), className="parts"),
            html.Dl(_about(declared, words), className="parts"),
            html.P(words(f"indicator_{view.code}_caution"), className="caution"),
            *_false_alarm(view.code, words),
            *_bounds(observe, view, words),
            *_disclosure(observe, declared, view, words),
            *_tables(observe, declared, words),
        ],
        className="indicator",
    )


def _false_alarm(code: str, words: Words) -> list[Component]:
    """What else may make a flag's share high."""
    if code not in FLAGS:
        return []
    told = words(f"indicator_{code}_false_alarm")
    return [html.H2(words("flag_false_alarm")), html.P(told)]


def _bounds(observe: Observer, view: View, words: Words) -> list[Component]:
    """Beside a share of the satisfied, how many are not known of, and what they may make of it."""
    if view.code not in BASES or not has_table(observe.release, CONDUCT):
        return []
    period = Periods(observe.release, CONDUCT, (TOP,)).opening
    surveys = beside(observe.release, words)
    return [*satisfaction(observe, view, words, CONDUCT, period), *surveys]


def _formula(observe: Observer, declared: Indicator, words: Words) -> Component:
    codes = observe.release.codelists.get(declared.along)
    names = {each.column: _input_name(each, codes, words) for each in declared.reads}
    return html.Code(formula_text(declared.formula, names.__getitem__))


def _input_name(read: Input, codes: Codelist | None, words: Words) -> str:
    text = words(f"measure_{read.measure}")
    if read.code == TOTAL:
        text = words("indicator_page_total", name=text)
    elif read.code and codes is not None:
        text = words("indicator_page_at", name=text, code=words.name(codes, read.code))
    return f"[{text}]"


def _inputs(declared: Indicator, words: Words) -> list[Component]:
    return [
        part
        for name in declared.inputs
        for part in (html.Dt(words(f"measure_{name}")), html.Dd(html.Code(name)))
    ]


def _about(declared: Indicator, words: Words) -> list[Component]:
    lines = {
        "unit": words(f"unit_{declared.unit}"),
        "direction": words(f"better_{declared.better}"),
        "base": words(f"measure_{declared.base}"),
        "decimals": words.number(declared.decimals),
        "source": translated("source", declared.source, words),
        "owner": translated("owner", declared.owner, words),
        "reviewed": words.date(declared.reviewed),
        "next_review": words.date(declared.next_review),
    }
    return [
        part
        for name, text in lines.items()
        for part in (html.Dt(words(f"indicator_page_{name}")), html.Dd(text))
    ]


def _disclosure(
    observe: Observer, declared: Indicator, view: View, words: Words
) -> list[Component]:
    """The rules under which a value is hidden or left out, and what stands there instead."""
    rules = observe.release.manifest.rules
    said = [html.P(words("indicator_page_disclosure_text"))]
    if isinstance(threshold := rules.get("threshold"), int):
        said.append(html.P(words("indicator_page_threshold", n=threshold)))
    minimum = max(
        (m.minimum for name in declared.inputs if isinstance(m := MEASURES[name], Wait)),
        default=0,
    )
    if minimum:
        said.append(html.P(words("indicator_page_minimum", n=minimum)))
    said += [
        html.P(words("indicator_page_error", error=error_of(m, words), n=m.minimum))
        for name in declared.inputs
        if isinstance(m := MEASURES[name], Distinct) and not m.limit
    ]
    protection = link(words("method_protection_link"), view.href(page="disclosure", code=""))
    return [
        html.H2(words("indicator_page_disclosure")),
        *said,
        html.P(protection),
        every_sign(words),
    ]


def _tables(observe: Observer, declared: Indicator, words: Words) -> list[Component]:
    names = [
        name
        for name, frame in observe.release.tables.items()
        if declared.name in frame.columns and name in TABLES
    ]
    if not names:
        return [html.P(words("pages_not_collected", names=words(f"indicator_{declared.name}")))]
    listed = [html.Li([words(f"table_{name}"), " ", html.Code(f"{name}.csv")]) for name in names]
    return [html.H2(words("indicator_page_tables")), html.Ul(listed)]


PAGE: Final = Page("indicator", layout)
