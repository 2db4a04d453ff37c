"""The verifier's chances are those of another library, for few and for very many appeals."""

import numpy as np
import pytest
from scipy import stats

from etl.verify.chances import two_sided


@pytest.mark.parametrize("rate", [0.02, 0.3, 0.85, 0.97])
@pytest.mark.parametrize("base", [30, 77, 4_000, 469_060])
def test_a_chance_is_twice_the_smaller_tail(base: int, rate: float) -> None:
    spread = (base * rate * (1 - rate)) ** 0.5
    far = np.random.default_rng(1).normal(base * rate, 3 * spread, 200)
    for events in [0, base, *far.round().clip(0, base).astype(int).tolist()]:
        tails = stats.binom.cdf(events, base, rate), stats.binom.sf(events - 1, base, rate)
        assert two_sided(events, base, rate) == pytest.approx(min(1, 2 * min(tails)), abs=1e-8)


def test_where_nobody_or_everybody_is_there_is_no_chance() -> None:
    assert two_sided(0, 40, 0.0) == two_sided(40, 40, 1.0) == 1.0
