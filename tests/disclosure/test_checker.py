"""The checker of a release accepts it, and refuses each forgery of it."""

import ast
import sys
from pathlib import Path

import pytest

from etl import contents
from etl.stages import Cells
from tests.disclosure.forging import Change, Rows, copied, forged, reseal, rewrite, told_by_checker

TABLE, CERTIFICATE = "district_by_theme_group.csv", "certificate.csv.gz"


def test_the_checker_accepts_the_release(release: Path) -> None:
    code, words = told_by_checker(release)

    assert code == 0, words
    assert "0 promises broken" in words


def test_the_checker_is_short_and_needs_nothing_but_python(release: Path) -> None:
    source = (release / "check.py").read_text()
    nodes = list(ast.walk(ast.parse(source)))
    imported = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}

    assert source == contents.CHECKER.read_text()
    assert len(source.splitlines()) <= 150
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def first(rows: Rows, **having: str) -> dict[str, str]:
    return next(row for row in rows if having.items() <= row.items())


def one_more(rows: Rows) -> None:
    row = first(rows, received_status="A", area="d1", theme="utilities")
    row["received"] = str(int(row["received"]) + 1)


def one_more_of_an_agency(rows: Rows) -> None:
    row = first(rows, agency="AG1", received_status="A", period="2018")
    row["received"] = str(int(row["received"]) + 1)


def shown_as_nine(rows: Rows) -> None:
    first(rows, received_status="Q", theme="social").update(received="9", received_status="A")


def shown_as_zero(rows: Rows) -> None:
    first(rows, received_status="Q", theme="social").update(received="0", received_status="A")


def without_a_line(rows: Rows) -> None:
    rows.pop()


def with_another_value(rows: Rows) -> None:
    values = rows[0]["values"].split()
    rows[0]["values"] = " ".join([str(int(values[0]) + 1), *values[1:]])


def with_the_same_value_throughout(rows: Rows) -> None:
    for row in rows:
        row["values"] = row["values"].split()[0]


def with_another_estimate(rows: Rows) -> None:
    rows[0]["estimate"] = str(int(rows[0]["estimate"]) + 1)


def with_another_parent(rows: Rows) -> None:
    first(rows, code="AG1")["parent"] = "hokimiyats"


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        (TABLE, one_more, "is not the sum of its parts"),
        (TABLE, shown_as_nine, "shows 9"),
        (TABLE, shown_as_zero, "is not the sum of its parts"),
        ("agencies.csv", one_more_of_an_agency, "has two values"),
        (CERTIFICATE, without_a_line, "certified for 0 to 0 only"),
        (CERTIFICATE, with_another_value, "is not the sum of its parts"),
        (CERTIFICATE, with_the_same_value_throughout, "is hidden, but certified for"),
        ("hidden.csv", with_another_estimate, "is not the sum of its parts"),
        ("codelist_agency.csv", with_another_parent, "is not the sum of its parts"),
    ],
)
def test_a_forged_release_is_refused(
    release: Path, tmp_path: Path, name: str, change: Change, told: str
) -> None:
    code, words = told_by_checker(forged(release, tmp_path, name, change))

    assert code == 1
    assert told in words
    assert "Traceback" not in words


def test_every_hidden_count_that_is_shown_again_is_refused(
    release: Path, exact: Cells, tmp_path: Path
) -> None:
    target = copied(release, tmp_path)
    original = (target / TABLE).read_bytes()
    frame = exact.tables["district_by_theme_group"]
    truth = {row[:3]: row[3] for row in frame.select("period", "area", "theme", "received").rows()}

    for place, row in enumerate(_rows_of(target / TABLE)):
        if row["received_status"] == "Q":
            true = truth[row["period"], row["area"], row["theme"]]
            rewrite(target / TABLE, _shown_as(place, true))
            reseal(target)
            assert told_by_checker(target)[0] == 1, row
            (target / TABLE).write_bytes(original)


def _rows_of(path: Path) -> Rows:
    kept: Rows = []
    rewrite(path, kept.extend)
    return kept


def _shown_as(place: int, value: int) -> Change:
    return lambda rows: rows[place].update(received=str(value), received_status="A")


def test_a_file_that_differs_from_its_hash_is_refused(release: Path, tmp_path: Path) -> None:
    target = copied(release, tmp_path)
    (target / "README.md").write_text("All is well.\n")

    code, words = told_by_checker(target)

    assert code == 1
    assert "README.md was changed" in words


def test_a_release_that_agrees_with_an_earlier_one_is_accepted(
    release: Path, tmp_path: Path
) -> None:
    assert told_by_checker(release, copied(release, tmp_path))[0] == 0


@pytest.mark.parametrize("change", [one_more, shown_as_nine])
def test_a_release_that_differs_from_an_earlier_one_is_refused(
    release: Path, tmp_path: Path, change: Change
) -> None:
    earlier = forged(release, tmp_path, TABLE, change)

    code, words = told_by_checker(release, earlier)

    assert code == 1
    assert "differs from" in words
