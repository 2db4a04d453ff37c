"""What is said beside the releases and never alters them: replies of agencies, and known errors.

Each kind is one public file beside the releases. What was published stays: a later statement may
follow, a reply may be withdrawn, an error may be told as mended; no text is ever changed.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from data.errors import ReleaseError

Texts = Mapping[str, str]
"""One text by language."""


@dataclass(frozen=True)
class Reply:
    """An agency's own words about its figures. Days are ISO texts; ``indicator`` is empty where
    they are about all figures of the period, ``withdrawn`` where they stand."""

    id: str
    agency: str
    period: str
    day: str
    author: str
    texts: Texts
    indicator: str = ""
    withdrawn: str = ""


@dataclass(frozen=True)
class Correction:
    """An error that was found in releases: what was wrong, and whether it is mended.

    ``concerns`` names indicators and tables; ``mended_in`` is the release without the error.
    """

    id: str
    day: str
    releases: tuple[str, ...]
    concerns: tuple[str, ...]
    texts: Texts
    mended: str = ""
    mended_in: str = ""

    @property
    def days_to_mend(self) -> int | None:
        """Days from when it was found to when it was mended; None while it is not."""
        if not self.mended:
            return None
        return (date.fromisoformat(self.mended) - date.fromisoformat(self.day)).days


Statement = Reply | Correction
Kind = TypeVar("Kind", Reply, Correction)
FILES: Final[Mapping[type[Statement], str]] = {
    Reply: "replies.json",
    Correction: "corrections.json",
}
LATER: Final[Mapping[type[Statement], tuple[str, ...]]] = {
    Reply: ("withdrawn",),
    Correction: ("mended", "mended_in"),
}
"""What may be added to a statement after it was published."""


def text_in(texts: Texts, lang: str) -> tuple[str, str]:
    """The language and the words: the reader's own, else the first given."""
    own = lang if lang in texts else next(iter(texts))
    return own, texts[own]


def read(root: Path, kind: type[Kind]) -> tuple[Kind, ...]:
    """The statements of a kind beside the releases, newest first; none where there is no file."""
    try:
        raw = json.loads((root / FILES[kind]).read_bytes())
        return tuple(_statement(each, kind) for each in raw)
    except FileNotFoundError:
        return ()
    except (OSError, AttributeError, TypeError, ValueError) as error:
        raise ReleaseError(
            "Statements",
            f"{FILES[kind]} cannot be read ({type(error).__name__}).",
            "Put back a copy of it beside the releases.",
        ) from error


def _statement(raw: Mapping[str, Any], kind: type[Kind]) -> Kind:
    lists = {key: tuple(value) for key, value in raw.items() if isinstance(value, list)}
    made = kind(**{**raw, **lists})
    date.fromisoformat(made.day)
    if not made.texts or not all(isinstance(text, str) for text in made.texts.values()):
        raise ValueError("a statement without words")
    return made


def written(statements: tuple[Kind, ...]) -> bytes:
    """The bytes of a file of statements, newest first."""
    ordered = sorted(statements, key=lambda each: (each.day, each.id), reverse=True)
    told = [asdict(each) for each in ordered]
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()
