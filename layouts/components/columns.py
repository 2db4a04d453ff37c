"""What a column of a table is called: an indicator by its name, a plain count by its measure's."""

from data.indicators import INDICATORS
from layouts.words import Words


def title(column: str, words: Words) -> str:
    """The full name of a column."""
    return words(f"indicator_{column}" if column in INDICATORS else f"measure_{column}")


def short(column: str, words: Words) -> str:
    """The name of a column for a narrow heading."""
    return words(f"indicator_{column}_short" if column in INDICATORS else f"measure_{column}")
