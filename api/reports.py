"""Figures that bodies report themselves: which there are, and the rows of one as they are."""

from typing import Any, Final

import polars as pl
from werkzeug.datastructures import MultiDict

from data.errors import QueryError
from data.releases import Release
from data.reports import REPORTS, Key, Report
from layouts.words import Words

KNOWN: Final = frozenset({"name", "period", "release", "lang"})


def listed(release: Release, words: Words) -> dict[str, Any]:
    """The reports of a release, each with its words, columns and files."""
    return {
        "release": release.id,
        "language": words.lang,
        "reports": [_line(release, REPORTS[name], words) for name in release.reports],
    }


def _line(release: Release, report: Report, words: Words) -> dict[str, Any]:
    return {
        "name": report.name,
        "title": words(f"report_{report.name}"),
        "meaning": words(f"report_{report.name}_text"),
        "source": words(f"report_{report.name}_source"),
        "owner": words(f"owner_{report.owner}"),
        "reviewed": report.reviewed.isoformat(),
        "next_review": report.next_review.isoformat(),
        "keys": list(report.key_names),
        "figures": [
            {
                "name": each.name,
                "title": words(f"figure_{each.name}"),
                "unit": each.unit,
                "of_persons": each.personal,
            }
            for each in report.figures
        ],
        "rows": release.reports[report.name].height,
        "files": [f"/releases/{release.id}/{report.name}.{form}" for form in ("csv", "parquet")],
    }


def rows(release: Release, arguments: MultiDict[str, str], words: Words) -> dict[str, Any]:
    """The rows of the report ``name``, of one ``period`` where it is asked for."""
    report = _asked(release, arguments)
    frame = release.reports[report.name]
    period = arguments.get("period")
    if period is not None:
        frame = frame.filter(pl.col("period") == period)
    return {
        "release": release.id,
        "report": report.name,
        "generated": release.is_generated,
        "names": {key.name: _names(release, key, frame, words) for key in report.keys},
        "rows": frame.to_dicts(),
    }


def _asked(release: Release, arguments: MultiDict[str, str]) -> Report:
    name = arguments.get("name", "")
    if name not in release.reports:
        raise QueryError(
            "Unknown report",
            f"The release has no report '{name[:40]}'.",
            "See /api/v1/reports for what there is.",
        )
    strange = sorted(set(arguments) - KNOWN)
    if strange or ("period" in arguments and "period" not in REPORTS[name].key_names):
        told = strange[0] if strange else "period"
        raise QueryError(
            "Unknown parameter", f"'{told[:40]}' is not understood.", "Give name, period and lang."
        )
    return REPORTS[name]


def _names(release: Release, key: Key, frame: pl.DataFrame, words: Words) -> dict[str, str]:
    """What the codes of a key are called; nothing for days, periods and numbers."""
    codes = frame[key.name].unique(maintain_order=True)
    if key.dimension:
        return {code: words.name(release.codelists[key.dimension], code) for code in codes}
    return {code: words(f"choice_{key.name}_{code}") for code in codes if code in key.choices}
