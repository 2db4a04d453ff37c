"""How often the limits of a change after an act hold the change that was made, and how often they
find one where none was made.

python -m bench.act_effects
"""

from dataclasses import dataclass

import numpy as np

from data.analyses.act_effects import CONFIDENCE, WAVE_PAIRS
from etl.estimators.arrays import Floats
from etl.estimators.loglinear import waves
from etl.estimators.segmented import Segmented, segmented

SEED = 20261124
SERIES = 3_000
MONTHS = np.arange(2017 * 12, 2017 * 12 + 34)
SMOOTH = 1 + 0.1 * np.sin(2 * np.pi * MONTHS / 12)
WINTER = np.resize([1.9, 1.7, 1.1, 0.7, 0.6, 0.6, 0.6, 0.6, 0.7, 0.9, 1.4, 1.9], len(MONTHS))


@dataclass(frozen=True, eq=False)
class Theme:
    """What a theme is like: its appeals a month, by how much months differ beyond chance, how far
    neighbouring ones hang together, and its season."""

    told: str
    mean: float
    spread: float
    correlation: float
    season: Floats


THEMES = (
    Theme("50 a month, chance alone", 50, 0, 0, SMOOTH),
    Theme("1,000 a month, chance alone", 1_000, 0, 0, SMOOTH),
    Theme("1,000 ± 10 %", 1_000, 0.1, 0, SMOOTH),
    Theme("1,000 ± 10 %, sharp winter", 1_000, 0.1, 0, WINTER),
    Theme("1,000 ± 10 %, correlated 0.3", 1_000, 0.1, 0.3, SMOOTH),
    Theme("1,000 ± 10 %, correlated 0.6", 1_000, 0.1, 0.6, SMOOTH),
)


def main() -> None:
    print(f"share of {SERIES:,} series whose {CONFIDENCE:.0%} limits hold the change of level that")
    print("was made (-20 %), and of series without any change that are found to have one\n")
    print(
        f"{'months before':>13}  {'theme':30}{'held':>8}{'found though none':>20}{'± median':>10}"
    )
    for before in (12, 17, 27):
        for theme in THEMES:
            made, none = (changed(theme, before, ratio) for ratio in (0.8, 1.0))
            level = made.level
            held = np.mean((level.lower < 0.8) & (level.upper > 0.8))
            found = np.mean((none.level.lower > 1) | (none.level.upper < 1))
            half = np.median(np.sqrt(level.upper / level.lower)) - 1
            print(f"{before:13}  {theme.told:30}{held:8.1%}{found:20.1%}{half:10.1%}")


def changed(theme: Theme, before: int, ratio: float) -> Segmented:
    draw = np.random.default_rng(SEED)
    since = np.broadcast_to(MONTHS - MONTHS[before], (SERIES, len(MONTHS)))
    noise = draw.normal(size=since.shape)
    for month in range(1, len(MONTHS)):
        fresh = np.sqrt(1 - theme.correlation**2) * noise[:, month]
        noise[:, month] = theme.correlation * noise[:, month - 1] + fresh
    expected = theme.mean * theme.season * np.exp(theme.spread * noise + 0.005 * since)
    counts = draw.poisson(expected * np.where(since > 0, ratio, 1)).astype(np.float64)
    return segmented(
        counts,
        np.ones_like(counts),
        since,
        np.ones(counts.shape, dtype=np.bool_),
        season=waves(MONTHS, WAVE_PAIRS),
        confidence=CONFIDENCE,
    )


if __name__ == "__main__":
    main()
