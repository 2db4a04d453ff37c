"""Numbers of people: told of enough alone, as estimates, never more than there are appeals, and no
more exactly than they are known."""

from collections.abc import Iterator
from math import floor, log10

import polars as pl

from data.measures import MEASURES, Distinct
from data.statuses import ESTIMATED, PROVISIONAL
from etl.verify.opened import STATUS, Opened

TELLING = (ESTIMATED.code, PROVISIONAL.code)


def distinct_findings(release: Opened) -> Iterator[str]:
    """Judges every estimate of people by the release's own rules."""
    for name, frame in release.tables.items():
        for measure in release.table(name).measures:
            declared = MEASURES[measure]
            if isinstance(declared, Distinct):
                rules = release.manifest.rules["estimates"][declared.estimate]
                told = frame.filter(pl.col(measure).is_not_null())
                yield from _findings(f"{name}: {measure}", told, declared, rules)


def _findings(
    name: str, told: pl.DataFrame, declared: Distinct, rules: dict[str, int]
) -> Iterator[str]:
    value, base = told[declared.name], told[declared.base]
    if not told[f"{declared.name}{STATUS}"].is_in(TELLING).all():
        yield f"{name} is not marked as an estimate"
    if base.is_null().any() or (base < rules["from"]).any() or (value > base).any():
        yield f"{name} is told of too few appeals, or of more people than appeals"
    if declared.limit:
        return
    if (value < rules["from"]).any():
        yield f"{name} is told of too few people"
    if (
        not (told[f"{declared.name}_lower"] <= value).all()
        or not (value <= told[f"{declared.name}_upper"]).all()
    ):
        yield f"{name} lies outside its limits"
    share = rules["error_in_10000"] / 10_000
    if any(all(number % step for step in _steps(number * share)) for number in value):
        yield f"{name} is told more exactly than it is known"


def _steps(error: float) -> set[int]:
    """What a number with about such an error may have been rounded to: 1, 2 or 5 of a power of ten,
    by the error that it had before, a little smaller or larger."""
    return {_step(max(1, error * about)) for about in (0.99, 1.01)}


def _step(error: float) -> int:
    power = 10 ** floor(log10(error))
    return int(power * max(each for each in (1, 2, 5) if each * power <= error))
