"""Where every row of the source went, as a table that adds up."""

from dash import html
from dash.development.base_component import Component

from data.manifest import Ledger
from layouts.components.table import Column, Line, Table, table
from layouts.words import Words


def ledger_table(ledger: Ledger, words: Words) -> Component:
    """Read, accepted, duplicates, quarantined by the rule that was broken, late and withdrawn."""
    lines = [
        Line(words("pages_ledger_accepted"), [words.number(ledger.accepted)]),
        Line(words("pages_ledger_duplicates"), [words.number(ledger.duplicates)]),
        *(_held(rule, count, words) for rule, count in sorted(ledger.quarantined.items())),
    ]
    if ledger.late:
        lines.append(Line(words("pages_ledger_late"), [words.number(ledger.late)]))
    if ledger.after:
        lines.append(Line(words("pages_ledger_after"), [words.number(ledger.after)]))
    total = [Line(words("pages_ledger_read"), [words.number(ledger.read)], "total")]
    if ledger.withdrawn:
        total.append(Line(words("pages_ledger_withdrawn"), [words.number(ledger.withdrawn)]))
    numbers = Table(
        words("pages_ledger_caption"),
        Column(words("pages_ledger_where"), is_number=False),
        [Column(words("data_rows"))],
        lines,
        total,
        style="narrow",
    )
    return table(numbers)


def _held(rule: str, count: int, words: Words) -> Line:
    header = [words("pages_ledger_held"), " ", html.Code(rule), " ", _meaning(rule, words)]
    return Line(header, [words.number(count)])


def _meaning(rule: str, words: Words) -> str:
    key = f"rule_{rule}"
    return f"({words(key)})" if key in words else ""
