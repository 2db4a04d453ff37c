"""Extract asks for the mapped columns only, and gives the texts of the fields."""

from collections.abc import Iterator, Sequence

import polars as pl

from etl.drift import Drift
from etl.extract import IDENTIFIER, extract
from etl.mapping import Mapping
from etl.sources.reader import UNREADABLE, frame_of


class Listed:
    """A reader of rows that are given to it, which remembers what it was asked for."""

    def __init__(self, **columns: Sequence[str | None]) -> None:
        self._columns = columns
        self.asked: list[str] = []

    def names(self) -> frozenset[str]:
        return frozenset(self._columns)

    def seen(self) -> frozenset[str]:
        return self.names()

    def batches(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        self.asked += columns
        values = zip(*(self._columns[name] for name in columns), strict=True)
        for row in values:
            yield frame_of(columns, [(*row, None)])


def mapping(**columns: dict[str, object]) -> Mapping:
    return Mapping.model_validate(
        {
            "source": {
                "name": "town",
                "titles": {"en": "Town"},
                "time_zone": "UTC",
                "missing": ["n/a"],
            },
            "columns": {"appeal_id": {"from": "id"}, "registered": {"from": "day"}, **columns},
            "pseudonymise": {"person": ["pin"]},
        }
    )


def extracted(reader: Listed, told: Mapping) -> pl.DataFrame:
    return pl.concat([raw.frame for raw in extract(reader, told, Drift())])


IDS = {"id": ["1", "2"], "day": ["a", "b"], "pin": ["7", " "]}


def test_only_mapped_columns_are_asked_for() -> None:
    reader = Listed(**IDS, name=["x", "y"], phone=["x", "y"])

    frame = extracted(reader, mapping())

    assert sorted(reader.asked) == ["day", "id", "pin"]
    assert set(frame.columns) == {"row", "appeal_id", "registered", f"{IDENTIFIER}0", UNREADABLE}


def test_rows_are_numbered_over_all_batches() -> None:
    assert extracted(Listed(**IDS), mapping())["row"].to_list() == [0, 1]


def test_spaces_and_words_for_nothing_are_no_text() -> None:
    frame = extracted(Listed(**IDS, x=["  n/a ", " a b "]), mapping(theme={"from": "x"}))

    assert frame["theme"].to_list() == [None, "a b"]
    assert frame[f"{IDENTIFIER}0"].to_list() == ["7", None]


def test_of_several_columns_the_first_that_is_given_counts() -> None:
    reader = Listed(**IDS, x=["", "1"], y=["2", "3"])

    assert extracted(reader, mapping(answered={"from": ["x", "y"]}))["answered"].to_list() == [
        "2",
        "1",
    ]


def test_a_pattern_keeps_its_group_and_leaves_what_does_not_match() -> None:
    reader = Listed(**IDS, x=["Ward 12", "nowhere"])
    told = mapping(region={"from": "x", "pattern": r"^Ward (\d+)$"})

    assert extracted(reader, told)["region"].to_list() == ["12", "nowhere"]


def test_a_field_without_a_column_is_there_and_empty() -> None:
    assert extracted(Listed(**IDS), mapping(theme={"default": "x"}))["theme"].to_list() == [
        None,
        None,
    ]


def test_nothing_is_read_when_a_column_is_gone() -> None:
    reader, drift = Listed(id=["1"], day=["a"]), Drift()

    assert list(extract(reader, mapping(), drift)) == []
    assert drift
    assert reader.asked == []
