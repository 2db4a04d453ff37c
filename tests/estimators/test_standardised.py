"""Case mix is taken out of a rate exactly, and what moved an agency adds up."""

from collections import Counter
from fractions import Fraction
from itertools import permutations

import numpy as np
import polars as pl
import pytest
from scipy.special import expit, logit

from etl.estimators.arrays import EstimateError
from etl.estimators.proportions import wilson
from etl.estimators.standardised import case_mix_contributions, indirectly_standardised

KEYS = ["theme", "channel", "kind"]


def random_strata(seed: int, rows: int = 300) -> pl.DataFrame:
    draw = np.random.default_rng(seed)
    base = draw.integers(0, 200, rows)
    return pl.DataFrame(
        {
            "agency": draw.choice(["a", "b", "c", "d", "e"], rows),
            "theme": draw.choice(["water", "land", "work"], rows),
            "channel": draw.choice(["paper", "portal"], rows),
            "kind": draw.choice(["complaint", "proposal"], rows),
            "events": draw.binomial(base, draw.random(rows)),
            "base": base,
        }
    )


def overall_rate(strata: pl.DataFrame) -> float:
    rate: float = strata.select(pl.col("events").sum() / pl.col("base").sum()).item()
    return rate


def expected_exactly(strata: pl.DataFrame, keys: list[str]) -> dict[str, Fraction]:
    """Row by row in fractions, as the definition reads."""
    events, base = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for row in strata.iter_rows(named=True):
        stratum = tuple(row[key] for key in keys)
        events[stratum] += row["events"]
        base[stratum] += row["base"]
    expected: dict[str, Fraction] = {}
    for row in strata.iter_rows(named=True):
        stratum = tuple(row[key] for key in keys)
        rate = Fraction(events[stratum], base[stratum])
        expected[row["agency"]] = expected.get(row["agency"], Fraction(0)) + row["base"] * rate
    return expected


@pytest.mark.parametrize("keys", [[], ["theme"], KEYS])
def test_expected_and_ratio_are_those_of_the_definition(keys: list[str]) -> None:
    for seed in range(40):
        strata = random_strata(seed)

        found = indirectly_standardised(strata, keys)

        exact = expected_exactly(strata, keys)
        for row in found.iter_rows(named=True):
            assert row["expected"] == pytest.approx(float(exact[row["agency"]]))
            assert row["ratio"] == pytest.approx(float(row["observed"] / exact[row["agency"]]))


def test_doctors_deaths_from_cirrhosis_give_the_textbooks_ratio() -> None:
    """Bland, An Introduction to Medical Statistics: 14 observed, 4.4965 expected, 311 %.

    The reference is the country, a million times as large as the group, so that the group does not
    move it.
    """
    doctors = [1080, 12860, 11510, 10330, 7790]
    deaths_per_million = [5.859, 13.050, 46.937, 161.503, 271.358]
    ages = ["15", "25", "35", "45", "55"]
    strata = pl.DataFrame(
        {
            "agency": ["doctors"] * 5 + ["country"] * 5,
            "age": ages * 2,
            "events": [0, 1, 2, 4, 7] + [round(each * 1e6) for each in deaths_per_million],
            "base": [*doctors, *[10**12] * 5],
        }
    )

    found = indirectly_standardised(strata, ["age"]).row(1, named=True)

    assert found["observed"] == 14
    assert found["expected"] == pytest.approx(4.4965, abs=2e-4)
    assert round(100 * found["ratio"]) == 311


def test_the_adjusted_rate_moves_the_overall_rate_by_the_ratio_of_odds() -> None:
    strata = random_strata(5)

    found = indirectly_standardised(strata, KEYS)

    overall = overall_rate(strata)
    observed, base = found["observed"].to_numpy(), found["base"].to_numpy()
    expected = logit(found["expected"].to_numpy() / base)
    limits = wilson(observed, base)
    for name, share in (
        ("adjusted", observed / base),
        ("adjusted_lower", limits.lower),
        ("adjusted_upper", limits.upper),
    ):
        moved = expit(logit(overall) + logit(share) - expected)
        np.testing.assert_allclose(found[name].to_numpy(), moved, atol=1e-12)


def test_an_adjusted_rate_is_never_above_one() -> None:
    strata = pl.DataFrame(
        {
            "agency": ["hard", "easy", "rest", "rest"],
            "theme": ["land", "water", "land", "water"],
            "events": [90, 900, 700, 9500],
            "base": [100, 950, 1000, 10000],
        }
    )

    found = indirectly_standardised(strata, ["theme"]).filter(pl.col("agency") == "hard")

    overall = overall_rate(strata)
    assert found["ratio"].item() * overall > 1
    assert overall < found["adjusted"].item() < 1
    assert found["adjusted_upper"].item() < 1


