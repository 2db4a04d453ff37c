"""The vault is for its owner alone, and its lasting secret chooses between ties."""

import hmac
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from data.errors import SourceError
from etl.vault import Vault


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_ties_are_settled_by_the_same_key_in_every_run(tmp_path: Path) -> None:
    key = Vault(tmp_path / "vault").ties_key()

    assert len(key) == 32
    assert Vault(tmp_path / "vault").ties_key() == key
    assert mode(tmp_path / "vault" / "lasting.secret") == 0o400
    assert [path.name for path in (tmp_path / "vault").iterdir()] == ["lasting.secret"]
    assert Vault(tmp_path / "other").ties_key() != key


def test_the_key_of_ties_is_derived_with_its_own_label(tmp_path: Path) -> None:
    key = Vault(tmp_path).ties_key()

    secret = (tmp_path / "lasting.secret").read_bytes()

    assert key == hmac.digest(secret, b"ties", sha256)
    assert key != secret


@pytest.mark.parametrize("loose", [0o440, 0o404, 0o600 | 0o020])
def test_a_secret_that_others_may_touch_is_refused(tmp_path: Path, loose: int) -> None:
    vault = Vault(tmp_path)
    vault.ties_key()
    (tmp_path / "lasting.secret").chmod(loose)

    with pytest.raises(SourceError, match="chmod 400"):
        vault.ties_key()


def test_yearly_keys_lie_beside_the_single_key_unless_a_directory_is_named(tmp_path: Path) -> None:
    assert Vault(tmp_path).keys_at == tmp_path / "keys"
    assert Vault(tmp_path, tmp_path / "safe" / "k").keys_at == tmp_path / "safe" / "keys"
    assert Vault(tmp_path, tmp_path / "k", tmp_path / "own").keys_at == tmp_path / "own"


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
