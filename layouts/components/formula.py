"""A formula of an indicator as people write it, read from the expression that computes it."""

import re
from collections.abc import Callable
from typing import Final

import polars as pl

_STEP: Final = re.compile(r"\[\(([^\[\]()]*)\) ([-+*/]) \(([^\[\]()]*)\)\]")
_SIGNS: Final = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_COLUMN: Final = re.compile(r'col\("(\w+)"\)')
_NUMBER: Final = re.compile(r"(?:dyn )?(?:int|float): ([0-9.]+)")


def formula_text(formula: pl.Expr, name_of: Callable[[str], str]) -> str:
    """``[(dyn int: 100) * (col("a"))] / (col("b"))`` as ``100 × a ÷ b``, with names for a and b."""
    names: list[str] = []

    def remember(match: re.Match[str]) -> str:
        names.append(name_of(match[1]))
        return f"\N{SECTION SIGN}{len(names) - 1};"

    text = _NUMBER.sub(r"\1", _COLUMN.sub(remember, str(formula)))
    while (simpler := _STEP.sub(_joined, text)) != text:
        text = simpler
    return re.sub(r"§(\d+);", lambda match: names[int(match[1])], text)


def _joined(match: re.Match[str]) -> str:
    left, sign, right = match.groups()
    if sign in "*/" and re.search(r" [+−] ", left):
        left = f"{{{left}}}"
    if sign in "*/-" and " " in right:
        right = f"{{{right}}}"
    return f"{left} {_SIGNS[sign]} {right}"
