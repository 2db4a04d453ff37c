"""Random generalised appeals over the reference lists, for who needs a release without a source.

``python -m tests.sample var/releases`` publishes one.
"""

import sys
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import polars as pl

from data import codelists
from data.appeal import GENERALISED
from data.codelists import Codelist
from data.dimensions import DIMENSIONS, GROUP_FLAGS, TOTAL
from data.manifest import SourceRecord
from etl.aggregate import aggregate
from etl.certify import certify
from etl.derive import derive
from etl.protect import protect
from etl.stages import Account, Edition, Staged
from tests.publishing import publish

REFERENCE: Final = Path(codelists.__file__).parent / "reference"
THRESHOLD: Final = 10
KEY: Final = b"a key for samples, of 32 bytes.."
FIRST_DAY: Final = date(2018, 1, 1)
AS_OF: Final = date(2019, 11, 1)
SOURCE: Final = SourceRecord(
    name="sample",
    titles={
        "uz": "Namuna uchun tasodifiy murojaatlar",
        "uz-cyrl": "Намуна учун тасодифий мурожаатлар",
        "ru": "Случайные обращения для образца",
        "en": "Random appeals for a sample",
    },
    generated=True,
    licence="CC-BY-4.0",
    attribution="Ochiq Murojaat, generated data",
)
NUMBERED: Final = pl.int_range(pl.len(), dtype=pl.UInt64) + 2**40
"""Numbers of appeals that are no person's."""
OUTCOMES: Final = ("satisfied", "partly", "explained", "rejected", "left", "forwarded")
FLAG_SHARES: Final = dict(
    zip(GROUP_FLAGS, (0.5, 0.3, 0.15, 0.06, 0.1, 0.08, 0.01, 0.04, 0.03), strict=True)
)


def reference_lists() -> dict[str, Codelist]:
    return {name: codelists.read(REFERENCE / f"{name}.csv", name) for name in DIMENSIONS}


def staged(
    directory: Path,
    appeals: int = 20_000,
    seed: int = 1,
    *,
    first_day: date = FIRST_DAY,
    as_of: date = AS_OF,
    lists: Mapping[str, Codelist] | None = None,
) -> Staged:
    """Writes random appeals, one Parquet file a month, as intake would leave them."""
    chance, known = Random(seed), lists or reference_lists()  # noqa: S311 (repeatable, no secret)
    places = _places(known)
    rows = [_appeal(chance, places, first_day, as_of) for _ in range(appeals)]
    write_months(directory, rows)
    return Staged(directory, edition_of(known, appeals, first_day, as_of))


def write_months(directory: Path, rows: list[dict[str, Any]]) -> None:
    frame = pl.DataFrame(rows, schema=dict(GENERALISED))
    write_frame(directory, frame.with_columns(person_when_answered="person", appeal=NUMBERED))


def write_frame(directory: Path, frame: pl.DataFrame) -> None:
    month_of = frame.with_columns(month=pl.col("registered").dt.strftime("%Y-%m"))
    parts = month_of.partition_by("month", as_dict=True, include_key=False)
    for (month,), part in parts.items():
        part.write_parquet(directory / f"{month}.parquet")


def edition_of(
    lists: Mapping[str, Codelist],
    appeals: int,
    first_day: date = FIRST_DAY,
    as_of: date = AS_OF,
    not_collected: frozenset[str] = frozenset(),
) -> Edition:
    return Edition(
        source=SOURCE,
        first_day=first_day,
        as_of=as_of,
        codelists=dict(lists),
        not_collected=not_collected,
        population=population(),
        acts=acts(lists["theme"]),
        ledger=Account(read=appeals, accepted=appeals, duplicates=0, quarantined={}),
        rules={"terms": "none: the sample's terms are 15 days"},
    )


def population() -> pl.DataFrame:
    return pl.read_csv(
        REFERENCE / "population.csv",
        columns=["area", "date", "population"],
        schema_overrides={"area": pl.String, "date": pl.Date, "population": pl.Int64},
    )


