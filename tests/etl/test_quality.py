"""Flags of quality: those who game the figures stand out, and nothing is guessed."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.flags import FLAGS, TABLE
from data.indicators import INDICATORS
from data.measures import MEASURES
from etl.aggregate import aggregate
from etl.catalogue import catalogue, is_collected
from etl.demo import generate
from etl.intake import intake
from etl.mapping import read_mapping
from etl.vault import Vault
from tests.etl.town import Town, row

DEMO = Path(__file__).resolve().parents[2] / "mappings" / "demo.toml"
APPEALS = 40_000
ENOUGH = 60
"""Appeals of an agency from which on chance no longer hides what it does."""

GAMED = {
    "instant_share": "closed_within_an_hour",
    "last_days_share": "heaping",
    "forwarded_share": "dispatches",
    "forwarded_often_share": "dispatches",
    "template_share": "template_answers",
    "return_share": "hollow",
}
"""Flag → the true parameter of those who game it."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, dict[str, Any]]:
    """Exact counts of the demonstration source by agency over its years, and the truth."""
    folder = tmp_path_factory.mktemp("gamed")
    source = f"sqlite:///{folder}/demo.db"
    generate(source, APPEALS)
    staged = intake(read_mapping(DEMO), source, Vault(folder / "vault"), None, lambda *_: None)
    counted = aggregate(staged, 10).tables[TABLE]
    by_agency = counted.group_by("agency").agg(pl.exclude("period").sum())
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return by_agency.filter(pl.col("agency").str.starts_with("AG")), truth["agencies"]


@pytest.mark.parametrize("flag", FLAGS)
def test_who_games_a_figure_stands_out_by_its_flag(
    made: tuple[pl.DataFrame, dict[str, Any]], flag: str
) -> None:
    counted, truth = made
    gaming = {code for code, each in truth.items() if each["true"][GAMED[flag]]}
    large = counted.filter(pl.col(INDICATORS[flag].base) >= ENOUGH)
    shares = large.select("agency", INDICATORS[flag].formula.alias("share"))
    theirs = shares.filter(pl.col("agency").is_in(gaming))
    others = shares.filter(~pl.col("agency").is_in(gaming))["share"]

    assert theirs.height
    assert theirs.filter(pl.col("share") <= others.max()).is_empty(), shares.sort("share")


def test_answers_without_substance_are_as_many_as_the_bodies_give(
    made: tuple[pl.DataFrame, dict[str, Any]],
) -> None:
    counted, truth = made
    share = INDICATORS["without_substance_share"].formula.alias("share")
    large = counted.filter(pl.col("answered") >= ENOUGH)
    for agency, answered, found in large.select("agency", "answered", share).rows():
        true = 100 * truth[agency]["true"]["without_substance"]
        chance = (true * (100 - true) / answered) ** 0.5
        assert abs(found - true) < 4.5 * chance, agency


def test_what_is_expected_of_the_last_days_is_alike_for_all_but_those_who_heap(
    made: tuple[pl.DataFrame, dict[str, Any]],
) -> None:
    counted, truth = made
    honest = [code for code, each in truth.items() if not each["true"]["heaping"]]
    summed = counted.filter(pl.col("agency").is_in(honest)).sum()

    assert summed["last_days"].item() == pytest.approx(summed["week_before"].item(), rel=0.2)


def test_a_source_that_tells_days_alone_says_nothing_of_hours(tmp_path: Path) -> None:
    edition = Town(tmp_path).take_in([row()]).edition

    assert not is_collected(MEASURES["within_hour"], edition)
    assert is_collected(MEASURES["last_days"], edition)
    assert TABLE in catalogue(edition)


def test_a_source_that_tells_hours_says_who_answered_within_one(tmp_path: Path) -> None:
    hours = row(opened="2019-03-01 10:00", closed="2019-03-01 10:40")
    staged = Town(tmp_path).take_in([hours, row(id="2")])
    counted = aggregate(staged, 10).tables[TABLE].filter(pl.col("agency") == "_T")

    assert counted.select("answered", "timed", "within_hour").rows() == [(2, 1, 1)]


def test_a_source_without_the_texts_of_answers_says_nothing_of_templates(tmp_path: Path) -> None:
    edition = Town(tmp_path).take_in([row()]).edition

    assert not is_collected(MEASURES["templated"], edition)


def test_a_text_given_ten_times_is_a_template_and_none_of_it_is_staged(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.toml = town.toml.replace('never_read = ["phone"]', "").replace(
        'person = ["pin"]', 'person = ["pin"]\nanswer = ["phone"]'
    )
    staged = town.take_in(
        row(id=str(number), phone=f"No. {number}: it was explained to you") for number in range(10)
    )
    counted = aggregate(staged, 10).tables[TABLE].filter(pl.col("agency") == "_T")

    assert counted.select("texts", "templated").rows() == [(10, 10)]
    for path in staged.months():
        assert b"explained" not in pl.read_parquet(path).write_json().encode()
