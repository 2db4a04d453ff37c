"""Surveys: shares of enough people, whole questions, and one description of each survey."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from data.periods import last_day

FEWEST: Final = 100
MOST_PER_CENT: Final = 100.5
DESCRIBED_BY: Final = ("title", "body", "population", "fieldwork_from", "fieldwork_to")

Row = Mapping[str, Any]


def survey_findings(rows: Sequence[Row]) -> Iterator[str]:
    """What is wrong with the rows of a release's surveys."""
    made: dict[tuple[str, ...], float] = defaultdict(float)
    said: dict[tuple[str, ...], set[tuple[Any, ...]]] = defaultdict(set)
    for row in rows:
        yield from (f"surveys: {wrong}" for wrong in _row(row))
        made[row["period"], row["survey"], row["question"]] += row["share"] or 0
        said[row["period"], row["survey"]].add(tuple(row[name] for name in DESCRIBED_BY))
    if any(total > MOST_PER_CENT for total in made.values()):
        yield "surveys: the answers to a question make more than 100 per cent"
    if any(len(versions) > 1 for versions in said.values()):
        yield "surveys: the rows of a survey describe it in different ways"


def _row(row: Row) -> Iterator[str]:
    if row["share"] is None or not 0 <= row["share"] <= 100:
        yield "a share is not from 0 to 100"
    if (row["sample"] or 0) < FEWEST:
        yield "a share is of too few people"
    if row["design_effect"] is not None and row["design_effect"] <= 0:
        yield "a design effect is not above nothing"
    days = [row["fieldwork_from"], row["fieldwork_to"]]
    if None not in days and days[0] > days[1]:
        yield "fieldwork ended before it began"
    if days[1] is not None and days[1] > last_day(row["period"]).isoformat():
        yield "fieldwork ended after its period"
