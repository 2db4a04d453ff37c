"""What a report of an error may hold: known to the form that asks and to what takes it in."""

from dataclasses import dataclass
from typing import Final

KINDS: Final = ("number", "words", "barrier", "other")
TRAP: Final = "homepage"
"""A field that people do not see; programs that fill in every field do."""
LONGEST_PAGE: Final = 300
SHORTEST_TEXT: Final = 10
LONGEST_TEXT: Final = 2000


@dataclass(frozen=True)
class Draft:
    """A report that was not kept: what its reader gave, and why it was not.

    ``found`` names what in it looks like a number of a person, as ``data.personal`` does.
    """

    page: str
    kind: str
    text: str
    fault: str
    found: tuple[str, ...] = ()
