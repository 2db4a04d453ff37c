"""The product computes its estimates without the libraries that prove them."""

import ast
import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parents[2] / "etl" / "estimators"
ALLOWED = {"data", "etl", "numpy", "polars", *sys.stdlib_module_names}


def imported(path: Path) -> set[str]:
    tree = list(ast.walk(ast.parse(path.read_text())))
    plain = {name.name for node in tree if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "" for node in tree if isinstance(node, ast.ImportFrom)}


def test_estimators_need_only_polars_and_numpy() -> None:
    needed = {name for path in ROOM.glob("*.py") for name in imported(path)}

    assert {name.partition(".")[0] for name in needed} <= ALLOWED
    assert all(name.startswith("etl.estimators.") for name in needed if name.startswith("etl"))
