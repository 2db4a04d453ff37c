"""Kaplan–Meier from day bands: response times that count the appeals still open.

An appeal open at the date has waited so many days and will wait longer: it is censored at its age.
Leaving it out, as a median of the answers does, makes an agency look quicker the more it leaves
unanswered. The estimate supposes that appeals which came late in the window are answered as fast as
those which came early; when that is doubtful, shorten the window.

Within a band, answers and open appeals are spread evenly over its days. In a band of one day this
is the product-limit estimate itself; without open appeals it is linear interpolation. An answer
after ``d`` days lies between ``d - ½`` and ``d + ½``, as it is counted in whole days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from data.measures import ANSWERED_BY, DAY_BANDS
from etl.estimators.arrays import EstimateError, Floats, Integers, Limits, counts, open_share
from etl.estimators.normal import critical_value

_TOLERANCE = 1e-9
"""Products of shares that mean the same differ in the last digits; a quantile must not jump."""


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """Share of appeals still unanswered after each day.

    All arrays have a row for each row of counts and a column for each day of ``days``; a day after
    the longest observed wait is NaN unless all had been answered. ``at_risk`` is how many were
    neither answered nor censored when the day began (a fraction within a band).
    """

    days: Integers
    unanswered: Floats
    limits: Limits
    at_risk: Floats


@dataclass(frozen=True, eq=False)
class _Days:
    """The bands spread over their days; counts are times ``width``, which keeps them whole."""

    width: Integers
    answered: Integers
    at_risk: Integers


def kaplan_meier(
    answered: npt.ArrayLike,
    still_open: npt.ArrayLike,
    *,
    first_days: Sequence[int] = DAY_BANDS,
    confidence: float = 0.95,
) -> SurvivalCurve:
    """The Kaplan–Meier curve of each row, on every day before the last band.

    ``answered`` and ``still_open`` are counts in rows × bands: appeals answered after so many days,
    and appeals open at the date with that age. ``first_days`` is the first day of each band.

    Limits are of Greenwood's variance on the log(-log) scale, which keeps them between 0 and 1;
    where nothing or everything has been answered that scale does not exist, and they are exact
    binomial (for nothing answered by those at risk, for all answered by the answers).

    Raises ``EstimateError`` for what are not counts of one shape, or bands not in order from 0.

    Sources: Kaplan & Meier 1958, J. Am. Stat. Assoc. 53; Greenwood 1926; Kalbfleisch & Prentice,
    The Statistical Analysis of Failure Time Data (log-log limits).
    """
    spread = _spread_over_days(answered, still_open, first_days)
    with np.errstate(divide="ignore", invalid="ignore"):
        passed: Floats = 1 - np.divide(spread.answered, spread.at_risk, dtype=np.float64)
    # When nobody is left the curve stays at 0 if it was there, and is unknown if it was not.
    is_over = spread.at_risk == 0
    product: Floats = np.cumprod(np.where(is_over, 1.0, passed), axis=1, dtype=np.float64)
    unanswered = np.where(is_over & (product > 0), np.nan, product)
    return SurvivalCurve(
        np.arange(unanswered.shape[1]),
        unanswered,
        _limits(spread, unanswered, confidence),
        spread.at_risk / spread.width,
    )


def quantile(curve: SurvivalCurve, q: float) -> pl.DataFrame:
    """The time by which the share ``q`` is answered: 0.5 gives the median, 0.9 the 90th percentile.

    One row for each row of the curve; ``estimate``, ``lower``, ``upper`` in days, null where the
    curve does not come down so far (the time is then longer than was observed, not unknown).

    Source: Brookmeyer & Crowley 1982, Biometrics 38 (limits where the curve's limits cross).
    """
    left = 1 - open_share(q, "q")
    return pl.DataFrame(
        {
            "estimate": _first_time_at(curve.unanswered, left),
            "lower": _first_time_at(curve.limits.lower, left),
            "upper": _first_time_at(curve.limits.upper, left),
        }
    )


def answered_by(curve: SurvivalCurve, days: Sequence[int] = ANSWERED_BY) -> pl.DataFrame:
    """The share answered by the end of each day, as ``by_<day>``, ``by_<day>_lower`` and
    ``by_<day>_upper`` between 0 and 1; null where nobody was observed so long.

    Raises ``EstimateError`` for a day at which the curve does not stand.
    """
    unknown = set(days) - set(curve.days.tolist())
    if unknown:
        raise EstimateError(
            "No such day",
            f"The curve ends before day {max(unknown)}.",
            "Ask for days before the last band.",
        )
    columns = {}
    for day in days:
        columns[f"by_{day}"] = 1 - curve.unanswered[:, day]
        columns[f"by_{day}_lower"] = 1 - curve.limits.upper[:, day]
        columns[f"by_{day}_upper"] = 1 - curve.limits.lower[:, day]
    return pl.DataFrame({name: _null_for_nan(each) for name, each in columns.items()})


def _spread_over_days(
    answered: npt.ArrayLike, still_open: npt.ArrayLike, first_days: Sequence[int]
) -> _Days:
    events, censored = counts(answered, "answered"), counts(still_open, "still_open")
    _refuse_other_shapes(events, censored, first_days)
    total = (events + censored).sum(axis=1, keepdims=True)
    at_risk = total - np.cumsum(events + censored, axis=1) + events + censored
    widths = np.diff(first_days)
    band = np.repeat(np.arange(len(widths)), widths)
    day_of_band = np.arange(first_days[-1]) - np.asarray(first_days)[band]
    width = widths[band]
    leaving = (events + censored)[:, band]
    return _Days(width, events[:, band], at_risk[:, band] * width - day_of_band * leaving)


def _refuse_other_shapes(events: Integers, censored: Integers, first_days: Sequence[int]) -> None:
    is_ordered = len(first_days) > 1 and all(low < high for low, high in pairwise(first_days))
    is_of_one_shape = events.ndim == 2 and events.shape == censored.shape
    if not (is_ordered and first_days[0] == 0 and is_of_one_shape):
        raise EstimateError(
            "Not day bands",
            "Answers and open appeals must be rows by bands, and bands begin at day 0 in order.",
            "Give two arrays with one column for each band.",
        )
    if events.shape[1] != len(first_days):
        raise EstimateError(
            "Not day bands",
            f"There are {events.shape[1]} columns for {len(first_days)} bands.",
            "Give one column for each band.",
        )


def _limits(spread: _Days, unanswered: Floats, confidence: float) -> Limits:
    half = critical_value(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(
            spread.answered
            * spread.width
            / (spread.at_risk * (spread.at_risk - spread.answered).astype(np.float64)),
            axis=1,
        )
        power = np.exp(half * np.sqrt(greenwood) / np.abs(np.log(unanswered)))
        inner = Limits(unanswered**power, unanswered ** (1 / power))
    return _exact_at_the_ends(spread, unanswered, inner, 1 - confidence)


def _exact_at_the_ends(spread: _Days, unanswered: Floats, inner: Limits, alpha: float) -> Limits:
    """Clopper–Pearson where none or all of n have been answered: (α/2)^(1/n) from that end."""
    at_risk = spread.at_risk / spread.width
    all_answers = np.cumsum(spread.answered / spread.width, axis=1)
    none, every = unanswered == 1, unanswered == 0
    with np.errstate(divide="ignore"):
        lower_of_none = (alpha / 2) ** (1 / at_risk)
        upper_of_every = 1 - (alpha / 2) ** (1 / all_answers)
    return Limits(
        np.where(none, lower_of_none, np.where(every, 0.0, inner.lower)),
        np.where(none, 1.0, np.where(every, upper_of_every, inner.upper)),
    )


def _first_time_at(shares: Floats, left: float) -> pl.Series:
    """Where each falling row first comes down to ``left``, linear between the ends of days."""
    rows, days = shares.shape
    times = np.concatenate([[0.0], np.arange(days) + 0.5])
    whole = np.concatenate([np.ones((rows, 1)), shares], axis=1)
    is_reached = whole <= left + _TOLERANCE
    after = np.maximum(1, np.argmax(is_reached, axis=1))
    high, low = whole[np.arange(rows), after - 1], whole[np.arange(rows), after]
    with np.errstate(divide="ignore", invalid="ignore"):
        way = np.clip((high - left) / (high - low), 0.0, 1.0)
    found = times[after - 1] + way * (times[after] - times[after - 1])
    return _null_for_nan(np.where(is_reached.any(axis=1), found, np.nan))


def _null_for_nan(found: Floats) -> pl.Series:
    return pl.Series(found, dtype=pl.Float64).fill_nan(None)
