"""The committed reference lists are whole, agree with each other and are spelled well."""

import csv
import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
CODELISTS = ("agency", "area", "theme", "kind", "form", "channel", "outcome", "group")
COLUMNS = ["code", "parent", "name_uz", "name_uz_cyrl", "name_ru", "name_en", "source"]


def read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", CODELISTS)
def test_a_code_list_has_its_columns_a_total_and_sound_parents(name: str) -> None:
    rows = read(name)
    codes = [row["code"] for row in rows]

    assert list(rows[0])[:7] == COLUMNS
    assert codes[0] == "_T"
    assert len(codes) == len(set(codes))
    assert {row["parent"] for row in rows} - {""} <= set(codes) - {"_T"}


@pytest.mark.parametrize("name", CODELISTS)
def test_every_code_has_a_name_in_each_language_and_a_source(name: str) -> None:
    assert not [row["code"] for row in read(name) for column in COLUMNS[2:] if not row[column]]


@pytest.mark.parametrize("name", CODELISTS)
def test_each_language_keeps_to_its_script(name: str) -> None:
    for row in read(name):
        assert not re.search(r"[А-Яа-яЁёЎўҚқҒғҲҳ]", row["name_uz"] + row["name_en"]), row
        # Two companies and the call-centre keep their Latin names in every script.
        cyrillic = re.sub(r"Uzbekistan (Airways|Airports)|call", "", row["name_uz_cyrl"])
        assert not re.search(r"[A-Za-z]", cyrillic), row


@pytest.mark.parametrize("name", CODELISTS)
def test_uzbek_apostrophes_are_letters(name: str) -> None:
    for row in read(name):
        assert not re.search(r"['‘’`]", row["name_uz"]), row
        assert not re.search(r"[oOgG]ʼ", row["name_uz"]), row
        assert not re.search(r"[^oOgG]ʻ", row["name_uz"]), row


def test_there_are_150_bodies_in_eight_sectors_and_a_hokimiyat_for_each_region() -> None:
    rows = read("agency")
    bodies = [row for row in rows if row["code"].startswith("AG")]
    sectors = {row["code"] for row in rows} - {row["code"] for row in bodies} - {"_T"}

    assert len(bodies) == 150
    assert len(sectors) == 8
    assert {row["parent"] for row in bodies} == sectors
    assert Counter(row["parent"] for row in bodies)["hokimiyats"] == 14


def test_there_are_14_regions_and_206_districts_and_cities() -> None:
    rows = read("area")
    count = Counter(row["type"] for row in rows)
    below = [row for row in rows if row["type"] in {"district", "city"}]

    assert count == {"country": 1, "region": 14, "district": 175, "city": 31}
    assert all(row["code"].startswith(row["parent"]) and len(row["code"]) == 7 for row in below)


def test_24_themes_stand_in_six_groups() -> None:
    groups = Counter(row["parent"] for row in read("theme") if row["parent"])

    assert len(groups) == 6
    assert sum(groups.values()) == 24


def test_outcomes_and_their_classes_are_the_agreed_ones() -> None:
    assert {r["code"]: r["parent"] for r in read("outcome") if r["parent"]} == {
        "satisfied": "positive",
        "partly": "positive",
        "explained": "clarified",
        "rejected": "refused",
        "left": "refused",
        "forwarded": "passed_on",
    }


def test_the_nation_has_as_many_residents_as_its_regions_on_every_date() -> None:
    regions: Counter[str] = Counter()
    nation: dict[str, int] = {}
    for row in read("population"):
        if row["area"] == "_T":
            nation[row["date"]] = int(row["population"])
        else:
            regions[row["date"]] += int(row["population"])

    assert nation == regions
    assert {"2017-01-01", "2018-01-01", "2019-01-01", "2020-01-01"} <= nation.keys()


def test_acts_have_a_number_of_their_own_and_a_known_theme() -> None:
    acts = read("legal_acts")
    themes = {row["code"] for row in read("theme") if row["parent"]}

    assert len({act["lex_id"] for act in acts}) == len(acts)
    assert all(act["url"].startswith("https://lex.uz/") for act in acts)
    assert all(act["lex_id"] in act["url"] for act in acts)
    assert {act["theme"] for act in acts} - {""} <= themes
    assert {act["date"][:4] for act in acts} == {"2017", "2018", "2019"}


def test_the_outlines_are_small_closed_and_of_the_regions() -> None:
    path = REFERENCE / "regions.geojson"
    outlines = json.loads(path.read_text())["features"]
    regions = {row["code"] for row in read("area") if row["type"] == "region"}

    assert path.stat().st_size < 60_000
    assert {each["properties"]["code"] for each in outlines} == regions
    for each in outlines:
        for polygon in each["geometry"]["coordinates"]:
            assert all(ring[0] == ring[-1] for ring in polygon)
            assert _turns_clockwise(polygon[0])


def _turns_clockwise(ring: list[list[float]]) -> bool:
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) > 0


def test_the_readme_tells_of_every_list() -> None:
    told = (REFERENCE / "README.md").read_text()

    untold = {p.name for p in REFERENCE.iterdir() if p.name not in told}
    assert untold <= {"README.md"}
