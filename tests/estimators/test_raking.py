"""Raked parts have the margins that were asked for, and the associations of the model."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.estimators.arrays import EstimateError, Floats, Integers
from etl.estimators.raking import raked

SIZES = (3, 2, 4)


def strata(seed: int) -> tuple[Floats, list[Integers], list[Floats]]:
    """A model of all combinations of codes, and the margins of four tables that are not it."""
    draw = np.random.default_rng(seed)
    codes = np.array(list(product(*(range(size) for size in SIZES)))).T
    tables = draw.integers(1, 60, (4, codes.shape[1])).astype(np.float64)
    margins: list[Floats] = [
        np.stack([tables[:, along == code].sum(axis=1) for code in range(size)], axis=1)
        for along, size in zip(codes, SIZES, strict=True)
    ]
    return draw.uniform(0.2, 5, (1, codes.shape[1]))[0], list(codes), margins


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000))
def test_every_margin_is_met(seed: int) -> None:
    model, codes, margins = strata(seed)

    found = raked(model, codes, margins)

    for along, margin in zip(codes, margins, strict=True):
        for code in range(margin.shape[1]):
            np.testing.assert_allclose(found[:, along == code].sum(axis=1), margin[:, code], 1e-6)


def test_it_differs_from_the_model_by_one_factor_for_each_code() -> None:
    """With the margins met, this is what makes it the table nearest to the model (Csiszár 1975)."""
    model, codes, margins = strata(3)
    columns = [
        along == code for along, size in zip(codes, SIZES, strict=True) for code in range(size)
    ]
    design = np.stack(columns, axis=1).astype(np.float64)

    for row in raked(model, codes, margins):
        factors = np.log(row / model)
        effects, *_ = np.linalg.lstsq(design, factors)
        np.testing.assert_allclose(design @ effects, factors, atol=1e-9)


def test_the_model_itself_comes_back_when_its_own_margins_are_asked_for() -> None:
    model, codes, _ = strata(3)
    margins = [
        np.array([[model[along == code].sum() for code in range(size)]])
        for along, size in zip(codes, SIZES, strict=True)
    ]

    np.testing.assert_allclose(raked(model, codes, margins)[0], model, rtol=1e-9)


def test_where_the_margins_ask_for_nothing_there_is_nothing() -> None:
    model, codes, margins = strata(3)
    nothing = [np.zeros_like(margin) for margin in margins]

    assert not raked(model, codes, nothing).any()


def test_the_order_of_the_strata_changes_nothing() -> None:
    model, codes, margins = strata(3)
    order = np.random.default_rng(1).permutation(len(model))

    ours = raked(model, codes, margins)
    other = raked(model[order], [along[order] for along in codes], margins)

    np.testing.assert_allclose(ours[:, order], other, rtol=1e-9)


def test_margins_of_different_sums_are_refused() -> None:
    model, codes, margins = strata(3)

    with pytest.raises(EstimateError, match="same sums"):
        raked(model, codes, [margins[0], margins[1] + 1, margins[2]])
    with pytest.raises(EstimateError, match="same sums"):
        raked(model, codes[:2], margins)
