"""Analyses: each that is declared is made, judged, described and found in the catalogue."""

import pytest

from data.analyses import ANALYSES
from data.analyses.analysis import REGISTER
from data.datasets import TABLES
from etl.analyses import ANALYSTS
from etl.verify.analyses import JUDGES


def test_every_declared_analysis_is_made_and_judged() -> None:
    assert ANALYSTS.keys() == ANALYSES.keys() == JUDGES.keys()


@pytest.mark.parametrize("name", ANALYSES)
def test_an_analysis_reads_tables_of_the_catalogue_and_is_keyed_by_its_own_columns(
    name: str,
) -> None:
    declared = ANALYSES[name]
    assert name not in TABLES
    assert set(declared.reads) <= {*TABLES, REGISTER}
    assert declared.reads
    assert set(declared.keys) <= declared.schema.keys()
    assert all(column.description for column in declared.columns)
