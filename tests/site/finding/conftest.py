"""The index over the whole reference lists."""

import pytest

from data import codelists
from data.dimensions import DIMENSIONS
from layouts.finding.index import Index, index_of
from tests.site.small_release import REFERENCE


@pytest.fixture(scope="session")
def index() -> Index:
    return index_of({each: codelists.read(REFERENCE / f"{each}.csv", each) for each in DIMENSIONS})
