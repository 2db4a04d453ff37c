"""Guard: brings the cells of a run before the gate and gives back what must not be shown.

The gate sees every count of every table of a year at once, and what contains it, so that neither a
sum nor a difference of published numbers gives a hidden one away. No total spans two years, so
years are decided apart. A sheet that nothing can protect is left out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from data.datasets import Table
from data.grains import GRAINS
from data.measures import MEASURES, Count
from data.periods import coarser
from etl.calendar import codes_between
from etl.catalogue import counts_of
from etl.contributions import PERSON
from etl.disclosure.gate import Decision, DisclosureError, UnprotectedError, decide, decided_before
from etl.disclosure.grid import BEFORE, NONE, VINTAGE, Grid, GridAxis, Numbers, grid
from etl.disclosure.pattern import Pattern, keyed_ties, reader_weights
from etl.disclosure.system import Block, Left, Mask, System, build, voices
from etl.maturity import is_due, is_for
from etl.past import Past
from etl.people import COUNTED, MOST
from etl.rollup import most, persons
from etl.sheets import Sheet, only, removable, sheets_of, years_of
from etl.stages import Cells, Edition

_OF_BEFORE: Final = pl.lit(BEFORE).alias(VINTAGE)


@dataclass(frozen=True)
class Guarded:
    """What the gate decided on each year, and the cells of the sheets that it could protect."""

    decisions: tuple[Decision, ...]
    cells: Cells
    left_out: tuple[Sheet, ...]

    def published(self, decision: Decision) -> Mask:
        """True for the counts of persons of a year that are published now, shown or hidden."""
        return _published(self.cells, decision.system)

    def hides(self, keys: pl.DataFrame, measure: str) -> pl.Series:
        """True for the rows of a table in which a count is hidden; ``keys`` has the key columns."""
        hidden = [each.system.numbers[each.pattern.hidden] for each in self.decisions]
        numbers = self.decisions[0].system.grid.number(keys, measure)
        return pl.Series(np.isin(numbers, np.concatenate(hidden)))


@dataclass(frozen=True)
class Before:
    """The counts of a year in the release that is restated, and which of them it hides."""

    blocks: tuple[Block, ...]
    hidden: Numbers


@dataclass(frozen=True)
class Rule:
    """What a year is decided by."""

    grid: Grid
    year: str
    threshold: int
    key: bytes
    past: Past | None
    before: Before

    def published_periods(self, table: str) -> frozenset[str]:
        """The periods of a table that this release has to publish again."""
        if self.past is None or self.past.restated:
            return frozenset()
        return self.past.periods(table)

    def left_out_before(self, cells: Cells) -> list[Sheet]:
        """What the same day's release left out: to try again could only give another release."""
        return self.past.left_out(cells.edition) if self.past else []


def guard(cells: Cells, threshold: int, key: bytes, past: Past | None = None) -> Guarded:
    """Decides what is hidden; ``key`` settles ties, so that the choice is no public function.

    What the ``past`` hid stays hidden, and what it showed stays shown. Raises ``DisclosureError``
    when no sheet is left that can be protected.
    """
    numbers = grid_of(cells, past)
    rules = [
        Rule(numbers, year, threshold, key, past, _before(cells, numbers, year, past))
        for year in years_of(cells)
    ]
    years = [_protected_year(cells, rule) for rule in rules]
    decisions = tuple(decision for decision, _, _ in years if decision)
    if not decisions:
        raise DisclosureError(
            "Gate", "no count of persons can be shown safely.", "Publish when there are more."
        )
    kept = [sheet for _, sheets, _ in years for sheet in sheets]
    left_out = [sheet for _, _, sheets in years for sheet in sheets]
    return Guarded(decisions, only(cells, kept), tuple(left_out))


def _protected_year(cells: Cells, rule: Rule) -> tuple[Decision | None, list[Sheet], list[Sheet]]:
    """The decision about a year, the sheets that it is about, and those that are left out."""
    every = sheets_of(cells, rule.year, rule.published_periods)
    left_out = [sheet for sheet in rule.left_out_before(cells) if sheet in every]
    sheets = [sheet for sheet in every if sheet not in left_out]
    while sheets:
        here = only(cells, sheets)
        blocks = [*_blocks(here), *rule.before.blocks]
        system = build(rule.grid, blocks, _left(here, rule.grid), rule.before.hidden)
        leaving = _telling(cells, sheets, system)
        if not leaving:
            try:
                return _decided(here, system, rule), sheets, left_out
            except UnprotectedError as error:
                leaving = [_weakest(cells, sheets, error)]
        sheets = [sheet for sheet in sheets if sheet not in leaving]
        left_out += leaving
    return None, sheets, left_out


def _telling(cells: Cells, sheets: list[Sheet], system: System) -> list[Sheet]:
    """The new sheets that show a longer period of which a part is left out: whoever has the other
    parts takes them away."""
    cut = system.numbers[_cut(system, cells.edition)]
    return [
        sheet
        for sheet in sheets
        if not sheet.is_bound and np.isin(cut, _numbers(cells, sheet, system.grid)).any()
    ]


