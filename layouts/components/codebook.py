"""What the numbers of a file mean, in the reader's language, from their declarations alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from data.dimensions import TOTAL
from data.indicators import INDICATORS, Input
from data.statuses import BY_GRAVITY
from layouts.components.columns import short, title
from layouts.components.formula import formula_text
from layouts.words import Words


@dataclass(frozen=True)
class Entry:
    """One number: its name in files, over a column and in full, and what is to know of it."""

    name: str
    short: str
    title: str
    unit: str
    meaning: str
    formula: str
    caution: str
    source: str
    owner: str


def entries_of(names: Iterable[str], words: Words) -> tuple[Entry, ...]:
    """The entries of indicators and of plain counts, in the order given."""
    return tuple(_entry(name, words) for name in names)


def _entry(name: str, words: Words) -> Entry:
    declared = INDICATORS.get(name)
    if declared is None:
        counted = words("number_counted", what=words(f"measure_{name}"))
        called = short(name, words), title(name, words)
        return Entry(name, *called, words("unit_count"), counted, "", "", "", "")
    told = f"indicator_{declared.told_by}"
    return Entry(
        name,
        short(name, words),
        title(name, words),
        words(f"unit_{declared.unit}"),
        words(f"{told}_meaning"),
        formula_text(
            declared.formula,
            {each.column: _named(each, words) for each in declared.reads}.__getitem__,
        ),
        words(f"{told}_caution"),
        translated("source", declared.source, words),
        translated("owner", declared.owner, words),
    )


def _named(read: Input, words: Words) -> str:
    """An input by its measure; where it is read at another code, with the code as files have it."""
    text = words(f"measure_{read.measure}")
    if read.code == TOTAL:
        text = words("indicator_page_total", name=text)
    elif read.code:
        text = words("indicator_page_at", name=text, code=read.code)
    return f"[{text}]"


def translated(kind: str, declared: str, words: Words) -> str:
    """The reader's words for what a declaration says in English, where there are any."""
    key = f"{kind}_{re.sub(r'[^a-z0-9]+', '_', declared.lower())}"
    return words(key) if key in words else declared


def statuses(words: Words) -> tuple[tuple[str, str, str, str], ...]:
    """Every status: its code, the sign of it on the site, its word and its meaning."""
    return tuple(
        (each.code, each.sign, words(each.word), words(f"{each.word}_meaning"))
        for each in BY_GRAVITY
    )
