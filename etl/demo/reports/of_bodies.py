"""Reports on what bodies do: orders, drafts, results, inputs, and how bodies were reorganised."""

from typing import Final

import polars as pl

from data.dimensions import TOTAL
from data.periods import period_at
from etl.demo.appeals import World
from etl.demo.bodies import Body
from etl.demo.chance import fraction
from etl.demo.reports.journal import QUARTERS
from etl.demo.reports.stated import INVENTED, YEARS, stated, whole, with_sums

DRAFTS_A_QUARTER: Final = 4
FEW: Final = 10
PORTAL: Final = "https://portal.example/drafts/"
"""A draft with few proposals is open to everybody there, so its number may be told."""
GROUPS: Final = {
    TOTAL: 1.0,
    "women": 0.52,
    "under_30": 0.34,
    "over_60": 0.13,
    "disability": 0.1,
    "hardship": 0.2,
}
"""Share of the results that each target group has."""
RESULTS: Final = {"homes": 0.012, "jobs": 0.05, "loans": 0.02}
"""Share of the appeals of a quarter that had such a result, beyond what there is anyway."""
LEAST_RESULTS: Final = 300
REORGANISED: Final = (
    ("2018-02-12", "AG018", "AG019", "split"),
    ("2018-10-01", "AG021", "AG022", "functions"),
    ("2019-01-01", "AG013", "AG012", "functions"),
)


def discipline(here: World) -> pl.DataFrame:
    """Orders by body, and how many were carried out in time; bodies differ as in their answers."""
    rows = [
        (quarter, body.code, *_orders(here.plan.seed, quarter, body))
        for quarter in QUARTERS
        for body in here.bodies.listed
    ]
    finest = pl.DataFrame(rows, schema=["period", "agency", "assigned", "on_time"], orient="row")
    summed = with_sums(finest, "agency", dict.fromkeys(here.bodies.codes, TOTAL))
    return stated(summed, "execution_discipline", "idoralararo ijro intizomi tizimi")


def _orders(seed: int, quarter: str, body: Body) -> tuple[int, int]:
    assigned = 6 + int(60 * fraction(seed, "orders", quarter, body.code))
    chance = body.on_time + 0.1 * (fraction(seed, "carried out", quarter, body.code) - 0.5)
    return assigned, min(assigned, round(assigned * chance))


def drafts(here: World) -> pl.DataFrame:
    """A few drafts a quarter among those that became acts, with what was proposed and changed."""
    acts = here.acts.with_columns(
        period=period_at(pl.col("date"), "quarter"),
        draft=pl.lit("L") + pl.col("act_id").str.slice(1),
    ).filter(pl.col("period").is_in(QUARTERS))
    chosen = acts.with_columns(place=pl.int_range(pl.len()).over("period")).filter(
        pl.col("place") < DRAFTS_A_QUARTER
    )
    rows = [
        (quarter, draft, *_proposed(here.plan.seed, draft, place))
        for quarter, draft, place in chosen.select("period", "draft", "place").rows()
    ]
    columns = ["period", "draft", "proposals", "points_changed"]
    finest = pl.DataFrame(rows, schema=columns, orient="row")
    summed = with_sums(finest, "draft", dict.fromkeys(finest["draft"], TOTAL))
    told = summed.join(chosen.select("draft", "title"), on="draft", how="left").with_columns(
        public_at=pl.when(pl.col("proposals") < FEW).then(PORTAL + pl.col("draft"))
    )
    return stated(told, "impact_proposals", "taʼsirni baholash portali")


def _proposed(seed: int, draft: str, place: int) -> tuple[int, int]:
    """The third draft of a quarter interests few; a part of the proposals changes a point."""
    chance = fraction(seed, "proposed", draft)
    proposals = 3 + int(6 * chance) if place == 2 else 12 + int(90 * chance)
    return proposals, int(proposals * 0.25 * fraction(seed, "changed", draft))


def results(here: World) -> pl.DataFrame:
    """Homes, jobs and loans by target group, and kilometres of road for everybody."""
    monthly = here.plan.appeals / len(here.plan.appeals_by_month)
    rows = [
        (
            quarter,
            group,
            *(
                int((LEAST_RESULTS + 3 * monthly * part) * share * _varied(here, name, quarter))
                for name, part in RESULTS.items()
            ),
        )
        for quarter in QUARTERS
        for group, share in GROUPS.items()
    ]
    finest = pl.DataFrame(rows, schema=["period", "target_group", *RESULTS], orient="row")
    kilometres = [(q, TOTAL, round(200 * _varied(here, "roads", q), 1)) for q in QUARTERS]
    roads = pl.DataFrame(kilometres, schema=["period", "target_group", "roads"], orient="row")
    keys = ["period", "target_group"]
    summed = with_sums(finest, "target_group", {}).join(
        with_sums(roads, "target_group", {}), on=keys, how="left", maintain_order="left"
    )
    return stated(
        summed.with_columns(pl.col("roads").round(1)),
        "target_results",
        "maqsadli dasturlar hisoboti",
    )


def _varied(here: World, what: str, quarter: str) -> float:
    return 0.8 + 0.4 * fraction(here.plan.seed, what, quarter)


def inputs(here: World) -> pl.DataFrame:
    """Posts, seminars and what the work cost, by region and year."""
    rows = [
        (
            year,
            region,
            30 + int(60 * fraction(here.plan.seed, "staff", region)),
            4 + int(20 * fraction(here.plan.seed, "seminars", region, year)),
            round(900 + 2500 * fraction(here.plan.seed, "cost", region, year), 1),
        )
        for year in YEARS
        for region in here.places.regions
    ]
    columns = ["period", "area", "staff", "seminars", "cost"]
    finest = pl.DataFrame(rows, schema=columns, orient="row")
    country = finest.group_by("period").agg(
        pl.lit(TOTAL).alias("area"), pl.col("staff", "seminars", "cost").sum()
    )
    both = pl.concat([finest, country.select(columns)]).sort("period", "area")
    return stated(both.with_columns(pl.col("cost").round(1)), "inputs", "smeta ijrosi hisoboti")


def reorganised() -> pl.DataFrame:
    """Bodies that were split, or gave some of their tasks to others."""
    frame = pl.DataFrame(
        REORGANISED, schema=["date", "predecessor", "successor", "change"], orient="row"
    )
    return whole(
        frame.with_columns(source=pl.lit(f"{INVENTED}idoralar reyestri"), stated_on=pl.col("date")),
        "reorganisations",
    )
