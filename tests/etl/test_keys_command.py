"""Keys in the hands of an operator: listed, destroyed when their time is over, and never shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.releases import ReleaseStore
from etl.keyfiles import fingerprint
from tests.etl.desk import Desk

Keys = dict[str, bytes]


def keys_of(desk: Desk) -> Keys:
    vault = desk.root / "vault"
    return {path.stem: path.read_bytes() for path in (vault / "keys").iterdir()}


@pytest.fixture(scope="module")
def before(desk: Desk) -> Keys:
    """The keys after the first run, by year."""
    return keys_of(desk)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = Desk(tmp_path_factory.mktemp("keys"))
    assert made.types("demo", "--appeals", "1500").exit_code == 0
    assert made.types("run").exit_code == 0
    return made


@pytest.fixture(scope="module")
def later(desk: Desk, before: Keys) -> Desk:
    """The same desk when thirteen months and a day of the year after 2018 have gone."""
    result = desk.types("run", "--as-of", "2020-02-01")
    assert result.exit_code == 0, result.output
    assert set(before) == {"2018", "2019"}
    return desk


def test_a_key_is_destroyed_by_the_date_of_the_data_and_the_others_stay(
    later: Desk, before: Keys
) -> None:
    assert keys_of(later) == {"2019": before["2019"]}


def test_keys_are_listed_by_year_with_state_and_fingerprint(later: Desk, before: Keys) -> None:
    result = later.types("keys")

    destroyed, in_use = (line.split() for line in result.output.splitlines())
    assert result.exit_code == 0
    assert destroyed[:4] == ["2018", fingerprint(before["2018"]), "destroyed", "on"]
    assert in_use == ["2019", fingerprint(before["2019"]), "in", "use"]


def test_a_key_is_in_nothing_but_its_file(later: Desk, before: Keys) -> None:
    lasting = (later.root / "vault" / "lasting.secret").read_bytes()
    shown = [later.types("keys").output.encode(), *contents(later.root)]

    for secret in (*before.values(), lasting):
        forms = (secret, secret.hex().encode(), repr(secret).encode())
        assert not [form for form in forms if any(form in content for content in shown)]


def contents(root: Path) -> Iterator[bytes]:
    """What a desk has made, but the source and the secrets themselves."""
    for path in root.rglob("*"):
        is_secret = path.suffix == ".secret" or path.parent.name == "keys"
        if path.is_file() and not is_secret and "demo" not in path.relative_to(root).parts:
            yield path.read_bytes()


def test_a_release_does_not_change_when_a_key_is_gone(later: Desk) -> None:
    store = ReleaseStore(later.root / "releases")
    made = store.current_id()

    for path in (later.root / "vault" / "keys").iterdir():
        path.unlink()
    assert later.types("run", "--as-of", "2020-02-01", "--again").exit_code == 0

    assert store.current_id() == made
