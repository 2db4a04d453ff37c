"""Files of a release are what the manifest says, whole or in part, and nothing else can be had."""

from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.releases import ReleaseStore


@pytest.fixture
def release_id(releases: Path) -> str:
    return ReleaseStore(releases).current_id()


def test_a_file_is_the_bytes_that_its_hash_names(
    client: FlaskClient, releases: Path, release_id: str
) -> None:
    described = ReleaseStore(releases).current().manifest
    for name, record in described.files.items():
        answer = client.get(f"/releases/{release_id}/{name}")
        assert sha256(answer.data).hexdigest() == record.sha256
        assert answer.headers["ETag"] == f'"{record.sha256}"'


def test_a_file_of_a_release_may_be_kept_for_ever_and_the_latest_not(
    client: FlaskClient, release_id: str
) -> None:
    named = client.get(f"/releases/{release_id}/agencies.csv")
    latest = client.get("/releases/latest/agencies.csv")
    assert "immutable" in named.headers["Cache-Control"]
    assert latest.headers["Cache-Control"] == "no-cache"
    assert latest.headers["Content-Location"] == f"/releases/{release_id}/agencies.csv"
    assert named.data == latest.data


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("agencies.csv", "text/csv; charset=utf-8"),
        ("agencies.parquet", "application/vnd.apache.parquet"),
        ("manifest.json", "application/json"),
    ],
)
def test_a_file_says_what_it_is_and_what_to_call_it(
    client: FlaskClient, release_id: str, name: str, kind: str
) -> None:
    answer = client.get(f"/releases/latest/{name}")
    assert answer.headers["Content-Type"] == kind
    assert f"ochiq-murojaat_{release_id}_{name}" in answer.headers["Content-Disposition"]


def test_a_part_of_a_file_can_be_fetched_and_a_known_file_is_not_sent_again(
    client: FlaskClient,
) -> None:
    path = "/releases/latest/agencies.csv"
    whole = client.get(path)
    part = client.get(path, headers={"Range": "bytes=5-14"})
    assert (part.status_code, part.data) == (206, whole.data[5:15])
    known = client.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")


@pytest.mark.parametrize("release", ["latest", "../..", "..", "%2e%2e", "2019.11.1", "current"])
@pytest.mark.parametrize(
    "name",
    ["nope", "../current", "..%2fcurrent", "%2e%2e%2fcurrent", "/etc/passwd", "current"],
)
def test_no_way_leads_out_of_a_release(client: FlaskClient, release: str, name: str) -> None:
    assert client.get(f"/releases/{release}/{name}").status_code in {404, 308}
