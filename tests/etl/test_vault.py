"""The vault is for its owner alone."""

import stat
from pathlib import Path

import pytest

from data.errors import SourceError
from etl.vault import Vault


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_key_is_drawn_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")

    key = vault.key()

    assert len(key) == 32
    assert vault.key() == key
    assert mode(tmp_path / "vault" / "person.key") == 0o400
    assert [path.name for path in (tmp_path / "vault").iterdir()] == ["person.key"]


def test_two_vaults_have_different_keys(tmp_path: Path) -> None:
    assert Vault(tmp_path / "a").key() != Vault(tmp_path / "b").key()


@pytest.mark.parametrize("loose", [0o440, 0o404, 0o600 | 0o020])
def test_a_key_that_others_may_touch_is_refused(tmp_path: Path, loose: int) -> None:
    vault = Vault(tmp_path, key_path=tmp_path / "elsewhere.key")
    vault.key()
    (tmp_path / "elsewhere.key").chmod(loose)

    with pytest.raises(SourceError, match="chmod 400"):
        vault.key()


def test_a_file_that_is_no_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "person.key"
    path.write_bytes(b"short")
    path.chmod(0o400)

    with pytest.raises(SourceError, match="5 bytes"):
        Vault(tmp_path).key()


def test_directories_are_closed_to_others_even_when_they_were_open(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    root.mkdir(mode=0o755)
    vault = Vault(root)

    staging = vault.new_staging()
    held = vault.quarantine("town").parent

    assert {mode(path) for path in (root, staging, staging.parent, held)} == {0o700}


def test_clearing_removes_one_run_and_nothing_else(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    first, second = vault.new_staging(), vault.new_staging()

    vault.clear(first)

    assert not first.exists()
    assert second.exists()
    with pytest.raises(SourceError):
        vault.clear(tmp_path)
