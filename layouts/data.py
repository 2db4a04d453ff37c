"""Everything that can be taken home: each file, and how to check and cite it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.analyses import ANALYSES
from data.manifest import FILE_NAME
from data.releases import Release
from data.reports import REPORTS
from layouts.components.aria import aria
from layouts.components.download import file_href, file_size, provenance
from layouts.components.ledger import is_whole, ledger_table
from layouts.components.link import file_link, link
from layouts.components.table import Column, Line, Table, table
from layouts.components.whole import is_small_enough, workbook_href
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

SUMS: Final = "SHA256SUMS"
CHECKER: Final = "check.py"
KINDS: Final = {"csv": "CSV", "parquet": "Parquet"}
"""How files that stand in several kinds are called, by the ending of their names."""


def layout(observe: Observer, view: View, words: Words) -> Component:
    """Tables, other files, how to verify, how to cite, the interface, and the ledger."""
    release = observe.release
    files, ledger = release.manifest.files, release.manifest.ledger
    tables = [name for name in files if _table_of(name) in release.manifest.tables]
    reported = [name for name in files if _table_of(name) in release.reports]
    others = [name for name in files if name not in {*tables, *reported}]
    return html.Article(
        [
            html.H1(words("data_finding", n=len(files), date=words.date(release.manifest.as_of))),
            html.P(words("data_lead"), className="lead"),
            provenance(release, view, words),
            html.H2(words("data_tables")),
            _files(release, words, sorted(tables), words("data_tables_caption")),
            *_reported(release, words, sorted(reported)),
            html.H2(words("data_others")),
            _files(release, words, sorted(others), words("data_others_caption")),
            *_verify(release, view, words),
            *_cite(release, view, words),
            *_interface(release, words),
            html.H2(words("pages_ledger")),
            html.P(words("data_ledger_lead" if is_whole(ledger) else "data_ledger_untold")),
            ledger_table(ledger, words),
        ],
        className="data",
    )


def _table_of(name: str) -> str:
    return name.partition(".")[0]


def _reported(release: Release, words: Words, names: Sequence[str]) -> list[Component]:
    """The reports, where the source has any."""
    if not names:
        return []
    heading = words("data_reported")
    return [html.H2(heading), _files(release, words, names, heading)]


def _files(release: Release, words: Words, names: Sequence[str], caption: str) -> Component:
    """A line for all files that hold the same: what it is, the ways to have it, and its rows."""
    corner = Column(words("data_contents"), is_number=False)
    columns = [Column(words("data_files"), is_number=False), Column(words("data_rows"))]
    lines = [_line(release, words, list(same)) for _, same in groupby(names, key=_table_of)]
    return table(Table(caption, corner, columns, lines, style="files"))


def _line(release: Release, words: Words, same: Sequence[str]) -> Line:
    name = html.Code(_table_of(same[0]), className="file-name")
    ways = html.Div(_ways(release, words, same), className="file-ways")
    return Line([_contents(release, words, same[0]), name], [ways, _rows(release, words, same)])


def _ways(release: Release, words: Words, same: Sequence[str]) -> list[Component]:
    """The files, and the workbook that is made where there is a CSV of a table."""
    stem = _table_of(same[0])
    ways: list[Component] = [html.Span(_file(release, words, name)) for name in same]
    if f"{stem}.csv" in same and is_small_enough(release, stem):
        ways.append(html.Span(file_link("XLSX", workbook_href(release, stem, words.lang))))
    return ways


def _file(release: Release, words: Words, name: str) -> list[str | Component]:
    called = KINDS.get(name.removeprefix(f"{_table_of(name)}."), name)
    size = html.Small(file_size(release, words, name))
    return [file_link(called, file_href(release, name)), " ", size]


def _rows(release: Release, words: Words, same: Sequence[str]) -> str:
    counts = [release.manifest.files[name].rows for name in same]
    return next((words.number(rows) for rows in counts if rows is not None), "")


def _contents(release: Release, words: Words, name: str) -> str:
    """What a file holds, in words."""
    stem = _table_of(name)
    if stem in release.manifest.tables:
        return words(f"table_{stem}")
    if stem.startswith("codelist_"):
        return words("data_codelist", name=words(f"dimension_{stem.removeprefix('codelist_')}"))
    if stem in REPORTS:
        return words(f"report_{stem}")
    if stem in ANALYSES:
        return words(f"analysis_{stem}")
    if (key := f"data_file_{name.replace('.', '_')}") in words:
        return words(key)
    return words("data_other", media_type=release.manifest.files[name].media_type)


def _verify(release: Release, view: View, words: Words) -> list[Component]:
    sums = file_link(SUMS, file_href(release, SUMS))
    return [
        html.H2(words("data_verify"), id="verify"),
        html.P([words("data_verify_text"), " ", sums]),
        html.Pre(html.Code(f"sha256sum --check {SUMS}")),
        _checksums(release, words),
        html.P(words("data_verify_manifest")),
        html.Pre(html.Code(f"sha256sum {FILE_NAME}   # {release.manifest.digest}")),
        *_checker(release, view, words),
    ]


def _checksums(release: Release, words: Words) -> Component:
    """The checksum of each file, as ``sha256sum`` writes them, for whoever looks for one."""
    files = sorted(release.manifest.files.items())
    sums = "\n".join(f"{record.sha256}  {name}" for name, record in files)
    shown = html.Pre(html.Code(sums), tabIndex="0", role="group", **aria(label=SUMS))
    return html.Details([html.Summary(words("data_checksum")), shown])


def _checker(release: Release, view: View, words: Words) -> list[Component]:
    """How the release is made to tell whether it protects people, where it can."""
    if CHECKER not in release.manifest.files:
        return []
    more = link(words("method_protection_link"), view.href(page="disclosure"))
    return [
        html.P(words("data_verify_checker")),
        html.Pre(html.Code(f"python {CHECKER}")),
        html.P(more),
    ]


def _cite(release: Release, view: View, words: Words) -> list[Component]:
    source = release.manifest.source
    title = source.titles.get(view.lang) or source.titles.get("en") or source.name
    cited = words(
        "data_citation", title=title, date=words.date(release.manifest.as_of), release=release.id
    )
    licence = words(
        "data_licence", licence=source.licence, attribution=source.attribution or source.name
    )
    return [html.H2(words("data_cite")), html.P(html.Q(cited)), html.P(licence)]


def _interface(release: Release, words: Words) -> list[Component]:
    """Ready addresses: the newest file under a name that never changes, and cells by query."""
    lines = (
        "/releases/latest/agencies.csv",
        file_href(release, "agencies.parquet"),
        file_href(release, FILE_NAME),
    )
    addresses = [html.Li(file_link(html.Code(line), line)) for line in lines]
    return [
        html.H2(words("data_interface")),
        html.P(words("data_interface_text")),
        html.Ul(addresses, className="downloads"),
    ]


PAGE: Final = Page("data", layout)
