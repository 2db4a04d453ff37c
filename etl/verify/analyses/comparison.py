"""The comparison: it says what the table of agencies says, and its verdicts follow from it.

What is left to chance (ranks are drawn) is judged only for being possible.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from data.analyses.comparison import COMPARISON, KEYS, TABLE
from data.indicators import INDICATORS
from data.periods import grain_of
from etl.verify.chances import two_sided
from etl.verify.opened import Opened

CLOSE: Final = 0.006
"""Half the last published decimal of a limit, and what the representation of a number takes."""
CLOSE_CHANCE: Final = 2e-6
"""The last published decimal of a p-value, twice."""
NAME: Final = COMPARISON.name
COUNTED: Final = ("events", "base", "rate")
GROUP: Final = ("period", "indicator")
EXACT: Final = 100 * pl.col("events") / pl.col("base")
POOLED: Final = 100 * pl.col("events").sum().over(GROUP) / pl.col("base").sum().over(GROUP)


def comparison_findings(
    release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]
) -> Iterator[str]:
    """Judges the comparison by the rules that the manifest states."""
    yield from _published(release, frame, rules)
    judged = frame.filter(pl.col("rate").is_not_null())
    yield from _eligible(release, judged, rules)
    yield from _verdicts(judged.filter(pl.col("verdict") != "too_few"), rules)


def _published(release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]) -> Iterator[str]:
    """Each agency, period and indicator once, with the published counts and rate or none."""
    expected = pl.concat(
        _as_published(release, indicator) for indicator in rules["indicators"]
    ).sort(KEYS)
    if not frame.select(KEYS).equals(expected.select(KEYS)):
        yield f"{NAME}: its rows are not each agency, period and indicator once"
        return
    for name in COUNTED:
        if not frame[name].equals(expected[name].cast(frame[name].dtype)):
            yield f"{NAME}: {name} is not what {TABLE} shows"
    values = [name for name in frame.columns if name not in {*KEYS, "status"}]
    withheld = frame.filter(pl.col("rate").is_null()).select(values)
    if withheld.select(pl.all().is_not_null().any()).to_numpy().any():
        yield f"{NAME}: an agency without a published rate has values"


def _as_published(release: Opened, indicator: str) -> pl.DataFrame:
    events, base = INDICATORS[indicator].inputs
    frame = release.tables[TABLE]
    spans = [code for code in frame["period"].unique() if grain_of(code) in {"year", "quarter"}]
    known = pl.all_horizontal(
        pl.col(name).is_not_null() for name in (indicator, "received", "answered")
    )
    return frame.filter(
        pl.col("period").is_in(spans),
        pl.col("agency").is_in(release.codelists["agency"].at("agency")),
    ).select(
        "period",
        "agency",
        pl.lit(indicator).alias("indicator"),
        *(
            pl.when(known).then(column).cast(pl.Float64).alias(name)
            for name, column in zip(COUNTED, (events, base, indicator), strict=True)
        ),
    )


def _eligible(release: Opened, judged: pl.DataFrame, rules: Mapping[str, Any]) -> Iterator[str]:
    sizes = release.tables[TABLE].select("period", "agency", "received", "answered")
    sized = judged.join(sizes, on=["period", "agency"], how="left")
    few = (pl.col("received") < rules["fewest"]) | (pl.col("answered") < rules["fewest"])
    if sized.filter(few != (pl.col("verdict") == "too_few")).height:
        yield f"{NAME}: who is compared does not follow from the appeals received and answered"
    outside = ~pl.col("rate").is_between("rate_lower", "rate_upper")
    if judged.filter(outside.fill_null(value=True)).height:
        yield f"{NAME}: a rate is not within its interval"


def _verdicts(field: pl.DataFrame, rules: Mapping[str, Any]) -> Iterator[str]:
    """Better and worse: among the least likely, on the right side of the reference."""
    size = pl.len().over(GROUP)
    is_nested = (pl.col("lower_998") <= pl.col("lower_95")) & (
        pl.col("upper_95") <= pl.col("upper_998")
    )
    for broken, told in (
        (_differs_from_chance(field), "a p-value is not the binomial chance of its count"),
        (pl.col("verdict") != _following(rules), "a verdict does not follow from its p-value"),
        (~is_nested, "the funnel at 95 % is not within that at 99.8 %"),
        ((POOLED - pl.col("reference")).abs() > CLOSE, "a reference is not the rate of all"),
        (pl.col("compared") != size, "the agencies compared are miscounted"),
        (~_is_possible_rank(), "a rank is impossible"),
    ):
        if field.filter(broken.fill_null(value=True)).height:
            yield f"{NAME}: {told}"


def _differs_from_chance(field: pl.DataFrame) -> pl.Series:
    counted = field.select("events", "base", (POOLED / 100).alias("rate"), "p_value")
    chances = [two_sided(events, base, rate) for events, base, rate, _ in counted.iter_rows()]
    return (counted["p_value"] - pl.Series(chances, dtype=pl.Float64)).abs() > CLOSE_CHANCE


def _following(rules: Mapping[str, Any]) -> pl.Expr:
    """The verdict by Benjamini and Hochberg's step up, in the field of each comparison."""
    p_value = pl.col("p_value")
    scaled = p_value * pl.len().over(GROUP) / p_value.rank("max").over(GROUP)
    passing = pl.when(scaled <= rules["false_discovery_rate"]).then(p_value)
    is_apart = (p_value <= passing.max().over(GROUP)).fill_null(value=False)
    wants_high = pl.col("indicator").replace_strict(
        {name: better == "higher" for name, better in rules["indicators"].items()}
    )
    is_good = (EXACT > POOLED) == wants_high
    apart = pl.when(is_good).then(pl.lit("better")).otherwise(pl.lit("worse"))
    return pl.when(is_apart).then(apart).otherwise(pl.lit("like"))


def _is_possible_rank() -> pl.Expr:
    best, worst, last = (pl.col(name) for name in ("rank_lower", "rank_upper", "compared"))
    return (best >= 1) & (best <= worst) & (worst <= last)
