"""All of a view in one file, for whoever writes about it: numbers, pictures, what they mean, how
they were made, how they are cited, and what may not be concluded from them.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace
from io import BytesIO
from typing import Final

from dash.development.base_component import Component

from api import books, pictures, shown
from api.books import OF_ENTRY
from api.taken import Taken, take_all
from data.errors import UnknownFileError
from data.releases import ReleaseStore
from layouts.components.citing import FILE, citation
from layouts.components.codebook import Entry, entries_of, statuses
from layouts.components.headline import Headline, cautions_of, headline_of, headlines
from layouts.site import Site
from layouts.view import View

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a pack, so that equal contents are equal bytes."""
READABLE: Final = 0o644 << 16


def as_pack(site: Site, view: View) -> bytes:
    """The pack of a view; refused for a page that has no chart and no table."""
    main, every = take_all(site, view)
    every = [*_headlines(main, every), *every]
    if not every:
        raise UnknownFileError("Nothing there", "This page has no numbers.", "See another page.")
    return zipped(sorted(_files(site, main, every)))


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """The files in their order, with no word of when and where they were packed."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            told = zipfile.ZipInfo(name, EPOCH)
            told.external_attr, told.compress_type = READABLE, zipfile.ZIP_DEFLATED
            archive.writestr(told, data)
    return content.getvalue()


def _headlines(main: Component, every: Sequence[Taken]) -> Iterator[Taken]:
    """The numbers of the page's cards, which stand in no table."""
    if every and (exhibit := headlines(main, every[0].words)) is not None:
        yield replace(every[0], exhibit=exhibit)


def _files(site: Site, main: Component, every: Sequence[Taken]) -> Iterator[tuple[str, bytes]]:
    first, headline = every[0], headline_of(main)
    entries = _entries(every)
    for number, taken in enumerate(every, 1):
        yield from _of_exhibit(f"{number:02}-{taken.exhibit.name}", taken)
    yield "tables.xlsx", books.as_one(every)
    yield "codebook.csv", _codebook(entries, first)
    yield "method.txt", _text(_method(entries, first))
    yield "not-to-be-concluded.txt", _text(_cautions(entries, main, first))
    yield "README.txt", _text(_readme(headline, every))
    cited = citation(first.release, first.view, first.words, headline, site.origin)
    yield "citation.txt", _text([cited.sentence(first.words)])
    yield "citation.bib", cited.bibtex().encode()
    yield from _of_release(site.store, first)


def _of_exhibit(name: str, taken: Taken) -> Iterator[tuple[str, bytes]]:
    yield f"{name}.csv", shown.as_csv(taken)
    if taken.exhibit.drawing is not None:
        yield f"{name}.svg", pictures.as_svg(taken)
        yield f"{name}.png", pictures.as_png(taken)


def _of_release(store: ReleaseStore, taken: Taken) -> Iterator[tuple[str, bytes]]:
    """The papers of the release, as they are."""
    for name in (FILE, "LICENSE.txt"):
        if name in taken.release.manifest.files:
            yield name, store.content(taken.release.id, name)


def _entries(every: Sequence[Taken]) -> tuple[Entry, ...]:
    names = dict.fromkeys(name for taken in every for name in taken.exhibit.indicators)
    return entries_of(names, every[0].words)


def _codebook(entries: Sequence[Entry], first: Taken) -> bytes:
    headings = [first.words(each) for each in OF_ENTRY]
    return shown.csv_of([headings, *map(list, map(astuple, entries))])


def _method(entries: Sequence[Entry], first: Taken) -> Iterator[str]:
    """How each number is made and who answers for it; what the signs mean; where more is told."""
    words = first.words
    for entry in entries:
        yield f"{entry.title} ({entry.name})"
        yield entry.meaning
        if entry.formula:
            yield f"{words('indicator_page_formula')}: {entry.formula}"
            yield f"{words('indicator_page_source')}: {entry.source}. {entry.owner}."
        yield ""
    yield words("status_key_title")
    yield from (f"{code}  {word}: {meaning}" for code, _sign, word, meaning in statuses(words))
    yield ""
    yield f"{first.origin}{first.view.href(page='method', code='')}"


def _cautions(entries: Sequence[Entry], main: Component, first: Taken) -> Iterator[str]:
    """What the page and the method say that does not follow from the numbers."""
    yield from first.marks
    said = [*cautions_of(main), *(entry.caution for entry in entries)]
    yield from (f"- {each}" for each in dict.fromkeys(filter(None, said)))


def _readme(headline: Headline, every: Sequence[Taken]) -> Iterator[str]:
    first = every[0]
    yield headline.title
    yield headline.lead
    yield ""
    yield from first.marks
    yield from first.sources
    yield ""
    yield from (
        f"{number:02}-{taken.exhibit.name}: {taken.title}" for number, taken in enumerate(every, 1)
    )
    yield ""
    yield first.words("taken_pack_files")


def _text(lines: Iterator[str] | Sequence[str]) -> bytes:
    return ("\n".join(lines).strip() + "\n").encode()
