"""How often rank intervals hold the true rank, and funnels call an ordinary agency an outlier.

python -m bench.rank_coverage
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from etl.estimators.arrays import Booleans, Floats, Integers, Limits
from etl.estimators.bands import benjamini_hochberg
from etl.estimators.proportions import (
    ALARM,
    WARNING,
    control_limits,
    overdispersion,
    p_values,
    pooled_rate,
)
from etl.estimators.ranks import arcsine_root, rank_intervals

SEED = 20261124
DRAWS = 2000
NUMBERS = (14, 60, 150)
"""Of agencies."""
RANKS_A_LINE = 1200

Truth = Callable[[np.random.Generator, int], Floats]


def spread(rate: float, deviation: float) -> Truth:
    """True rates of a beta distribution; all the same when the deviation is 0."""
    if deviation == 0:
        return lambda _, count: np.full(count, rate)
    size = rate * (1 - rate) / deviation**2 - 1
    return lambda draw, count: draw.beta(size * rate, size * (1 - rate), count)


def in_groups(rates: tuple[float, float], share: float, deviation: float) -> Truth:
    """True rates near one of two, the first with the given share of agencies."""
    return lambda draw, count: np.clip(
        np.where(draw.random(count) < share, *rates) + draw.normal(0, deviation, count),
        0.001,
        0.999,
    )


RANKED: dict[str, Truth] = {
    "far apart": spread(0.85, 0.1),
    "close": spread(0.85, 0.015),
    "all but equal": spread(0.85, 0.001),
    "two groups": in_groups((0.75, 0.9), 0.5, 0.01),
    "a few far off": in_groups((0.5, 0.9), 0.1, 0.02),
}

ORDINARY: dict[str, Truth] = {
    "90 %, all equal": spread(0.9, 0),
    "97 %, all equal": spread(0.97, 0),
    "90 % ± 3": spread(0.9, 0.03),
    "90 % ± 8": spread(0.9, 0.08),
    "97 % ± 2": spread(0.97, 0.02),
    "50 % ± 10": spread(0.5, 0.1),
}


@dataclass(frozen=True, eq=False)
class Year:
    """The agencies of one year: their true rates, and what was counted."""

    rates: Floats
    successes: Integers
    trials: Integers


def main() -> None:
    print_coverage()
    print_outliers()


def print_coverage() -> None:
    print("true ranks within their 95 % interval (aim: 93 % or more), and its mean width as a")
    print("share of all places; beside it: draws from each agency's counts alone\n")
    print(f"{'agencies':>8}  {'true rates':16}{'covered':>9}{'width':>8}{'alone':>10}{'width':>8}")
    for count in NUMBERS:
        for name, truth in RANKED.items():
            ours, alone = mean_coverage(truth, count, runs_for(count))
            print(
                f"{count:8}  {name:16}{ours[0]:9.1%}{ours[1]:8.2f}{alone[0]:10.1%}{alone[1]:8.2f}"
            )


def mean_coverage(truth: Truth, count: int, runs: int) -> Floats:
    """Coverage and width of our intervals, and of those from independent draws."""
    draw = np.random.default_rng(SEED)
    found = []
    for _ in range(runs):
        year = observed(draw, truth, count)
        true_rank = np.argsort(np.argsort(-year.rates)) + 1
        found.append([judged(each, true_rank) for each in (ours(year), alone(draw, year))])
    mean: Floats = np.mean(found, axis=0)
    return mean


def judged(intervals: Limits, true_rank: Integers) -> tuple[float, float]:
    is_within = (intervals.lower <= true_rank) & (true_rank <= intervals.upper)
    width = (intervals.upper - intervals.lower + 1).mean() / len(true_rank)
    return float(is_within.mean()), float(width)


def ours(year: Year) -> Limits:
    codes = [f"{position:03}" for position in range(len(year.trials))]
    estimates, errors = arcsine_root(year.successes, year.trials)
    found = rank_intervals(codes, estimates, errors, better="higher", seed=SEED, draws=DRAWS)
    return Limits(found["lower"].to_numpy(), found["upper"].to_numpy())


def alone(draw: np.random.Generator, year: Year) -> Limits:
    """Jeffreys' posterior of each agency, without regard to the others."""
    failures = year.trials - year.successes
    drawn = draw.beta(year.successes + 0.5, failures + 0.5, (DRAWS, len(failures)))
    ranks = np.argsort(np.argsort(-drawn, axis=1), axis=1) + 1
    return Limits(*np.quantile(ranks, [0.025, 0.975], axis=0, method="inverted_cdf"))


def print_outliers() -> None:
    print("\nagencies of ordinary conduct called outliers; nominal: 5 %, 0.2 %, 0.2 % without")
    print("over-dispersion; and years in which any is banded better or worse (nominal: 5 %)\n")
    head = f"{'95 %':>8}{'99.8 %':>9}{'no adjustment':>15}{'any banded':>12}"
    print(f"{'agencies':>8}  {'true rates':18}{head}")
    for count in NUMBERS:
        for name, truth in ORDINARY.items():
            draw = np.random.default_rng(SEED)
            years = [observed(draw, truth, count) for _ in range(4 * runs_for(count))]
            wide, far, bare, banded = np.mean([outliers(year) for year in years], axis=0)
            print(f"{count:8}  {name:18}{wide:8.2%}{far:9.2%}{bare:15.2%}{banded:12.1%}")


def outliers(year: Year) -> tuple[float, float, float, float]:
    """The shares outside both adjusted funnels and the unadjusted one; whether any is banded."""
    rate = pooled_rate(year.successes, year.trials)
    tau_squared = overdispersion(year.successes, year.trials, rate).at_most
    adjusted = p_values(year.successes, year.trials, rate, tau_squared)
    return (
        is_outside(year, control_limits(year.trials, rate, WARNING, tau_squared)).mean(),
        is_outside(year, control_limits(year.trials, rate, ALARM, tau_squared)).mean(),
        is_outside(year, control_limits(year.trials, rate, ALARM)).mean(),
        float((benjamini_hochberg(adjusted) <= 0.05).any()),
    )


def is_outside(year: Year, limits: Limits) -> Booleans:
    share = year.successes / year.trials
    return (share < limits.lower) | (share > limits.upper)


def observed(draw: np.random.Generator, truth: Truth, count: int) -> Year:
    """Volumes from 30 to tens of thousands, as agencies have them."""
    trials = np.maximum(30, draw.lognormal(6.0, 1.4, count)).astype(np.int64)
    rates = truth(draw, count)
    return Year(rates, draw.binomial(trials, rates), trials)


def runs_for(count: int) -> int:
    """Fewer years of many agencies, so that each line rests on about as many ranks."""
    return RANKS_A_LINE // count


if __name__ == "__main__":
    main()
