"""Whoever knows what the words of a release mean learns no more than whoever adds up its tables."""

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from tests.disclosure import knowledge, villages
from tests.disclosure.attackers import MEASURE, PERSONS, Attacker
from tests.disclosure.programme import Cell, Interval
from tests.etl.releasing import THRESHOLD

CLOSE = 1e-6
TOLD_BY_THE_REPORT = {
    "threshold",
    "unit",
    "mature_after_days",
    "cells_published",
    "cells_hidden",
    "sheets_left_out",
    "attack_rounds",
    "counterfactual_tables",
    "estimated_in_hidden_cells_per_million",
}
"""No sum over what is hidden, and not how much of it is small."""


def narrowed(intervals: Mapping[Cell, Interval]) -> dict[Cell, Interval]:
    """Cells that are left fewer than as many values as the threshold, or cannot reach it."""
    return {
        cell: (low, high)
        for cell, (low, high) in intervals.items()
        if high - low < THRESHOLD - 1 - CLOSE or high < THRESHOLD - CLOSE
    }


def shown(release: Path, measure: str, **codes: str) -> int | None:
    """What a release tells of one count of 2018; dimensions that are not named are at total."""
    attacker = Attacker(release)
    return attacker.told[
        (measure, "2018", *(codes.get(name, "_T") for name in attacker.dimensions))
    ]


def test_definitions_narrow_nothing(attacker: Attacker) -> None:
    more = [*knowledge.everything(attacker)]

    assert len(more) > 100
    assert not narrowed(attacker.programme(more).intervals(attacker.hidden))


def test_sums_of_marks_narrow_no_count_of_raters(attacker: Attacker) -> None:
    more = [*knowledge.of_marks(attacker)]

    assert len(more) > 50
    assert not narrowed(attacker.programme(more).intervals(attacker.hidden))


def test_the_report_tells_nothing_that_cannot_be_counted_in_the_files(
    attacker: Attacker, release: Path
) -> None:
    told = json.loads((release / "manifest.json").read_text())["disclosure"]
    estimates = pl.read_csv(release / "hidden.csv")["estimate"].to_list()
    shown = [attacker.told[cell] or 0 for cell in attacker.told if cell[MEASURE] in PERSONS]

    assert {*told} == TOLD_BY_THE_REPORT
    assert told["cells_hidden"] == len(attacker.hidden) == len(estimates)
    share = 1_000_000 * sum(estimates) / (sum(shown) + sum(estimates))
    assert told["estimated_in_hidden_cells_per_million"] == int(share)


def test_whoever_has_read_the_rule_narrows_nothing(attacker: Attacker) -> None:
    floors = knowledge.floors_of_the_rule(attacker)

    assert not narrowed(attacker.programme(floors=floors).intervals(attacker.hidden))


def test_no_zero_is_granted_that_would_be_shown(tmp_path: Path) -> None:
    """That those who were asked are withheld tells nothing: they are, wherever raters are."""
    release = villages.released(villages.with_one_rater(), tmp_path)
    attacker = Attacker(release)
    floors = knowledge.floors_of_the_rule(attacker)
    bounds = pl.read_csv(release / "hidden.csv", infer_schema_length=None)
    keys = ["measure", "period", *attacker.dimensions]
    lower = {tuple(row[key] for key in keys): row["lower"] for row in bounds.to_dicts()}
    rated = [cell for cell in floors if cell[MEASURE] == "rated"]

    assert rated
    assert not [cell for cell in floors if lower[cell] < floors[cell]]


def test_a_count_with_two_names_is_hidden_under_both(tmp_path: Path) -> None:
    attacker = Attacker(villages.released(villages.with_few_complaints(seed=3), tmp_path))
    more = [*knowledge.of_two_names(attacker)]

    assert len(more) > 0
    assert not narrowed(attacker.programme(more).intervals(attacker.hidden))


def test_proposals_of_one_person_are_not_shown(tmp_path: Path) -> None:
    release = villages.released(villages.with_one_proposer(14), tmp_path)

    assert shown(release, "proposals", theme="health") is None


def test_marks_of_one_person_are_not_shown(tmp_path: Path) -> None:
    release = villages.released(villages.with_one_rater(), tmp_path)

    assert shown(release, "rated", agency="AG5") is None


def test_appeals_of_the_one_person_without_a_trait_are_not_left(tmp_path: Path) -> None:
    release = villages.released(villages.with_one_man(14), tmp_path)

    assert None in {shown(release, "received", area="d3", group=group) for group in ("_T", "women")}


@pytest.mark.parametrize(("share", "is_told"), [(0.4, True), (0.6, False)])
def test_what_one_of_many_wrote_most_of_is_not_shown(
    share: float, is_told: bool, tmp_path: Path
) -> None:
    release = villages.released(villages.with_one_voice(share), tmp_path)

    assert (shown(release, "received", area="d3") is not None) == is_told


def test_what_is_left_is_not_mostly_one_persons(tmp_path: Path) -> None:
    """A few men wrote, enough to be told, but one of them most."""
    release = villages.released(villages.with_one_voice(0.4, others_are_women=True), tmp_path)

    assert shown(release, "received", area="d3", group="women") is None
