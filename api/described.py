"""What can be asked, generated from the declarations and from what a release holds."""

from dataclasses import asdict
from typing import Any

from data.datasets import Table
from data.indicators import INDICATORS, Indicator
from data.manifest import TableRecord
from data.observe import STATUS_SUFFIX
from data.releases import Release, ReleaseStore, read_manifest
from data.statements import FILES
from layouts.words import Words


def releases(store: ReleaseStore) -> dict[str, Any]:
    """The releases, newest first."""
    return {
        "current": store.current().id,
        "releases": [release_line(store, release_id) for release_id in store.ids()],
        "withdrawn": {name: asdict(each) for name, each in store.withdrawals().items()},
    }


def release_line(store: ReleaseStore, release_id: str) -> dict[str, Any]:
    """One release in a list."""
    described = read_manifest(store.path(release_id))
    return {
        "id": release_id,
        "first_day": described.first_day,
        "as_of": described.as_of,
        "source": described.source.titles,
        "generated": described.source.generated,
        "licence": described.source.licence,
        "withdrawn": release_id in store.withdrawals(),
        "manifest": f"/releases/{release_id}/manifest.json",
    }


def catalog(release: Release) -> dict[str, Any]:
    """The tables of a release by name."""
    return {
        "release": release.id,
        "tables": [table_line(release, record) for record in release.manifest.tables.values()],
        "reports": list(release.reports),
        "statements": [f"/api/v1/{name.removesuffix('.json')}" for name in FILES.values()],
        "codelists": {
            name: f"/releases/{release.id}/codelist_{name}.csv" for name in release.codelists
        },
    }


def table_line(release: Release, record: TableRecord) -> dict[str, Any]:
    """One table: how it can be asked and where it is whole."""
    table = record.table
    return {
        "dataset": record.dataset,
        "table": table.name,
        "rows": record.rows,
        "dated_by": table.dated_by,
        "by": [*table.grains, *(level for axis in table.axes for level in axis.levels)],
        "where": list(table.keys),
        "columns": value_columns(release, table),
        "files": [f"/releases/{release.id}/{table.name}.{form}" for form in ("csv", "parquet")],
    }


def value_columns(release: Release, table: Table) -> list[str]:
    """The columns of a table that hold values: measures and indicators."""
    columns = release.tables[table.name].columns
    return [name for name in columns if f"{name}{STATUS_SUFFIX}" in columns]


def indicators(words: Words) -> dict[str, Any]:
    """The indicators as declared."""
    return {
        "language": words.lang,
        "indicators": [indicator_line(each, words) for each in INDICATORS.values()],
    }


def indicator_line(indicator: Indicator, words: Words) -> dict[str, Any]:
    """One indicator: its words, formula and who answers for it."""
    return {
        "name": indicator.name,
        "title": words(f"indicator_{indicator.name}"),
        "meaning": words(f"indicator_{indicator.told_by}_meaning"),
        "caution": words(f"indicator_{indicator.told_by}_caution"),
        "formula": str(indicator.formula),
        "inputs": list(indicator.inputs),
        "base": indicator.base,
        "limit_of": indicator.limit_of,
        "unit": indicator.unit,
        "better": indicator.better,
        "decimals": indicator.decimals,
        "source": indicator.source,
        "owner": indicator.owner,
        "reviewed": indicator.reviewed.isoformat(),
        "next_review": indicator.next_review.isoformat(),
    }
