"""Everything that can be taken home: each file with its checksum, and how to check and cite it."""

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.analyses import ANALYSES
from data.manifest import FILE_NAME, FileRecord
from data.releases import Release
from data.reports import REPORTS
from layouts.components.download import file_href, provenance, size
from layouts.components.ledger import ledger_table
from layouts.components.link import file_link, link
from layouts.components.table import Column, Line, Table, table
from layouts.components.whole import is_small_enough, workbook_href
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

SUMS: Final = "SHA256SUMS"
CHECKER: Final = "check.py"


def layout(observe: Observer, view: View, words: Words) -> Component:
    """Tables, other files, how to verify, how to cite, the interface, and the ledger."""
    release = observe.release
    files = release.manifest.files
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
            html.P(words("data_ledger_lead")),
            ledger_table(release.manifest.ledger, words),
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
    records = release.manifest.files
    columns = [
        Column(words("data_contents"), is_number=False),
        Column(words("data_rows")),
        Column(words("data_size")),
        Column(words("data_checksum"), is_number=False),
    ]
    lines = [
        Line(_ways(release, words, name), _about(release, words, name, records[name]))
        for name in names
    ]
    corner = Column(words("data_file"), is_number=False)
    return table(Table(caption, corner, columns, lines, style="files"))


def _ways(release: Release, words: Words, name: str) -> list[str | Component]:
    """The file, and beside the CSV of a table the workbook that is made of it."""
    way: list[str | Component] = [file_link(name, file_href(release, name))]
    table = _table_of(name)
    if name.endswith(".csv") and is_small_enough(release, table):
        way += [" · ", file_link("XLSX", workbook_href(release, table, words.lang))]
    return way


def _about(release: Release, words: Words, name: str, record: FileRecord) -> list[str | Component]:
    stem = _table_of(name)
    if stem in release.manifest.tables:
        contents = words(f"table_{stem}")
    elif stem.startswith("codelist_"):
        contents = words("data_codelist", name=words(f"dimension_{stem.removeprefix('codelist_')}"))
    elif stem in REPORTS:
        contents = words(f"report_{stem}")
    elif stem in ANALYSES:
        contents = words(f"analysis_{stem}")
    elif (key := f"data_file_{name.replace('.', '_')}") in words:
        contents = words(key)
    else:
        contents = words("data_other", media_type=record.media_type)
    rows = "" if record.rows is None else words.number(record.rows)
    digest = html.Code(record.sha256, className="digest")
    return [contents, rows, size(words, record.bytes), digest]


def _verify(release: Release, view: View, words: Words) -> list[Component]:
    sums = file_link(SUMS, file_href(release, SUMS))
    return [
        html.H2(words("data_verify"), id="verify"),
        html.P([words("data_verify_text"), " ", sums]),
        html.Pre(html.Code(f"sha256sum --check {SUMS}")),
        html.P(words("data_verify_manifest")),
        html.Pre(html.Code(f"sha256sum {FILE_NAME}   # {release.manifest.digest}")),
        *_checker(release, view, words),
    ]


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
