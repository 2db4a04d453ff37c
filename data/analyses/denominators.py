"""Every share that one and the same data give for a claim: each event of each whole.

A claim such as "84 % satisfied" names neither what was counted nor what it is a share of. The file
has a row for each pair of which both counts are published, for the country.
"""

from dataclasses import dataclass
from typing import Final

from data.analyses.analysis import Analysis, Column
from data.dimensions import TOTAL
from data.outcomes import CLARIFIED, PASSED_ON, POSITIVE, REFUSED

NATIONAL: Final = "national"
OUTCOMES: Final = "outcomes"
CLOSING: Final = "outcomes_closing"
DECIMALS: Final = 2
"""Of a share, as the file has it; whether a claim comes within rounding is told from the counts."""

SATISFIED: Final = "satisfied"
NOT: Final = "not_"
"""Begins the name of an event that is the rest of its whole."""


@dataclass(frozen=True)
class Cell:
    """A published count of the country: a column of a table, at an outcome where it has those."""

    table: str
    column: str
    outcome: str = ""


WHOLES: Final = {
    "received": Cell(NATIONAL, "received"),
    "considered": Cell(CLOSING, "considered", TOTAL),
    "concluded": Cell(OUTCOMES, "concluded", TOTAL),
    "decided": Cell(OUTCOMES, "decided", TOTAL),
    "asked": Cell(NATIONAL, "asked"),
    "rated": Cell(NATIONAL, "rated"),
}
"""What can be 100 per cent. ``considered`` was answered in the period, whenever it came; what is
``concluded`` was received in the period and has been answered since."""

_OF_RECEIVED: Final = ("received", "concluded")
_OF_OUTCOMES: Final = (*_OF_RECEIVED, "considered")
EVENTS: Final = {
    SATISFIED: ("received", "concluded", "asked", "rated"),
    f"{NOT}{SATISFIED}": ("rated",),
    POSITIVE: (*_OF_OUTCOMES, "decided"),
    f"{NOT}{POSITIVE}": (*_OF_OUTCOMES, "decided"),
    CLARIFIED: _OF_OUTCOMES,
    REFUSED: (*_OF_OUTCOMES, "decided"),
    PASSED_ON: _OF_OUTCOMES,
    "open": ("received",),
}
"""What can be counted, and the wholes that it is a part of. Who is ``satisfied`` gave a good mark;
what is ``positive`` was decided so: the one is said of people, the other of answers."""

OVERLAPS: Final = _OF_RECEIVED
"""The wholes that hold both those who gave marks and the outcomes of their appeals."""

DENOMINATORS: Final = Analysis(
    "denominators",
    reads=(NATIONAL,),
    keys=("period", "event", "whole"),
    columns=(
        Column("period", "dimension", "code", "A published year or quarter.", holds="text"),
        Column("event", "dimension", "code", f"One of: {', '.join(EVENTS)}.", holds="text"),
        Column("whole", "dimension", "code", f"One of: {', '.join(WHOLES)}.", holds="text"),
        Column("part", "measure", "count", "How many of the whole it is.", holds="whole"),
        Column("base", "measure", "count", "How many the whole is.", holds="whole"),
        Column("share", "estimate", "percent", "The part in hundredths of the whole."),
        Column(
            "satisfied_least",
            "estimate",
            "count",
            "Of an outcome: how many of its appeals at the least have an applicant who gave a good "
            "mark, as the two counts alone tell.",
            holds="whole",
        ),
        Column(
            "satisfied_most",
            "estimate",
            "count",
            "The same at the most.",
            holds="whole",
        ),
    ),
    told="every share of the country that a quoted percentage may be, by what is counted and of "
    "what",
    settings={"decimals": DECIMALS, "overlaps": list(OVERLAPS)},
)
