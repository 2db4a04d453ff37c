"""A year's key is made once, kept while it is needed, and then gone for good."""

import json
import stat
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from data.errors import OchiqError, SourceError
from etl.keyfiles import fingerprint, write_key
from etl.keyring import Keyring, needed_until
from etl.vault import Vault

TODAY = date(2026, 3, 1)
FORMER = bytes(range(32))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made = Vault(tmp_path / "vault")
    made.root.mkdir(mode=0o700)
    return made


def used(vault: Vault, *years: int, as_of: date = TODAY, today: date = TODAY) -> list[bytes]:
    """The keys that a run hides these years with."""
    keys = vault.keyring().of_run(today)
    found = [keys.of(year) for year in years]
    keys.keep(as_of, today)
    return found


def files(vault: Vault) -> list[str]:
    return sorted(path.name for path in vault.keys_at.iterdir())


def noted(vault: Vault) -> list[dict[str, str]]:
    lines = (vault.root / "destroyed-keys.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def states(keyring: Keyring) -> list[tuple[str, str]]:
    return [(each.years, each.state) for each in keyring.states()]


def with_former_key(vault: Vault) -> Path:
    path = vault.root / "person.key"
    write_key(path, FORMER)
    return path


def test_a_year_has_the_same_key_in_every_run_and_no_other_year_has_it(vault: Vault) -> None:
    first = used(vault, 2025, 2026)

    assert used(vault, 2025, 2026) == first
    assert len({*first}) == 2
    assert all(len(key) == 32 for key in first)
    assert files(vault) == ["2025.key", "2026.key"]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in vault.keys_at.iterdir()}
    assert modes == {0o400}
    assert stat.S_IMODE(vault.keys_at.stat().st_mode) == 0o700


def test_no_key_is_stored_of_a_year_that_is_over_for_long_or_of_an_absurd_one(vault: Vault) -> None:
    used(vault, 1987, 2023, 2024, 2026, 2027, 2028, 9999)

    assert files(vault) == ["2026.key", "2027.key"]


def test_a_year_without_a_stored_key_has_one_key_within_a_run_and_another_in_the_next(
    vault: Vault,
) -> None:
    first, again, undated = used(vault, 2019, 2019, None)  # type: ignore[arg-type]

    assert first == again != undated
    assert used(vault, 2019) != [first]
    assert files(vault) == []


def test_a_run_that_fails_leaves_no_key(vault: Vault) -> None:
    vault.keyring().of_run(TODAY).of(2026)

    assert files(vault) == []


def test_a_key_is_kept_for_thirteen_months_after_its_year(vault: Vault) -> None:
    day, after = date(2025, 1, 31), date(2025, 2, 1)
    used(vault, 2023, as_of=day)
    assert needed_until(2023) == day

    assert vault.keyring().destroy_unneeded(day, TODAY) == []
    assert files(vault) == ["2023.key"]
    assert [note.years for note in vault.keyring().destroy_unneeded(after, TODAY)] == ["2023"]
    assert files(vault) == []


def test_destruction_is_noted_with_year_date_and_fingerprint_and_never_the_key(
    vault: Vault,
) -> None:
    (key,) = used(vault, 2023, as_of=date(2024, 6, 1))

    vault.keyring().destroy_unneeded(TODAY, TODAY)

    register = vault.root / "destroyed-keys.jsonl"
    assert noted(vault) == [
        {"years": "2023", "destroyed": "2026-03-01", "fingerprint": fingerprint(key)}
    ]
    assert key.hex() not in register.read_text()
    assert len(fingerprint(key)) == 16
    assert stat.S_IMODE(register.stat().st_mode) == 0o600


def test_a_fingerprint_is_of_the_hash_and_tells_no_byte_of_the_key() -> None:
    assert fingerprint(FORMER) == sha256(FORMER).hexdigest()[:16]
    assert fingerprint(FORMER) not in FORMER.hex()


def test_destruction_overwrites_the_key_before_the_name_goes(vault: Vault, tmp_path: Path) -> None:
    (key,) = used(vault, 2023, as_of=date(2024, 6, 1))
    same_file = tmp_path / "another name of the file"
    same_file.hardlink_to(vault.keys_at / "2023.key")

    vault.keyring().destroy_unneeded(TODAY, TODAY)

    assert same_file.stat().st_size == 32
    assert same_file.read_bytes() != key


def test_a_destroyed_key_does_not_come_back_by_any_date_or_backup(vault: Vault) -> None:
    (key,) = used(vault, 2023, as_of=date(2024, 6, 1))
    vault.keyring().destroy_unneeded(TODAY, TODAY)

    again = used(vault, 2023, as_of=date(2024, 6, 1))
    assert again != [key]
    assert files(vault) == []

    write_key(vault.keys_at / "2023.key", key)
    assert used(vault, 2023, as_of=date(2024, 6, 1)) != [key]
    vault.keyring().destroy_unneeded(date(2024, 6, 1), TODAY)
    assert files(vault) == []
    assert len(noted(vault)) == 1