def test_a_share_and_its_complement_are_adjusted_alike() -> None:
    strata = random_strata(5)
    turned = strata.with_columns(events=pl.col("base") - pl.col("events"))

    ours, other = (indirectly_standardised(each, KEYS) for each in (strata, turned))

    np.testing.assert_allclose(ours["adjusted"], 1 - other["adjusted"], atol=1e-12)
    np.testing.assert_allclose(ours["adjusted_lower"], 1 - other["adjusted_upper"], atol=1e-12)


def test_without_strata_the_adjusted_rate_is_the_raw_one() -> None:
    found = indirectly_standardised(random_strata(5), [])

    np.testing.assert_allclose(found["adjusted"], found["observed"] / found["base"], atol=1e-12)


def test_an_agency_that_is_alone_in_its_strata_is_seen_to_be() -> None:
    strata = pl.DataFrame(
        {
            "agency": ["alone", "half", "half", "other"],
            "theme": ["acts", "water", "water", "water"],
            "events": [5, 10, 20, 40],
            "base": [50, 20, 30, 50],
        }
    )

    found = indirectly_standardised(strata, ["theme"])

    assert found["of_others"].to_list() == pytest.approx([0, 0.5, 0.5])
    assert found["ratio"][0] == pytest.approx(1)


def test_an_agency_with_nothing_has_no_ratio() -> None:
    strata = pl.DataFrame(
        {"agency": ["a", "b"], "theme": ["x", "y"], "events": [5, 0], "base": [10, 0]}
    )

    found = indirectly_standardised(strata, ["theme"]).row(1, named=True)

    assert {found[name] for name in ("ratio", "ratio_lower", "adjusted", "adjusted_upper")} == {
        None
    }


def test_a_stratum_in_which_nobody_has_anything_changes_nothing() -> None:
    strata = random_strata(5)
    empty = strata.head(1).with_columns(
        theme=pl.lit("none"), events=pl.lit(0, pl.Int64), base=pl.lit(0, pl.Int64)
    )

    ours, other = (
        indirectly_standardised(each, KEYS) for each in (strata, pl.concat([strata, empty]))
    )

    for name in ours.columns[1:]:
        np.testing.assert_allclose(ours[name], other[name], atol=1e-12)


def test_contributions_add_up_to_the_distance_from_the_overall_rate() -> None:
    for seed in range(20):
        strata = random_strata(seed)

        found = (
            case_mix_contributions(strata, KEYS)
            .group_by("agency")
            .agg(pl.col("contribution").sum())
        )

        overall = overall_rate(strata)
        raw = strata.group_by("agency").agg(pl.col("events").sum() / pl.col("base").sum())
        joined = found.join(raw, on="agency")
        np.testing.assert_allclose(
            joined["contribution"].to_numpy(), joined["events"].to_numpy() - overall, atol=1e-12
        )


def test_a_contribution_is_the_mean_over_all_orders_of_joining() -> None:
    strata = random_strata(5)
    base = {row["agency"]: row["base"] for row in indirectly_standardised(strata, []).to_dicts()}
    expected = dict.fromkeys([(agency, key) for agency in base for key in KEYS], 0.0)
    orders = list(permutations(KEYS))
    for order in orders:
        for position, key in enumerate(order):
            before, after = (
                expected_exactly(strata, list(order[:end])) for end in (position, position + 1)
            )
            for agency, count in base.items():
                expected[agency, key] += float(after[agency] - before[agency]) / count / len(orders)

    found = case_mix_contributions(strata, KEYS).filter(pl.col("dimension") != "conduct")

    ours = {(row["agency"], row["dimension"]): row["contribution"] for row in found.to_dicts()}
    assert ours == pytest.approx(expected)


def test_the_order_in_which_dimensions_are_named_changes_nothing() -> None:
    strata = random_strata(5)

    ours, other = (
        case_mix_contributions(strata, keys).sort("agency", "dimension")
        for keys in (KEYS, KEYS[::-1])
    )

    np.testing.assert_allclose(ours["contribution"], other["contribution"], atol=1e-12)


def test_a_dimension_that_changes_nothing_contributes_nothing() -> None:
    strata = random_strata(5).with_columns(kind=pl.lit("complaint"))

    found = case_mix_contributions(strata, KEYS).filter(pl.col("dimension") == "kind")

    assert found["contribution"].to_list() == pytest.approx([0] * 5)


def test_missing_columns_and_impossible_counts_are_refused() -> None:
    strata = random_strata(5)

    with pytest.raises(EstimateError, match="Missing: colour"):
        indirectly_standardised(strata, ["colour"])
    with pytest.raises(EstimateError, match="never exceed"):
        case_mix_contributions(strata.with_columns(events=pl.col("base") + 1), KEYS)
