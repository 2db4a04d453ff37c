"""How satisfied applicants are, and how little that is known of: the share of those who gave a
mark, how many did, and the bounds between which it lies among all who were asked."""

from dataclasses import dataclass, replace
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.grains import as_fine_as
from data.measures import MEASURES, Count
from data.periods import grain_of
from data.reports import SURVEYS
from layouts.components.asking import ask, has_table
from layouts.components.exhibit import exhibited
from layouts.components.link import link
from layouts.components.outcome_bars import bars
from layouts.components.periods import nearest
from layouts.components.reading import Reading, only_row, reading
from layouts.components.status import status_key
from layouts.components.table import Column, Line, Table, table
from layouts.figures.stack import LETTERS, OPEN, Bar, Part, Stack, stack_drawing
from layouts.page import Observer
from layouts.view import View
from layouts.words import Words

TOP: Final = "satisfaction_top"
RESPONSE: Final = "satisfaction_response"
LEAST: Final = "satisfaction_at_least"
MOST: Final = "satisfaction_at_most"
BASES: Final = {TOP: "rated", RESPONSE: "asked", LEAST: "asked", MOST: "asked"}
"""Each share, and the published count that it is a share of."""
SATISFIED: Final = "rated_top"
NAMES: Final = (*BASES, SATISFIED, "rated", "asked")


@dataclass(frozen=True)
class Satisfied:
    """The published readings of one body, place or country in a period, by name."""

    period: str
    of: dict[str, Reading]

    @property
    def is_told(self) -> bool:
        """True where every number of the section has a value."""
        return all(each.value is not None for each in self.of.values())

    def text(self, name: str, words: Words) -> str:
        return self.of[name].text(words)

    def size(self, name: str) -> float:
        """A count as a length of the drawing."""
        return float(self.of[name].value or 0)


def satisfaction(
    observe: Observer, view: View, words: Words, source: str, period: str, **where: str
) -> list[Component]:
    """The section from a table of conduct, for a period or the nearest that it is published for;
    ``where`` says whose (``agency="AG001"``). Nothing where nobody is asked."""
    found = _satisfied(observe, source, period, **where)
    if found is None:
        return []
    parts = [
        html.H2(words("satisfaction_heading"), id="satisfaction"),
        *_finding(found, words),
        _shown(found, view, words),
        html.P(words("satisfaction_note"), className="note"),
        html.P(link(words("claims_to_page"), view.href(page="claims", code=""))),
        *_to_surveys(observe, view, words),
        *status_key(found.of.values(), words),
    ]
    return [html.Section(parts, className="satisfaction")]


def _to_surveys(observe: Observer, view: View, words: Words) -> list[Component]:
    """The way to what others than the answering bodies asked, where the source has it."""
    if SURVEYS.name not in observe.release.reports:
        return []
    href = f"{view.href(page='system', code='')}#{SURVEYS.name}"
    return [html.P(link(words("surveys_to_page"), href))]


def _satisfied(observe: Observer, source: str, period: str, **where: str) -> Satisfied | None:
    if not has_table(observe.release, source):
        return None
    published = nearest(period, filter(_is_told, observe.release.tables[source]["period"].unique()))
    if published is None:
        return None
    answer = ask(observe, source, NAMES, period=published, **where)
    if answer.missing:
        return None
    row = only_row(answer.observations)
    return Satisfied(published, {name: reading(row, name) for name in answer.shown})


def _is_told(period: str) -> bool:
    """Whether satisfaction is published for periods as short as this."""
    measure = MEASURES[SATISFIED]
    return isinstance(measure, Count) and as_fine_as(grain_of(period), measure.finest)


def _finding(found: Satisfied, words: Words) -> list[Component]:
    """The four shares in a sentence; nothing where one of them is not told."""
    if not found.is_told:
        return []
    said = {name: found.text(name, words) for name in BASES}
    sentence = words("satisfaction_finding", period=words.period(found.period), **said)
    return [html.P(sentence, className="finding")]


def _shown(found: Satisfied, view: View, words: Words) -> Component:
    """The bars, where they can be drawn, and the table: to be taken as one."""
    drawn = _stack(found, words) if found.is_told else None
    numbers = _table(found, view, words)
    drawing = stack_drawing(drawn) if drawn else None
    exhibit = replace(numbers.exhibit, name="satisfaction", drawing=drawing)
    parts = [*([bars(drawn)] if drawn else []), table(numbers)]
    return exhibited(html.Div(parts, className="exhibit"), exhibit)


def _stack(found: Satisfied, words: Words) -> Stack:
    """Those who gave a mark, and below them all who were asked: what nobody knows is left open."""
    unknown = Part(
        OPEN, words("satisfaction_no_mark"), found.size("asked") - found.size("rated"), ""
    )
    others = Part(
        LETTERS[2],
        words("satisfaction_others"),
        found.size("rated") - found.size(SATISFIED),
        "",
    )
    made = (
        Bar(_label("rated", found, words), (_satisfied_part(TOP, found, words), others)),
        Bar(_label("asked", found, words), (_satisfied_part(LEAST, found, words), unknown, others)),
    )
    told = "; ".join(f"{words(f'indicator_{n}')}: {found.text(n, words)}" for n in BASES)
    title = words("satisfaction_bars", period=words.period(found.period))
    return Stack(title, f"{told}.", made)


def _label(base: str, found: Satisfied, words: Words) -> str:
    return f"{words(f'measure_{base}')}: {found.text(base, words)}"


def _satisfied_part(share: str, found: Satisfied, words: Words) -> Part:
    """Those who gave a good mark, with what share they are."""
    name, size = words("satisfaction_satisfied"), found.size(SATISFIED)
    return Part(LETTERS[0], name, size, found.text(share, words))


def _table(found: Satisfied, view: View, words: Words) -> Table:
    heading, period = words("satisfaction_heading"), words.period(found.period)
    return Table(
        words("pages_table_of", heading=heading, period=period),
        Column(words("pages_indicator"), is_number=False),
        [Column(words("satisfaction_share")), Column(words("satisfaction_of"))],
        [_line(share, base, found, view, words) for share, base in BASES.items()],
    )


def _line(share: str, base: str, found: Satisfied, view: View, words: Words) -> Line:
    to_page = link(words(f"indicator_{share}"), view.href(page="indicator", code=share))
    return Line(to_page, [found.of[share].cell(words), found.of[base].cell(words)])
