"""Where each word stands, and what a reader's words lead to.

A word counts for more the rarer it is, and in a name for more than in what is said of it. Words are
compared folded, so one index serves every language and alphabet at once.
"""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from data.codelists import Codelist
from data.folding import APOSTROPHES, folded
from layouts.finding.entries import Entry, Texts, entries
from layouts.finding.spelling import nearest

MOST_WORDS: Final = 8
SHORTEST_START: Final = 2
"""Fewer letters begin too many words."""
WORD: Final = re.compile(rf"[^\W_{APOSTROPHES}](?:[^\W_]|[{APOSTROPHES}](?=[^\W_]))*")

IN_NAME, IN_PARENT, IN_ABOUT = 1.0, 0.25, 0.2
"""What a word weighs by where it stands."""
BEGUN, MISSPELT = 0.7, 0.5
"""What is left of it when only the word's start was given, or the word with a mistake."""
WHOLE_NAME: Final = 10.0


@dataclass(frozen=True)
class Found:
    """What a search led to, best first; ``respelled`` is the query as it was understood where a
    word had to be corrected, else empty; ``missing`` are the words that nothing has."""

    entries: tuple[Entry, ...]
    respelled: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Word:
    """A word of the query: as it was written, and what it was taken for."""

    written: str
    tokens: tuple[str, ...]
    weight: float = 1.0


class Index:
    """An index over entries. Searching is pure: the same query finds the same."""

    def __init__(self, listed: Sequence[Entry]) -> None:
        self.entries = tuple(listed)
        self._weights: dict[str, dict[int, float]] = defaultdict(dict)
        self._written: dict[str, dict[str, str]] = defaultdict(dict)
        self._names = [{folded(name) for _, name in each.names} for each in listed]
        for number, entry in enumerate(listed):
            self._note(number, entry.names, IN_NAME)
            self._note(number, entry.parent, IN_PARENT)
            self._note(number, entry.about, IN_ABOUT)
        self._known = sorted(self._weights)

    def _note(self, number: int, texts: Texts, weight: float) -> None:
        for lang, text in texts:
            words = WORD.findall(text)
            for written in words:
                for token in folded(written).split():
                    own = weight / math.sqrt(len(words)) if weight == IN_NAME else weight
                    held = self._weights[token]
                    held[number] = max(own, held.get(number, 0.0))
                    self._written[token].setdefault(lang, written)

    def find(self, query: str, lang: str) -> Found:
        """The entries with most of the query's words, best first."""
        words = [self._understood(each) for each in WORD.findall(query)[:MOST_WORDS]]
        scores: dict[int, float] = defaultdict(float)
        matched: dict[int, int] = defaultdict(int)
        for word in words:
            for number, score in self._scores(word).items():
                scores[number] += score
                matched[number] += 1
        most = max(matched.values(), default=0)
        for number in self._called(folded(query)) & scores.keys():
            scores[number] += WHOLE_NAME
        best = (number for number in scores if matched[number] == most)
        ranked = sorted(best, key=lambda number: (-scores[number], number))
        return Found(
            tuple(self.entries[number] for number in ranked),
            self._respelled(words, lang),
            tuple(word.written for word in words if not word.tokens),
        )

    def _called(self, name: str) -> set[int]:
        """The entries that have this name in some language, word for word."""
        return {number for number, names in enumerate(self._names) if name in names}

    def _understood(self, written: str) -> _Word:
        """The word itself where it or one that begins so is known, else those spelled nearest."""
        token = folded(written)
        if not token or token in self._weights or next(self._begun(token), None):
            return _Word(written, (token,))
        return _Word(written, nearest(token, self._known), MISSPELT)

    def _begun(self, start: str) -> Iterator[str]:
        """The known words that begin so, itself not among them."""
        if len(start) < SHORTEST_START:
            return
        for number in range(bisect_left(self._known, start), len(self._known)):
            if not self._known[number].startswith(start):
                return
            if self._known[number] != start:
                yield self._known[number]

    def _scores(self, word: _Word) -> dict[int, float]:
        best: dict[int, float] = {}
        for token in word.tokens:
            for known, part in ((token, 1.0), *((each, BEGUN) for each in self._begun(token))):
                for number, weight in self._weights.get(known, {}).items():
                    best[number] = max(weight * part, best.get(number, 0.0))
        rarity = math.log(1 + len(self.entries) / max(len(best), 1))
        return {number: score * rarity * word.weight for number, score in best.items()}

    def _respelled(self, words: Iterable[_Word], lang: str) -> str:
        understood = list(words)
        if not any(word.tokens and word.weight == MISSPELT for word in understood):
            return ""
        return " ".join(
            self._as_written(word, lang) if word.weight == MISSPELT else word.written
            for word in understood
            if word.tokens
        )

    def _as_written(self, word: _Word, lang: str) -> str:
        """A corrected word as a language writes it in the letters of the reader's word."""
        spellings = [pair for token in word.tokens for pair in self._written[token].items()]
        alike = [pair for pair in spellings if _is_latin(pair[1]) == _is_latin(word.written)]
        known = alike or spellings
        return dict(reversed(known)).get(lang) or known[0][1]


def _is_latin(text: str) -> bool:
    return text[0].lower() <= "\N{LATIN SMALL LETTER Y WITH DIAERESIS}"


@lru_cache(maxsize=8)
def _index(codelists: tuple[Codelist, ...]) -> Index:
    return Index(entries({codes.dimension: codes for codes in codelists}))


def index_of(codelists: Mapping[str, Codelist]) -> Index:
    """The index over the pages and the codes of a release, made once."""
    return _index(tuple(codelists.values()))
