"""What the tests of the pipeline share."""

from pathlib import Path

import pytest

from tests.etl.town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A source of a few rows, in a directory of its own."""
    return Town(tmp_path)
