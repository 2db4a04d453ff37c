"""Reading ahead changes when a batch is read, and nothing else."""

from collections.abc import Generator, Iterator

import polars as pl
import pytest

from data.errors import SourceError
from etl.sources.ahead import read_ahead


def numbered(count: int) -> Iterator[pl.DataFrame]:
    return (pl.DataFrame({"n": [number]}) for number in range(count))


def broken_after(count: int) -> Iterator[pl.DataFrame]:
    yield from numbered(count)
    raise SourceError("Source", "it broke.", "Mend it.")


def test_the_batches_come_in_their_order() -> None:
    assert [batch["n"].item() for batch in read_ahead(numbered(20))] == list(range(20))


def test_an_error_comes_after_the_batches_before_it() -> None:
    stream = read_ahead(broken_after(3))

    assert [next(stream)["n"].item() for _ in range(3)] == [0, 1, 2]
    with pytest.raises(SourceError, match="it broke"):
        next(stream)


def test_nothing_more_is_read_once_it_is_not_wanted() -> None:
    told: list[int] = []

    def endless() -> Iterator[pl.DataFrame]:
        while True:
            told.append(1)
            yield pl.DataFrame({"n": [1]})

    stream = read_ahead(endless())
    assert isinstance(stream, Generator)
    next(stream)
    stream.close()
    fetched = len(told)

    assert fetched <= 5
    assert len(told) == fetched
