"""Back-dating: the appeals of a run as they stood on an earlier day, by what is known of it now.

A restatement keeps the day of the release that it restates. What has come in since is of later
days, and of the next release.
"""

from dataclasses import replace
from datetime import date

import polars as pl

from etl.disclosure.gate import DisclosureError
from etl.shelf import DONE_BY_THE_ANSWER, TOLD_BY_THE_ANSWER
from etl.stages import Staged


def backdated(staged: Staged, day: date) -> Staged:
    """The staged appeals as of a day; in place.

    Raises ``DisclosureError`` when the run's data end before that day.
    """
    edition = staged.edition
    if edition.as_of < day:
        raise DisclosureError(
            "Restatement",
            f"the data are of {edition.as_of}, the release that is restated is of {day}.",
            f"Give a source that reaches {day}.",
        )
    after = 0
    for path in staged.months():
        appeals = pl.read_parquet(path)
        seen = appeals.filter(pl.col("registered") <= day)
        after += appeals.height - seen.height
        _unanswered_since(seen, day).write_parquet(path, compression="lz4")
        if seen.is_empty():
            path.unlink()
    ledger = replace(edition.ledger, accepted=edition.ledger.accepted - after, after=after)
    return replace(staged, edition=replace(edition, as_of=day, ledger=ledger))


def _unanswered_since(appeals: pl.DataFrame, day: date) -> pl.DataFrame:
    """An answer that came after the day is not there yet."""
    is_there = (pl.col("answered") <= day).fill_null(value=False)
    told = [pl.when(is_there).then(name).alias(name) for name in TOLD_BY_THE_ANSWER]
    done = [(pl.col(name) & is_there).alias(name) for name in DONE_BY_THE_ANSWER]
    return appeals.with_columns(*told, *done, pl.lit(day).alias("as_of"))
