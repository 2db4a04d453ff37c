"""What a report of surveys has to say so that its shares can be read with their sampling error."""

from collections.abc import Iterator

import polars as pl

from data.reports.surveys import DESIGN_EFFECTS, FEWEST, OF_A_SURVEY, ROUNDED
from etl.reports.keys import is_day
from etl.reports.refusal import Breach

SAME = "Say the same of a survey in each of its rows."


def survey_breaches(frame: pl.DataFrame) -> Iterator[Breach]:
    """The rules that rows of surveys break; ``frame`` has the columns and types of the report."""
    share, sample, effect = frame["share"], frame["sample"], frame["design_effect"]
    yield Breach(
        "'share' is not from 0 to 100",
        ~share.is_between(0, 100).fill_null(value=False),
        "Give the share in per cent, in each row.",
    )
    yield Breach(
        f"'sample' is not given, or below {FEWEST}",
        ~(sample >= FEWEST).fill_null(value=False),
        "Say how many were asked; a share of fewer is left out.",
    )
    yield Breach(
        "'design_effect' is not from {} to {}".format(*DESIGN_EFFECTS),
        ~effect.is_between(*DESIGN_EFFECTS),
        "Mend it, or leave it empty where it is not stated: the error is then told as a least one.",
    )
    yield _too_much(frame)
    yield from _fieldwork(frame)
    yield from _one_survey(frame)


def _too_much(frame: pl.DataFrame) -> Breach:
    of_question = pl.col("share").sum().over("period", "survey", "question")
    return Breach(
        "the answers to its question make more than 100 per cent",
        frame.select(of_question > 100 + ROUNDED).to_series(),
        "Mend the shares; what may be answered more than once is a question for each answer.",
    )


def _fieldwork(frame: pl.DataFrame) -> Iterator[Breach]:
    first, last = frame["fieldwork_from"], frame["fieldwork_to"]
    for name, days in (("fieldwork_from", first), ("fieldwork_to", last)):
        wrong = days.is_not_null() & ~is_day(days).fill_null(value=False)
        yield Breach(
            f"'{name}' is not a day such as 2019-03-31", wrong, "Mend it, or leave it empty."
        )
    yield Breach("its fieldwork ended before it began", last < first, "Mend the two days.")
    yield Breach(
        "its fieldwork ended in another period",
        ~_lies_in(frame),
        "Name the period in which the last people were asked.",
    )


def _lies_in(frame: pl.DataFrame) -> pl.Series:
    """True where the last day of fieldwork is in the period, null where it is not given."""
    last, period = pl.col("fieldwork_to"), pl.col("period")
    number = (last.str.slice(5, 2).cast(pl.Int64) + 2) // 3
    quarter = last.str.slice(0, 4) + "-Q" + number.cast(pl.String)
    in_quarter = period == quarter
    return frame.select(
        pl.when(period.str.contains("Q")).then(in_quarter).otherwise(last.str.starts_with(period))
    ).to_series()


def _one_survey(frame: pl.DataFrame) -> Iterator[Breach]:
    for name in OF_A_SURVEY:
        versions = pl.col(name).fill_null("").n_unique().over("period", "survey")
        differs = frame.select(versions > 1).to_series()
        yield Breach(f"another row of its survey has another '{name}'", differs, SAME)