def _cut(system: System, edition: Edition) -> Numbers:
    """The cells of a period of which the system has a part, but not all."""
    period, rows = system.grid.axis("period"), system.rows
    months, when = _months_in(edition), period.digits(system.numbers)
    lengths = np.array([months[code] for code in period.codes])[when]
    over_time = when[rows.children[rows.starts[:-1]]] != when[rows.parents]
    is_cut = over_time & (rows.sums(lengths) != lengths[rows.parents])
    return rows.parents[np.flatnonzero(is_cut)]


def _months_in(edition: Edition) -> Counter[str | None]:
    """How many months of the edition each period holds."""
    months = codes_between(edition.first_day, edition.as_of, "month")
    return Counter(code for month in months for code in (month, coarser(month), month[:4]))


def _decided(cells: Cells, system: System, rule: Rule) -> Decision:
    if len(broken := system.broken_rows()):
        raise DisclosureError(
            "Gate", f"{len(broken)} sums do not add up.", "Report it as a defect."
        )
    shown = hidden_before = np.empty(0, dtype=np.int64)
    if rule.past:
        shown, hidden_before = _bound(system, rule, rule.past, cells.edition)
    also = np.union1d(_with_few_answers(system, shown, rule.threshold), hidden_before)
    weights = reader_weights(system)
    weights[shown] = weights[system.displayed & ~system.now] = np.inf
    pattern = Pattern(system, weights, keyed_ties(system, rule.key))
    pattern.hidden_in_the_release_before(system.at(rule.before.hidden))
    if len(shown) and _is_nothing_new(cells, system, np.union1d(shown, hidden_before)):
        return decided_before(pattern, also, rule.threshold)
    decision = decide(pattern, rule.threshold, also)
    hidden = decision.pattern.hidden
    if hidden[shown].any():
        raise UnprotectedError(system, shown[hidden[shown]])
    alive = system.displayed & system.now & (system.counts > 0)
    if hidden.any() and not (alive & ~hidden).any():
        raise UnprotectedError(system, np.flatnonzero(hidden))
    return decision


def _is_nothing_new(cells: Cells, system: System, before: Numbers) -> bool:
    """True when every count of persons that is published now was so before, shown or hidden."""
    fresh = _published(cells, system)
    fresh[before] = False
    return not fresh.any()


def _published(cells: Cells, system: System) -> Mask:
    """True for the counts of persons that are published now, shown or hidden."""
    due = [system.grid.number(block.keys, block.measure) for block in _published_blocks(cells)]
    found: Mask = np.isin(system.numbers, np.concatenate(due)) & system.guarded
    return found


def _bound(system: System, rule: Rule, past: Past, edition: Edition) -> tuple[Numbers, Numbers]:
    """The cells that have to stay shown, and those that have to be hidden.

    A restatement binds to nothing that was shown, but hides what has changed by a few: whoever
    has both releases takes the difference.
    """
    numbers, values = past.shown(rule.grid, rule.year, edition)
    place = system.at(numbers)
    shown, values = place[place != NONE], values[place != NONE]
    hidden = system.at(past.hidden(rule.grid, rule.year, edition))
    hidden = hidden[hidden != NONE]
    if past.restated:
        change = np.abs(system.counts[shown] - values)
        few = (change > 0) & (change < rule.threshold) & system.guarded[shown]
        return shown[:0], np.union1d(hidden, shown[few])
    return np.unique(shown), hidden


def _weakest(cells: Cells, sheets: list[Sheet], error: UnprotectedError) -> Sheet:
    """The sheet to leave out: among those with cells that nothing protects the finest.

    Raises the error where there is none that may be left out.
    """
    if not (candidates := removable(sheets)):
        raise error
    grid_here = error.system.grid
    lacking = grid_here.as_now(error.numbers)

    def fineness(sheet: Sheet) -> tuple[bool, int, int, int]:
        narrow = int(np.isin(lacking, _numbers(cells, sheet, grid_here)).sum())
        axes = len(cells.catalogue[sheet.table].axes)
        return narrow > 0, GRAINS.index(sheet.grain), axes, narrow

    return max(candidates, key=fineness)


def _numbers(cells: Cells, sheet: Sheet, grid_here: Grid) -> Numbers:
    """The numbers of the cells on a sheet."""
    blocks = _blocks(only(cells, [sheet]))
    return np.concatenate([grid_here.number(block.keys, block.measure) for block in blocks])


