"""Surveys: refused with row, rule and remedy, judged again in a release, and their errors right."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.errors import SourceError
from data.reports.surveys import sampling_error
from etl.reports import read_reports
from etl.verify.surveys import survey_findings
from tests.etl.reporting import STATED, frame_of, mapping_with

THRESHOLD = 10
TITLE = {"title": "Trust", "body": "A centre", "population": "Adults"}
DAYS = {"fieldwork_from": "2018-10-01", "fieldwork_to": "2018-11-15"}


def answer(answer: str = "yes", share: object = 48.6, **more: object) -> dict[str, Any]:
    asked = {"period": "2018-Q4", "survey": "trust", "question": "satisfied_answer"}
    known = {"share": share, "sample": 2400, "design_effect": 1.5, **TITLE, **DAYS}
    return {**asked, "answer": answer, **known, **STATED, **more}


def read(directory: Path, *rows: dict[str, Any]) -> Any:
    return read_reports(mapping_with(directory, surveys=[*rows]), None, THRESHOLD)["surveys"]


def test_a_survey_comes_in_as_it_is_told(tmp_path: Path) -> None:
    frame = read(tmp_path / "told", answer(), answer("no", 51.4), answer("yes", 90, survey="b"))
    assert frame.select("survey", "answer", "share", "sample", "design_effect").rows() == [
        ("b", "yes", 90.0, 2400, 1.5),
        ("trust", "no", 51.4, 2400, 1.5),
        ("trust", "yes", 48.6, 2400, 1.5),
    ]
    assert not list(survey_findings(frame.to_dicts()))


def test_what_is_not_stated_of_a_survey_is_left_empty(tmp_path: Path) -> None:
    little = dict.fromkeys((*TITLE, *DAYS, "design_effect"), "")
    frame = read(tmp_path / "little", answer(period="2018", **little))
    assert frame.select(*little).row(0) == (None,) * len(little)


WRONG = [
    ([answer(share=100.1)], "'share' is not from 0 to 100"),
    ([answer(share="")], "'share' is not from 0 to 100"),
    ([answer(share="a half")], "'share' is not a number"),
    ([answer(sample="")], "'sample' is not given, or below 100"),
    ([answer(sample=99)], "'sample' is not given, or below 100"),
    ([answer(design_effect=0)], "'design_effect' is not from 0.1 to 50"),
    ([answer(share=60), answer("no", 41)], "make more than 100 per cent"),
    ([answer(fieldwork_from="autumn")], "'fieldwork_from' is not a day"),
    ([answer(fieldwork_from="2018-12-01")], "ended before it began"),
    ([answer(fieldwork_to="2019-01-02")], "ended in another period"),
    ([answer(period="2017")], "ended in another period"),
    ([answer(), answer("no", 40, body="Another")], "another row of its survey has another 'body'"),
    ([answer(question="favourite_colour")], "'question' is not one of aware"),
    ([answer("maybe")], "'answer' is not one of yes"),
    ([answer(), answer()], "another row has the same period, survey, question, answer"),
    ([answer(source="")], "no 'source' is given"),
]


@pytest.mark.parametrize(("rows", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_survey_is_refused_with_row_rule_and_remedy(
    tmp_path: Path, rows: list[dict[str, Any]], said: str
) -> None:
    with pytest.raises(SourceError) as refused:
        read(tmp_path / "wrong", *rows)
    assert "Report 'surveys'" in str(refused.value)
    assert f"row 1 of {len(rows)}" in str(refused.value)
    assert said in str(refused.value)
    assert "Another" not in str(refused.value)


def spoilt() -> Iterator[tuple[dict[str, Any], str]]:
    yield {"share": 101.0}, "a share is not from 0 to 100"
    yield {"sample": 12}, "a share is of too few people"
    yield {"design_effect": 0.0}, "a design effect is not above nothing"
    yield {"fieldwork_from": "2018-12-01"}, "fieldwork ended before it began"
    yield {"fieldwork_to": "2019-01-02"}, "fieldwork ended after its period"
    yield {"share": 70.0}, "make more than 100 per cent"
    yield {"body": "Another"}, "describe it in different ways"


@pytest.mark.parametrize(("change", "said"), [*spoilt()])
def test_a_release_that_breaks_a_rule_is_found(change: dict[str, Any], said: str) -> None:
    rows = frame_of("surveys", [answer(), answer("no", 41.0)]).to_dicts()
    assert not list(survey_findings(rows))
    assert any(said in each for each in survey_findings([rows[0], rows[1] | change]))


@pytest.mark.parametrize(
    ("share", "sample", "effect", "error"),
    [(80, 1510, None, 2.0), (90, 1510, None, 1.5), (88, 1510, None, 1.6), (50, 1000, 2.0, 4.4)],
)
def test_the_error_is_that_of_the_textbook(
    share: float, sample: int, effect: float | None, error: float
) -> None:
    """1.96 √(deff · p(1 − p) / n): for 80 % of 1,510 two points, for 50 % of 1,000 at 2 4.4."""
    assert sampling_error({"share": share, "sample": sample, "design_effect": effect}) == error


@pytest.mark.parametrize("share", [0, 100, 0.1])
def test_no_error_is_told_where_the_approximation_fails(share: float) -> None:
    assert sampling_error({"share": share, "sample": 2400, "design_effect": 1.5}) is None


def test_the_interval_holds_the_truth_in_95_of_100_samples() -> None:
    drawn = np.random.default_rng(2017).binomial(1510, 0.8, 4000)
    held = [
        abs(100 * n / 1510 - 80) <= error
        for n in drawn
        if (error := sampling_error({"share": 100 * n / 1510, "sample": 1510, "design_effect": 1}))
    ]
    assert abs(np.mean(held) - 0.95) < 0.015
