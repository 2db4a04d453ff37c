"""How often watching gives a false alarm, and how soon it finds a true change.

python -m bench.alerts
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from data.analyses.alerts import LIMIT, NOMINAL
from etl.analyses.watch import YEAR, Counted, Watch, watch
from etl.estimators.arrays import Floats

SEED = 20261124
BODIES = 150
MONTHS = 34
YEARS_A_LINE = 8_000
HIDDEN_BELOW = 10
FULL_YEAR = np.array([0.94, 1, 1.08, 1.06, 0.96, 0.92, 0.95, 1, 1.1, 1.08, 1.04, 0.87])

Draw = np.random.Generator


@dataclass(frozen=True)
class Country:
    """Bodies of ordinary conduct: the middle of their monthly volumes, by how much log counts vary
    from month to month beyond chance, the share answered on time and its spread in log odds."""

    told: str
    volume: float
    sizes: float
    spread: float
    on_time: float = 0.85
    on_time_spread: float = 0.0


COUNTRIES = (
    Country("12 a month", 12, 0, 0),
    Country("20 a month", 20, 0, 0, on_time=0.97),
    Country("50 a month", 50, 0, 0, on_time=0.5),
    Country("200 a month", 200, 0, 0),
    Country("2,000 a month", 2_000, 0, 0, on_time=0.97),
    Country("all sizes", 200, 1.5, 0),
    Country("all sizes, ± 10 %", 200, 1.5, 0.1, 0.85, 0.1),
    Country("all sizes, ± 20 %", 200, 1.5, 0.2, 0.85, 0.2),
    Country("small, ± 30 %", 30, 1, 0.3, 0.9, 0.3),
)
CHANGES = (0.6, 1.25, 1.5, 2.0)


def main() -> None:
    print(f"false alarms in 100 years of one series (limit {LIMIT}; nominal: at most {NOMINAL:g})")
    print("received, then answered on time; and of bodies whose every month is changed from the")
    print("25th on, the share that is found within 1, 3 and 6 months\n")
    head = "".join(f"{f'x {each:g}':>18}" for each in CHANGES)
    print(f"{'bodies':20}{'received':>10}{'on time':>9}{head}")
    for country in COUNTRIES:
        quiet = [false_alarms(country, each) for each in (received, on_time)]
        found = "".join(f"{' '.join(found_by(country, each)):>18}" for each in CHANGES)
        print(f"{country.told:20}{quiet[0]:10.2f}{quiet[1]:9.2f}{found}")


def false_alarms(country: Country, watched: Callable[[Draw, Country], Watch]) -> float:
    """Signals in a hundred years of one series in which nothing changed."""
    draw = np.random.default_rng(SEED)
    signals, months = 0, 0
    while months < YEAR * YEARS_A_LINE:
        found = watched(draw, country)
        signals += int(found.rise.signals.sum() + found.fall.signals.sum())
        months += int(found.known.sum())
        if not found.known.any():
            return float("nan")
    return 100 * YEAR * signals / months


def found_by(country: Country, factor: float) -> list[str]:
    """The share of changed bodies that have signalled by the first, third and sixth month."""
    draw = np.random.default_rng(SEED)
    changed = np.ones((BODIES, MONTHS))
    changed[: BODIES // 10, 2 * YEAR :] = factor
    found = [received(draw, country, changed) for _ in range(20)]
    signals = np.concatenate(
        [(each.rise if factor > 1 else each.fall).signals[: BODIES // 10, YEAR:] for each in found]
    )
    return [f"{signals[:, :months].any(axis=1).mean():.0%}" for months in (1, 3, 6)]


def received(draw: Draw, country: Country, changed: Floats | None = None) -> Watch:
    """Counts of every month, those below ten hidden, beside their sum."""
    counts = drawn(draw, country, np.ones((BODIES, MONTHS)) if changed is None else changed)
    total = counts.sum(axis=0, keepdims=True)
    return watch(Counted(shown(counts, counts)), Counted(total))


def on_time(draw: Draw, country: Country) -> Watch:
    """Answers on time of all of every month, beside those of all bodies."""
    base = drawn(draw, country, np.ones((BODIES, MONTHS)))
    middle = np.log(country.on_time / (1 - country.on_time)) + draw.normal(0, 0.5, (BODIES, 1))
    better = 0.2 * (np.arange(MONTHS) // YEAR)
    odds = np.exp(middle + better + country.on_time_spread / 2**0.5 * draw.normal(size=base.shape))
    events = draw.binomial(base.astype(np.int64), odds / (1 + odds)).astype(np.float64)
    whole = Counted(events.sum(axis=0, keepdims=True), base.sum(axis=0, keepdims=True))
    return watch(Counted(shown(events, base), shown(base, base)), whole)


def drawn(draw: Draw, country: Country, changed: Floats) -> Floats:
    """Poisson counts: each body with its volume and its own course of the year, the country growing
    by 15 % a year."""
    volumes = country.volume * np.exp(draw.normal(0, country.sizes, (BODIES, 1)))
    own = np.exp(draw.normal(0, 0.3, (BODIES, YEAR)))
    season = np.tile(FULL_YEAR * own, MONTHS // YEAR + 1)[:, :MONTHS]
    growth = 1.15 ** (np.arange(MONTHS) // YEAR)
    beyond = np.exp(country.spread / 2**0.5 * draw.normal(size=(BODIES, MONTHS)))
    counts: Floats = draw.poisson(volumes * season * growth * beyond * changed).astype(np.float64)
    return counts


def shown(values: Floats, counts: Floats) -> Floats:
    """The values where the counts behind them are not too small to show."""
    return np.where((counts > 0) & (counts < HIDDEN_BELOW), np.nan, values)


if __name__ == "__main__":
    main()
