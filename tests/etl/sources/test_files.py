"""Files are read as they are: nothing lost, nothing bent, nothing read that was not asked for."""

import gzip
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import zstandard

from data.errors import SourceError
from etl.mapping import CsvSection
from etl.sources.opening import open_file
from etl.sources.reader import BATCH_ROWS, UNREADABLE, Reader

PLAIN = CsvSection()


def opened(path: Path, layout: CsvSection = PLAIN) -> Reader:
    return open_file(path, layout, None, path.parent)


def rows(reader: Reader, *columns: str) -> list[tuple[str | None, ...]]:
    frames = [batch.drop(UNREADABLE) for batch in reader.batches(columns)]
    return [row for frame in frames for row in frame.iter_rows()]


def unreadable(reader: Reader, *columns: str) -> list[bool]:
    return [bool(mark) for batch in reader.batches(columns) for mark in batch[UNREADABLE].to_list()]


READERS = {"csv": "delimited", "jsonl": "jsonlines"}

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": zstandard.compress,
}


def write(frame: pl.DataFrame, path: Path) -> None:
    if path.suffix == ".csv":
        frame.write_csv(path)
    elif path.suffix == ".jsonl":
        frame.write_ndjson(path)
    else:
        frame.write_parquet(path)


@pytest.mark.parametrize("packed", PACKERS)
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_every_format_is_read_plain_and_compressed(tmp_path: Path, kind: str, packed: str) -> None:
    frame = pl.DataFrame({"id": ["001", "2"], "text": ["Ўзбек", None], "other": ["x", "y"]})
    plain = tmp_path / f"source.{kind}"
    write(frame, plain)
    path = tmp_path / f"given.{kind}{packed}"
    path.write_bytes(PACKERS[packed](plain.read_bytes()))

    found = rows(opened(path), "text", "id")

    assert [(text or None, number) for text, number in found] == [("Ўзбек", "001"), (None, "2")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_text_is_read_in_the_encoding_that_it_was_written_in(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "source.csv"
    path.write_text("номер,текст\n1,Коллективное\n", encoding=encoding)

    assert rows(opened(path, CsvSection(encoding=encoding)), "номер", "текст") == [
        ("1", "Коллективное")
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    path = tmp_path / "source.csv"
    path.write_text("id,x\n1,2\n", encoding="utf-8-sig")

    assert opened(path).names() == frozenset({"id", "x"})


def test_a_wrong_encoding_stops_with_the_remedy_and_without_the_text(tmp_path: Path) -> None:
    path = tmp_path / "source.csv"
    path.write_text("id,name\n1,Каримов\n", encoding="cp1251")

    with pytest.raises(SourceError, match=r"\[csv\] encoding") as caught:
        rows(opened(path), "id")
    assert "Каримов" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_quoted_line_ends_delimiters_and_quotes_stay_in_their_value(tmp_path: Path) -> None:
    path = tmp_path / "source.csv"
    path.write_text('id;text;n\n1;"a;b\nc ""d""";3\n2;5" pipe;4\n', encoding="utf-8")

    found = rows(opened(path, CsvSection(delimiter=";")), "text", "n")

    assert found == [('a;b\nc "d"', "3"), ('5" pipe', "4")]


def test_a_ragged_row_is_neither_cut_nor_filled_but_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "source.csv"
    path.write_text("id,a,b\n1,x,y\n2,x\n3,x,y,z\n4,x,y\n\n", encoding="utf-8")

    assert unreadable(opened(path), "id") == [False, True, True, False]
    assert rows(opened(path), "id") == [("1",), (None,), (None,), ("4",)]


def test_a_file_without_a_header_takes_the_names_of_the_mapping(tmp_path: Path) -> None:
    path = tmp_path / "source.csv"
    path.write_text("1,x\n2,y\n", encoding="utf-8")

    assert rows(opened(path, CsvSection(header=("id", "a"))), "a") == [("x",), ("y",)]


def test_two_columns_of_one_name_are_refused_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "source.csv"
    path.write_text("id,x,x,,\n1,2,3,,\n", encoding="utf-8")

    assert rows(opened(path), "id") == [("1",)]
    with pytest.raises(SourceError, match="2 columns 'x'"):
        rows(opened(path), "x")


def test_a_quote_that_never_closes_stops_instead_of_filling_memory(tmp_path: Path) -> None:
    path = tmp_path / "source.csv"
    path.write_text('id,a\n1,"x' + "\n2,secret" * 300_000, encoding="utf-8")

    with pytest.raises(SourceError, match="quotes do not close") as caught:
        rows(opened(path), "id")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("packed", [".gz", ".zst"])
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("harm", ["half", "almost", "flipped"])
def test_a_file_that_is_cut_off_or_damaged_stops(
    tmp_path: Path, kind: str, packed: str, harm: str
) -> None:
    path = tmp_path / f"source.{kind}{packed}"
    whole = PACKERS[packed]("".join(f"{n},{n * 7919}\n" for n in range(50_000)).encode())
    middle = len(whole) // 2
    path.write_bytes(
        {
            "half": whole[:middle],
            "almost": whole[:-4],
            "flipped": whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :],
        }[harm]
    )

    with pytest.raises(SourceError, match="damaged or cut off"):
        rows(opened(path, CsvSection(header=("id", "a"))), "id")


@pytest.mark.parametrize("packed", [".gz", ".zst"])
def test_files_that_were_joined_after_packing_are_read_to_the_end(
    tmp_path: Path, packed: str
) -> None:
    path = tmp_path / f"source.csv{packed}"
    path.write_bytes(PACKERS[packed](b"id\n1\n") + PACKERS[packed](b"2\n3\n"))

    assert rows(opened(path), "id") == [("1",), ("2",), ("3",)]


def test_json_numbers_keep_the_digits_they_were_written_with(tmp_path: Path) -> None:
    path = tmp_path / "source.jsonl"
    path.write_text(
        '{"id": 12345678901234567890, "x": 1.10, "b": true}\n\n{"id": "007", "x": {"k": [1]}}\n',
        encoding="utf-8",
    )

    assert rows(opened(path), "id", "x", "b") == [
        ("12345678901234567890", "1.10", "true"),
        ("007", '{"k": ["1"]}', None),
    ]


def test_a_line_that_is_no_json_object_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "source.jsonl"
    path.write_text('{"id": "1"}\n{"id": "2"\n[3]\nnull\n"x"\n{"id": "4"}\n', encoding="utf-8")

    assert unreadable(opened(path), "id") == [False, True, True, True, True, False]


def test_json_keys_are_known_after_reading(tmp_path: Path) -> None:
    path = tmp_path / "source.jsonl"
    path.write_text('{"id": "1"}\n{"id": "2", "late": "x"}\n', encoding="utf-8")
    reader = opened(path)

    assert reader.names() is None
    rows(reader, "id", "late", "never")
    assert reader.seen() == {"id", "late"}


def test_typed_parquet_columns_become_text_that_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "source.parquet"
    moment = datetime(2019, 1, 5, 10, 22, 33)  # noqa: DTZ001 - a wall clock has no zone
    pl.DataFrame(
        {
            "n": [2**63 - 1],
            "day": [date(2019, 1, 5)],
            "at": [moment],
            "zoned": pl.Series([moment]).dt.replace_time_zone("Asia/Tashkent"),
            "yes": [True],
            "part": [0.1],
            "kind": pl.Series(["a"], dtype=pl.Categorical),
        }
    ).write_parquet(path)

    (found,) = rows(opened(path), "n", "day", "at", "zoned", "yes", "part", "kind")

    assert found[0] == "9223372036854775807"
    assert found[1] == "2019-01-05"
    assert (found[2] or "").startswith("2019-01-05 10:22:33")
    assert (found[3] or "").endswith("+05:00")
    assert found[4:] == ("true", "0.1", "a")


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = 2_000
    monkeypatch.setattr(f"etl.sources.{READERS[kind]}.BATCH_ROWS", size)
    line = {"csv": '{0},"a text of some length",x\n', "jsonl": '{{"id": "{0}", "t": "a text"}}\n'}
    path = tmp_path / f"source.{kind}"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(line[kind].format(number) for number in range(8 * size))
    layout = CsvSection(header=("id", "t", "x"))

    peaks = []
    for batches in (1, 8):
        tracemalloc.start()
        stream = opened(path, layout).batches(["id"])
        for _ in range(batches):
            next(stream)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        stream.close()  # type: ignore[attr-defined]

    assert peaks[1] < 2.5 * peaks[0]


def test_parquet_comes_in_batches(tmp_path: Path) -> None:
    path = tmp_path / "source.parquet"
    pl.DataFrame({"id": range(3 * BATCH_ROWS)}).write_parquet(path)

    heights = [batch.height for batch in opened(path).batches(["id"])]

    assert sum(heights) == 3 * BATCH_ROWS
    assert max(heights) <= BATCH_ROWS


@pytest.mark.parametrize("name", ["source.xlsx", "gone.csv", "broken.parquet"])
def test_what_cannot_be_read_is_refused_by_name(tmp_path: Path, name: str) -> None:
    if name != "gone.csv":
        (tmp_path / name).write_bytes(b"nonsense")

    with pytest.raises(SourceError, match=name.split(".", maxsplit=1)[0]):
        opened(tmp_path / name)
