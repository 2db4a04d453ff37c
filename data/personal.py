"""What in a text looks like a number or an address that belongs to one person.

Patterns find forms, not persons. Each is bounded, so that no text makes it slow.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_CAPITALS: Final = "A-ZА-ЯЁЎҚҒҲ"
PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    "email": re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    "account": re.compile(r"(?<![\w.+-])@[A-Za-z]\w{4,31}(?!\w)|\bt\.me/\w{5,32}"),
    "passport": re.compile(
        rf"(?<![^\W\d_])(?:[{_CAPITALS}]{{2}}\s?(?:№|N)?\s?|[^\W\d_]{{2}})\d{{7}}(?!\d)"
    ),
    "card": re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?!\d)"),
    "personal_number": re.compile(r"(?<!\d)\d{14}(?!\d)"),
    "phone": re.compile(
        r"(?<!\w)(?:\+|00|(?=998))\d(?:[\s().-]{0,2}\d){8,14}(?!\w)"  # with the country's code
        r"|(?<![\w.-])(?:8[\s-]?)?\(?\d{2,3}\)?[\s.-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2}(?!\w)"
        r"|(?<!\w)\d{3}[ -]\d{2}[ -]\d{2}(?!\w)"
    ),
}
IDENTIFYING: Final = ("passport", "card", "personal_number")
"""What has no place in a text that is meant for everyone; an office may give its phone."""


def found(text: str, names: Iterable[str] = tuple(PATTERNS)) -> tuple[str, ...]:
    """The names of the patterns that a text holds."""
    return tuple(name for name in names if PATTERNS[name].search(text))