def acts(themes: Codelist, count: int = 40) -> pl.DataFrame:
    codes = themes.at(themes.levels[-1])
    rows = [
        {
            "act": f"act-{number:03}",
            "lex_id": str(4_000_000 + number),
            "date": AS_OF - timedelta(days=11 * number),
            "title": f"On the matter numbered {number}",
            "body": "An invented body",
            "theme": codes[number % len(codes)],
        }
        for number in range(count)
    ]
    return pl.DataFrame(rows, schema_overrides={"date": pl.Date})


def _places(lists: Mapping[str, Codelist]) -> dict[str, list[tuple[str, str]]]:
    """For each dimension its leaves with their parents ("" where a list is flat)."""
    return {
        name: [
            (code, "" if (up := each[code].parent) == TOTAL else up)
            for code in each.at(each.levels[-1])
        ]
        for name, each in lists.items()
    }


def _appeal(
    chance: Random, places: dict[str, list[tuple[str, str]]], first_day: date, as_of: date
) -> dict[str, Any]:
    registered = first_day + timedelta(days=chance.randrange((as_of - first_day).days + 1))
    days = int(chance.expovariate(1 / 12))
    answered = registered + timedelta(days=days)
    is_answered = answered <= as_of and chance.random() > 0.01
    rated = is_answered and chance.random() < 0.25
    kind, _ = chance.choices(places["kind"], weights=(70, 25, 5)[: len(places["kind"])])[0]
    row: dict[str, Any] = dict.fromkeys(GENERALISED)
    row |= {
        "person": chance.getrandbits(64) if chance.random() < 0.95 else None,
        "registered": registered,
        "answered": answered if is_answered else None,
        "as_of": as_of,
        "due": registered + timedelta(days=15),
        "due_extended": registered + timedelta(days=30),
        "response_days": days if is_answered else None,
        "kind": kind,
        "channel": chance.choice(places["channel"])[0],
        "asked": rated or (is_answered and chance.random() < 0.3),
        "satisfaction": chance.randint(1, 5) if rated else None,
        "repeated": chance.random() < 0.1,
        "taken_up": kind == "proposal" and chance.random() < 0.3,
        "hops": chance.randrange(4),
    }
    row |= _codes(chance, places, is_answered=is_answered)
    row |= {flag: chance.random() < share for flag, share in FLAG_SHARES.items()}
    unset = [name for name, kind in GENERALISED.items() if kind is pl.Boolean and row[name] is None]
    return row | dict.fromkeys(unset, False)


def _codes(
    chance: Random, places: dict[str, list[tuple[str, str]]], *, is_answered: bool
) -> dict[str, str | None]:
    agency, sector = _skewed(chance, places["agency"])
    district, region = _skewed(chance, places["area"])
    theme, group = _skewed(chance, places["theme"])
    outcome, outcome_class = chance.choice(places["outcome"]) if is_answered else (None, None)
    return {
        "agency": agency,
        "sector": sector,
        "district": district,
        "region": region,
        "theme": theme,
        "theme_group": group,
        "outcome": outcome,
        "outcome_class": outcome_class,
    }


def _skewed(chance: Random, codes: list[tuple[str, str]]) -> tuple[str, str]:
    """One of the codes, the first ones far more often, as in life."""
    return codes[int(len(codes) * chance.random() ** 3)]


def publish_sample(root: Path, appeals: int = 300_000, seed: int = 1) -> str:
    """Publishes a release of random appeals below ``root``; gives its id."""
    with tempfile.TemporaryDirectory() as directory:
        cells = aggregate(staged(Path(directory), appeals, seed), THRESHOLD)
        certified = certify(protect(cells, THRESHOLD, KEY), THRESHOLD)
        return publish(derive(certified), root, "sample")


if __name__ == "__main__":
    sys.stdout.write(f"{publish_sample(Path(sys.argv[1]))}\n")
