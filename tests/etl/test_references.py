"""The lists beside the appeals are sound, or they are refused with the row that is not."""

from pathlib import Path

import pytest

from data.codelists import Code, Codelist
from data.errors import SourceError
from etl.codes import read_codes_file
from etl.mapping import Mapping, read_mapping
from etl.references import load_acts, load_population

THEMES = Codelist("theme", (Code("holes", "theme", "_T", ()),))
HEAD = "no,lex_id,date,title,body,theme\n"

TOML = """
[source]
name = "town"
titles = { en = "Town" }
time_zone = "UTC"
[columns.appeal_id]
from = "id"
[columns.registered]
from = "day"
[acts]
source = "acts.csv"
columns = { act = "no" }
codes = { "Pot holes" = "holes" }
[population]
file = "population.csv"
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    path = tmp_path / "town.toml"
    path.write_text(TOML, encoding="utf-8")
    return read_mapping(path)


def test_acts_come_in_order_with_their_themes_translated(mapping: Mapping) -> None:
    (mapping.directory / "acts.csv").write_text(
        HEAD + "b,2,2019-02-01,Second,Council,Pot holes\na,,2019-01-01,First,Council,\n"
    )

    acts = load_acts(mapping, THEMES, None, mapping.directory)

    assert acts is not None
    assert acts.select("act", "theme").rows() == [("a", None), ("b", "holes")]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (",1,2019-01-01,t,b,holes", "its number"),
        ("a,1,2019-01-01,t,b,holes\na,1,2019-01-01,t,b,holes", "its number, once"),
        ("a,1,2019-13-01,t,b,holes", "its date"),
        ("a,1,2019-01-01,t,b,dragons", "a theme of the list"),
    ],
)
def test_an_act_that_is_not_whole_stops_with_its_row(
    mapping: Mapping, row: str, wanted: str
) -> None:
    (mapping.directory / "acts.csv").write_text(f"{HEAD}{row}\n")

    with pytest.raises(SourceError, match=f"row 1 .* does not give {wanted}"):
        load_acts(mapping, THEMES, None, mapping.directory)


def test_a_register_without_a_column_is_refused(mapping: Mapping) -> None:
    (mapping.directory / "acts.csv").write_text("no,lex_id,date,title,body\n")

    with pytest.raises(SourceError, match="no column 'theme'"):
        load_acts(mapping, THEMES, None, mapping.directory)


def test_population_that_is_no_number_is_refused_without_the_text(mapping: Mapping) -> None:
    path = mapping.directory / "population.csv"
    path.write_text("area,date,population\nnorth,2019-01-01,1000\n")
    assert load_population(mapping)["population"].to_list() == [1000]

    path.write_text("area,date,population\nnorth,2019-01-01,many\n")
    with pytest.raises(SourceError, match=r"population\.csv") as caught:
        load_population(mapping)
    assert "many" not in str(caught.value)


@pytest.mark.parametrize("line", ["x,", ",a", "known,b"])
def test_a_codes_file_gives_each_text_its_code_once(tmp_path: Path, line: str) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(f"source,code\nknown,a\n{line}\n", encoding="utf-8-sig")

    with pytest.raises(SourceError, match="line 3"):
        read_codes_file(path)
