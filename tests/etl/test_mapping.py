"""A mapping file is whole and sound, or it is refused with the place that is not."""

from datetime import date
from pathlib import Path

import pytest

from data.errors import SourceError
from etl.intake import _clock
from etl.mapping import read_mapping
from etl.references import load_codelists, load_population
from etl.validate import make_reading

SHIPPED = sorted((Path(__file__).parents[2] / "mappings").glob("*.toml"))

SOUND = """
[source]
name = "town"
titles = { en = "Town" }
time_zone = "UTC"
never_read = ["Phone"]
[columns.appeal_id]
from = "id"
[columns.registered]
from = "opened"
"""


def refusal(tmp_path: Path, text: str) -> str:
    path = tmp_path / "town.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_mapping(path)
    return str(caught.value)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_mapping_agrees_with_its_code_lists(path: Path) -> None:
    mapping = read_mapping(path)
    lists = load_codelists(mapping)

    reading = make_reading(mapping, lists, date(2019, 1, 1))
    population = load_population(mapping)

    assert {field.name for field in reading.fields} == set(mapping.columns)
    assert set(population["area"]) <= {code.code for code in lists["area"].codes}
    assert (_clock(mapping).terms is None) == (path.stem != "demo")


def test_the_sources_that_a_newcomer_meets_first_are_shipped() -> None:
    assert {path.stem for path in SHIPPED} >= {
        "chicago_311",
        "demo",
        "nyc_311",
        "nyc_council",
        "open311",
    }


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("[colums.theme]\nfrom = 'x'", "colums: this is no key"),
        ("[columns.agency]\nfrom = 'x'\nfromm = 'y'", "columns.agency.fromm: this is no key"),
        ("[columns.shape]\nfrom = 'x'", "[columns.shape] is no field"),
        (
            "[columns.agency]\nfrom = 'x'\nformats = ['%Y-%m-%d']",
            "a code field has no key 'formats'",
        ),
        ("[columns.answered]\nfrom = 'x'\njunk = ['y']", "a moment field has no key 'junk'"),
        ("[columns.answered]\nfrom = 'x'\nformats = ['%Q']", "'%Q' is no date format"),
        ("[columns.agency]\nfold = true", "give 'from'"),
        ("[columns.agency]\nfrom = 'x'\nunknown = 'other'", "go together"),
        ("[columns.agency]\nfrom = 'x'\npattern = 'a'", "exactly one group"),
        ("[codelists]\nplace = 'x.csv'", "[codelists] 'place' is none of"),
        ("[terms]\nfile = 'x'\nnone = true", "terms: give either file or none"),
        ("[csv]\nencoding = 'utf-9'", "csv.encoding: 'utf-9' is no encoding"),
        ("[acts]\nsource = 'a.csv'\ntable = 'b'", "acts: give one of"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, added: str, told: str) -> None:
    assert told in refusal(tmp_path, SOUND + added)


def test_a_column_that_is_never_to_be_read_cannot_be_mapped_in_any_case(tmp_path: Path) -> None:
    mapped = SOUND + "[columns.channel]\nfrom = 'phone'"
    person = SOUND + "[pseudonymise]\nperson = ['PHONE']"

    assert "'phone' is in never_read" in refusal(tmp_path, mapped)
    assert "'PHONE' is in never_read" in refusal(tmp_path, person)


def test_a_query_cannot_name_what_is_never_to_be_read(tmp_path: Path) -> None:
    queried = SOUND.replace("[columns.app", "query = 'SELECT id, phone FROM t'\n[columns.app")

    assert "the query names 'Phone'" in refusal(tmp_path, queried)


@pytest.mark.parametrize("needed", ["appeal_id", "registered"])
def test_a_record_needs_its_number_and_its_day(tmp_path: Path, needed: str) -> None:
    without = SOUND.replace(f"[columns.{needed}]", "[columns.theme]")

    assert f"[columns.{needed}] is missing" in refusal(tmp_path, without)


def test_a_zone_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert "is no time zone" in refusal(tmp_path, SOUND.replace('"UTC"', '"Asia/Toshkent"'))


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert "line" in refusal(tmp_path, SOUND + "[columns.theme\n")


def test_a_mapped_dimension_needs_a_code_list(tmp_path: Path) -> None:
    path = tmp_path / "town.toml"
    path.write_text(SOUND + "[columns.agency]\nfrom = 'x'", encoding="utf-8")

    with pytest.raises(SourceError, match=r"\[codelists\] agency is missing"):
        load_codelists(read_mapping(path))


def test_a_flat_list_of_areas_is_of_the_level_that_is_mapped(tmp_path: Path) -> None:
    (tmp_path / "boroughs.csv").write_text("code,name_en\nnorth,North\nsouth,South\n")
    path = tmp_path / "town.toml"
    path.write_text(
        SOUND + "[columns.region]\nfrom = 'x'\n[codelists]\narea = 'boroughs.csv'",
        encoding="utf-8",
    )

    areas = load_codelists(read_mapping(path))["area"]

    assert areas.at("region") == ("north", "south")
