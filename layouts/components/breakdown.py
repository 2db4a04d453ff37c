"""What a number is made of: one row a code with its count, its share and a bar."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dash import html
from dash.development.base_component import Component

from data.datasets import GRAINS, Grain
from data.dimensions import TOTAL
from data.releases import Release
from layouts.components.asking import Answer, ask, has_table
from layouts.components.bar import with_bar
from layouts.components.link import link
from layouts.components.periods import nearest
from layouts.components.reading import Reading, Row, reading, rows_of
from layouts.components.status import status_key
from layouts.components.table import Column, Line, Table, table
from layouts.page import Observer
from layouts.words import Words

HrefOf = Callable[[str], str]
RestOf = Callable[["Breakdown", str], str]


@dataclass(frozen=True)
class Ways:
    """Where the codes of a breakdown lead, and where all its rows are."""

    href_of: HrefOf | None
    rest_of: RestOf | None


@dataclass(frozen=True)
class Breakdown:
    """Which table is broken down by which level, with the words key of its heading."""

    heading: str
    table: str
    level: str
    dimension: str
    names: tuple[str, ...]
    overlaps: bool = False
    """True where a case can be in several rows, so that they do not add up."""
    most: int = 0
    """How many rows are shown, the largest first, and none that is zero; all when it is nought."""


@dataclass(frozen=True)
class Profile:
    """Whose numbers are broken down: the code of a dimension, or all without one, in a period."""

    observe: Observer
    words: Words
    period: str
    dimension: str = ""
    code: str = ""

    @property
    def where(self) -> dict[str, str]:
        """The code as a condition of a query."""
        return {self.dimension: self.code} if self.dimension else {}

    def period_in(self, table: str) -> str | None:
        """The period that a table shows: the profile's own, or the nearest that it has."""
        return nearest(self.period, self.observe.release.tables[table]["period"].unique())


def breakdowns(
    profile: Profile,
    parts: Iterable[Breakdown],
    links: Mapping[str, HrefOf] = MappingProxyType({}),
    rest_of: RestOf | None = None,
) -> list[Component]:
    """The tables of the parts that the release has, and what is to know of their periods.

    ``links`` leads from the codes of a level to their pages, ``rest_of`` from a part of which not
    all rows are shown to all of them, in a period.
    """
    release, words = profile.observe.release, profile.words
    present = [part for part in parts if has_table(release, part.table)]
    periods = {part: period for part in present if (period := profile.period_in(part.table))}
    sections = [
        section
        for part, period in periods.items()
        if (section := _section(part, profile, period, Ways(links.get(part.level), rest_of)))
    ]
    notes = _to_come([part for part in present if part not in periods], release, words)
    if set(periods.values()) - {profile.period}:
        notes.append(words("pages_other_periods", period=words.period(profile.period)))
    return [
        *(html.P(note, className="note") for note in notes),
        html.Div(sections, className="breakdowns"),
    ]


def _to_come(parts: Sequence[Breakdown], release: Release, words: Words) -> list[str]:
    """For the tables that have no period yet: with which first whole period they come."""
    return [
        words(f"pages_tables_to_come_{grain}", names=", ".join(words(p.heading) for p in waiting))
        for grain in GRAINS
        if (waiting := [part for part in parts if _finest(part, release) == grain])
    ]


def _finest(part: Breakdown, release: Release) -> Grain:
    return release.manifest.tables[part.table].table.grains[-1]


def _section(shown: Breakdown, profile: Profile, period: str, ways: Ways) -> Component | None:
    """The table of one breakdown, largest first; None when the source does not collect it."""
    observe, words = profile.observe, profile.words
    answer = ask(observe, shown.table, shown.names, by=shown.level, period=period, **profile.where)
    if not answer.shown:
        return None
    every_row = _ordered(answer)
    rows = _largest(every_row, answer.shown[0], shown.most) if shown.most else every_row
    notes = [html.P(words("pages_overlap"), className="note")] if shown.overlaps else []
    every = [reading(row, name) for row in rows for name in answer.shown]
    return html.Section(
        [
            html.H2(words(shown.heading)),
            *notes,
            table(_table(shown, answer, rows, words, ways.href_of)),
            *_rest(shown, period, len(every_row), words, ways.rest_of),
            *status_key(every, words),
        ]
    )


def _table(
    shown: Breakdown, answer: Answer, rows: Sequence[Row], words: Words, href_of: HrefOf | None
) -> Table:
    codes = answer.observations.release.codelists[shown.dimension]
    period = answer.observations.query.fixed["period"]
    first = [reading(row, answer.shown[0]) for row in rows]
    longest = max((each.value or 0 for each in first), default=0)
    lines = [
        Line(
            _name(words.name(codes, str(row[shown.dimension])), row[shown.dimension], href_of),
            _cells([reading(row, name) for name in answer.shown], words, longest),
        )
        for row in rows
    ]
    return Table(
        words("pages_table_of", heading=words(shown.heading), period=words.period(period)),
        Column(words(f"dimension_{shown.dimension}"), is_number=False),
        [Column(words(f"indicator_{name}_short")) for name in answer.shown],
        lines,
        style="breakdown",
        name=shown.heading.replace("_", "-"),
        is_sortable=not shown.most,
    )


def _rest(
    shown: Breakdown, period: str, count: int, words: Words, rest_of: RestOf | None
) -> list[Component]:
    """Where all rows are, when only the largest are shown."""
    if rest_of is None or not shown.most or count <= shown.most:
        return []
    return [html.P(link(words("pages_all_rows", n=count), rest_of(shown, period)))]


def _ordered(answer: Answer) -> list[dict[str, object]]:
    """Largest first; what has no value stands last, in the order of the code list."""
    first = answer.shown[0]
    rows = [r for r in rows_of(answer.observations) if TOTAL not in _last_key(answer, r)]
    return sorted(rows, key=lambda row: -float(row[first] if row[first] is not None else -1))


def _largest(rows: Sequence[Row], name: str, most: int) -> list[Row]:
    return [row for row in rows if row[name] != 0][:most]


def _last_key(answer: Answer, row: dict[str, object]) -> tuple[object, ...]:
    level = answer.observations.query.by[0]
    names = [a.dimension for a in answer.observations.table.axes if level in a.levels]
    return tuple(row[name] for name in names)


def _name(name: str, code: object, href_of: HrefOf | None) -> str | Component:
    return link(name, href_of(str(code))) if href_of else name


def _cells(
    readings: Sequence[Reading], words: Words, longest: float
) -> list[str | Component | list[str | Component]]:
    head, *rest = readings
    return [with_bar(head.cell(words), head.value, longest), *(each.cell(words) for each in rest)]
