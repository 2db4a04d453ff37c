"""An appeal stays on control until it has an answer that it is not reopened after."""

import polars as pl
import pytest

from data.indicators import INDICATORS
from data.measures import MEASURES, OFF_CONTROL_BY, Count
from etl.aggregate import aggregate
from etl.catalogue import catalogue
from tests.etl.town import Town, row

REOPENED = """
[columns.reopened_at]
from = "again"
"""
CONTROL = ("reopened", "off_control", *(f"off_control_{day}" for day in OFF_CONTROL_BY))


def counted(town: Town, **told: str) -> dict[str, int]:
    """The counts of the year of one appeal, registered on 1 March."""
    town.toml += REOPENED
    staged = town.take_in([row(**told)])
    cells = aggregate(staged, 10).tables["control"]
    return cells.filter(agency="_T", period="2019").row(0, named=True)


@pytest.mark.parametrize(
    ("closed", "again", "expected"),
    [
        ("", "", (0, 0, 0, 0, 0)),
        ("2019-03-16", "", (0, 1, 1, 1, 1)),
        ("2019-03-17", "", (0, 1, 0, 1, 1)),
        ("2019-04-30", "", (0, 1, 0, 0, 1)),
        ("2019-05-01", "", (0, 1, 0, 0, 0)),
        ("2019-03-16", "2019-04-01", (1, 0, 0, 0, 0)),
    ],
)
def test_what_is_answered_and_not_reopened_is_off_control_from_the_day_of_the_answer(
    town: Town, closed: str, again: str, expected: tuple[int, ...]
) -> None:
    found = counted(town, closed=closed, again=again)

    assert tuple(found[name] for name in CONTROL) == expected


def test_a_source_that_tells_of_no_reopening_has_no_control_register(town: Town) -> None:
    staged = town.take_in([row()])

    cells = aggregate(staged, 10).tables["control"]

    assert not set(CONTROL) & set(cells.columns)
    assert "control" in catalogue(staged.edition)


def test_what_is_on_control_is_open_or_reopened() -> None:
    frame = pl.DataFrame({"received": [9], "off_control": [5]})

    assert frame.select(INDICATORS["on_control"].formula).item() == 4


def test_figures_of_control_are_of_conduct_and_stand_on_the_appeals_received() -> None:
    for name in CONTROL:
        measure = MEASURES[name]
        assert isinstance(measure, Count)
        assert not measure.personal
        assert measure.matures
