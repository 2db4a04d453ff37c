"""What the attack takes for proof: whole tables that add up, far enough apart."""

import numpy as np
import pytest

from etl.disclosure.attack import Component
from etl.disclosure.programme import Programme
from etl.disclosure.solver import Columns, Equations, Solver

THRESHOLD = 10


def of_two(total: int, floor: int) -> Component:
    """Two hidden counts of which only the sum and the least are known."""
    cells = np.arange(2, dtype=np.int64)
    equations = Equations(np.array([0, 2]), cells, np.ones(2, dtype=np.int64), np.array([total]))
    problem = Programme(cells, np.full(2, floor, dtype=np.int64), equations)
    return Component(cells, problem, np.ones(2, dtype=bool), THRESHOLD)


def lacking(total: int, floor: int) -> int:
    component = of_two(total, floor)
    component.ask_together()
    component.ask_one_by_one()
    return int(component.lacking.sum())


def test_a_count_has_to_move_by_the_threshold_less_one() -> None:
    assert lacking(total=14, floor=3) == 2
    assert lacking(total=15, floor=3) == 0


def test_a_count_has_to_reach_the_threshold() -> None:
    assert lacking(total=9, floor=0) == 2
    assert lacking(total=10, floor=0) == 0


@pytest.mark.parametrize("values", [(4, 4), (13, 2)])
def test_a_table_that_does_not_add_up_or_is_below_a_floor_proves_nothing(
    values: tuple[int, int],
) -> None:
    component = of_two(total=15, floor=3)
    component.take(np.array(values, dtype=np.int64))

    assert component.tables == []


def test_a_solver_that_stops_is_not_taken_for_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    equations = of_two(total=15, floor=3).problem.equations
    solver = Solver(equations, equations.right, [Columns(np.arange(2))])
    solver.price(np.array([1.0, 2.0]))
    monkeypatch.setattr(solver._solver, "run", lambda: None)

    with pytest.raises(RuntimeError, match="the solver stopped"):
        solver.cheapest()
