"""One small release and one site over it, for every test of the site."""

from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from tests.site.small_release import publish, site_over


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("releases")
    publish(root)
    return root


@pytest.fixture(scope="session")
def site(releases: Path) -> Dash:
    return site_over(releases)


@pytest.fixture
def client(site: Dash) -> FlaskClient:
    client: FlaskClient = site.server.test_client()
    return client
