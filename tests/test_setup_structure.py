"""The structure stands: every room is under contract, none is exempt, functions stay small."""

import ast
import statistics
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
CONTRACTS: list[dict[str, Any]] = SETTINGS["importlinter"]["contracts"]
NOT_THE_PRODUCT = {"bench", "docs", "scripts", "tests", "var"}


def contract(identifier: str) -> dict[str, Any]:
    return next(each for each in CONTRACTS if each["id"] == identifier)


def rooms() -> set[str]:
    return {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_THE_PRODUCT


def product_files() -> Iterator[Path]:
    yield from ROOT.glob("*.py")
    for room in sorted(rooms()):
        yield from (ROOT / room).rglob("*.py")


def functions() -> Iterator[tuple[str, int]]:
    """Each function with the lines from its ``def`` to its end."""
    for path in product_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def test_every_room_is_under_contract() -> None:
    under_contract = set(SETTINGS["importlinter"]["root_packages"])

    assert rooms() <= under_contract
    assert rooms() - {"etl"} <= set(contract("wall")["source_modules"])


def test_every_module_of_every_room_is_under_contract() -> None:
    exhaustive = [each["containers"] for each in CONTRACTS if each.get("exhaustive")]

    assert {room for containers in exhaustive for room in containers} == rooms()


def test_no_import_is_exempt_from_a_contract() -> None:
    exemptions = [
        (each["id"], key) for each in CONTRACTS for key in each if "ignore" in key or "skip" in key
    ]

    assert not exemptions


def test_the_modules_outside_the_rooms_are_held_back_from_the_vault_too() -> None:
    closed_to_rooms = set(contract("wall")["forbidden_modules"])
    closed_to_modules = SETTINGS["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"].keys()

    assert closed_to_rooms == closed_to_modules


def test_types_are_checked_strictly_but_for_libraries_without_types() -> None:
    allowances = [set(each) for each in SETTINGS["mypy"]["overrides"]]

    assert SETTINGS["mypy"]["strict"] is True
    assert allowances == [{"module", "ignore_missing_imports"}]


def test_no_function_is_longer_than_a_screen() -> None:
    assert not [name for name, lines in functions() if lines > 60]


def test_functions_are_small() -> None:
    lengths = [lines for _, lines in functions()]

    assert statistics.median(lengths) < 10
    assert statistics.quantiles(lengths, n=10)[-1] <= 25


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in product_files()}

    assert not [str(path.relative_to(ROOT)) for path, lines in lengths.items() if lines > 400]


def test_decisions_are_numbered_without_a_gap_and_called_by_their_numbers() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers == [*range(1, len(decisions) + 1)]
    for number, path in zip(numbers, decisions, strict=True):
        assert path.read_text(encoding="utf-8").startswith(f"# {number}. ")
