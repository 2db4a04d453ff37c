"""What is true of the source, gathered while it is made and written beside it as ``truth.json``."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from etl.demo import assumptions as a
from etl.demo.answers import NEVER
from etl.demo.bodies import OUTCOMES, Bodies
from etl.demo.days import FIRST, LAST
from etl.demo.dirt import DIRT, DirtPlan
from etl.demo.plan import Plan

_POSITIVE = [OUTCOMES.index("satisfied"), OUTCOMES.index("partly")]


class Truth:
    """Counts of the clean appeals, month by month, and what they add up to."""

    def __init__(self, plan: Plan, bodies: Bodies, dirt: DirtPlan) -> None:
        self._plan = plan
        self._bodies = bodies
        self._dirt = dirt
        self._by_agency: list[pl.DataFrame] = []
        self._days: list[pl.DataFrame] = []
        self._persons: list[pl.Series] = []
        self._tolerated: dict[str, int] = {}

    def note(self, appeals: pl.DataFrame, persons: pl.Series, tolerated: dict[str, int]) -> None:
        """Takes in a month: the appeals, the identifiers of their persons, the untidiness."""
        self._by_agency.append(appeals.group_by("agency").agg(_counts()))
        self._days.append(appeals.select(pl.col("agency", "latent_days").cast(pl.Int16)))
        self._persons.append(persons.drop_nulls().cast(pl.Int64))
        for kind, count in tolerated.items():
            self._tolerated[kind] = self._tolerated.get(kind, 0) + count

    def told(self) -> dict[str, Any]:
        """The whole truth, as ``docs/demonstration-source.md`` describes it."""
        by_agency = self._agencies()
        return {
            "generated": True,
            "note": "Invented appeals of invented persons; no figure describes a real body.",
            "seed": self._plan.seed,
            "first_day": FIRST.isoformat(),
            "last_day": LAST.isoformat(),
            "counts": self._totals(by_agency),
            "ledger": self._ledger(),
            "tolerated": self._tolerated,
            "appeals_by_month_of_receipt": {
                month.name: count for month, count in self._plan.schedule
            },
            "effects": {
                "ease_of_theme": a.EASE_OF_THEME,
                "ease_of_year": dict(zip(("2017", "2018", "2019"), a.EASE_OF_YEAR, strict=True)),
                "response_by_outcome": a.RESPONSE_BY_OUTCOME,
                "repeat_by_outcome": a.REPEAT_BY_OUTCOME,
            },
            "agencies": by_agency,
        }

    def _ledger(self) -> dict[str, Any]:
        totals = self._dirt.totals
        duplicates = {kind: n for kind, n in totals.items() if DIRT[kind].is_duplicate}
        held = {kind: n for kind, n in totals.items() if not DIRT[kind].is_duplicate}
        by_rule: Counter[str] = Counter()
        for kind, count in held.items():
            by_rule[DIRT[kind].rule] += count
        return {
            "rows": self._plan.appeals + sum(totals.values()),
            "accepted": self._plan.appeals,
            "duplicates": sum(duplicates.values()),
            "quarantined": sum(held.values()),
            "duplicates_by_kind": duplicates,
            "quarantined_by_kind": held,
            "quarantined_by_rule": dict(by_rule),
        }

    def _totals(self, by_agency: dict[str, Any]) -> dict[str, int]:
        realised = [agency["realised"] for agency in by_agency.values()]
        counted = [name for name in realised[0] if not name.startswith("latent_")]
        sums = {name: sum(each[name] for each in realised) for name in counted}
        persons = pl.concat(self._persons).n_unique()
        return {**sums, "persons": persons, "acts": self._plan.acts}

    def _agencies(self) -> dict[str, Any]:
        """By agency code: the true parameters, and what chance made of them."""
        counts = pl.concat(self._by_agency).group_by("agency").sum()
        days = pl.concat(self._days).group_by("agency").agg(_latent(0.5), _latent(0.9))
        realised = counts.join(days, on="agency").sort("agency").drop("agency")
        return {
            body.code: {
                "true": {
                    **{k: v for k, v in asdict(body).items() if k not in {"code", "weight"}},
                    "outcomes": dict(zip(OUTCOMES, body.outcomes, strict=True)),
                    "positive": round(body.positive, 6),
                    "satisfaction": round(body.satisfaction, 6),
                },
                "realised": row,
            }
            for body, row in zip(self._bodies.listed, realised.to_dicts(), strict=True)
        }


def _counts() -> list[pl.Expr]:
    """What is counted for each agency, open and answered as at the end of the source."""
    answered = pl.col("answered").is_not_null()
    counts = {
        "appeals": pl.col("key").is_not_null(),
        "women": pl.col("woman"),
        "proposals": pl.col("kind") == 2,
        "complaints": pl.col("kind") == 1,
        "anonymous": pl.col("anonymous"),
        "repeated": pl.col("original").is_not_null(),
        "answered": answered,
        "open": ~answered,
        "on_time": pl.col("on_time"),
        "answered_on_time": answered & pl.col("on_time"),
        "closed_within_an_hour": answered & pl.col("at_once"),
        "positive": pl.col("outcome").is_in(_POSITIVE),
        "substantive": pl.col("substantive"),
        "template_answers": pl.col("template"),
        "hollow": pl.col("hollow"),
        "extended": pl.col("extended_until").is_not_null(),
        "reopened": pl.col("reopened").is_not_null(),
        "asked": pl.col("asked"),
        "rated": pl.col("score").is_not_null(),
        "score_sum": pl.col("score"),
        "harassment": pl.col("harassment"),
        "taken_up": pl.col("taken_up"),
        "with_act": pl.col("act_id").is_not_null(),
    }
    return [value.cast(pl.Int64).sum().alias(name) for name, value in counts.items()]


def _latent(quantile: float) -> pl.Expr:
    """A quantile of the days to the answer among all appeals, also those never answered; null where
    fewer are ever answered."""
    days = pl.col("latent_days").quantile(quantile, interpolation="lower")
    return (
        pl.when(days < NEVER).then(days).cast(pl.Int64).alias(f"latent_days_{quantile * 100:.0f}")
    )


def written_to(path: Path, told: dict[str, Any]) -> None:
    """Writes the truth as JSON, the same bytes for the same truth."""
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
