"""How appeals ended, under every denominator side by side: of received, considered, decided."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from data.outcomes import DENOMINATORS, POSITIVE
from layouts.components.ended import COUNT, SHARES, WHOLES, Ended, Row
from layouts.components.exhibit import exhibited
from layouts.components.link import link
from layouts.components.outcome_bars import bars, stack
from layouts.components.reading import reading
from layouts.components.status import status_key
from layouts.components.table import Column, Line, Table, table
from layouts.figures.stack import stack_drawing
from layouts.view import View
from layouts.words import Words


def outcomes(ended: Ended, view: View, words: Words) -> list[Component]:
    """The section: the finding, the bars, what each denominator is, and the table; where the source
    does not tell outcomes, that nothing can be known of them."""
    heading = html.H2(words("outcomes_heading"))
    if ended.period is None:
        why = "outcomes_too_few" if ended.is_known_of_all else "outcomes_unknown"
        return [html.Section([heading, html.P(words(why), className="note")])]
    every = [reading(row, name) for row in ended.classes for name in (COUNT, *SHARES)]
    return [
        html.Section(
            [
                heading,
                html.P(finding(ended, words), className="finding"),
                _shown(ended, words, denominators(ended, view, words), table(_table(ended, words))),
                *status_key([*every, *ended.total.values()], words),
            ],
            className="outcomes",
        )
    ]


def outcomes_in_short(ended: Ended, view: View, words: Words) -> list[Component]:
    """The finding and the bars, and the way to all of it; nothing where nothing is known."""
    if ended.period is None:
        return []
    onwards = link(words("outcomes_to_page"), view.href(page="outcomes", code=""))
    more = [html.Summary(words("pages_show_table")), table(_table(ended, words))]
    parts = [
        html.H2(words("outcomes_heading")),
        html.P(finding(ended, words)),
        _shown(ended, words, html.Details(more)),
        html.P(onwards),
    ]
    return [html.Section(parts, className="outcomes")]


def _shown(ended: Ended, words: Words, *below: Component) -> Component:
    """The bars, where they can be drawn, with what belongs below them: to be taken as one."""
    drawn = stack(ended, words)
    exhibit = replace(
        _table(ended, words).exhibit,
        name="outcomes",
        drawing=stack_drawing(drawn) if drawn else None,
    )
    return exhibited(
        html.Div([*([bars(drawn)] if drawn else []), *below], className="exhibit"), exhibit
    )


def headline(ended: Ended, words: Words) -> str:
    """How far apart the shares of one outcome are, as a title."""
    said = _said(ended, words)
    period = words.period(ended.period or ended.asked)
    return words("outcomes_headline", **said) if said else words("outcomes_lead", period=period)


def finding(ended: Ended, words: Words) -> str:
    """One outcome under its three denominators, in a sentence."""
    said = _said(ended, words)
    period = words.period(ended.period or ended.asked)
    return words("outcomes_finding", **said) if said else words("outcomes_lead", period=period)


def _said(ended: Ended, words: Words) -> dict[str, str]:
    """The words for the positive outcomes; none where a share of them is not told."""
    row = next((row for row in ended.classes if row["outcome"] == POSITIVE), None)
    if row is None or any(row[name] is None for name in (COUNT, *SHARES)):
        return {}
    shares = {each.name: reading(row, f"outcome_share_{each.name}") for each in DENOMINATORS}
    return {
        "name": words.name(ended.observe.release.codelists["outcome"], POSITIVE),
        "period": words.period(ended.period or ended.asked),
        "number": reading(row, COUNT).text(words),
        **{name: each.text(words) for name, each in shares.items()},
    }


def denominators(ended: Ended, view: View, words: Words) -> Component:
    """What each of the denominators is, with how much it is."""
    parts = []
    for each in DENOMINATORS:
        whole = ended.total[WHOLES[each.name]]
        to_page = link(words(f"outcomes_of_{each.name}"), _page_of(each.name, view))
        parts += [
            html.Dt([to_page, ": ", *whole.cell(words)]),
            html.Dd(words(f"outcomes_of_{each.name}_meaning")),
        ]
    return html.Dl(parts, className="parts")


def _page_of(denominator: str, view: View) -> str:
    return view.href(page="indicator", code=f"outcome_share_{denominator}")


def _table(ended: Ended, words: Words) -> Table:
    codes = ended.observe.release.codelists["outcome"]
    lines = [_whole(ended, words)]
    for row in ended.classes:
        lines.append(_line(row, words.name(codes, row["outcome"]), words))
        lines += [
            _line(inside, words.name(codes, inside["outcome"]), words, "part-of")
            for inside in ended.below(row["outcome"])
        ]
    lines.append(_open(ended, words))
    return Table(
        words("outcomes_caption", period=words.period(ended.period or ended.asked)),
        Column(words("dimension_outcome"), is_number=False),
        [Column(words(f"indicator_{name}_short")) for name in (COUNT, *SHARES)],
        lines,
        style="league",
    )


def _line(row: Row, name: str, words: Words, style: str = "") -> Line:
    return Line(name, [reading(row, each).cell(words) for each in (COUNT, *SHARES)], style)


def _whole(ended: Ended, words: Words) -> Line:
    wholes = [ended.total[WHOLES[each.name]].cell(words) for each in DENOMINATORS]
    return Line(words("outcomes_whole"), ["", *wholes], "total")


def _open(ended: Ended, words: Words) -> Line:
    left, share = (ended.total[name].cell(words) for name in ("open", "open_share"))
    return Line(words("outcomes_open"), [left, share, "", ""])
