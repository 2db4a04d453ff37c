"""A village of few bodies, places and themes, whose appeals are few enough to count by hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import polars as pl

from data.appeal import GENERALISED
from data.codelists import Code, Codelist, with_total
from data.dimensions import GROUP_FLAGS
from etl.stages import Staged
from tests.sample import edition_of, write_months

FIRST_DAY: Final = date(2018, 11, 1)
AS_OF: Final = date(2019, 4, 30)
PEOPLE: Final = 2_000

TREES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "agency": {"ministries": ("AG1", "AG2", "AG3"), "hokimiyats": ("AG4", "AG5")},
    "area": {"1703": ("d1", "d2"), "1706": ("d3", "d4")},
    "theme": {"utilities": ("water", "roads"), "social": ("pensions", "health")},
    "outcome": {"positive": ("satisfied", "partly"), "refused": ("rejected",)},
}
FLAT: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("application", "complaint", "proposal"),
    "channel": ("website", "mobile"),
    "group": GROUP_FLAGS,
}
LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "agency": ("sector", "agency"),
    "area": ("region", "district"),
    "theme": ("theme_group", "theme"),
    "outcome": ("outcome_class", "outcome"),
    "kind": ("kind",),
    "channel": ("channel",),
    "group": ("group",),
}


def lists() -> dict[str, Codelist]:
    """The village's code lists."""
    found = {}
    for name, tree in TREES.items():
        coarse, fine = LEVELS[name]
        codes = [Code(code, coarse, "_T", (("en", code.title()),)) for code in tree]
        codes += [
            Code(leaf, fine, parent, (("en", leaf.title()),))
            for parent, leaves in tree.items()
            for leaf in leaves
        ]
        found[name] = with_total(name, codes)
    for name, flat in FLAT.items():
        codes = [Code(code, name, "_T", (("en", code.title()),)) for code in flat]
        found[name] = with_total(name, codes)
    return found


def appeals(
    count: int, seed: int, *, gaps: bool = True, people: int = PEOPLE
) -> list[dict[str, Any]]:
    """Random appeals; with ``gaps`` some of them do not say where they belong or who wrote."""
    chance = Random(seed)  # noqa: S311 (repeatable, no secret)
    return [_appeal(chance, people, gaps=gaps) for _ in range(count)]


def _appeal(chance: Random, people: int, *, gaps: bool) -> dict[str, Any]:
    registered = FIRST_DAY + timedelta(days=chance.randrange((AS_OF - FIRST_DAY).days + 1))
    days = chance.choice((0, 1, 3, 5, 9, 15, 16, 29, 33, 70, 120))
    is_answered = registered + timedelta(days=days) <= AS_OF
    is_rated = is_answered and chance.random() < 0.5
    is_gap = gaps and chance.random() < 0.08
    row: dict[str, Any] = dict.fromkeys(GENERALISED)
    row |= {name: chance.random() < 0.3 for name, k in GENERALISED.items() if k is pl.Boolean}
    row |= {
        "person": None if gaps and chance.random() < 0.1 else chance.randrange(people),
        "registered": registered,
        "answered": registered + timedelta(days=days) if is_answered else None,
        "response_days": days if is_answered else None,
        "as_of": AS_OF,
        "due": registered + timedelta(days=15),
        "due_extended": registered + timedelta(days=15 if days < 30 else 46),
        "kind": chance.choice(FLAT["kind"]),
        "channel": None if is_gap else chance.choice(FLAT["channel"]),
        "satisfaction": chance.randint(1, 5) if is_rated else None,
        "answer_print": chance.randrange(40) if is_answered else None,
        "hops": None if is_gap else chance.randrange(5),
        "asked": is_rated or chance.random() < 0.5,
    }
    for name, tree in TREES.items():
        coarse, fine = LEVELS[name]
        parent = chance.choices(list(tree), weights=(5, 1))[0]
        leaf = chance.choice(tree[parent])
        is_told = name != "outcome" or is_answered
        row[coarse] = parent if is_told else None
        row[fine] = leaf if is_told and not (is_gap and name != "agency") else None
        if is_gap and name == "theme":
            row[coarse] = None
    return row


def staged(directory: Path, rows: list[dict[str, Any]], **changes: Any) -> Staged:
    """The appeals as intake leaves them; ``changes`` go to the edition."""
    directory.mkdir(exist_ok=True, parents=True)
    write_months(directory, rows)
    return Staged(directory, edition_of(lists(), len(rows), FIRST_DAY, AS_OF, **changes))
