"""Whatever is asked, the interface serves cells of the release as they are, and no other value."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.releases import CURRENT
from tests.etl.releasing import derived, written
from tests.site.asking import compare
from tests.site.oracle import Oracle
from tests.site.small_release import site_over

QUESTIONS = 3_000


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that the pipeline made, with hidden values and all other statuses."""
    root = tmp_path_factory.mktemp("published")
    made = written(derived(tmp_path_factory.mktemp("staged")), root)
    (root / CURRENT).write_text(f"{made.name}\n", encoding="ascii")
    return made


@pytest.fixture(scope="module")
def interface(release: Path) -> FlaskClient:
    client: FlaskClient = site_over(release.parent).server.test_client()
    return client


@pytest.fixture(scope="module")
def oracle(release: Path) -> Oracle:
    return Oracle(release)


def test_random_questions_are_answered_with_cells_of_the_release(
    interface: FlaskClient, oracle: Oracle
) -> None:
    told = compare(interface, oracle, QUESTIONS, seed=3)

    assert told["json"] > QUESTIONS / 5
    assert told["csv"] > QUESTIONS / 20
    assert told["refused"] > QUESTIONS / 20
    assert told["values"] > 4 * QUESTIONS


def test_one_digit_that_differs_would_be_found(interface: FlaskClient, release: Path) -> None:
    changed = Oracle(release)
    for rows in changed.sheets["agencies"].shelves.values():
        for place, row in enumerate(rows):
            rows[place] = {**row, "received": f"{row['received']}0"}

    with pytest.raises(AssertionError):
        compare(interface, changed, QUESTIONS, seed=1)
