"""Reports: figures that bodies state of themselves, read, judged and brought into an edition."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from data.errors import SourceError
from data.reports import PUBLIC_AT, REPORTS, SURVEYS, Report
from etl.mapping import Mapping as SourceMapping
from etl.mapping import ReportSection
from etl.references import load_codelists
from etl.registers import named_texts, open_register
from etl.reports.following import check_follows
from etl.reports.guarding import check_guarded
from etl.reports.keys import Lists
from etl.reports.refusal import refuse
from etl.reports.rows import typed
from etl.reports.surveying import survey_breaches

__all__ = ["check_follows", "read_reports"]


def read_reports(
    mapping: SourceMapping, location: str | None, threshold: int
) -> Mapping[str, pl.DataFrame]:
    """The reports that the mapping names, each with the columns of its declaration, sorted by keys.

    ``location`` overrides that of the appeals. Raises ``SourceError`` naming the row, the rule and
    the remedy, where a row is not sound or a count of persons is below ``threshold``.
    """
    lists = load_codelists(mapping)
    with TemporaryDirectory() as scratch:
        return {
            name: _checked(
                _texts(mapping, section, REPORTS[name], location, Path(scratch)),
                REPORTS[name],
                lists,
                threshold,
            )
            for name, section in mapping.reports.items()
        }


def _checked(texts: pl.DataFrame, report: Report, lists: Lists, threshold: int) -> pl.DataFrame:
    frame = typed(texts, report, lists)
    check_guarded(frame, report, lists, threshold)
    if report is SURVEYS:
        refuse(report, survey_breaches(frame))
    return frame.sort(report.key_names)


def _texts(
    mapping: SourceMapping,
    section: ReportSection,
    report: Report,
    location: str | None,
    scratch: Path,
) -> pl.DataFrame:
    """Every column of the report as text; figures and notes that the source does not have are
    empty."""
    reader = open_register(mapping, section, location, scratch)
    names = {name: section.columns.get(name, name) for name in report.schema}
    known = reader.names()
    absent = frozenset[str]() if known is None else _absent(report, names, known)
    asked = {name: column for name, column in names.items() if name not in absent}
    texts = named_texts(reader, asked, f"[reports.{report.name}]")
    return texts.with_columns(pl.lit(None, pl.String).alias(name) for name in sorted(absent))


def _absent(report: Report, names: Mapping[str, str], known: frozenset[str]) -> frozenset[str]:
    """The columns that the source does not have and need not have.

    Raises ``SourceError`` when it has one that the report does not: a figure whose name is
    misspelt would be taken for one that is not reported.
    """
    strange = sorted(known - set(names.values()))
    if strange:
        raise SourceError(
            f"Report '{report.name}'",
            f"it has a column '{strange[0][:40]}', which is none of {', '.join(names)}.",
            f"Name it in [reports.{report.name}.columns], or leave it out of the report.",
        )
    optional = {PUBLIC_AT, *report.notes, *(figure.name for figure in report.figures)}
    return frozenset(name for name in optional if names[name] not in known)
