"""What comes of an appeal: outcome, substance, reopening, rating, harassment, and the act."""

from collections.abc import Mapping
from functools import cache

import polars as pl

from etl.demo import assumptions as a
from etl.demo.appeals import PROPOSAL
from etl.demo.bodies import OUTCOMES, Bodies, scores
from etl.demo.chance import Choice, below, choice, happens
from etl.demo.days import DAY, END, HOUR, OPENS, day_of

LEFT = OUTCOMES.index("left")
SATISFIED = OUTCOMES.index("satisfied")
_LEVELS = (-1, 0, 1)
_DAYS_BEFORE_ASKING = 3
_DAYS_TO_AN_ACT = 30


def concluded(appeals: pl.DataFrame, bodies: Bodies, acts: pl.DataFrame) -> pl.DataFrame:
    """Adds all that follows an answer; each is null or false where there is no answer yet."""
    return (
        appeals.with_columns(hollow=_is_answered() & happens(bodies.of("hollow"), "hollow"))
        .with_columns(outcome=_outcome(bodies))
        .with_columns(
            substantive=_if_answered(~happens(bodies.of("without_substance"), "substance")),
            template=_if_answered(happens(bodies.of("template_answers"), "template")),
            reopened=_reopened(bodies),
            asked=_asked(),
            taken_up=pl.when(pl.col("kind") == PROPOSAL).then(
                _is_answered() & happens(a.TAKEN_UP, "taken up")
            ),
            harassment=happens(a.HARASSMENT, "harassment"),
        )
        .with_columns(score=_score(bodies))
        .pipe(_with_act, acts)
        .with_columns(updated=pl.max_horizontal("registered", "forwarded", "answered", "reopened"))
    )


def by_outcome(values: Mapping[str, float]) -> pl.Expr:
    """A value for each row by the outcome's number; null where there is none."""
    return pl.lit(pl.Series([values[outcome] for outcome in OUTCOMES])).gather("outcome")


def _is_answered() -> pl.Expr:
    return pl.col("answered").is_not_null()


def _if_answered(value: pl.Expr) -> pl.Expr:
    return pl.when(_is_answered()).then(value)


def _outcome(bodies: Bodies) -> pl.Expr:
    """By the body's shares; the law has anonymous appeals left without consideration."""
    drawn = bodies.outcome.drawn("outcome", pl.col("agency"))
    settled = pl.when("hollow").then(SATISFIED).otherwise(drawn)
    return _if_answered(pl.when("anonymous").then(LEFT).otherwise(settled))


def _reopened(bodies: Bodies) -> pl.Expr:
    """A moment up to two months after the answer, if it comes before the end of the source."""
    chance = bodies.of("reopening") * by_outcome(a.REOPENED_BY_OUTCOME)
    day = day_of(pl.col("answered")) + 1 + below(60, "reopened after")
    moment = day * DAY + OPENS + below(9 * HOUR, "reopened at")
    return pl.when((moment <= END) & happens(chance, "reopened")).then(moment)


def _asked() -> pl.Expr:
    """A call-back a few days after the answer, never to someone who gave no name."""
    in_time = pl.col("answered") + _DAYS_BEFORE_ASKING * DAY <= END
    return (in_time & ~pl.col("anonymous") & happens(a.ASKED, "asked")).fill_null(value=False)


def _score(bodies: Bodies) -> pl.Expr:
    """1 to 5 from those who respond when asked; who responds depends on the outcome."""
    group = (bodies.of("level") + 1) * len(OUTCOMES) + pl.col("outcome")
    score = _scores().drawn("score", group) + 1
    responds = pl.col("asked") & happens(by_outcome(a.RESPONSE_BY_OUTCOME), "responds")
    coaxed = pl.when("hollow").then(4 + below(2, "coaxed")).otherwise(score)
    return pl.when(responds).then(coaxed)


@cache
def _scores() -> Choice:
    """A choice for each level and outcome, a score of 1 being number 0."""
    return choice([scores(outcome, level) for level in _LEVELS for outcome in OUTCOMES], 10)


def _with_act(appeals: pl.DataFrame, acts: pl.DataFrame) -> pl.DataFrame:
    """The next act on the theme of a proposal that was taken up, if one followed."""
    taken_up = appeals.filter(pl.col("taken_up")).select(
        "number", "theme", day=day_of(pl.col("received")) + _DAYS_TO_AN_ACT
    )
    following = (
        taken_up.sort("day", "number")
        .join_asof(
            acts.select("act_id", "theme", "day"),
            on="day",
            by="theme",
            strategy="forward",
            check_sortedness=False,
        )
        .select("number", "act_id")
    )
    return appeals.join(following, on="number", how="left", maintain_order="left")
