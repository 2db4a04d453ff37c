"""100,000 random questions to the data interface, each answer compared with the release's files.

    python -m bench.api_queries [QUESTIONS] [RELEASES]

RELEASES is a directory of releases with a current one; without it a small release is made.
"""

import sys
import tempfile
import time
from pathlib import Path

from data.releases import CURRENT, ReleaseStore
from tests.etl.releasing import derived, written
from tests.site.asking import compare
from tests.site.oracle import Oracle
from tests.site.small_release import site_over

SEED = 20_261_124
QUESTIONS = 100_000


def main(questions: int, releases: Path) -> None:
    release = releases / ReleaseStore(releases).current_id()
    oracle = Oracle(release)
    client = site_over(releases).server.test_client()
    start = time.perf_counter()
    told = compare(client, oracle, questions, SEED)
    spent = time.perf_counter() - start
    print(f"{release.name}: {questions:,} questions in {spent:.0f} s")
    print(
        f"  {told['json']:,} answered as JSON, {told['csv']:,} as CSV, {told['refused']:,} refused"
    )
    print(f"  {told['values']:,} values served, every one a cell of the files, byte for byte")


def small_release(root: Path) -> Path:
    """A directory with one release of a small invented village."""
    made = written(derived(root / "staged"), root / "releases")
    (made.parent / CURRENT).write_text(f"{made.name}\n", encoding="ascii")
    return made.parent


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    with tempfile.TemporaryDirectory() as directory:
        main(asked, Path(sys.argv[2]) if len(sys.argv) > 2 else small_release(Path(directory)))
