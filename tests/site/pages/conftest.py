"""A release of the whole catalogue and the site over it."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.releases import Release, load
from tests.site.pages.whole import publish_whole
from tests.site.small_release import client_over


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("whole")


@pytest.fixture(scope="session")
def whole(root: Path) -> Release:
    return load(root / publish_whole(root))


@pytest.fixture(scope="session")
def reader(root: Path, whole: Release) -> FlaskClient:
    assert whole.id
    return client_over(root)
