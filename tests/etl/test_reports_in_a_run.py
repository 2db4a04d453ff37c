"""A run takes the reports in first, and runs again when one of their files has changed."""

from pathlib import Path

import pytest

from data.errors import SourceError
from etl.attempt import fingerprint_of
from etl.pipeline import Order, Watcher, run
from etl.vault import Vault
from tests.etl.reporting import mapping_with, people

APPEALS = "id,opened,office,region,district\n1,2019-03-01,roads,1703,d1\n"


def order(directory: Path, count: int) -> Order:
    mapping = mapping_with(directory, reception_offices=[people("d1", count)])
    (directory / "appeals.csv").write_text(APPEALS, encoding="utf-8")
    return Order(
        mapping=mapping,
        source=str(directory / "appeals.csv"),
        as_of=None,
        threshold=10,
        vault=Vault(directory / "vault"),
        releases=directory / "releases",
        code_version="test",
    )


def test_a_report_that_is_refused_stops_the_run_before_an_appeal_is_read(tmp_path: Path) -> None:
    steps: list[str] = []
    watcher = Watcher(lambda step, _rows: steps.append(step), lambda *_: None)

    with pytest.raises(SourceError, match="'people' counts fewer than 10 persons"):
        run(order(tmp_path, 9), watcher)

    assert not steps
    assert not (tmp_path / "vault" / "staging").exists()
    assert not (tmp_path / "releases").exists()


def test_a_changed_report_is_a_changed_source(tmp_path: Path) -> None:
    before = fingerprint_of(order(tmp_path, 12))

    assert fingerprint_of(order(tmp_path, 12_000)) != before
