"""How long aggregation and the first rule take, beside a bare group-by of the same months.

python -m bench.aggregate [APPEALS]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl

from bench.staged import staged
from etl.aggregate import aggregate
from etl.certify import certify
from etl.derive import derive
from etl.protect import protect
from etl.stages import Staged
from tests.publishing import publish
from tests.sample import KEY, THRESHOLD

Result = TypeVar("Result")
ALL = 3_437_771


def main(appeals: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        staging = Path(directory) / "staging"
        staging.mkdir()
        source = staged(staging, appeals)
        print(f"{appeals:,} appeals in {len(source.months())} months")
        bare, _ = timed("bare group-by month × agency × region", lambda: bare_group_by(source))
        spent, cells = timed("aggregate, all tables", lambda: aggregate(source, THRESHOLD))
        print(f"  {spent / bare:.1f} × the bare group-by; most memory so far {peak():,} MB")
        _, protected = timed("protect", lambda: protect(cells, THRESHOLD, KEY))
        print(f"  {protected.disclosure}")
        _, certified = timed("certify", lambda: certify(protected, THRESHOLD))
        _, derived = timed("derive", lambda: derive(certified))
        timed("publish, verified", lambda: publish(derived, Path(directory) / "releases", "bench"))
        print(f"  most memory {peak():,} MB")


def timed(name: str, work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    result = work()
    spent = time.perf_counter() - start
    print(f"{name}: {spent:.2f} s")
    return spent, result


def bare_group_by(source: Staged) -> pl.DataFrame:
    by_month = pl.col("registered").dt.truncate("1mo")
    parts = [
        pl.read_parquet(path).group_by(by_month, "agency", "region").len()
        for path in source.months()
    ]
    return pl.concat(parts)


def peak() -> int:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ALL)
