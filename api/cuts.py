"""A table laid out by a reader, as a file: the cells of the page, in the order of the page."""

import csv
import re
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Final

from werkzeug.datastructures import MultiDict

from api.asked import CATALOGUE, choice
from api.tables import harmless_text, marks_of
from data.codelists import LANGUAGES
from data.errors import QueryError
from data.observe import STATUS_SUFFIX, observer
from data.releases import Release
from layouts.components.crosstab import Crosstab, crosstab
from layouts.components.cut import PERIOD, Cut, bound, cut_of, key_of
from layouts.sitemap import RELEASE_KEY, SITEMAP
from layouts.view import View, tidy
from layouts.words import Words

PAGE: Final = "table"
KNOWN: Final = frozenset({*SITEMAP[PAGE].keys, RELEASE_KEY, "lang"})


def answered(arguments: MultiDict[str, str], release: Release, words: Mapping[str, Words]) -> bytes:
    """A line with the name to save it by, then the file."""
    lang = choice(arguments.to_dict(), "lang", LANGUAGES, "en")
    cut = asked_cut(arguments, release, lang)
    found = crosstab(observer(lambda _id: release)(bound(cut)), cut.down, cut.across)
    return f"{file_name(cut)}\n".encode() + as_csv(cut, found, words[lang]).encode("utf-8-sig")


def asked_cut(arguments: MultiDict[str, str], release: Release, lang: str) -> Cut:
    """The cut that the address means; ``QueryError`` for what has no meaning."""
    for name in arguments:
        if name not in KNOWN:
            raise QueryError("Unknown parameter", f"'{name[:40]}' has no meaning.", CATALOGUE)
    if arguments.get("table", "") not in {"", *release.manifest.tables}:
        raise QueryError("Unknown table", "The release has no such table.", CATALOGUE)
    state = tidy(PAGE, arguments.items(multi=True))
    cut = cut_of(View(lang, PAGE, state=state, release_id=release.id), release)
    if cut is None:
        raise QueryError("Nothing to show", "Nothing is collected in this table.", CATALOGUE)
    return cut


def as_csv(cut: Cut, found: Crosstab, words: Words) -> str:
    """A line for each row of the table: its code and name, the codes that all share, the cells, and
    the release, with a word where its data are generated."""
    written = StringIO()
    lines = csv.writer(written, lineterminator="\n")
    fixed, marks = dict(cut.query.where), marks_of(cut.release)
    heads = [head for code in cut.across_codes for head in _heads(code, cut)]
    lines.writerow([*_key_names(cut), *fixed, *heads, *marks])
    for code in cut.down_codes:
        cells = [part for each in cut.across_codes for part in _cells(found, code, each)]
        keys = _keys(cut, found, code, words)
        lines.writerow([*keys, *fixed.values(), *cells, *marks.values()])
    return written.getvalue()


def _key_names(cut: Cut) -> list[str]:
    key = key_of(cut.down)
    return [key] if key == PERIOD else [key, f"{key}_name"]


def _keys(cut: Cut, found: Crosstab, code: str, words: Words) -> list[str]:
    if key_of(cut.down) == PERIOD:
        return [code]
    return [code, harmless_text(found.name(cut.down, code, words))]


def _heads(across: str, cut: Cut) -> Iterable[str]:
    for name in cut.names:
        head = f"{across} {name}".strip()
        yield head
        yield f"{head}{STATUS_SUFFIX}"


def _cells(found: Crosstab, down: str, across: str) -> Iterable[str]:
    for reading in found.readings(down, across):
        yield "" if reading.value is None else str(reading.value)
        yield reading.status.code


def file_name(cut: Cut) -> str:
    """A name that says what was asked and of which release."""
    parts = [cut.table.name, *cut.names[:3], cut.down, cut.across]
    parts += [f"{key}-{code}" for key, code in cut.query.where]
    told = re.sub(r"[^A-Za-z0-9_-]", "", "_".join(part for part in parts if part))[:90]
    return f"ochiq-murojaat_{told}_{cut.release.id}.csv"
