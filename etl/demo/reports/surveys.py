"""Surveys: the published one of 2017 as it is, and an invented one that says all it can."""

from typing import Final

import polars as pl

from data.reports.surveys import SURVEYS
from etl.demo.reference import read
from etl.demo.reports.stated import INVENTED, whole

_ABOUT: Final = {
    "period": "2019-Q2",
    "survey": "demo_2019",
    "sample": 2400,
    "design_effect": 1.6,
    "title": f"{INVENTED}2019-yilgi soʻrov",
    "body": f"{INVENTED}soʻrov markazi",
    "population": f"{INVENTED}soʻnggi yilda murojaat qilgan katta yoshlilar",
    "fieldwork_from": "2019-04-08",
    "fieldwork_to": "2019-05-17",
    "source": f"{INVENTED}soʻrov hisoboti",
    "stated_on": "2019-07-01",
}
_ANSWERS: Final = (
    ("aware", "yes", 87.4),
    ("satisfied_answer", "yes", 48.6),
    ("satisfied_answer", "partly", 21.3),
    ("satisfied_answer", "no", 27.9),
    ("satisfied_answer", "no_answer", 2.2),
    ("would_return", "yes", 61.7),
)


def surveys() -> pl.DataFrame:
    """The rows of both, with every column of the report; only those that are invented say so."""
    name = SURVEYS.name
    published = read("survey").select(
        pl.when(pl.col(column) != "").then(pl.col(column)).cast(kind)
        for column, kind in SURVEYS.schema.items()
    )
    invented = pl.DataFrame(
        [{**_ABOUT, "question": q, "answer": a, "share": share} for q, a, share in _ANSWERS]
    )
    return pl.concat([published, whole(invented, name)]).sort(SURVEYS.key_names)
