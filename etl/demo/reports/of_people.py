"""Reports on people who came or called: around the appeals that were registered of them."""

import polars as pl

from data.dimensions import TOTAL
from etl.demo.appeals import World
from etl.demo.chance import fraction
from etl.demo.reports.journal import ENTREPRENEUR, INVESTOR, QUARTERS, Journal
from etl.demo.reports.stated import parents, shared_out, stated, with_sums
from etl.demo.themes import themes

LEAST = 12
"""People whom the smallest office receives in a quarter, and the rarest theme brings."""
RECEPTIONS = {"mobile": "mobile_reception", "personal": "personal_reception", "online": "website"}
SHARE_OF_CHANNEL = {"mobile": 2.0, "personal": 1.6, "online": 0.12}
PEOPLE_AT_ONE = {"mobile": 42, "personal": 7, "online": 18}
OFFICES_SOURCE = "xalq qabulxonalarining choraklik hisoboti"


def offices(journal: Journal, here: World) -> pl.DataFrame:
    """An office in each district, one in each region and one for the country; who came to them."""
    places, seed = here.places, here.plan.seed
    rows = [
        (quarter, district.code, 1, _visitors(journal, seed, quarter, district.code))
        for quarter in QUARTERS
        for district in places.districts
    ]
    finest = pl.DataFrame(rows, schema=["period", "area", "offices", "people"], orient="row")
    summed = with_sums(finest, "area", parents("area"))
    districts = {area: sum(d.region == n for d in places.districts) + 1
                 for n, area in enumerate(places.regions)}  # fmt: skip
    standing = {**districts, TOTAL: sum(districts.values()) + 1}
    of_area = pl.col("area").replace_strict(standing, default=1, return_dtype=pl.Int64)
    return stated(summed.with_columns(offices=of_area), "reception_offices", OFFICES_SOURCE)


def _visitors(journal: Journal, seed: int, quarter: str, district: str) -> int:
    chance = fraction(seed, "visitors", quarter, district)
    appeals = journal.in_place(quarter, "reception_office", district)
    return LEAST + int(30 * chance) + int(appeals * (1.2 + 0.6 * chance))


def calls(journal: Journal, seed: int) -> pl.DataFrame:
    """Calls by theme; how many of them became appeals is told of all themes together."""
    rows = [
        (quarter, theme, _calls(journal, seed, quarter, theme))
        for quarter in QUARTERS
        for theme in themes()
    ]
    finest = pl.DataFrame(rows, schema=["period", "theme", "calls"], orient="row")
    summed = with_sums(finest, "theme", parents("theme"))
    counted = [(q, TOTAL, journal.by_channel(q, "call_centre")) for q in QUARTERS]
    registered = with_sums(
        pl.DataFrame(counted, schema=["period", "theme", "registered"], orient="row"), "theme", {}
    )
    joined = summed.join(registered, on=["period", "theme"], how="left", maintain_order="left")
    known = joined["registered"].min()
    is_told = isinstance(known, int) and known >= LEAST
    told = joined if is_told else joined.drop("registered")
    return stated(told, "call_centre", "«1000» call-markazining hisoboti")


def _calls(journal: Journal, seed: int, quarter: str, theme: str) -> int:
    chance = fraction(seed, "calls", quarter, theme)
    return (
        LEAST
        + int(40 * chance)
        + int(journal.about(quarter, "call_centre", theme) * (1.8 + 0.8 * chance))
    )


def receptions(journal: Journal, seed: int) -> pl.DataFrame:
    """Mobile and personal receptions, and the sessions of the online consultant."""
    rows = []
    for quarter in QUARTERS:
        for kind, channel in RECEPTIONS.items():
            chance = fraction(seed, "receptions", quarter, kind)
            appeals = journal.by_channel(quarter, channel)
            people = 15 * LEAST + int(60 * chance) + int(appeals * SHARE_OF_CHANNEL[kind])
            rows.append((quarter, kind, people // PEOPLE_AT_ONE[kind] + 1, people))
    finest = pl.DataFrame(rows, schema=["period", "reception", "held", "people"], orient="row")
    summed = with_sums(finest, "reception", dict.fromkeys(RECEPTIONS, TOTAL))
    return stated(summed, "receptions", OFFICES_SOURCE)


def reception_themes(journal: Journal, received: pl.DataFrame) -> pl.DataFrame:
    """The same people by what they came about."""
    people = dict(received.filter(reception=TOTAL).select("period", "people").rows())
    rows = []
    for quarter in QUARTERS:
        weights = [
            float(sum(journal.about(quarter, channel, theme) for channel in RECEPTIONS.values()))
            for theme in themes()
        ]
        shares = shared_out(people[quarter], weights, LEAST)
        rows += [(quarter, theme, n) for theme, n in zip(themes(), shares, strict=True)]
    finest = pl.DataFrame(rows, schema=["period", "theme", "people"], orient="row")
    return stated(with_sums(finest, "theme", parents("theme")), "reception_themes", OFFICES_SOURCE)


def entrepreneurs(journal: Journal, seed: int) -> pl.DataFrame:
    """Receptions for entrepreneurs: the smaller the business, the more of them come."""
    rows = []
    for quarter in QUARTERS:
        owners = journal.of_applicants(quarter, ENTREPRENEUR)
        investors = journal.of_applicants(quarter, INVESTOR)
        coming = {"small": 0.3 * owners, "medium_large": 0.06 * owners, "investor": investors / 2}
        for kind, expected in coming.items():
            people = 2 * LEAST + int(expected + 30 * fraction(seed, "business", quarter, kind))
            rows.append((quarter, kind, people // 12, people))
    finest = pl.DataFrame(rows, schema=["period", "entrepreneur", "held", "people"], orient="row")
    summed = with_sums(finest, "entrepreneur", dict.fromkeys(coming, TOTAL))
    return stated(summed, "entrepreneur_receptions", "tadbirkorlar qabulxonasining hisoboti")
