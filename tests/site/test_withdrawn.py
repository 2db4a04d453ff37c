"""A withdrawn release says so wherever it is shown or handed out; its numbers stay reachable."""

import shutil
import zlib
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner

from data import withdrawals
from data.errors import ReleaseError
from data.releases import ReleaseStore
from data.withdrawals import FILE, Withdrawal
from etl.__main__ import app
from etl.withdraw import lift, withdraw
from tests.site.small_release import client_over, publish

REASON = "Muddat hisobida xato bor."
DAY = "2026-11-24"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "releases"


@pytest.fixture
def ids(root: Path) -> tuple[str, str]:
    """An older release and the current one."""
    return publish(root), publish(root, revision=2, generated=False)


@pytest.fixture
def client(root: Path, ids: tuple[str, str]) -> FlaskClient:
    assert ids
    return client_over(root)


def test_a_page_says_that_its_release_was_withdrawn_and_why(
    client: FlaskClient, root: Path, ids: tuple[str, str]
) -> None:
    bound = f"/ru/agencies?release={ids[0]}"
    before = client.get(bound)
    assert "notice-withdrawn" not in before.text
    withdraw(root, ids[0], "uz", REASON, DAY)
    page = client.get(bound)
    assert page.status_code == 200
    assert f'<span lang="uz-Latn">{REASON}</span>' in page.text
    assert "notice-bound" in page.text
    assert page.headers["ETag"] != before.headers["ETag"]
    withdraw(root, ids[0], "ru", "Ошибка в сроках.", DAY)
    assert "Ошибка в сроках." in client.get(bound).text
    assert "notice-withdrawn" not in client.get("/ru/agencies").text
    assert "отозван" in client.get("/ru/releases").text


def test_the_interface_and_the_files_say_it_too_and_are_not_kept_for_ever(
    client: FlaskClient, root: Path, ids: tuple[str, str]
) -> None:
    paths = (
        f"/api/v1/data?dataset=agencies&release={ids[0]}",
        f"/api/v1/catalog?release={ids[0]}",
        f"/releases/{ids[0]}/agencies.csv",
        f"/releases/{ids[0]}/en/agencies.xlsx",
        f"/take/en/agencies/agencies.csv?release={ids[0]}",
        f"/card/en/card.png?release={ids[0]}",
    )
    before = [client.get(path) for path in paths]
    assert all("immutable" in each.headers["Cache-Control"] for each in before)
    withdraw(root, ids[0], "en", "Wrong terms.", DAY)
    for path, then in zip(paths, before, strict=True):
        now = client.get(path)
        assert now.status_code == 200, path
        assert now.headers["Cache-Control"] == "no-cache", path
        assert now.headers["Deprecation"] == "@1795478400", path
        assert "/api/v1/releases" in now.headers["Link"]
        assert "Deprecation" not in then.headers
    told = client.get(paths[0]).json
    assert told is not None
    assert told["withdrawn"] == {"day": DAY, "reasons": {"en": "Wrong terms."}}
    listed = client.get("/api/v1/releases").json
    assert listed is not None
    assert {each["id"]: each["withdrawn"] for each in listed["releases"]} == {
        ids[0]: True,
        ids[1]: False,
    }
    assert listed["withdrawn"][ids[0]]["reasons"] == {"en": "Wrong terms."}


def test_what_is_taken_or_embedded_from_it_says_it(
    client: FlaskClient, root: Path, ids: tuple[str, str]
) -> None:
    withdraw(root, ids[0], "en", "Wrong terms.", DAY)
    embedded = client.get(f"/embed/en/agencies/agencies.html?release={ids[0]}").text
    assert "Withdrawn on 24 November 2026: Wrong terms." in embedded
    assert "Wrong terms." not in client.get("/embed/en/agencies/agencies.html").text
    picture = client.get(f"/take/en/trends/trends.svg?release={ids[0]}").text
    assert "Withdrawn on 24 November 2026" in picture


def test_of_a_release_that_was_taken_away_the_reason_remains(
    client: FlaskClient, root: Path, ids: tuple[str, str]
) -> None:
    bound = f"/en/agencies?release={ids[0]}"
    withdraw(root, ids[0], "en", "A name was in it.", DAY)
    shutil.rmtree(root / ids[0])
    gone = client.get(bound)
    assert gone.status_code == 410
    assert "A name was in it." in gone.text
    assert ids[0] in gone.text
    assert client.get("/en/agencies?release=2001.01.1-00000000").status_code == 404


def test_a_withdrawal_is_taken_back_for_all(
    client: FlaskClient, root: Path, ids: tuple[str, str]
) -> None:
    withdraw(root, ids[0], "en", "A mistake.", DAY)
    lift(root, ids[0])
    assert "notice-withdrawn" not in client.get(f"/en/?release={ids[0]}").text
    with pytest.raises(ReleaseError, match="was not withdrawn"):
        lift(root, ids[0])


@pytest.mark.parametrize(("lang", "reason"), [("en", " "), ("xx", "Why"), ("en", "x" * 501)])
def test_a_withdrawal_needs_a_reason_in_a_language_of_the_site(
    root: Path, ids: tuple[str, str], lang: str, reason: str
) -> None:
    with pytest.raises(ReleaseError, match="reason"):
        withdraw(root, ids[0], lang, reason, DAY)
    assert not (root / FILE).exists()


def test_a_hostile_reason_is_only_words(
    client: FlaskClient, root: Path, ids: tuple[str, str]
) -> None:
    withdraw(root, ids[0], "en", "<script>alert(1)</script>", DAY)
    for path in (f"/en/?release={ids[0]}", f"/embed/en/agencies/agencies.html?release={ids[0]}"):
        assert "<script>alert" not in client.get(path).text


def test_a_register_that_cannot_be_read_takes_back_nothing(
    client: FlaskClient, root: Path, ids: tuple[str, str]
) -> None:
    withdraw(root, ids[0], "en", "Wrong terms.", DAY)
    bound = f"/en/?release={ids[0]}"
    assert "Wrong terms." in client.get(bound).text
    register = root / FILE
    register.chmod(0o644)
    register.write_bytes(zlib.compress(b"x"))
    assert "Wrong terms." in client.get(bound).text
    with pytest.raises(ReleaseError, match="cannot be read"):
        withdrawals.read(root)


def test_the_register_is_the_same_after_it_is_read() -> None:
    register = {"b": Withdrawal(DAY, {"uz": "ʻ"}), "a": Withdrawal(DAY, {"en": "x", "ru": "й"})}
    text = withdrawals.written(register)
    assert text.index(b'"a"') < text.index(b'"b"')
    assert "ʻ".encode() in text


def test_the_command_withdraws_and_lists_and_takes_back(
    root: Path, ids: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCHIQ_RELEASES", str(root))
    monkeypatch.setenv("OCHIQ_LOG", str(tmp_path / "log"))
    runner = CliRunner()
    done = runner.invoke(app, ["withdraw", ids[1], "--reason", REASON])
    assert done.exit_code == 0, done.output
    assert "rollback" in done.output
    assert ReleaseStore(root).withdrawal(ids[1]) is not None
    assert "withdrawn" in runner.invoke(app, ["releases"]).output
    refused = runner.invoke(app, ["withdraw", "2001.01.1-00000000", "--reason", "x"])
    assert refused.exit_code == 1
    assert runner.invoke(app, ["withdraw", ids[1], "--undo"]).exit_code == 0
    assert ReleaseStore(root).withdrawal(ids[1]) is None
