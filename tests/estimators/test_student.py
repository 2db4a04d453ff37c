"""Student's t is that of the reference, for every degree of freedom that a series can have."""

import pytest
from scipy import stats

from etl.estimators.arrays import EstimateError
from etl.estimators.student import chance_within, t_value


@pytest.mark.parametrize("freedom", range(1, 80))
def test_limits_and_chances_are_those_of_the_reference(freedom: int) -> None:
    law = stats.t(freedom)

    for confidence in (0.5, 0.8, 0.95, 0.998):
        found = t_value(confidence, freedom)
        assert found == pytest.approx(law.ppf((1 + confidence) / 2), rel=1e-9)
        assert chance_within(found, freedom) == pytest.approx(confidence, abs=1e-12)


def test_no_degree_of_freedom_has_no_limits() -> None:
    with pytest.raises(EstimateError, match="No degrees of freedom"):
        t_value(0.95, 0)
