"""A table of the reader's own: any published table, laid out as the address says."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.dimensions import TOTAL
from layouts.components.columns import title
from layouts.components.crosstab import Crosstab, crosstab
from layouts.components.cut import MOST_CELLS, PERIOD, Cut, bound, cut_of
from layouts.components.cut_form import cut_form, table_form
from layouts.components.download import file_href, provenance
from layouts.components.link import file_link, link
from layouts.components.parts import ANCHOR, part_links, part_of
from layouts.components.status import status_key
from layouts.components.table import Column, Table, table
from layouts.components.whereabouts import interface_address
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The forms, the table, and the ways to take it home."""
    cut = cut_of(view, observe.release)
    opening = [
        html.H1(words("page_table_title")),
        html.P(words("table_lead"), className="lead"),
        table_form(observe.release, view, words),
    ]
    if cut is None:
        return html.Article([*opening, html.P(words("table_nothing"), className="note")])
    return html.Article(
        [
            *opening,
            cut_form(cut, view, words),
            *_result(observe, cut, view, words),
            *_home(cut, view, words),
        ],
        className="table-page",
    )


def _result(observe: Observer, cut: Cut, view: View, words: Words) -> list[Component]:
    if not cut.size:
        return [html.P(words("table_empty"), className="note", role="status")]
    laid_out = crosstab(observe(cut.query), cut.down, cut.across)
    part = part_of(cut, view)
    shown = Table(
        _caption(cut, laid_out, words),
        Column(words(f"level_{cut.down}"), is_number=False),
        laid_out.columns(part.across, words),
        laid_out.lines(part.down, part.across, words),
        style="league crosstab",
        skip=words("pages_skip_table"),
        name="own-table",
        is_sortable=laid_out.is_sortable and part.count == 1,
    )
    every = [e for d in part.down for a in part.across for e in laid_out.readings(d, a)]
    return [
        html.H2(words("table_result"), id=ANCHOR),
        *_warning(cut, words),
        *_turned(cut, view, words),
        table(shown),
        *part_links(part, view, words),
        *status_key(every, words),
    ]


def _caption(cut: Cut, laid_out: Crosstab, words: Words) -> str:
    """What the cells are, and the one code at which each other key stands."""
    fixed = cut.query.fixed
    where = [
        laid_out.observations.release.codelists[key].name(code, words.lang)
        for key, code in fixed.items()
        if key != PERIOD and code != TOTAL
    ]
    if PERIOD in fixed:
        where.append(words.period(fixed[PERIOD]))
    what = ", ".join(title(name, words) for name in cut.names)
    return words("pages_table_of", heading=what, period=", ".join(where)) if where else what


def _warning(cut: Cut, words: Words) -> list[Component]:
    """Says that there is more than is shown, and where all of it is."""
    if not cut.is_cropped:
        return []
    name = f"{cut.table.name}.csv"
    whole = file_link(words("table_whole", name=name), file_href(cut.release, name))
    said = words("table_cropped", most=MOST_CELLS, size=cut.size)
    return [html.P([said, " ", whole], className="warning", role="status")]


def _turned(cut: Cut, view: View, words: Words) -> list[Component]:
    if not cut.across:
        return []
    href = view.href(down=cut.across, across=cut.down, part=None)
    return [html.P(link(words("table_turn"), href))]


def _home(cut: Cut, view: View, words: Words) -> list[Component]:
    """The same cells as a file, as they are laid out; for programs; and all of the table."""
    if not cut.size:
        return []
    name = f"{cut.table.name}.csv"
    links = [
        file_link(words("table_csv"), shown_href(cut, view)),
        file_link(words("table_json"), interface_address(bound(cut))),
        file_link(words("table_whole", name=name), file_href(cut.release, name)),
    ]
    return [
        html.Section(
            [
                html.H2(words("pages_downloads")),
                html.Ul([html.Li(each) for each in links], className="downloads"),
                html.P(words("pages_each_number"), className="provenance"),
                provenance(cut.release, view, words),
            ],
            className="downloads-section",
        )
    ]


def shown_href(cut: Cut, view: View) -> str:
    """The address of the file that has exactly what the page shows, in all its parts."""
    query = view.href(release=cut.release.id, part=None).partition("?")[2]
    return f"/api/v1/table?{query}&lang={view.lang}"


PAGE: Final = Page("table", layout)
