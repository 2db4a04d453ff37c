"""Villages in which something is rare: where a rule that forgets a case gives somebody away."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from etl.aggregate import aggregate
from tests.etl import village
from tests.etl.releasing import THRESHOLD, made_of, written

Appeal = dict[str, Any]
ONE_PERSON = 1


def released(appeals: list[Appeal], root: Path) -> Path:
    """The village's release, unverified."""
    return written(made_of(aggregate(village.staged(root / "staged", appeals), THRESHOLD)), root)


def with_few_complaints(seed: int, few: int = 3) -> list[Appeal]:
    """So few complaints of a year that another kind has to shield them; proposals are next."""
    appeals = village.appeals(3_000, seed)
    _each(appeals, lambda at: at["kind"] == "complaint", {"kind": "application"}, but=few)
    _each(appeals, lambda at: at["kind"] == "proposal", {"kind": "application"}, but=30)
    return appeals


def with_one_proposer(count: int) -> list[Appeal]:
    """All proposals on health are of one person."""
    appeals = village.appeals(3_000, seed=1)
    of_health = _in_2018(appeals, lambda at: at["kind"] == "proposal" and at["theme"] == "health")
    for number, appeal in enumerate(of_health):
        appeal.update({"person": ONE_PERSON} if number < count else {"kind": "application"})
    return appeals


def with_one_rater() -> list[Appeal]:
    """All answers of one body that were rated went to one person."""
    appeals = village.appeals(3_000, seed=1)
    for appeal in appeals:
        if appeal["agency"] == "AG5" and appeal["satisfaction"] is not None:
            appeal["person"] = ONE_PERSON
    return appeals


def with_one_man(count: int) -> list[Appeal]:
    """All appeals of one district that are not of women are of one person."""
    appeals = village.appeals(3_000, seed=3)
    for number, appeal in enumerate(_in_2018(appeals, lambda at: at["district"] == "d3")):
        appeal.update({"women": False, "person": ONE_PERSON} if number < count else {"women": True})
    return appeals


def with_one_voice(share: float, *, others_are_women: bool = False) -> list[Appeal]:
    """One person wrote so much of all that came from a district, or of what came from its men."""
    appeals = village.appeals(3_000, seed=3)
    here = [*_in_2018(appeals, lambda at: at["district"] == "d3")]
    own = round(len(here) * share)
    for number, appeal in enumerate(here):
        appeal["person"] = ONE_PERSON if number < own else 10_000 + number
        appeal["women"] = others_are_women and number >= own + THRESHOLD + 2
    return appeals


def with_few_between(few: int) -> list[Appeal]:
    """In one district all but a few who wrote are under 30 or over 60, and nobody is both."""
    appeals = village.appeals(3_000, seed=1)
    for appeal in appeals:
        appeal["over_60"] = appeal["over_60"] and not appeal["under_30"]
    of_district = _in_2018(appeals, lambda at: at["district"] == "d3")
    for number, appeal in enumerate(of_district):
        young = number % 2 == 0
        appeal.update(under_30=young and number >= few, over_60=not young and number >= few)
    return appeals


def with_few_old(young: int, old: int) -> list[Appeal]:
    """In each district most who wrote are under 30, and a few are over 60."""
    appeals = village.appeals(3_000, seed=2)
    places = Counter[tuple[str | None, int]]()
    for appeal in appeals:
        place = appeal["district"], appeal["registered"].year
        number, places[place] = places[place], places[place] + 1
        appeal.update(under_30=number < young, over_60=young <= number < young + old)
    return appeals


def _each(
    appeals: Iterable[Appeal], holds: Callable[[Appeal], bool], change: Appeal, but: int
) -> None:
    """Changes every appeal for which something holds, but for so many of one year."""
    kept = 0
    for appeal in appeals:
        if holds(appeal):
            spared = kept < but and appeal["registered"].year == 2018
            kept += spared
            if not spared:
                appeal.update(change)


def _in_2018(appeals: Iterable[Appeal], holds: Callable[[Appeal], bool]) -> Iterable[Appeal]:
    return (at for at in appeals if at["registered"].year == 2018 and holds(at))
