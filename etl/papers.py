"""The papers of a release: what it is, on what terms it may be used, how it is cited and checked.

They hold no clock and no name of the release, which is made from their own hashes.
"""

import json
from collections.abc import Iterable
from typing import Final

from data.analyses import ANALYSES
from etl.stages import Derived

PRODUCT: Final = "Ochiq Murojaat"
DATA_LICENCE: Final = "CC-BY-4.0"
LICENCE_TEXT: Final = """\
The tables of this release are licensed under the Creative Commons Attribution 4.0 International
licence (CC BY 4.0): https://creativecommons.org/licenses/by/4.0/

You may copy, change and republish them for any purpose, if you name their origin and say what you
changed.
"""
GENERATED_NOTICE: Final = """\
**These data are generated.** No appeal, person or result in them is real. They show how the
product works and must not be used to judge any body. Every CSV says so in its last column, `data`.
"""


def title(derived: Derived) -> str:
    return derived.edition.source.titles.get("en") or derived.edition.source.name


def readme(derived: Derived) -> str:
    """README.md: contents, notice, meaning of a missing value, how to verify and cite."""
    edition = derived.edition
    rows = "\n".join(
        f"| `{name}` | {', '.join(table.dimensions)} | {', '.join(table.grains)} "
        f"| {table.dated_by} |"
        for name, table in derived.catalogue.items()
    )
    notice = f"{GENERATED_NOTICE}\n" if edition.source.generated else ""
    return _README.format(
        title=title(derived),
        notice=notice,
        first=edition.first_day.isoformat(),
        last=edition.as_of.isoformat(),
        rows=rows,
        analyses=_lines_of(derived.analyses),
        reports=_reports(edition.reports),
        threshold=derived.disclosure["threshold"],
        cite=_citation_line(derived),
    )


def _lines_of(analyses: Iterable[str]) -> str:
    lines = "\n".join(f"`{name}.csv` holds {ANALYSES[name].told}.  " for name in analyses)
    return f"\n## Worked out from the tables alone\n{lines}\n" if lines else ""


def _reports(names: Iterable[str]) -> str:
    listed = ", ".join(f"`{name}.csv`" for name in names)
    return f"{_REPORTED}{listed}.\n" if listed else ""


def _citation_line(derived: Derived) -> str:
    return f"{derived.edition.source.attribution}: {title(derived)}, as of {derived.edition.as_of}."


def licence(derived: Derived) -> str:
    source = derived.edition.source
    return (
        f"{LICENCE_TEXT}\nThe records that were counted: {source.attribution}; {source.licence}.\n"
    )


def citation(derived: Derived) -> str:
    """CITATION.cff; JSON strings are YAML strings, so no text can break it."""
    source, edition = derived.edition.source, derived.edition
    lines = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": title(derived),
        "version": edition.as_of.isoformat(),
        "license": DATA_LICENCE,
    }
    text = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items()
    )
    return f"{text}authors:\n  - name: {json.dumps(source.attribution, ensure_ascii=False)}\n"


_REPORTED: Final = """
## Reported by the bodies themselves
No appeal stands behind these figures; each row names who stated it and when, and an empty figure
was not reported: """
_README: Final = """\
# {title}

{notice}Appeals registered from {first} to {last}, counted and protected by {product}.

## Tables
Each is there as CSV and as Parquet, with the same rows.

| table | dimensions | periods | dated by |
|---|---|---|---|
{rows}

`codelist_<dimension>.csv` names every code; `codebook.csv` describes every column; `ledger.csv`
says where every row that was read went; `manifest.json` states the rules and the hash of each file.
`_T` is the total of a dimension. All combinations are there; a zero is a true zero.
{analyses}{reports}
## A missing value has a reason
The column `<name>_status` gives it: `Q` suppressed, because fewer than {threshold} persons or
appeals stand behind the number or behind what could be worked out with it · `N` too few to
tell · `O` not yet: it comes two months after the period's end · `R` not reached: longer than was
observed · `L` not collected by the source · `M` not applicable. With a value: `A` normal · `P`
provisional, it may still grow · `E` an estimate, whose error the codebook states.

## Check it
    sha256sum -c SHA256SUMS
The first eight characters of the SHA-256 of `manifest.json` are the end of the release's name.

## Cite it
{cite}
Licence: CC BY 4.0 (`LICENSE.txt`).
""".replace("{product}", PRODUCT)
