"""Thirty-six monthly releases of a source in which records come late and are withdrawn.

python -m bench.succession [APPEALS]

The appeals are those of the demonstration source; it has 34 months, so that those of its first two
come again as the last two. A share of them comes late, and as many are withdrawn.

Prints what the gate takes in a month, at a quarter's and at a year's end; what is hidden in the
last release, beside what one release with hindsight would hide; what the checker says of the last
release with all earlier ones; and what a restatement of the last one takes and hides.
"""

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from bench.aggregate import ALL
from bench.gate import MAPPING
from data.releases import ReleaseStore
from etl.demo import generate
from etl.intake import intake
from etl.mapping import read_mapping
from etl.pipeline import Watcher
from etl.runs import State
from etl.stages import Staged
from etl.vault import Vault
from tests.succession import Office, Source

MONTHS: Final = [f"{year}-{month:02}" for year in (2017, 2018, 2019) for month in range(1, 13)]
FIRST_DAY: Final = date(2017, 1, 1)
LAST: Final = date(2019, 12, 31)
AGAIN: Final = date(2017, 3, 1)
"""What was registered before this day comes again, as the last two months."""
LATER: Final = date(2019, 11, 1) - FIRST_DAY
LATE: Final = 0.005


def main(appeals: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        source = _of_three_years(Path(directory), appeals)
        watch = Stopwatch()
        watcher = Watcher(lambda *_: None, watch.passed)
        office = Office(Path(directory), source, FIRST_DAY, watcher)
        published = list(office.publishes_monthly(MONTHS))
        _tell(watch.spent[: len(MONTHS)])
        _compare(office, published[-1])
        _check(office, published)
        _restate(office, watch)


def _of_three_years(directory: Path, appeals: int) -> Source:
    url = f"sqlite:///{directory}/appeals.db"
    generate(url, appeals)
    vault = Vault(directory / "intake")
    staged = intake(read_mapping(MAPPING), url, vault, None, lambda *_: None)
    every = pl.concat(pl.read_parquet(path) for path in staged.months())
    dates = [name for name, kind in every.schema.items() if kind == pl.Date]
    again = every.filter(pl.col("registered") < AGAIN).with_columns(pl.col(dates) + LATER)
    return Source.of(pl.concat([every, again]), staged.edition.codelists, LATE)


class Stopwatch:
    """Seconds of the gate in each release: from the exact cells to the protected ones."""

    def __init__(self) -> None:
        self.spent: list[float] = []
        self._since = 0.0

    def passed(self, state: State, _: Staged) -> None:
        now = time.perf_counter()
        if state == "protected":
            self.spent.append(now - self._since)
            print(f"release {len(self.spent)}: gate {self.spent[-1]:.1f} s", file=sys.stderr)
        self._since = now


def _tell(spent: list[float]) -> None:
    of_month = [s for s, month in zip(spent, MONTHS, strict=True) if int(month[-2:]) % 3]
    of_quarter = [s for s, month in zip(spent, MONTHS, strict=True) if not int(month[-2:]) % 3]
    of_year = [s for s, month in zip(spent, MONTHS, strict=True) if month.endswith(("-12", "-02"))]
    for name, each in (("month", of_month), ("quarter", of_quarter), ("year", of_year)):
        print(f"gate at the end of a {name}: {sum(each) / len(each):.2f} s, most {max(each):.2f} s")


def _compare(office: Office, last: str) -> None:
    disclosure = ReleaseStore(office.releases).get(last).manifest.disclosure
    fresh = Office(office.root / "hindsight", office.source, office.first_day)
    once = fresh.publishes(LAST)
    hindsight = ReleaseStore(fresh.releases).get(once).manifest.disclosure
    now, then = disclosure["cells_hidden"], hindsight["cells_hidden"]
    print(f"hidden in the last release {now:,}, with hindsight {then:,}: {now / then - 1:+.1%}")
    print(
        f"sheets left out: {len(disclosure['sheets_left_out'])}, "
        f"with hindsight {len(hindsight['sheets_left_out'])}"
    )


def _check(office: Office, published: list[str]) -> None:
    *earlier, last = (str(office.releases / release) for release in published)
    command = [sys.executable, f"{last}/check.py", *earlier]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    print(f"the last release, checked with all {len(earlier)} earlier ones: {said.strip()}")


def _restate(office: Office, watch: Stopwatch) -> None:
    restated = office.publishes(LAST, restate=True)
    told = ReleaseStore(office.releases).get(restated).manifest.disclosure
    print(
        f"restated: gate {watch.spent[-1]:.1f} s; hidden {told['cells_hidden']:,} of "
        f"{told['cells_published']:,}; sheets left out {len(told['sheets_left_out'])}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ALL)