def test_a_date_that_has_not_come_destroys_nothing(vault: Vault) -> None:
    used(vault, 2025, 2026)

    assert vault.keyring().destroy_unneeded(date(2051, 1, 1), TODAY) == []
    assert files(vault) == ["2025.key", "2026.key"]


def test_a_source_that_stands_still_keeps_its_keys_whatever_the_clock_says(vault: Vault) -> None:
    as_of, today = date(2019, 11, 1), date(2031, 1, 1)
    first = used(vault, 2019, as_of=as_of, today=today)

    assert vault.keyring().destroy_unneeded(as_of, today) == []
    assert used(vault, 2019, as_of=as_of, today=today) == first


def test_the_single_key_is_taken_over_for_all_years_that_it_has_served(vault: Vault) -> None:
    former = with_former_key(vault)

    found = used(vault, 2017, 2025, 2026)

    assert found == [FORMER] * 3
    assert not former.exists()
    assert files(vault) == ["until-2026.key"]
    assert used(vault, 2017, 2026) == [FORMER] * 2
    assert used(vault, 2027, as_of=date(2027, 1, 5), today=date(2027, 1, 5)) != [FORMER]
    assert files(vault) == ["2027.key", "until-2026.key"]


def test_the_single_key_ends_with_its_last_year(vault: Vault) -> None:
    with_former_key(vault)
    used(vault, 2026)

    assert vault.keyring().destroy_unneeded(date(2028, 1, 31), date(2030, 1, 1)) == []
    vault.keyring().destroy_unneeded(date(2028, 2, 1), date(2030, 1, 1))

    assert files(vault) == []
    assert [note["years"] for note in noted(vault)] == ["until-2026"]
    assert used(vault, 2020, as_of=date(2020, 6, 1)) != [FORMER]
    assert files(vault) == []


def test_a_copy_of_a_key_that_was_taken_over_before_only_goes(vault: Vault) -> None:
    with_former_key(vault)
    used(vault, 2026)
    former = with_former_key(vault)

    used(vault, 2027, today=date(2027, 5, 1), as_of=date(2027, 5, 1))

    assert not former.exists()
    assert files(vault) == ["2027.key", "until-2026.key"]


@pytest.mark.parametrize("loose", [0o440, 0o404, 0o600 | 0o020])
@pytest.mark.parametrize("name", ["keys/2026.key", "person.key"])
def test_a_key_that_others_may_touch_is_refused(vault: Vault, name: str, loose: int) -> None:
    used(vault, 2026)
    if name == "person.key":
        with_former_key(vault)
    (vault.root / name).chmod(loose)

    with pytest.raises(OchiqError, match="chmod 400") as caught:
        used(vault, 2026)

    assert Path(name).name in str(caught.value)


def test_a_key_directory_that_others_may_enter_is_refused_and_left_as_it_is(vault: Vault) -> None:
    vault.keys_at.mkdir(mode=0o755)

    with pytest.raises(SourceError, match="chmod 700"):
        used(vault, 2026)

    assert stat.S_IMODE(vault.keys_at.stat().st_mode) == 0o755


def test_a_file_that_is_no_key_is_refused(vault: Vault) -> None:
    used(vault, 2026)
    path = vault.keys_at / "2026.key"
    path.unlink()
    path.write_bytes(b"short")
    path.chmod(0o400)

    with pytest.raises(SourceError, match="5 bytes"):
        used(vault, 2026)


def test_a_damaged_register_stops_the_run_before_a_key_is_made(vault: Vault) -> None:
    (vault.root / "destroyed-keys.jsonl").write_text("2023\n")

    with pytest.raises(SourceError, match="Restore the register"):
        used(vault, 2026)


def test_every_key_is_listed_with_its_state_and_nothing_secret(vault: Vault) -> None:
    former = with_former_key(vault)
    assert states(vault.keyring()) == [("all", "in use; the next run takes it over")]
    former.unlink()
    keys = [*used(vault, 2023, as_of=date(2024, 6, 1)), *used(vault, 2025, 2026)]
    vault.keyring().destroy_unneeded(TODAY, TODAY)

    listed = vault.keyring().states()

    assert [(each.years, each.state) for each in listed] == [
        ("2023", "destroyed on 2026-03-01"),
        ("2025", "in use"),
        ("2026", "in use"),
    ]
    assert [each.fingerprint for each in listed] == [fingerprint(key) for key in keys]
    assert not any(key.hex() in str(listed) for key in keys)


def test_listing_makes_nothing(tmp_path: Path) -> None:
    assert Vault(tmp_path / "none").keyring().states() == []
    assert not (tmp_path / "none").exists()
