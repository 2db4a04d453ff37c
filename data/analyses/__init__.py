"""Analyses: every file that is computed from published tables alone, each declared in a room."""

from typing import Final

from data.analyses.analysis import Analysis, Column
from data.analyses.comparison import COMPARISON

ANALYSES: Final[dict[str, Analysis]] = {each.name: each for each in (COMPARISON,)}

__all__ = ["ANALYSES", "Analysis", "Column"]
