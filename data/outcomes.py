"""What outcomes are shares of: the three denominators that are quoted, each declared once.

A quoted share of outcomes means nothing without its denominator: of all that was received, of what
was answered, or of what was decided, where explanations and what was passed on are left out.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl
from polars import col

POSITIVE: Final = "positive"
CLARIFIED: Final = "clarified"
REFUSED: Final = "refused"
PASSED_ON: Final = "passed_on"
"""Codes of the classes of outcomes in ``data/reference/outcome.csv``."""


@dataclass(frozen=True, eq=False)
class Denominator:
    """What an outcome is a share of, as a formula over published counts (``data/indicators.py``).

    ``without`` names the outcomes that it leaves out: these have no share of it.
    """

    name: str
    formula: pl.Expr
    base: str
    without: tuple[str, ...] = ()


DECIDED: Final = (
    col("concluded__total") - col(f"concluded__{CLARIFIED}") - col(f"concluded__{PASSED_ON}")
)
"""What was answered yes or no: considered without explanations and without what was passed on."""

DENOMINATORS: Final = (
    Denominator("received", col("received__total"), "received"),
    Denominator("considered", col("concluded__total"), "concluded"),
    Denominator("decided", DECIDED, "concluded", without=(CLARIFIED, PASSED_ON)),
)
