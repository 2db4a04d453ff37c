"""What the disclosure gate costs and gives, beside the aggregation of the same appeals.

python -m bench.gate [APPEALS]

The appeals are those of the demonstration source, which has the skew that life has.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench.aggregate import ALL, peak, timed
from etl.aggregate import aggregate
from etl.certify import certify
from etl.contents import contents
from etl.demo import generate
from etl.derive import derive
from etl.intake import intake
from etl.mapping import read_mapping
from etl.protect import protect
from etl.stages import Certified, Derived
from etl.vault import Vault

MAPPING: Final = Path(__file__).parents[1] / "mappings" / "demo.toml"
THRESHOLD: Final = 10


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
        _report(certified)
        derived = derive(certified)
        again = derive(certify(protect(cells, THRESHOLD, key), THRESHOLD))
        print(f"  two runs give the same bytes: {_bytes(derived) == _bytes(again)}")
        _check(Path(directory) / "release", derived)
        print(f"  most memory {peak():,} MB")


def _report(certified: Certified) -> None:
    told = certified.disclosure
    cells, hidden = told["cells_published"], told["cells_hidden"]
    large = 1 - told["large_cells_hidden"] / told["large_cells"]
    volume = told["appeals_in_hidden_cells_per_million"] / 10_000
    print(f"  {cells:,} counts of persons; small {told['cells_small'] / cells:.2%}")
    print(f"  hidden {hidden / cells:.2%} of cells (goal: at most 8 %), {volume:.3f} % of volume")
    print(f"  shown {large:.2%} of cells of 100 and more (goal: at least 99.5 %)")
    print(f"  certified {certified.hidden.height:,} of {hidden:,} hidden counts")
    print(f"  sheets left out: {told['sheets_left_out']}")


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
