"""What can be found: every page of the site and every code that has one, by all its names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from data.codelists import LANGUAGES, Codelist
from data.dimensions import TOTAL
from data.indicators import INDICATORS
from layouts.sitemap import SITEMAP
from layouts.terms import TERMS, anchor
from layouts.words import catalogue

INDICATOR: Final = "indicator"
PAGE: Final = "page"
TERM: Final = "term"
UNLISTED: Final = frozenset({"search", "number", "thanks"})
"""Pages that say nothing without a question."""
Texts = tuple[tuple[str, str], ...]
"""A text in several languages: pairs of language and text."""


@dataclass(frozen=True)
class Entry:
    """Something to find: its names, what else is said of it, the page, code and place in the page
    to open.

    ``parent`` is what it belongs to, to tell places of one name apart.
    """

    kind: str
    page: str
    code: str
    names: Texts
    about: Texts = ()
    parent: Texts = ()
    fragment: str = ""

    def title(self, lang: str) -> str:
        """The name in a language, else in the first that there is."""
        return _in(self.names, lang)

    def within(self, lang: str) -> str:
        """The name of what it belongs to; empty for what stands by itself."""
        return _in(self.parent, lang)


def _in(texts: Texts, lang: str) -> str:
    return dict(texts).get(lang) or next((text for _, text in texts if text), "")


def entries(codelists: Mapping[str, Codelist]) -> tuple[Entry, ...]:
    """Everything that can be found in a release with these code lists."""
    return (*_codes(codelists), *_indicators(), *_terms(), *_pages())


def _codes(codelists: Mapping[str, Codelist]) -> Iterator[Entry]:
    pages = {address.coded_by: name for name, address in SITEMAP.items() if address.coded_by}
    for kind, codes in codelists.items():
        if kind in pages:
            yield from (_of_code(codes, kind, pages[kind], each) for each in _codes_of(codes))


def _codes_of(codes: Codelist) -> Iterator[str]:
    return (each.code for each in codes.codes if each.code != TOTAL)


def _of_code(codes: Codelist, kind: str, page: str, code: str) -> Entry:
    return Entry(kind, page, code, codes[code].names, parent=_parent(codes, code))


def _parent(codes: Codelist, code: str) -> Texts:
    parent = codes[code].parent
    return codes[parent].names if parent in codes and parent != TOTAL else ()


def _indicators() -> Iterator[Entry]:
    for name in (each for each, declared in INDICATORS.items() if not declared.limit_of):
        about = _said(f"indicator_{name}_meaning")
        yield Entry(INDICATOR, INDICATOR, name, _said(f"indicator_{name}"), about)


def _terms() -> Iterator[Entry]:
    for term in TERMS:
        names, about = _said(term.key), _said(f"{term.key}_meaning")
        yield Entry(TERM, "glossary", "", names, about, fragment=f"#{anchor(term)}")


def _pages() -> Iterator[Entry]:
    for name, address in SITEMAP.items():
        if not address.coded_by and name not in UNLISTED:
            names, about = _said(f"page_{name}_title"), _said(f"page_{name}_description")
            yield Entry(PAGE, name, "", names, about)


def _said(key: str) -> Texts:
    """The words of a key in every language that has them."""
    return tuple((lang, str(text)) for lang in LANGUAGES if (text := catalogue(lang).get(key)))
