"""The plain forms that a table is built with: first which table, then how it is laid out."""

from collections.abc import Sequence

from dash.development.base_component import Component

from data.dimensions import TOTAL
from data.query import EXCEPT
from data.releases import Release
from layouts.components.asking import collected
from layouts.components.columns import in_order, title, value_columns
from layouts.components.cut import PERIOD, Cut, key_of, levels_of, members, table_of
from layouts.components.form import Choice, Field, Ticks, form, options
from layouts.components.grouped import Groups, grouped
from layouts.components.league import named
from layouts.components.periods import grains_of, periods_of
from layouts.view import View
from layouts.words import Words


def table_form(release: Release, view: View, words: Words) -> Component:
    """Which table, by what the tables are about; another table starts anew."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in in_order(release):
        heading = words(f"dataset_{release.manifest.tables[name].dataset}")
        groups.setdefault(heading, []).append((name, words(f"table_{name}")))
    chosen = table_of(view, release)
    field = Choice("table", words("table_choose"), chosen.name if chosen else "", [*groups.items()])
    return form(view, [field], words("table_choose_button"), words("table_choose"), keeps=False)


def cut_form(cut: Cut, view: View, words: Words) -> Component:
    """What of the table is shown, what runs down and across, and for each key its codes."""
    offered = collected(cut.release, cut.table.name, value_columns(cut.release, cut.table.name))
    levels = [(level, words(f"level_{level}")) for level in levels_of(cut.table, cut.release)]
    free = {key_of(level): level for level in (cut.down, cut.across) if level}
    fields: list[Field] = [
        Ticks(
            "show",
            words("table_show"),
            cut.names,
            [("", [(name, title(name, words)) for name in offered])],
        ),
        Choice("down", words("table_down"), cut.down, options(*levels)),
        Choice(
            "across", words("table_across"), cut.across,
            options(("", words("table_across_none")), *levels),
        ),
    ]  # fmt: skip
    for key in cut.table.keys:
        is_free = key in free
        fields.append(_several(cut, key, free[key], words) if is_free else _one(cut, key, words))
    return form(view, fields, words("table_build"), words("table_build_label"))


def _several(cut: Cut, key: str, level: str, words: Words) -> Ticks:
    """Boxes for the codes of a key that runs down or across: only those, or all but those."""
    only, without = dict(cut.query.only).get(key, ()), dict(cut.query.without).get(key, ())
    codes = members(cut.release, cut.table, level)
    name = words(f"level_{level}")
    shown = len(cut.codes_of(level))
    return Ticks(
        key,
        words("table_which", name=name),
        only or without,
        _grouped(cut.release, key, codes, words),
        summary=words("table_chosen", name=name, shown=shown, of=len(codes)),
        inverse=(EXCEPT, key, words("table_except")),
        is_inverted=bool(without),
    )


def _one(cut: Cut, key: str, words: Words) -> Choice:
    """The one code of a key that runs neither down nor across."""
    code = cut.query.fixed[key]
    if key == PERIOD:
        return Choice(key, words("dimension_period"), code, _periods(cut, words))
    codes = cut.release.codelists[key]
    total = ("", [("", named(codes, TOTAL, words))])
    of_levels = [
        group
        for axis in cut.table.axes
        for level in axis.levels
        if axis.dimension == key
        for group in _grouped(cut.release, key, members(cut.release, cut.table, level), words)
    ]
    return Choice(
        key, words(f"dimension_{key}"), "" if code == TOTAL else code, [total, *of_levels]
    )


def _periods(cut: Cut, words: Words) -> Groups:
    return [
        (
            words(f"level_{grain}"),
            [
                (c, words.period(c))
                for c in reversed(periods_of(cut.release, cut.table.name, grain))
            ],
        )
        for grain in grains_of(cut.release, cut.table.name)
    ]


def _grouped(release: Release, key: str, codes: Sequence[str], words: Words) -> Groups:
    if key == PERIOD:
        return [("", [(code, words.period(code)) for code in codes])]
    return grouped(release.codelists[key], codes, words)
