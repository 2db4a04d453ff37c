"""How far forecasts err beside last year's month and beside another library's, and what their
limits hold.

python -m bench.forecast
"""

import warnings
from collections.abc import Callable, Mapping

import numpy as np
from statsmodels.tsa.holtwinters import ExponentialSmoothing

from data.analyses.forecast import FEWEST_MONTHS, NARROW, STEPS, WAVE_PAIRS, WIDE
from etl.analyses.monthly import days_of
from etl.estimators.arrays import Floats
from etl.estimators.seasonal import seasonal_trend

SEED = 20261124
SERIES = 10
"""Of each kind; the other library takes a while for each."""
MONTHS = np.arange(2017 * 12, 2017 * 12 + 34)
STEPS_OF_TIME = np.arange(34)
SMOOTH = 1 + 0.1 * np.sin(2 * np.pi * STEPS_OF_TIME / 12)
WINTER = np.resize([1.9, 1.7, 1.1, 0.7, 0.6, 0.6, 0.6, 0.6, 0.7, 0.9, 1.4, 1.9], 34)
LEVELS: Mapping[str, Callable[[np.random.Generator], Floats]] = {
    "level": lambda _: np.zeros((SERIES, 34)),
    "a jump each January": lambda _: np.broadcast_to(0.15 * (STEPS_OF_TIME // 12), (SERIES, 34)),
    "trends": lambda draw: draw.normal(0.01, 0.01, (SERIES, 1)) * STEPS_OF_TIME,
    "wandering": lambda draw: np.cumsum(draw.normal(0, 0.05, (SERIES, 34)), axis=1),
    "one jump": lambda draw: np.where(draw.integers(6, 30, (SERIES, 1)) <= STEPS_OF_TIME, 0.4, 0.0),
}


def main() -> None:
    warnings.filterwarnings("ignore")
    print(
        f"{SERIES} series of each kind, 1,000 a month ± 5 %; errors of forecasts for {STEPS} months"
    )
    print("from every month after the second year, last year's month = 1\n")
    head = f"{'ours':>7}{'Holt-Winters':>14}{'80 % held':>11}{'95 % held':>11}{'better':>8}"
    print(f"{'course':22}{'season':8}{head}")
    for told, level in LEVELS.items():
        for name, season in (("smooth", SMOOTH), ("winter", WINTER)):
            draw = np.random.default_rng(SEED)
            noise = 0.05 * draw.normal(size=(SERIES, 34))
            mean = 1_000 * season * np.exp(level(draw) + noise)
            print(f"{told:22}{name:8}{line(draw.poisson(mean).astype(np.float64))}")


def line(counts: Floats) -> str:
    """The errors of all origins together, and what limits held."""
    ours, other, naive, held = [], [], [], []
    for origin in range(FEWEST_MONTHS, 34 - STEPS + 1):
        actual = counts[:, origin : origin + STEPS]
        known = np.ones((SERIES, origin), dtype=np.bool_)
        found = seasonal_trend(
            counts[:, :origin],
            known,
            MONTHS[: origin + STEPS],
            days_of(MONTHS[: origin + STEPS]),
            wave_pairs=WAVE_PAIRS,
            confidences=(NARROW, WIDE),
        )
        ours.append(np.abs(found.expected - actual))
        naive.append(np.abs(counts[:, origin - 12 : origin - 12 + STEPS] - actual))
        other.append(np.abs(holt_winters(counts[:, :origin]) - actual))
        limits = [found.limits(width) for width in (NARROW, WIDE)]
        held.append([((e.lower <= actual) & (actual <= e.upper)).mean() for e in limits])
    errors, others, plain = (np.sum(each, axis=(0, 2)) for each in (ours, other, naive))
    narrow, wide = np.mean(held, axis=0)
    is_better = (errors < plain).mean()
    return (
        f"{errors.sum() / plain.sum():7.2f}{others.sum() / plain.sum():14.2f}"
        f"{narrow:11.0%}{wide:11.0%}{is_better:8.0%}"
    )


def holt_winters(counts: Floats) -> Floats:
    """Damped trend, multiplicative season, as statsmodels fits it."""
    found = [
        ExponentialSmoothing(
            each, trend="add", damped_trend=True, seasonal="mul", seasonal_periods=12
        )
        .fit()
        .forecast(STEPS)
        for each in counts
    ]
    return np.array(found, dtype=np.float64)


if __name__ == "__main__":
    main()
