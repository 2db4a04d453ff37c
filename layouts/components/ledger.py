"""Where every row of the source went, as a table that adds up."""

from dash import html
from dash.development.base_component import Component

from data.manifest import Ledger
from layouts.components.table import Column, Line, Table, table
from layouts.words import Words


def ledger_table(ledger: Ledger, words: Words) -> Component:
    """Read, accepted, duplicates, quarantined by the rule that was broken; and what there is
    besides, of which it is not told how much."""
    lines = [
        Line(words("pages_ledger_accepted"), [told(ledger.accepted, words)]),
        Line(words("pages_ledger_duplicates"), [words.number(ledger.duplicates)]),
        *(_held(rule, count, words) for rule, count in sorted(ledger.quarantined.items())),
    ]
    outside = {"late": ledger.late, "after": ledger.after, "withdrawn": ledger.withdrawn}
    lines += [
        Line(words(f"pages_ledger_{name}"), [told(rows, words)])
        for name, rows in outside.items()
        if rows != 0
    ]
    total = [Line(words("pages_ledger_read"), [told(ledger.read, words)], "total")]
    numbers = Table(
        words("pages_ledger_caption"),
        Column(words("pages_ledger_where"), is_number=False),
        [Column(words("data_rows"))],
        lines,
        total,
        style="narrow",
    )
    return table(numbers)


def is_whole(ledger: Ledger) -> bool:
    """True where every number is told."""
    outside = (ledger.late, ledger.after, ledger.withdrawn)
    return None not in (ledger.read, ledger.accepted, *outside)


def told(rows: int | None, words: Words) -> str:
    """A number of rows, or that it is not told."""
    return words("pages_ledger_untold") if rows is None else words.number(rows)


def _held(rule: str, count: int, words: Words) -> Line:
    header = [words("pages_ledger_held"), " ", html.Code(rule), " ", _meaning(rule, words)]
    return Line(header, [words.number(count)])


def _meaning(rule: str, words: Words) -> str:
    key = f"rule_{rule}"
    return f"({words(key)})" if key in words else ""