def _with_few_answers(system: System, shown: Numbers, threshold: int) -> Numbers:
    """What to hide where raters or outcomes are counted among answers to fewer than the threshold,
    which would bound them: the whole cell; or what tells the answers, where it was shown before."""
    axis = system.grid.axis("measure")
    of_answers = axis.digits(system.numbers) == axis.position.get("answered", NONE)
    answers = system.numbers[of_answers & (system.counts > 0) & system.now]
    names = ("received", "open", "rated", "concluded")
    named = {name: system.at(_named(axis, answers, name)) for name in names}
    few, whole = system.at(answers), named["received"]
    concluded = named["concluded"]
    of_few = (concluded != NONE) & (system.persons[concluded] < threshold)
    is_few = (system.counts[few] < threshold) | of_few
    is_split = (named["rated"] != NONE) | (concluded != NONE)
    counted = is_few & is_split & (whole != NONE)
    was_shown = np.isin(whole, shown)
    answers = np.concatenate([few[counted & was_shown], named["open"][counted & was_shown]])
    return np.union1d(whole[counted & ~was_shown], answers[answers != NONE])


def _named(axis: GridAxis, numbers: Numbers, measure: str) -> Numbers:
    """The same cells of another measure."""
    return axis.moved(numbers, np.full(len(axis.codes), axis.position.get(measure, NONE)))


def grid_of(cells: Cells, past: Past | None = None) -> Grid:
    """The numbering of the cells of a run, and of the release that it restates."""
    restated = past is not None and past.counted is not None
    return numbering(cells.catalogue, cells.tables, cells.edition, restated=restated)


def numbering(
    catalogue: Mapping[str, Table],
    tables: Mapping[str, pl.DataFrame],
    edition: Edition,
    *,
    restated: bool = False,
) -> Grid:
    """The numbering of all cells of the tables: periods, counts and code lists."""
    periods = {code for frame in tables.values() for code in frame["period"].unique()}
    counts = {name: None for table in catalogue.values() for name in counts_of(table, edition)}
    return grid(periods, counts, edition.codelists, restated=restated)


def guarded_counts(edition: Edition, catalogue: Mapping[str, Table]) -> dict[str, str]:
    """The published counts of persons, each with the published count that contains it, or ""."""
    published = {name for table in catalogue.values() for name in counts_of(table, edition)}
    return {
        name: measure.within if measure.within in published else ""
        for name in sorted(published)
        if isinstance(measure := MEASURES[name], Count) and measure.personal
    }


def same_counts(edition: Edition, catalogue: Mapping[str, Table]) -> dict[str, list[str]]:
    """Counts that are others under another name: of which measure, at which code of what."""
    guarded = guarded_counts(edition, catalogue)
    found = {name: each for name in guarded if isinstance(each := MEASURES[name], Count)}
    return {
        name: [guarded[name], *each.at]
        for name, each in found.items()
        if each.at and each.at[0] in edition.codelists
    }


def _before(cells: Cells, grid_here: Grid, year: str, past: Past | None) -> Before:
    """What the release before published of a year, where this one restates it."""
    blocks, hidden = [], [np.empty(0, dtype=np.int64)]
    if past is not None and past.counted is not None:
        for measure, frame in past.vintage(grid_here, year, cells.edition):
            keys, counts = frame.with_columns(_OF_BEFORE), frame["count"].to_numpy()
            blocks.append(Block(measure, keys, counts, counts))
            withheld = keys.filter(pl.col("told").is_null())
            hidden.append(grid_here.number(withheld, measure))
    return Before(tuple(blocks), np.unique(np.concatenate(hidden)))


def _blocks(cells: Cells) -> Iterator[Block]:
    """Each count that is published, now or when it is ripe: what is hidden now has to withstand
    what will be shown then."""
    for name, table in cells.catalogue.items():
        for measure in counts_of(table, cells.edition):
            frame = cells.tables[name]
            yield _block(table, frame.filter(is_for(frame["period"], MEASURES[measure])), measure)


def _published_blocks(cells: Cells) -> Iterator[Block]:
    """Each count that is published now."""
    for name, table in cells.catalogue.items():
        for measure in counts_of(table, cells.edition):
            frame = cells.tables[name]
            ripe = is_due(frame["period"], MEASURES[measure], cells.edition)
            yield _block(table, frame.filter(ripe), measure)


def _left(cells: Cells, grid_here: Grid) -> Left:
    """The persons of the complements: of who is left when those with a trait are taken away."""
    nobody = np.empty(0, dtype=np.int64)
    numbers, people, most_of_one = [nobody], [nobody], [nobody]
    for name, table in cells.catalogue.items():
        if name in cells.left:
            periods = cells.tables[name]["period"].unique()
            there = cells.left[name].filter(pl.col("period").is_in(periods.implode()))
            for (measure,), frame in there.group_by(COUNTED, maintain_order=True):
                numbers.append(grid_here.number(frame.select(table.keys), str(measure)))
                people.append(frame[PERSON].to_numpy())
                most_of_one.append(frame[MOST].to_numpy())
    return Left(*map(np.concatenate, (numbers, people, most_of_one)))


def _block(table: Table, frame: pl.DataFrame, measure: str) -> Block:
    counts = frame[measure].cast(pl.Int64).to_numpy()
    if persons(measure) not in frame.columns:
        return Block(measure, frame.select(table.keys), counts, counts)
    distinct, of_one = (frame[each].to_numpy() for each in (persons(measure), most(measure)))
    return Block(measure, frame.select(table.keys), counts, voices(counts, distinct, of_one))
