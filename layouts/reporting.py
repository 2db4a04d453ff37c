"""What a report of an error may hold: known to the form that asks and to what takes it in."""

from typing import Final

KINDS: Final = ("number", "words", "barrier", "other")
FAULTS: Final = ("incomplete", "many", "unkept")
LONGEST_PAGE: Final = 300
SHORTEST_TEXT: Final = 10
LONGEST_TEXT: Final = 2000
