"""One village counted and released once, for every test that attacks or forges the release."""

from pathlib import Path

import pytest

from etl.stages import Cells
from tests.disclosure.attackers import Attacker
from tests.disclosure.programme import Cell
from tests.etl.releasing import counted, made_of, written


@pytest.fixture(scope="session")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Cells:
    return counted(tmp_path_factory.mktemp("exact"))


@pytest.fixture(scope="session")
def release(exact: Cells, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(made_of(exact), tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="session")
def attacker(release: Path) -> Attacker:
    return Attacker(release)


@pytest.fixture(scope="session")
def true_counts(exact: Cells, attacker: Attacker) -> dict[Cell, int]:
    """What no release tells: the true count of every cell."""
    found = {}
    for name, table in exact.catalogue.items():
        for row in exact.tables[name].iter_rows(named=True):
            codes = (row["period"], *(row.get(each, "_T") for each in attacker.dimensions))
            found.update({(m, *codes): row[m] for m in table.measures if m in row})
    return found
