"""The codes that reports name, which a release has to name for people as those of its appeals."""

from collections.abc import Mapping

import polars as pl

from data.dimensions import TOTAL
from data.errors import SourceError
from data.reports import REPORTS
from etl.leaves import Leaves


def named_codes(
    reports: Mapping[str, pl.DataFrame], dimensions: Mapping[str, Leaves]
) -> dict[str, set[str]]:
    """By dimension the codes that stand in a report.

    Raises ``SourceError`` when the appeals are not told apart by such codes: the release would have
    no name for them.
    """
    found: dict[str, set[str]] = {}
    for name, frame in reports.items():
        for key in REPORTS[name].keys:
            if key.of == "code":
                codes = {*frame[key.name].unique()} - {TOTAL}
                if any(code not in dimensions[key.dimension].codelist for code in codes):
                    raise SourceError(
                        f"Report '{name}'",
                        f"'{key.name}' has codes at a level that the appeals do not have.",
                        f"Map the columns of {key.dimension} for the appeals too, or report at "
                        "their level.",
                    )
                found.setdefault(key.dimension, set()).update(codes)
    return found
