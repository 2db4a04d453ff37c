"""The public register of releases that were withdrawn: which, when, and why.

It is one small file beside the pointer. A withdrawn release stays where it is, so that everyone
can see what it said; whoever shows it says that it was withdrawn.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from data.errors import ReleaseError

FILE: Final = "withdrawn.json"


@dataclass(frozen=True)
class Withdrawal:
    """When a release was withdrawn (an ISO day), and the reason by language."""

    day: str
    reasons: Mapping[str, str]

    def reason(self, lang: str) -> tuple[str, str]:
        """The language and the words of the reason: the reader's own, else the first given."""
        own = lang if lang in self.reasons else next(iter(self.reasons))
        return own, self.reasons[own]


Register = Mapping[str, Withdrawal]


def read(root: Path) -> Register:
    """The register below a root of releases; empty when nothing was ever withdrawn."""
    try:
        raw = json.loads((root / FILE).read_bytes())
        return {name: _withdrawal(each) for name, each in raw.items()}
    except FileNotFoundError:
        return {}
    except (OSError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ReleaseError(
            "Register of withdrawals",
            f"{FILE} cannot be read ({type(error).__name__}).",
            "Put back a copy of it beside the releases.",
        ) from error


def _withdrawal(raw: Mapping[str, Mapping[str, str]]) -> Withdrawal:
    day, reasons = str(raw["day"]), dict(raw["reasons"])
    if not reasons:
        raise ValueError("a withdrawal without a reason")
    return Withdrawal(day, reasons)


def written(register: Register) -> bytes:
    """The bytes of the register."""
    raw = {name: asdict(each) for name, each in sorted(register.items())}
    return f"{json.dumps(raw, ensure_ascii=False, indent=1)}\n".encode()
