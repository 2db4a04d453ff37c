"""A change is signalled where the published months show one, beside the country; and judged."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from data.analyses import ANALYSES
from data.codelists import Code, Codelist, with_total
from etl.analyses.alerts import alerts
from etl.stages import Edition, Tables
from etl.verify.analyses import JUDGES
from tests.etl.act_series import MONTHS, edition, opened
from tests.etl.spoiling import Spoil, put

Course = Sequence[int | None]
Counts = Mapping[str, Course]
FACTOR = [1.0 if month < "2019-03" else 2.0 for month in MONTHS]
ALERTS = ANALYSES["alerts"]


def flat(level: int = 200) -> Course:
    """A course with a season and without chance."""
    return [level + level // 4 * (step % 12) // 11 for step in range(34)]


def doubled(level: int = 200) -> Course:
    return [round((n or 0) * each) for n, each in zip(flat(level), FACTOR, strict=True)]


def given(agencies: list[str], regions: list[str]) -> Edition:
    def listed(name: str, level: str, codes: list[str]) -> Codelist:
        return with_total(name, [Code(each, level, "_T", (("en", each),)) for each in codes])

    lists = {
        "agency": listed("agency", "agency", agencies),
        "area": listed("area", "region", regions),
    }
    return replace(edition(None, []), codelists=lists)


def tables(
    agencies: Counts, on_time: Counts | None = None, regions: Counts | None = None
) -> Tables:
    """Tables of these counts; nine tenths are on time where it is not told."""
    total = [sum(filter(None, month)) for month in zip(*agencies.values(), strict=True)]
    shares = on_time or {}

    def rows(dimension: str, counts: Counts) -> list[dict[str, Any]]:
        return [
            {
                "period": month,
                dimension: code,
                "received": count,
                "due": count,
                "on_time": None if count is None else shares.get(code, nine_tenths(series))[at],
            }
            for code, series in counts.items()
            for at, (month, count) in enumerate(zip(MONTHS, series, strict=True))
        ]

    country = pl.DataFrame(rows("nobody", {"_T": total})).drop("nobody")
    made = {"national": country, "agencies": pl.DataFrame(rows("agency", agencies))}
    return made | ({"regions": pl.DataFrame(rows("area", regions))} if regions else {})


def nine_tenths(counts: Course) -> Course:
    return [None if each is None else each * 9 // 10 for each in counts]


def many(**special: Course) -> dict[str, Course]:
    """Thirty agencies of which nothing is to be told, and some of which there is."""
    return {f"U{number:02}": flat(150 + 10 * number) for number in range(30)} | special


def found(shown: Tables) -> pl.DataFrame:
    agencies = sorted(set(shown["agencies"]["agency"]))
    areas = sorted(set(shown["regions"]["area"])) if "regions" in shown else []
    return alerts(shown, given(agencies, areas))


def signals(shown: Tables) -> list[dict[str, Any]]:
    return found(shown).filter(pl.col("signal").is_not_null()).to_dicts()


def test_an_agency_that_gets_twice_as_many_is_told_of_with_month_and_size() -> None:
    first = signals(tables(many(busy=doubled())))[0]

    assert (first["agency"], first["indicator"], first["signal"]) == ("busy", "received", "rise")
    assert first["since"] == first["period"] == "2019-03"
    assert 85 < first["change"] < 105
    assert first["run_events"] == doubled()[MONTHS.index("2019-03")]


def test_only_the_one_that_changed_is_told_of() -> None:
    assert {each["agency"] for each in signals(tables(many(busy=doubled())))} == {"busy"}


def test_what_befalls_all_alike_is_no_change_of_one() -> None:
    assert signals(tables({name: doubled(200 + 7 * at) for at, name in enumerate(many())})) == []


def test_a_season_that_comes_every_year_is_no_change() -> None:
    winter = [300 + (600 if step % 12 in {0, 11} else 0) for step in range(34)]
    assert signals(tables(many(energy=winter))) == []


def test_fewer_answers_on_time_are_told_in_percentage_points() -> None:
    counts = many(slow=flat(300))
    late = [
        round((n or 0) * (0.9 if month < "2019-03" else 0.6))
        for n, month in zip(flat(300), MONTHS, strict=True)
    ]
    first = signals(tables(counts, {"slow": late}))[0]

    assert (first["agency"], first["indicator"], first["signal"]) == (
        "slow",
        "on_time_rate",
        "fall",
    )
    assert first["change"] == pytest.approx(-30, abs=1.5)
    assert first["run_base"] == counts["slow"][MONTHS.index("2019-03")]


def test_a_month_that_is_hidden_is_not_watched_in_either_year() -> None:
    hidden = list(flat())
    hidden[MONTHS.index("2018-05")] = None
    rows = found(tables(many(some=hidden))).filter(
        pl.col("agency") == "some", pl.col("indicator") == "received"
    )

    assert set(MONTHS[12:]) - set(rows["period"]) == {"2018-05", "2019-05"}


def test_regions_are_watched_like_agencies() -> None:
    regions = {f"R{number:02}": flat(400) for number in range(14)} | {"R99": doubled(400)}
    told = signals(tables(many(), regions=regions))

    assert {(each["agency"], each["area"]) for each in told} == {("_T", "R99")}


def test_a_body_that_nothing_was_expected_of_has_no_size_of_its_change() -> None:
    new = [0] * 24 + [90] * 10
    first = signals(tables(many(new=new)))[0]

    assert (first["agency"], first["run_expected"], first["change"]) == ("new", 0.0, None)


def test_a_source_of_a_year_or_less_and_one_without_agencies_are_watched_in_nothing() -> None:
    short = replace(given(["A"], []), as_of=date(2017, 12, 31))
    assert alerts(tables({"A": flat()}), short).is_empty()
    alone = {"national": tables({"A": flat()})["national"]}
    assert alerts(alone, given([], [])).is_empty()


def findings(shown: Tables, spoil: Spoil = lambda frame: frame) -> list[str]:
    agencies = sorted(set(shown["agencies"]["agency"]))
    edition_of = given(agencies, ["R01"])
    frame = spoil(alerts(shown, edition_of))
    return list(JUDGES["alerts"](opened(edition_of, shown), frame, ALERTS.settings))


def spoilt_tables() -> Tables:
    hidden = list(flat())
    hidden[20] = None
    late = [
        round((n or 0) * (0.9 if month < "2019-03" else 0.6))
        for n, month in zip(flat(300), MONTHS, strict=True)
    ]
    agencies = many(busy=doubled(), some=hidden, slow=flat(300), new=[0] * 24 + [90] * 10)
    return tables(agencies, {"slow": late}, {"R01": flat(900)})


SIGNAL = pl.col("signal").is_not_null()
QUIET = (pl.col("agency") == "U03") & (pl.col("period") == "2018-07")


def test_what_was_made_by_the_rules_has_no_findings() -> None:
    assert findings(spoilt_tables()) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda frame: frame.filter(~QUIET), "not the months that can be compared"),
        (put("agency", "nobody", pl.col("agency") == "U03"), "not published"),
        (put("events", 1, QUIET), "a count is not the published one"),
        (put("base_before", 1, QUIET & (pl.col("indicator") == "on_time_rate")), "a count is not"),
        (put("expected", 1.0, QUIET), "an expected count does not follow"),
        (put("rise", 3.0, QUIET), "a sum does not follow from the one before"),
        (put("fall", 3.0, QUIET), "a sum does not follow from the one before"),
        (put("signal", None, SIGNAL), "a signal does not follow from its sum"),
        (put("signal", "rise", QUIET), "a signal does not follow from its sum"),
        (put("since", "2018-01", SIGNAL), "a sum did not begin in the month that is told"),
        (put("run_events", 7, SIGNAL), "the events of a change are miscounted"),
        (put("run_expected", 7.0, SIGNAL), "what was expected of a change is miscounted"),
        (put("change", 7.0, QUIET), "a month without a signal tells of a change"),
    ],
)
def test_what_was_spoilt_is_found(spoil: Spoil, told: str) -> None:
    assert any(told in finding for finding in findings(spoilt_tables(), spoil))
