"""Surveys that others than the answering bodies held: what was asked of whom, and how sure."""

from math import sqrt
from typing import Any, Final

from data.reports.report import Figure, Key, Report

FEWEST: Final = 100
"""People asked below which a share is not taken in."""
DESIGN_EFFECTS: Final = (0.1, 50.0)
ROUNDED: Final = 0.5
"""By how many points the answers of a question may exceed 100 per cent, each being rounded."""
QUESTIONS: Final = (
    "aware",
    "confident",
    "satisfied_staff",
    "satisfied_answer",
    "satisfied_outcome",
    "would_return",
)
ANSWERS: Final = ("yes", "partly", "no", "no_answer")
NORMAL_95: Final = 1.96
FEWEST_OF_A_KIND: Final = 5
"""Effective answers on either side below which the normal approximation is not used."""
OF_A_SURVEY: Final = ("title", "body", "population", "fieldwork_from", "fieldwork_to")
"""Notes that are the same in every row of a survey."""

SURVEYS: Final = Report(
    "surveys",
    (
        Key("period", "period", "The year, quarter or month in which the fieldwork ended."),
        Key("survey", "number", "The survey's own name in the file, such as trust_2017."),
        Key("question", "choice", f"One of: {', '.join(QUESTIONS)}.", choices=QUESTIONS),
        Key("answer", "choice", f"One of: {', '.join(ANSWERS)}.", choices=ANSWERS),
    ),
    (
        Figure("share", "Share of those asked who gave the answer.", "percent", decimals=1),
        Figure("sample", "People who were asked the question."),
        Figure(
            "design_effect",
            "By how much the way of sampling widens the variance of a simple random sample of the "
            "same size; empty where it is not stated.",
            "ratio",
            decimals=2,
        ),
    ),
    "surveys",
    notes={
        "title": "The title of the survey.",
        "body": "The body that held it.",
        "population": "Who could be drawn.",
        "fieldwork_from": "The first day on which people were asked.",
        "fieldwork_to": "The last day.",
    },
)


def sampling_error(row: dict[str, Any]) -> float | None:
    """Half of the 95 % interval of a row's share in percentage points, to one decimal.

    A design effect that is not stated counts as 1, so that the error is at least this. None where
    there are too few on either side for such an interval.
    """
    share, effective = row["share"] / 100, row["sample"] / (row["design_effect"] or 1)
    if min(share, 1 - share) * effective < FEWEST_OF_A_KIND:
        return None
    return round(100 * NORMAL_95 * sqrt(share * (1 - share) / effective), 1)
