"""What is shown follows what is published: at once, without a restart, and never a damaged one."""

from pathlib import Path

import pytest

from tests.site.small_release import publish, site_over


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "releases"


@pytest.mark.parametrize("path", ["/en/", "/ru/agencies", "/uz/method/received", "/en/releases"])
def test_before_the_first_release_pages_say_what_to_do(root: Path, path: str) -> None:
    client = site_over(root).server.test_client()
    answer = client.get(path)
    assert answer.status_code == 503
    assert "python -m etl run" in answer.text
    assert answer.headers["Retry-After"]
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/en/nope").status_code == 404
    assert client.get("/api/v1/releases").status_code == 503
    assert client.get("/releases/latest/manifest.json").status_code == 503


def test_a_release_appears_without_a_restart(root: Path) -> None:
    client = site_over(root).server.test_client()
    assert client.get("/en/").status_code == 503
    first = publish(root)
    assert first in client.get("/en/").text
    second = publish(root, revision=2, generated=False)
    page = client.get("/en/").text
    assert second in page
    assert first not in page


def test_generated_data_say_so_on_every_page_and_real_data_do_not(root: Path) -> None:
    publish(root)
    client = site_over(root).server.test_client()
    assert "notice-generated" in client.get("/en/method").text
    assert "notice-generated" in client.get("/en/nope").text
    publish(root, revision=2, generated=False)
    assert "notice-generated" not in client.get("/en/method").text


def test_an_address_bound_to_a_release_shows_it_and_names_the_newer(root: Path) -> None:
    client = site_over(root).server.test_client()
    first = publish(root)
    bound = f"/en/method?release={first}"
    assert "notice-bound" not in client.get(bound).text
    publish(root, revision=2, generated=False)
    page = client.get(bound).text
    assert "notice-bound" in page
    assert f'href="/en/agencies?release={first}"' in page


def test_a_damaged_release_leaves_the_last_good_one_in_place(root: Path) -> None:
    client = site_over(root).server.test_client()
    first = publish(root)
    assert client.get("/en/").status_code == 200
    second = publish(root, revision=2, generated=False)
    file = root / second / "agencies.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    page = client.get("/en/")
    assert page.status_code == 200
    assert first in page.text
