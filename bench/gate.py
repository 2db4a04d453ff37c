"""What the disclosure gate costs and gives, beside the aggregation of the same appeals.

python -m bench.gate [APPEALS]

The appeals are those of the demonstration source, which has the skew that life has.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import polars as pl

from bench.aggregate import ALL, peak, timed
from data.dimensions import DIMENSIONS, TOTAL
from data.observe import STATUS_SUFFIX
from data.statuses import SUPPRESSED
from etl.aggregate import aggregate
from etl.catalogue import personal_of
from etl.certify import certify
from etl.contents import contents
from etl.demo import generate
from etl.derive import derive
from etl.intake import intake
from etl.mapping import read_mapping
from etl.protect import protect
from etl.stages import Cells, Certified, Derived
from etl.vault import Vault

MAPPING: Final = Path(__file__).parents[1] / "mappings" / "demo.toml"
THRESHOLD: Final = 10
LARGE: Final = 100


def main(appeals: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        vault, url = Vault(Path(directory) / "vault"), f"sqlite:///{directory}/appeals.db"
        generate(url, appeals)
        staged = intake(read_mapping(MAPPING), url, vault, None, _silent)
        print(f"{appeals:,} appeals of the demonstration source")
        floor, cells = timed("aggregate, all tables", lambda: aggregate(staged, THRESHOLD))
        key = vault.ties_key()
        gate, protected = timed("gate", lambda: protect(cells, THRESHOLD, key))
        proof, certified = timed("certificate", lambda: certify(protected, THRESHOLD))
        print(f"  gate {gate / floor:.1f} ×, certificate {proof / floor:.1f} × the aggregation")
        _report(cells, certified)
        derived = derive(certified)
        again = derive(certify(protect(cells, THRESHOLD, key), THRESHOLD))
        print(f"  two runs give the same bytes: {_bytes(derived) == _bytes(again)}")
        _check(Path(directory) / "release", derived)
        print(f"  most memory {peak():,} MB")


def _report(cells: Cells, certified: Certified) -> None:
    counts = _counts(cells, certified)
    keys = counts.columns[:-1]
    hidden = counts.join(certified.hidden, on=keys, how="semi")
    volume = int(hidden["count"].sum()) / int(counts["count"].sum())
    large, large_hidden = (int((each["count"] >= LARGE).sum()) for each in (counts, hidden))
    print(f"  {counts.height:,} counts of persons")
    print(f"  hidden {hidden.height / counts.height:.2%} of cells (goal: at most 8 %)")
    print(f"  hidden {volume:.3%} of volume (goal: at most 0.2 %)")
    print(f"  shown {1 - large_hidden / large:.2%} of cells of {LARGE} and more (goal: 99.5 %)")
    print(f"  certified {certified.hidden.height:,} of {hidden.height:,} hidden counts")
    print(f"  sheets left out: {certified.disclosure['sheets_left_out']}")


def _counts(cells: Cells, certified: Certified) -> pl.DataFrame:
    """Each published count of persons once, with what it truly is."""
    keys = ("measure", "period", *DIMENSIONS)
    blocks = [
        cells.tables[name]
        .join(certified.tables[name].filter(_is_told(measure)), on=table.keys, how="semi")
        .select(
            pl.lit(measure).alias("measure"),
            *(name if name in table.keys else pl.lit(TOTAL).alias(name) for name in keys[1:]),
            pl.col(measure).cast(pl.Int64).alias("count"),
        )
        for name, table in certified.catalogue.items()
        for measure in personal_of(table, cells.edition)
    ]
    return pl.concat(blocks).unique(keys)


def _is_told(measure: str) -> pl.Expr:
    return pl.col(measure).is_not_null() | (pl.col(f"{measure}{STATUS_SUFFIX}") == SUPPRESSED.code)


def _bytes(derived: Derived) -> dict[str, bytes]:
    return contents(derived, "bench")[1]


def _check(directory: Path, derived: Derived) -> None:
    directory.mkdir()
    for name, content in _bytes(derived).items():
        (directory / name).write_bytes(content)
    _, said = timed("check.py, plain Python", lambda: _said_by(directory / "check.py"))
    print(f"  {said}")


def _said_by(program: Path) -> str:
    command = [sys.executable, str(program)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _silent(_name: str, _rows: int) -> None:
    """Says nothing of how far the intake is."""


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ALL)
