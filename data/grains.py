"""The lengths of periods that tables are published for."""

from typing import Final, Literal

Grain = Literal["month", "quarter", "year"]
GRAINS: Final[tuple[Grain, ...]] = ("year", "quarter", "month")
"""Longest first."""


def as_fine_as(grain: Grain, finest: Grain) -> bool:
    """True when a grain is no finer than the finest one allowed."""
    return GRAINS.index(grain) <= GRAINS.index(finest)
