"""Withdrawing a release: a public word that it is wrong, and why. Its numbers stay where they are.

Who must have them gone removes the directory; the register keeps saying that there was one.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from data import withdrawals
from data.codelists import LANGUAGES
from data.errors import ReleaseError
from data.releases import ReleaseStore
from data.withdrawals import FILE, Register, Withdrawal
from etl.durable import replace_file

LONGEST: Final = 500


def withdraw(root: Path, release_id: str, lang: str, reason: str, day: str) -> Withdrawal:
    """Puts a release into the register, or adds the reason in a further language."""
    ReleaseStore(root).path(release_id)
    told = " ".join(reason.split())
    if lang not in LANGUAGES or not 0 < len(told) <= LONGEST:
        raise ReleaseError(
            "Withdrawal",
            f"it needs a reason of at most {LONGEST} letters in a language of the site.",
            f"Give --reason, and --lang as one of: {', '.join(LANGUAGES)}.",
        )
    register = dict(withdrawals.read(root))
    known = register.get(release_id, Withdrawal(day, {}))
    register[release_id] = replace(known, reasons=_with(known.reasons, lang, told))
    _write(root, register)
    return register[release_id]


def _with(reasons: Mapping[str, str], lang: str, told: str) -> dict[str, str]:
    return {**reasons, lang: told}


def lift(root: Path, release_id: str) -> None:
    """Takes a withdrawal back, for one that was a mistake."""
    register = dict(withdrawals.read(root))
    if register.pop(release_id, None) is None:
        raise ReleaseError(
            "Withdrawal", f"'{release_id[:40]}' was not withdrawn.", "See 'python -m etl releases'."
        )
    _write(root, register)


def _write(root: Path, register: Register) -> None:
    replace_file(root / FILE, withdrawals.written(register))
