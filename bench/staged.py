"""Many random staged appeals, made a column at a time, for benches of what follows intake."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from data.appeal import GENERALISED
from data.codelists import Codelist
from data.dimensions import GROUP_FLAGS, TOTAL
from etl.calendar import code, numbers_between
from etl.stages import Staged
from tests.sample import AS_OF, FLAG_SHARES, edition_of, reference_lists

FIRST_DAY = date(2017, 1, 1)
PERSONS_A_HUNDRED_APPEALS = 45


def staged(directory: Path, appeals: int, seed: int = 1) -> Staged:
    """Writes ``appeals`` over the months of the sample, with the skew that life has."""
    lists = reference_lists()
    months = numbers_between(FIRST_DAY, AS_OF, "month")
    shares = np.diff(np.linspace(0, appeals, len(months) + 1).astype(int))
    for number, rows in zip(months, shares.tolist(), strict=True):
        chance = np.random.default_rng([seed, number])
        persons = appeals * PERSONS_A_HUNDRED_APPEALS // 100
        frame = _month(chance, number, rows, persons, lists)
        name = pl.select(code(pl.lit(number), "month")).item()
        frame.write_parquet(directory / f"{name}.parquet", compression="lz4")
    return Staged(directory, edition_of(lists, appeals, FIRST_DAY, AS_OF))


def _month(
    chance: np.random.Generator,
    number: int,
    rows: int,
    persons: int,
    lists: dict[str, Codelist],
) -> pl.DataFrame:
    first = date(number // 12, number % 12 + 1, 1)
    last = min(AS_OF, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    registered = pl.Series([first]).dt.offset_by("0d").new_from_index(0, rows)
    offset = chance.integers(0, (last - first).days + 1, rows)
    days = chance.exponential(10, rows).astype(np.int32)
    # A person is a hash, and the same person writes again.
    person = chance.integers(0, persons, rows).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    frame = pl.DataFrame({"registered": registered, "offset": offset, "days": days}).with_columns(
        appeal=pl.int_range(rows, dtype=pl.UInt64) + (number << 32),
        registered=pl.col("registered") + pl.duration(days="offset"),
        person=pl.Series(person),
        person_when_answered=pl.Series(person),
        answer_print=pl.Series(chance.integers(0, rows, rows).astype(np.uint64)),
        answered_late=pl.lit(None, pl.Date),
        as_of=pl.lit(AS_OF),
    )
    frame = frame.with_columns(answered=pl.col("registered") + pl.duration(days="days"))
    is_late = (pl.col("answered") > AS_OF) | pl.Series(chance.random(rows) < 0.003)
    frame = frame.with_columns(
        answered=pl.when(~is_late).then("answered"),
        response_days=pl.when(~is_late).then("days"),
        due=pl.col("registered") + pl.duration(days=15),
        due_extended=pl.col("registered") + pl.duration(days=30),
        **_codes(chance, rows, lists),
        **_flags(chance, rows),
        satisfaction=pl.when(pl.Series(chance.random(rows) < 0.25)).then(
            pl.Series(chance.integers(1, 6, rows))
        ),
        hops=pl.Series(chance.integers(0, 4, rows)),
    )
    return frame.select(pl.col(name).cast(kind) for name, kind in GENERALISED.items())


def _codes(
    chance: np.random.Generator, rows: int, lists: dict[str, Codelist]
) -> dict[str, pl.Series]:
    found: dict[str, pl.Series] = {}
    for name, listed in lists.items():
        if name != "group":
            leaf = pl.Series(listed.at(listed.levels[-1]))
            chosen = leaf.gather((chance.random(rows) ** 3 * leaf.len()).astype(np.uint32))
            found[listed.levels[-1]] = chosen
            if len(listed.levels) > 1:
                parents = {code: listed[code].parent for code in leaf}
                parents = {code: up for code, up in parents.items() if up != TOTAL}
                found[listed.levels[0]] = chosen.replace_strict(parents, default=None)
    return found


def _flags(chance: np.random.Generator, rows: int) -> dict[str, pl.Series]:
    shares = {name: 0.1 for name, kind in GENERALISED.items() if kind is pl.Boolean}
    shares |= {flag: FLAG_SHARES[flag] for flag in GROUP_FLAGS} | {"asked": 0.6}
    return {name: pl.Series(chance.random(rows) < share) for name, share in shares.items()}
