"""What in a text looks like a number that belongs to one person, so that it can be taken out.

Patterns find forms, not persons: better one word too many than a passport in a file.
"""

import re
from collections.abc import Mapping
from typing import Final

PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    "e-mail": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "passport": re.compile(r"(?<![^\W\d_])[^\W\d_]{2}\s?(?:№|N)?\s?\d{7}(?!\d)"),
    "card": re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?!\d)"),
    "personal number": re.compile(r"(?<!\d)\d{14}(?!\d)"),
    "phone": re.compile(r"(?<!\w)(?:\+|00)?\(?\d(?:[\s().-]{0,2}\d){8,14}(?!\d)"),
    "short phone": re.compile(r"(?<!\w)\d{3}[ -]\d{2}[ -]\d{2}(?!\d)"),
}
"""In this order, since a longer number holds shorter ones."""
MASK: Final = "[…]"
IDENTIFYING: Final = ("passport", "card", "personal number")
"""What has no place in a text that is meant for everyone; an office may give its phone."""


def found(text: str, names: tuple[str, ...] = tuple(PATTERNS)) -> tuple[str, ...]:
    """The names of the patterns that a text holds."""
    return tuple(name for name in names if PATTERNS[name].search(text))


def masked(text: str) -> str:
    """The text with a mask in place of whatever matches."""
    for pattern in PATTERNS.values():
        text = pattern.sub(MASK, text)
    return text
