"""How far quantiles from day bands lie from those of exact days, on synthetic response times.

python -m bench.day_bands
"""

import numpy as np

from data.measures import ANSWERED_BY, DAY_BANDS
from etl.estimators.arrays import Floats, Integers
from etl.estimators.survival import SurvivalCurve, answered_by, kaplan_meier, quantile

SEED = 20261124
AGENCIES = 2000
WINDOW = 90
"""Days of the window; the date of the release is its last, so the latest appeals are open."""

SINGLE_DAYS = tuple(range(DAY_BANDS[-1] + 1))
HEAD = f"{'':8}{'day':>12}{'agencies':>10}{'mean':>9}{'p95':>9}{'largest':>9}{'within a half':>15}"
RANGES = ((0, 15), (15, 31), (31, 45), (45, 60), (60, 90))


def main() -> None:
    draw = np.random.default_rng(SEED)
    cases = [observed(draw, int(volume)) for volume in draw.lognormal(6.5, 1.2, AGENCIES) + 30]
    banded = curve_of(cases, DAY_BANDS)
    exact = curve_of(cases, SINGLE_DAYS)
    print(f"{AGENCIES} agencies, {sum(len(days) for days, _ in cases):,} appeals\n")
    print("quantile from bands against exact days, in days, where there are enough answers for it")
    print(HEAD)
    answers = np.array([was.sum() for _, was in cases])
    for name, q, minimum in (("median", 0.5, 20), ("p90", 0.9, 100)):
        found, known = (quantile(curve, q)["estimate"].to_numpy() for curve in (banded, exact))
        print_quantile(name, found, np.where(answers >= minimum, known, np.nan))
    print("\nshare answered by day, from bands against exact days, in percentage points")
    print(HEAD)
    for day in ANSWERED_BY:
        near, true = (answered_by(curve, [day])[f"by_{day}"] for curve in (banded, exact))
        print_errors("share", str(day), 100 * (near - true).abs().drop_nulls().to_numpy())


def observed(draw: np.random.Generator, volume: int) -> tuple[Integers, Integers]:
    """Days to the answer or to the date, and whether it was answered by then."""
    days = response_days(draw, volume)
    age = draw.integers(0, WINDOW, volume)
    return np.minimum(days, age), (days <= age).astype(np.int64)


def response_days(draw: np.random.Generator, volume: int) -> Integers:
    """Terms of 15, 30 and 45 days; some answers at once, many on the last two days of the term,
    the rest spread over it by the agency's speed, and a long tail of late ones."""
    at_once, heaped, late, long_term = draw.uniform([0, 0.1, 0.02, 0.1], [0.15, 0.5, 0.3, 0.5])
    term = np.where(draw.random(volume) < long_term, 30, 15)
    term = np.where(draw.random(volume) < 0.03, 45, term)
    within = np.ceil(term * draw.random(volume) ** draw.choice([0.4, 0.7, 1.0, 1.5])).astype(int)
    overdue = term + 1 + np.round(7 * (draw.random(volume) ** -0.7 - 1)).astype(int)
    chance = draw.random(volume)
    found = np.where(chance < late, overdue, within)
    found = np.where(chance > 1 - heaped, term - draw.integers(0, 2, volume), found)
    return np.where(draw.random(volume) < at_once, 0, found)


def curve_of(cases: list[tuple[Integers, Integers]], first_days: tuple[int, ...]) -> SurvivalCurve:
    answered, still_open = (
        np.stack([in_bands(days[was == wanted], first_days) for days, was in cases])
        for wanted in (1, 0)
    )
    return kaplan_meier(answered, still_open, first_days=first_days)


def in_bands(days: Integers, first_days: tuple[int, ...]) -> Integers:
    bands = np.searchsorted(first_days, days, side="right") - 1
    return np.bincount(bands, minlength=len(first_days))


def print_quantile(name: str, near: Floats, true: Floats) -> None:
    for low, high in RANGES:
        error = np.abs(near - true)[(true >= low) & (true < high) & ~np.isnan(near)]
        print_errors(name, f"{low} to {high}", error)


def print_errors(name: str, where: str, error: Floats) -> None:
    if error.size:
        figures = (error.mean(), np.quantile(error, 0.95), error.max())
        shown = "".join(f"{each:9.3f}" for each in figures)
        print(f"{name:8}{where:>12}{error.size:>10}{shown}{(error <= 0.5).mean():>15.1%}")


if __name__ == "__main__":
    main()
