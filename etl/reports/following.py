"""What a release published of a report stays in every later one: whoever has both would learn what
a small correction, or the part that is left out now, tells of the few between them."""

from collections.abc import Iterator, Mapping

import polars as pl

from data.errors import SourceError
from data.reports import REPORTS, Report
from etl.past import Past

REMEDY = (
    "Put back what was published; a correction by {threshold} persons or more may be made with a "
    "restatement (python -m etl restate)."
)


def check_follows(reports: Mapping[str, pl.DataFrame], past: Past | None, threshold: int) -> None:
    """Raises ``SourceError`` when a published count of persons would change or disappear; in a
    restatement, when it would change by fewer than ``threshold``."""
    for name, before in (past.release.reports if past else {}).items():
        assert past is not None  # noqa: S101 (narrows the type; without a past there is no report)
        wrong = _changed(REPORTS[name], before, reports.get(name), past, threshold)
        if wrong:
            raise SourceError(
                f"Report '{name}'",
                f"{wrong} counts of persons that release {past.release.id} published would change "
                "or disappear.",
                REMEDY.format(threshold=threshold),
            )


def _changed(
    report: Report, before: pl.DataFrame, now: pl.DataFrame | None, past: Past, threshold: int
) -> int:
    """How many published counts of persons are others now."""
    now = before.clear() if now is None else now
    names = [figure.name for figure in report.personal]
    joined = before.select(*report.key_names, *names).join(
        now.select(*report.key_names, *names), on=report.key_names, how="left", suffix="__now"
    )
    return int(joined.select(_counted(names, past, threshold)).sum_horizontal().sum() or 0)


def _counted(names: list[str], past: Past, threshold: int) -> Iterator[pl.Expr]:
    for name in names:
        was, now = pl.col(name), pl.col(f"{name}__now")
        differs = was.is_not_null() & was.ne_missing(now)
        few = (was - now).abs().is_between(1, threshold - 1).fill_null(value=False)
        yield (few if past.restated else differs).cast(pl.Int64).sum().alias(name)
