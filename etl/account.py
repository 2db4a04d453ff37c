"""Account: where every row of a source went, and what of it is told in the release.

What the rows add up to would be one equation more: beside the shown months it tells a hidden one,
and how many came late tells by how much a restatement changes the counts that it hides.
"""

import polars as pl

from data.manifest import Ledger
from data.measures import RECEIVED
from data.periods import PATTERNS
from etl.maturity import periods
from etl.stages import Edition


def as_told(edition: Edition, national: pl.DataFrame, threshold: int) -> Ledger:
    """The ledger of a release, of which ``national`` counts the appeals of the country."""
    account = edition.ledger
    outside = (account.late, account.withdrawn, account.after)
    is_told = _is_told(edition, national, threshold)
    return Ledger(
        account.read if is_told and not any(outside) else None,
        account.counted if is_told else None,
        account.duplicates,
        dict(account.quarantined),
        *(None if rows else 0 for rows in outside),
    )


def _is_told(edition: Edition, national: pl.DataFrame, threshold: int) -> bool:
    """Whether every month that has ended is shown, and nobody or enough wrote since."""
    shown = national.filter(pl.col(RECEIVED.name).is_not_null())
    months = shown.filter(pl.col("period").str.contains(PATTERNS["month"]))
    since = edition.ledger.counted - months[RECEIVED.name].sum()
    is_whole = shown.height == national.height
    return (
        is_whole
        and {*periods(edition, "month")} <= {*months["period"]}
        and (since == 0 or since >= threshold)
    )
