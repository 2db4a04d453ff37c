"""The keyring: one key a year, as long as a row of that year may have to be recognised.

``<year>.key`` hides the persons of one year. ``until-<year>.key`` is the one key of an installation
from before there were yearly keys: it hides the persons of all years up to the one in which it was
taken over. Why it is so: docs/decisions/0005-yearly-keys.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from data.errors import SourceError
from etl.key_register import Destroyed, KeyRegister
from etl.keyfiles import OTHERS, destroy_key, fingerprint, new_key, read_key, write_key

NAMES: Final = re.compile(r"(?P<until>until-)?(?P<year>\d{4})")
SUFFIX: Final = ".key"
IN_USE: Final = "in use"


def needed_until(year: int) -> date:
    """The last day on which a year's key is kept: 13 months after the end of the year."""
    return date(year + 2, 1, 31)


def reckoned(as_of: date, today: date) -> date:
    """The day that keys are kept and destroyed by: the date of the data, but no later than today.

    Need is measured in the data; a date that was mistyped must not destroy what it cannot bring
    back.
    """
    return min(as_of, today)


@dataclass(frozen=True)
class Years:
    """The years that one key serves: ``last`` alone, or all of them up to it."""

    name: str
    last: int
    is_open: bool

    @staticmethod
    def named(name: str) -> "Years | None":
        """The years of ``2024`` or ``until-2024``; None when it is no such name."""
        found = NAMES.fullmatch(name)
        if found is None:
            return None
        return Years(name, int(found["year"]), is_open=found["until"] is not None)

    def __contains__(self, year: int) -> bool:
        return year <= self.last if self.is_open else year == self.last


@dataclass(frozen=True)
class KeyState:
    """What may be told of a key: its years, whether it is in use, and its fingerprint."""

    years: str
    state: str
    fingerprint: str


class Keyring:
    """The keys in a directory; ``former`` is where the one key of earlier versions lay."""

    def __init__(self, directory: Path, former: Path, register: KeyRegister) -> None:
        self._directory = directory
        self._former = former
        self._register = register

    def of_run(self, today: date) -> "RunKeys":
        """The keys for one run, which takes over the former key where there is one.

        Raises ``SourceError`` when others may enter the directory, or touch a key that is needed.
        """
        self._make_private()
        if self._former.exists():
            self._take_over(today)
        return RunKeys(self)

    def stored(self, year: int) -> bytes | None:
        """The key of a year, unless it is destroyed or was never made."""
        if self.is_destroyed(year):
            return None
        serving = (path for years, path in self._files() if year in years)
        return next((read_key(path) for path in serving), None)

    def is_destroyed(self, year: int) -> bool:
        """True where the register says that the year's key is gone."""
        gone = (Years.named(name) for name in self._register.destroyed())
        return any(year in years for years in gone if years)

    def store(self, year: int, key: bytes) -> None:
        """Keeps a new key of a year."""
        write_key(self._directory / f"{year}{SUFFIX}", key)

    def destroy_unneeded(self, as_of: date, today: date) -> list[Destroyed]:
        """Destroys each key that no row can need any more, and notes it; gives the notes."""
        day, gone = reckoned(as_of, today), self._register.destroyed()
        notes = []
        for years, path in list(self._files()):
            if years.name not in gone and day <= needed_until(years.last):
                continue
            if years.name not in gone:
                notes.append(self._noted(years, path, today))
            # A key that is in the register and there has come back from a backup: it goes again.
            destroy_key(path)
        return notes

    def states(self) -> list[KeyState]:
        """Every key that is or was, by year; nothing in it is secret."""
        found = self._states_of_years()
        if self._former.exists():
            known = fingerprint(read_key(self._former))
            found.append(KeyState("all", f"{IN_USE}; the next run takes it over", known))
        return sorted(found, key=lambda each: each.years.removeprefix("until-"))

    def _states_of_years(self) -> list[KeyState]:
        gone = self._register.destroyed()
        destroyed = [
            KeyState(note.years, f"destroyed on {note.destroyed}", note.fingerprint)
            for note in gone.values()
        ]
        in_use = [
            KeyState(years.name, IN_USE, fingerprint(read_key(path)))
            for years, path in self._files()
            if years.name not in gone
        ]
        return destroyed + in_use

    def _noted(self, years: Years, path: Path, today: date) -> Destroyed:
        # Noted first: a run that is killed in between must not leave a loss that nobody knows of.
        note = Destroyed(years.name, today.isoformat(), fingerprint(read_key(path)))
        self._register.note(note)
        return note

    def _files(self) -> Iterator[tuple[Years, Path]]:
        for path in sorted(self._directory.glob(f"*{SUFFIX}")):
            years = Years.named(path.stem)
            if years:
                yield years, path

    def _take_over(self, today: date) -> None:
        key = read_key(self._former)
        # A copy of a key that was taken over before (a backup, a run that was killed) only goes.
        if fingerprint(key) not in {state.fingerprint for state in self._states_of_years()}:
            write_key(self._directory / f"until-{today.year}{SUFFIX}", key)
        destroy_key(self._former)

    def _make_private(self) -> None:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._directory.stat().st_mode & OTHERS:
            raise SourceError(
                "Key",
                f"others than its owner may enter the key directory '{self._directory.name}'.",
                "Run chmod 700 on it, or name a directory of its own in OCHIQ_KEY_DIRECTORY.",
            )


_known = Years.named


class RunKeys:
    """The keys that one run hides persons with.

    A year without a stored key gets a new one in memory. ``keep`` stores those of the years in
    use; the others end with the run, so that persons are told apart within it and never again.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._known: dict[int | None, bytes] = {}
        self._new: set[int] = set()

    def of(self, year: int | None) -> bytes:
        """The key of a year; that of None is for rows without a date, and is never stored."""
        if year not in self._known:
            self._known[year] = self._found(year)
        return self._known[year]

    def keep(self, as_of: date, today: date) -> None:
        """Stores the new keys of the years in use, by the date of the data."""
        day = reckoned(as_of, today)
        for year in sorted(self._new):
            # What comes in on New Year's Eve is registered in the year after.
            in_use = year <= day.year + 1 and day <= needed_until(year)
            if in_use and not self._keyring.is_destroyed(year):
                self._keyring.store(year, self._known[year])
        self._new.clear()

    def _found(self, year: int | None) -> bytes:
        stored = None if year is None else self._keyring.stored(year)
        if stored is None and year is not None:
            self._new.add(year)
        return stored or new_key()
