"""What arrives in a month: where, about what, to which body, from whom, how and when."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from etl.demo import assumptions as a
from etl.demo.bodies import Bodies
from etl.demo.chance import Choice, address, below, choice, exactly, happens, scrambled, word
from etl.demo.days import CLOSES, DAY, HOUR, LAST_DAY, OPENS, Month, of_day
from etl.demo.people import LEGAL, MAN, POOLS_PER_DISTRICT, WOMAN, Pools, person_key, traits
from etl.demo.places import Places
from etl.demo.plan import Plan, day_weights
from etl.demo.themes import by_theme, themes

APPLICATION, COMPLAINT, PROPOSAL = range(3)
KINDS: Final = ("application", "complaint", "proposal")
ORAL, WRITTEN, ELECTRONIC = range(3)
WEBSITE, CALL_CENTRE = range(2)
CHANNEL_NAMES: Final = tuple(name for name, _ in a.CHANNELS)
ID_PREFIXES: Final = ("PM", "CC", "XQ", "SQ", "SH")

_REGION_BITS = _BODY_BITS = 16
_BITS = 12


@dataclass(frozen=True)
class World:
    """All that the appeals of every month are drawn from."""

    plan: Plan
    bodies: Bodies
    places: Places
    pools: Pools
    acts: pl.DataFrame
    region: Choice
    body: Choice
    district: Choice
    channel: Choice
    hour: Choice


def world(plan: Plan, bodies: Bodies, places: Places, pools: Pools, acts: pl.DataFrame) -> World:
    """The world of a plan, its tables of choices built once."""
    return World(
        plan,
        bodies,
        places,
        pools,
        acts,
        region=choice([places.region_weights], _REGION_BITS),
        body=choice([_body_weights(bodies, region) for region in places.regions], _BODY_BITS),
        district=choice(places.weights_by_region, _BITS),
        channel=choice([[share for _, share in a.CHANNELS]], _BITS),
        hour=choice([_hours(channel) for channel in range(len(a.CHANNELS))], _BITS),
    )


def fresh(here: World, month: Month, count: int, women: int, proposals: int) -> pl.DataFrame:
    """``count`` appeals that repeat no other, exactly so many of them from women and proposals."""
    theme = choice([_theme_weights(b.themes, month) for b in here.bodies.listed], 10)
    day = choice([day_weights(month)], _BITS)
    known_sex = ~pl.col("anonymous") & ~pl.col("legal")
    return (
        _keyed(here.plan.seed, month, "fresh", count)
        .join(_covered(here, month), on="index", how="left", maintain_order="left")
        .with_columns(region=pl.coalesce("covered_region", here.region.drawn("region")))
        .with_columns(
            agency=pl.coalesce("covered_agency", here.body.drawn("body", pl.col("region"))),
            district=pl.coalesce(
                "covered_district", here.district.drawn("district", pl.col("region"))
            ),
            anonymous=happens(a.ANONYMOUS, "anonymous"),
            legal=happens(a.LEGAL_ENTITIES, "legal"),
            collective=happens(a.COLLECTIVE, "collective"),
            day=month.first_day + day.drawn("day"),
        )
        .with_columns(theme=theme.drawn("theme", pl.col("agency")))
        .with_columns(
            woman=exactly(women, by_theme(a.WOMEN_BY_THEME, a.WOMEN_ELSEWHERE), known_sex, "woman"),
            kind=_kind(proposals),
        )
        .with_columns(person=_person(here.pools), original=pl.lit(None, pl.String))
        .select(CARRIED)
    )


CARRIED: Final = (
    "key",
    "day",
    "region",
    "district",
    "agency",
    "theme",
    "kind",
    "anonymous",
    "legal",
    "collective",
    "woman",
    "person",
    "original",
)
"""What a repeated appeal takes over from the first, and a fresh one draws; the key is its own."""


def arrived(here: World, drawn: pl.DataFrame, first_number: int) -> pl.DataFrame:
    """The month's appeals in the order of receipt, numbered, with channel, form and person."""
    return (
        drawn.with_columns(channel=here.channel.drawn("channel"))
        .with_columns(form=_form(), received=_received(here.hour))
        .sort("received", "key")
        .with_row_index("number", offset=first_number)
        .with_columns(
            appeal_id=_appeal_id(),
            person_key=person_key(here.plan.seed),
            pool_kind=_pool_kind(),
        )
        .with_columns(traits())
    )


def rekeyed(seed: int, month: Month, repeats: pl.DataFrame) -> pl.DataFrame:
    """The repeats of a month with keys of their own."""
    keys = _keyed(seed, month, "repeat", repeats.height)
    return repeats.with_columns(keys["key"]).select(CARRIED)


