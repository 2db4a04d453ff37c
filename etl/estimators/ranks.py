"""Ranks with their intervals: which places an agency may truly have.

Ranks are drawn from the posterior distribution of all agencies' true values at once. The
distribution of true values is estimated from the agencies without supposing a form for it. Both
are needed: without it, intervals are far too narrow where agencies are much alike (they cover the
true rank as seldom as 7 times in 10), and with a bell supposed they are so where agencies fall
into groups. ``bench/rank_coverage.py`` shows by how much.
"""

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from etl.estimators.arrays import EstimateError, Floats, Integers, counts_within

FEWEST_DRAWS: Final = 2000
OUTSIDE: Final = 0.05

_CELLS = 500
"""Cells that the range of estimates is cut into."""
_ROUNDS = 500


def arcsine_root(successes: npt.ArrayLike, trials: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Shares on the scale where their standard error depends on the trials alone, and that error.

    The order of shares stays, so ranks are the same. Trials must not be 0.

    Source: Anscombe 1948, Biometrika 35.
    """
    found, n = counts_within(successes, trials, ("successes", "trials"))
    if (n == 0).any():
        raise EstimateError(
            "Nothing to rank", "A share has no trials.", "Rank only agencies that are comparable."
        )
    return np.arcsin(np.sqrt((found + 3 / 8) / (n + 3 / 4))), 1 / np.sqrt(4 * n + 2)


def rank_intervals(
    agencies: Sequence[str],
    estimates: Floats,
    standard_errors: Floats,
    *,
    better: Literal["higher", "lower"],
    seed: int,
    draws: int = 4000,
) -> pl.DataFrame:
    """The ranks from ``lower`` to ``upper`` that hold an agency's true rank 95 times in 100; 1 is
    the best.

    One row for each of ``agencies`` (distinct codes), in their order. ``estimates`` are of any unit
    with a standard error each and errors near normal: take shares through ``arcsine_root``. The
    same seed gives the same ranks, in whatever order the agencies come.

    Sources: Goldstein & Spiegelhalter 1996, J. R. Stat. Soc. A 159 (rank intervals); Laird & Louis
    1989, J. Educ. Stat. 14 (ranks from empirical Bayes posteriors).
    """
    _refuse(agencies, estimates, standard_errors, draws)
    order = np.argsort(np.asarray(agencies))
    values = posterior_draws(estimates[order], standard_errors[order], seed=seed, draws=draws)
    ranks = _ranks(-values if better == "higher" else values)
    limits = np.quantile(ranks, [OUTSIDE / 2, 1 - OUTSIDE / 2], axis=0, method="inverted_cdf")
    found = np.empty_like(limits, dtype=np.int64)
    found[:, order] = limits
    return pl.DataFrame({"agency": list(agencies), "lower": found[0], "upper": found[1]})


def posterior_draws(estimates: Floats, standard_errors: Floats, *, seed: int, draws: int) -> Floats:
    """Draws × agencies: true values that the estimates leave possible, given all of them.

    Source: Efron & Hastie, Computer Age Statistical Inference, chapter 21 (g-modelling).
    """
    cells, width = _cells(estimates, standard_errors)
    likelihood = _likelihood(estimates, standard_errors, cells, width)
    posterior = likelihood * maximum_likelihood_prior(likelihood)
    reached = np.cumsum(posterior, axis=1)
    chance = np.random.Generator(np.random.PCG64(seed))
    wanted = chance.random((draws, len(estimates))) * reached[:, -1]
    chosen = np.stack(
        [
            np.searchsorted(row, each, side="right")
            for row, each in zip(reached, wanted.T, strict=True)
        ],
        axis=1,
    )
    # Anywhere within the cell: values that cannot be told apart must not tie.
    spread: Floats = (chance.random(chosen.shape) - 0.5) * width
    values: Floats = cells[np.minimum(chosen, len(cells) - 1)] + spread
    return values


def maximum_likelihood_prior(likelihood: Floats) -> Floats:
    """The weights of cells under which all agencies' estimates are likeliest; they add to 1.

    ``likelihood`` is agencies × cells. Found by expectation-maximisation.

    Sources: Kiefer & Wolfowitz 1956, Ann. Math. Stat. 27; Laird 1978, J. Am. Stat. Assoc. 73.
    """
    agencies, cells = likelihood.shape
    weights = np.full(cells, 1 / cells)
    for _ in range(_ROUNDS):
        # Sums by einsum, not by a matrix library: the same on any number of cores.
        marginal = np.einsum("ac,c->a", likelihood, weights)
        weights *= np.einsum("ac,a->c", likelihood, 1 / marginal) / agencies
    return weights


def _cells(estimates: Floats, standard_errors: Floats) -> tuple[Floats, float]:
    """Middles of the cells from the lowest estimate to the highest, and their width."""
    low, high = estimates.min(), max(estimates.max(), estimates.min() + standard_errors.min())
    cells = np.linspace(low, high, _CELLS)
    return cells, float(cells[1] - cells[0])


def _likelihood(estimates: Floats, errors: Floats, cells: Floats, width: float) -> Floats:
    # An error smaller than a cell would fall between two; widened, it tells less, not more.
    wide = np.maximum(errors, width / 2)
    squares = ((estimates[:, np.newaxis] - cells) / wide[:, np.newaxis]) ** 2
    likelihood: Floats = np.exp((squares.min(axis=1, keepdims=True) - squares) / 2)
    return likelihood


def _ranks(values: Floats) -> Integers:
    """The place of each value in its row, 1 for the smallest."""
    return np.argsort(np.argsort(values, axis=1), axis=1) + 1


def _refuse(
    agencies: Sequence[str], estimates: Floats, standard_errors: Floats, draws: int
) -> None:
    if len(set(agencies)) != len(agencies) or not len(agencies):
        raise EstimateError(
            "Not agencies", "A code is given twice, or none is.", "Give each agency once."
        )
    shapes = {np.shape(estimates), np.shape(standard_errors), (len(agencies),)}
    usable = len(shapes) == 1 and bool(np.isfinite(estimates).all() and (standard_errors > 0).all())
    if not usable or not np.isfinite(standard_errors).all():
        raise EstimateError(
            "Not estimates",
            "Each agency needs one estimate and one standard error above 0.",
            "Rank only agencies that are comparable.",
        )
    if draws < FEWEST_DRAWS:
        raise EstimateError(
            "Too few draws",
            f"{draws} draws leave the ends of an interval to luck.",
            f"Draw at least {FEWEST_DRAWS}.",
        )
