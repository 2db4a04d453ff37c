"""A made-up language: each message in brackets, with marks on its letters, and a third longer.

What stands outside brackets on a page did not come from the catalogue; what is wider than the
screen will be so in a language of long words.
"""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Final

from layouts.words import Message, Words

OPEN, CLOSE = "⟦", "⟧"
MARKED: Final = str.maketrans(
    "aeioucnsyzAEIOUCNSYZ", "áéíóúçñšýžÁÉÍÓÚÇÑŠÝŽ"
)  # letters that people know, so that the page can still be read
LONGER: Final = " łóñg"
"""Added for each fifteen letters: a third of the length."""
PLACE: Final = re.compile(r"(\{[^}]*\})")
DATE: Final = "date_pattern"
"""No words, but how to put a date together; quoted letters stand in it as they are."""
WORD: Final = re.compile(r"[^\W\d_]{3,}")
NAMED: Final = re.compile(
    r"[\w.-]+\.(csv|parquet|xlsx|json|md|py|txt)\b|\b(CSV|XLSX|Parquet|SVG|PNG|JSON|SHA256SUMS)\b"
    r"|(?<!\S)/\S+|\blex\.uz\b"
)
"""Files and their kinds, and addresses, are called the same in every language."""
NOT_FOR_PEOPLE: Final = frozenset({"script", "style", "code", "pre", "option"})
SPOKEN: Final = ("alt", "title", "placeholder", "aria-label", "aria-description")


class PseudoWords(Words):
    """The words of a language, spoilt."""

    def __init__(self, lang: str) -> None:
        super().__init__(lang)
        self._messages = {
            key: f"'{OPEN}'{message}'{CLOSE}'" if key == DATE else spoilt(message)
            for key, message in self._messages.items()
        }


def spoilt(message: Message) -> Message:
    """The message in brackets; places for values stay."""
    return _spoilt(message) if isinstance(message, str) else tuple(map(_spoilt, message))


def _spoilt(text: str) -> str:
    parts = PLACE.split(text)
    marked = [part if PLACE.fullmatch(part) else part.translate(MARKED) for part in parts]
    return f"{OPEN}{''.join(marked)}{LONGER * (len(text) // 15)}{CLOSE}"


class Spoken(HTMLParser):
    """Every text of a document that a person reads or hears."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value for name, value in attrs if name in SPOKEN and value]
        if tag in NOT_FOR_PEOPLE:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.texts.append(data)


def unbracketed(document: str, names: Iterable[str]) -> Iterator[str]:
    """The parts of texts with words in them that stand outside all brackets, and that are
    no ``names`` of the release."""
    known = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for text in Spoken(document).texts:
        outside = NAMED.sub("", known.sub("", "".join(_outside(text)))).strip()
        if WORD.search(outside):
            yield outside


def _outside(text: str) -> Iterator[str]:
    depth = 0
    for letter in text:
        depth += letter == OPEN
        if not depth:
            yield letter
        depth = max(depth - (letter == CLOSE), 0)
