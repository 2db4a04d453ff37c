"""The small index that a browser suggests from while a reader types: one a language and release."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from data.codelists import Codelist
from data.folding import LETTERS, SPELLINGS, folded
from layouts.finding.entries import Entry, entries
from layouts.sitemap import SITEMAP
from layouts.view import address

PATH: Final = "/suggestions"


@dataclass(frozen=True)
class Suggestions:
    """The index as it is sent, and the mark that its address carries so that it can be kept."""

    content: bytes
    mark: str


def suggestions_of(codelists: Mapping[str, Codelist], lang: str) -> Suggestions:
    """The index over a release with these code lists, made once a language."""
    return _suggestions(tuple(codelists.values()), lang)


@lru_cache(maxsize=16)
def _suggestions(codelists: tuple[Codelist, ...], lang: str) -> Suggestions:
    listed = entries({codes.dimension: codes for codes in codelists})
    told: dict[str, Any] = {
        "letters": LETTERS,
        "spellings": SPELLINGS,
        "entries": [_told(entry, lang) for entry in listed],
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Suggestions(text.encode(), sha256(text.encode()).hexdigest()[:12])


def _told(entry: Entry, lang: str) -> list[str]:
    """Title, what it belongs to, kind, address, and all its words folded."""
    path = SITEMAP[entry.page].path.format(code=entry.code)
    words = [token for _, name in entry.names for token in folded(name).split()]
    return [
        entry.title(lang),
        entry.within(lang),
        entry.kind,
        address(lang, path, ()) + entry.fragment,
        " ".join(dict.fromkeys(words)),
    ]


def suggestions_address(release_id: str, codelists: Mapping[str, Codelist], lang: str) -> str:
    """Where the index is; a changed index has another address."""
    return f"{PATH}/{release_id}/{lang}.json?m={suggestions_of(codelists, lang).mark}"
