"""How one number is made: its formula in words and in numbers, and what it is computed from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from data.codelists import Code
from data.dimensions import TOTAL
from data.indicators import INDICATORS, Indicator
from data.indicators import Input as Read
from data.measures import MEASURES, Distinct, Wait
from data.releases import Release
from layouts.components.cell import Cell, row_of
from layouts.components.columns import title
from layouts.components.formula import formula_text
from layouts.components.link import link
from layouts.components.people import error_of
from layouts.components.reading import Reading, reading
from layouts.components.status import status_key
from layouts.components.table import Column, Line, Table, table
from layouts.view import View
from layouts.words import Words


@dataclass(frozen=True)
class Input:
    """Something that a formula reads: its name in the formula and at which code of a dimension,
    its cell and what stands there."""

    read: Read
    cell: Cell
    reading: Reading
    at: Code | None = None

    @property
    def name(self) -> str:
        return self.read.column


def making(
    release: Release, cell: Cell, shown: Reading, view: View, words: Words
) -> list[Component]:
    """The formula, its inputs with their values, and who answers for it; or that it is counted."""
    declared = INDICATORS.get(cell.column)
    if declared is None:
        return [html.P(words("number_counted", what=words(f"measure_{cell.column}")))]
    inputs = inputs_of(release, cell, declared)
    return [
        html.P(words(f"indicator_{declared.told_by}_meaning")),
        *(_computed(declared, inputs, shown, words) if inputs else [_counted(declared, words)]),
        html.P(link(words("number_method"), view.href(page="indicator", code=declared.told_by))),
    ]


def inputs_of(release: Release, cell: Cell, declared: Indicator) -> list[Input]:
    """What the formula reads from the release; nothing where the number is itself a count."""
    found = []
    for each in declared.reads:
        where = _place_of(each, cell, declared, release)
        row = row_of(where, release) if where else None
        if where and row and each.column != cell.column:
            at = _code_of(each, declared, release)
            found.append(Input(each, where, reading(row, each.measure), at))
    return found


def _place_of(read: Read, cell: Cell, declared: Indicator, release: Release) -> Cell | None:
    """Where a formula reads a measure: in the row, in its total, at a code along a dimension, or
    in the same row by registration."""
    if read.is_own:
        return cell.beside(read.measure)
    if read.by_registration:
        return _elsewhere(read.measure, cell.codes, "registered", cell, release)
    if not declared.along:
        return cell.above(read.measure)
    table = release.manifest.tables[cell.table].table
    if read.measure in table.measures:
        return cell.at(declared.along, read.code, read.measure)
    rest = {key: code for key, code in cell.keys if key != declared.along}
    return _elsewhere(read.measure, rest, table.dated_by, cell, release)


def _elsewhere(
    measure: str, codes: Mapping[str, str], dated_by: str, cell: Cell, release: Release
) -> Cell | None:
    """The cell at these codes in whichever table of a date has it, the smallest first."""
    declared = sorted(
        (record.table for record in release.manifest.tables.values()), key=lambda t: len(t.axes)
    )
    broken_down = {key for key, code in codes.items() if code != TOTAL}
    found = (
        replace(
            cell,
            table=each.name,
            column=measure,
            keys=tuple((key, codes.get(key, TOTAL)) for key in each.keys),
        )
        for each in declared
        if each.dated_by == dated_by and measure in each.measures and broken_down <= {*each.keys}
    )
    return next((each for each in found if row_of(each, release)), None)


def _code_of(read: Read, declared: Indicator, release: Release) -> Code | None:
    """The code that a measure is read at, unless it is that of the row or of the total."""
    if not declared.along or read.code in {"", TOTAL}:
        return None
    return release.codelists[declared.along][read.code]


def _counted(declared: Indicator, words: Words) -> Component:
    measure = MEASURES[declared.inputs[0]]
    if isinstance(measure, Wait):
        return html.P(words("number_from_bands"))
    if isinstance(measure, Distinct):
        return html.P(words("number_from_sketch", error=error_of(measure, words)))
    return html.P(words("number_counted", what=words(f"measure_{measure.name}")))


def _computed(
    declared: Indicator, inputs: list[Input], shown: Reading, words: Words
) -> list[Component]:
    spoken = {each.name: _spoken(each, words) for each in inputs}
    lines: list[str | Component] = [_said(declared, lambda name: f"[{spoken.get(name, name)}]")]
    if shown.value is not None:
        values = {each.name: each.reading.text(words) for each in inputs}
        with_values = _said(declared, lambda name: values.get(name, name))
        lines += [html.Br(), f"= {with_values}", html.Br(), f"= {shown.text(words)}"]
    return [
        html.P(html.Code(lines), className="formula"),
        table(_inputs(inputs, spoken, words)),
        *status_key([each.reading for each in inputs], words),
    ]


def _said(declared: Indicator, name_of: Callable[[str], str]) -> str:
    return formula_text(declared.formula, name_of)


def _spoken(read: Input, words: Words) -> str:
    named = title(read.cell.column, words)
    if read.at:
        return words("indicator_page_at", name=named, code=read.at.name(words.lang))
    return words("indicator_page_total", name=named) if read.read.code == TOTAL else named


def _inputs(inputs: list[Input], spoken: Mapping[str, str], words: Words) -> Table:
    lines = [
        Line(
            spoken[each.name],
            [
                link(each.reading.text(words), each.cell.href(words.lang)),
                words(each.reading.status.word),
            ],
        )
        for each in inputs
    ]
    columns = [Column(words("number_value")), Column(words("number_status"), is_number=False)]
    corner = Column(words("number_input"), is_number=False)
    return Table(
        words("number_inputs_caption"), corner, columns, lines, style="narrow", name="inputs"
    )