def _keyed(seed: int, month: Month, what: str, count: int) -> pl.DataFrame:
    stream = word(address(seed, what, month.name))
    index = pl.int_range(count, dtype=pl.UInt64, eager=True).alias("index")
    return index.to_frame().with_columns(key=scrambled(pl.col("index") + stream))


def _covered(here: World, month: Month) -> pl.DataFrame:
    """A few appeals a month that make sure that every district and every body occurs.

    A slice of the districts, then of the bodies, over the months; the rest is left to chance.
    """
    regions = here.places.regions
    districts = [
        (number, here.places.districts[number].region, None)
        for number in _slice(len(here.places.districts), month)
    ]
    bodies = [
        (None, regions.index(body.region) if body.region else None, number)
        for number in _slice(len(here.bodies.listed), month)
        for body in [here.bodies.listed[number]]
    ]
    columns = ["covered_district", "covered_region", "covered_agency"]
    rows = pl.DataFrame(
        [*districts, *bodies], schema=dict.fromkeys(columns, pl.Int64), orient="row"
    )
    return rows.with_row_index("index").with_columns(pl.col("index").cast(pl.UInt64))


def _slice(size: int, month: Month) -> range:
    length = -(-size // 34)
    return range(month.number * length, min(size, (month.number + 1) * length))


def _body_weights(bodies: Bodies, region: str) -> list[float]:
    """By weight: bodies of the whole country or of the region; its hokimiyat by its share."""
    here = [b.weight if b.region in {"", region} else 0 for b in bodies.listed]
    hokimiyat = sum(here) * a.HOKIMIYATS / (1 - a.HOKIMIYATS)
    return [
        hokimiyat if b.is_hokimiyat and b.region == region else float(weight)
        for b, weight in zip(bodies.listed, here, strict=True)
    ]


def _theme_weights(parts: dict[str, int], month: Month) -> list[float]:
    level = month.calendar_month - 1
    return [
        parts.get(theme, 0) * (a.SEASONS[theme][level] if theme in a.SEASONS else 1.0)
        for theme in themes()
    ]


def _hours(channel: int) -> list[float]:
    """Round the clock on the website, from 8 to 22 by telephone, in working hours in person."""
    if channel == WEBSITE:
        return [0.2] * 7 + [0.6, 1.0] + [1.6] * 9 + [1.3] * 4 + [0.8, 0.4]
    first, last = (8, 22) if channel == CALL_CENTRE else (9, 18)
    return [1.0 if first <= hour < last else 0.0 for hour in range(24)]


def _kind(proposals: int) -> pl.Expr:
    proposal = exactly(proposals, pl.lit(0.01), ~pl.col("anonymous"), "proposal")
    complaint = happens(by_theme(a.COMPLAINTS_BY_THEME, a.COMPLAINTS_ELSEWHERE), "complaint")
    other = pl.when(complaint).then(COMPLAINT).otherwise(APPLICATION)
    return pl.when(proposal).then(PROPOSAL).otherwise(other).cast(pl.Int64)


def _pool_kind() -> pl.Expr:
    sex = pl.when("woman").then(WOMAN).otherwise(MAN)
    return pl.when("legal").then(LEGAL).otherwise(sex)


def _person(pools: Pools) -> pl.Expr:
    pool = pl.col("district") * POOLS_PER_DISTRICT + _pool_kind()
    return pl.when(~pl.col("anonymous")).then(pools.drawn(pool.cast(pl.Int64)))


def _form() -> pl.Expr:
    shares = pl.Series([a.WRITTEN[name] for name in CHANNEL_NAMES])
    written = happens(pl.lit(shares).gather("channel"), "written")
    in_person = pl.when(written).then(WRITTEN).otherwise(ORAL)
    return pl.when(pl.col("channel") == WEBSITE).then(ELECTRONIC).otherwise(in_person)


def _received(hour: Choice) -> pl.Expr:
    """In person on working days only; on the last day early enough to be registered on it."""
    in_person = pl.col("channel") > CALL_CENTRE
    shut = in_person & ~of_day("working", pl.col("day"))
    day = pl.when(shut).then(of_day("after", pl.col("day"))).otherwise("day")
    time = hour.drawn("hour", pl.col("channel")) * HOUR + below(HOUR, "second")
    early = (
        pl.when(day == LAST_DAY).then(OPENS + time % (CLOSES - OPENS - 2 * HOUR)).otherwise(time)
    )
    return day * DAY + early


def _appeal_id() -> pl.Expr:
    prefix = pl.lit(pl.Series(ID_PREFIXES)).gather("channel")
    year = of_day("text", pl.col("received") // DAY).str.slice(2, 2)
    return pl.concat_str(prefix, year, pl.lit("-"), pl.col("number").cast(pl.String).str.zfill(8))
