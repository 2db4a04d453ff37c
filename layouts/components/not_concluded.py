"""What does not follow from numbers that stand side by side, said of these very bodies."""

from collections.abc import Sequence
from itertools import combinations

from dash import html
from dash.development.base_component import Component

from data.analyses.comparison import VOLUME_GROUPS
from layouts.components.columns import title
from layouts.components.side_by_side import Sheet
from layouts.components.table import Line
from layouts.figures.marks import MARKS
from layouts.words import Words


def not_concluded(shown: Sequence[Sheet], by: str, words: Words) -> Component:
    """The general caution, that volumes differ where they do, and where no difference can be told
    since the intervals overlap."""
    points = [words("agencies_caution" if by == "agency" else "regions_caution")]
    if any(len(set(_groups(sheet))) > 1 for sheet in shown):
        points.append(words("compare_volumes"))
    heading = html.H2(words("agencies_caution_heading"))
    overlaps = [line for sheet in shown for line in _overlaps(sheet, words)]
    return html.Section(
        [heading, *map(html.P, points), *_folded(overlaps, words)], className="caution"
    )


def _folded(overlaps: Sequence[str], words: Words) -> list[Component]:
    if not overlaps:
        return []
    listed = html.Ul([html.Li(line) for line in overlaps])
    summary = html.Summary(words("compare_overlap_where", n=len(overlaps)))
    return [html.P(words("compare_overlap_meaning")), html.Details([summary, listed])]


def _overlaps(sheet: Sheet, words: Words) -> list[str]:
    """For each indicator with intervals, the pairs between which no difference can be told."""
    lines = []
    for name in sheet.indicators:
        ends = [
            (m.letter, sheet.interval(r, name)) for m, r in zip(MARKS, sheet.chosen, strict=False)
        ]
        known = [(letter, interval) for letter, interval in ends if interval]
        pairs = [
            f"{one}–{other}"
            for (one, (low, high)), (other, (lowest, highest)) in combinations(known, 2)
            if low <= highest and lowest <= high
        ]
        if pairs:
            lines.append(words("compare_overlap", what=title(name, words), pairs=", ".join(pairs)))
    return lines


def volumes_line(sheet: Sheet, words: Words) -> Line:
    """The group of volume of each."""
    names = ["" if group is None else _volume(group, words) for group in _groups(sheet)]
    return Line(words("compare_volume"), ["", "", *names])


def _groups(sheet: Sheet) -> list[int | None]:
    """The group of volume of each chosen body; None where the release names none."""
    groups = {code: row["volume_group"] for (code, _), row in sheet.told.items()}
    return [groups.get(str(row[sheet.key])) for row in sheet.chosen]


def _volume(group: int, words: Words) -> str:
    if group == 0:
        return words("compare_volume_below", most=VOLUME_GROUPS[0])
    if group == len(VOLUME_GROUPS):
        return words("compare_volume_above", least=VOLUME_GROUPS[-1])
    least, most = VOLUME_GROUPS[group - 1], VOLUME_GROUPS[group] - 1
    return words("compare_volume_between", least=least, most=most)
