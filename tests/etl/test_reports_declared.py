"""Every report is declared whole: what it counts, of whom, and who answers for it."""

import pytest

from data.analyses import ANALYSES
from data.datasets import TABLES
from data.dimensions import DIMENSIONS
from data.reports import ORIGIN, REORGANISATIONS, REPORTS, SURVEYS, Report

EVERY = pytest.mark.parametrize("report", REPORTS.values(), ids=lambda report: report.name)


@EVERY
def test_a_report_has_a_file_of_its_own(report: Report) -> None:
    assert report.name not in {*TABLES, *ANALYSES, "acts", "ledger", "codebook", "hidden"}


@EVERY
def test_every_column_is_described_and_stands_once(report: Report) -> None:
    described = {key.name: key.description for key in report.keys}
    described |= {figure.name: figure.description for figure in report.figures}
    described |= {**report.notes, **ORIGIN}
    names = [*report.key_names, *(figure.name for figure in report.figures)]
    names += [*report.notes, *ORIGIN]
    assert all(described.values())
    assert list(report.schema) == names
    assert len(set(names)) == len(names)


@EVERY
def test_a_report_of_persons_is_broken_down_by_one_key_beside_its_periods(report: Report) -> None:
    periods = [key for key in report.keys if key.of == "period"]
    assert report in (REORGANISATIONS, SURVEYS) or (len(periods), len(report.keys)) == (1, 2)
    assert not report.personal or len(report.keys) == 2


@EVERY
def test_what_a_report_speaks_of_is_declared(report: Report) -> None:
    figures = {figure.name for figure in report.figures}
    assert {figure.within for figure in report.figures} <= figures | {""}
    assert {each for ratio in report.ratios for each in (ratio.part, ratio.whole)} <= figures
    for key in report.keys:
        known = {level.name for level in DIMENSIONS[key.dimension].levels} if key.dimension else {}
        assert set(key.levels) <= set(known)
        assert bool(key.levels) == (key.of == "code")
        assert bool(key.choices) == (key.of == "choice")


@EVERY
def test_somebody_answers_for_a_report_and_looks_at_it_again(report: Report) -> None:
    assert report.owner
    assert report.reviewed < report.next_review
