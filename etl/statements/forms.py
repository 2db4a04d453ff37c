"""From the blocks of an operator's file to statements, with every fault of form told."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from data.codelists import LANGUAGES
from data.errors import SourceError
from data.statements import Correction, Kind, Reply, Statement

BLOCKS: Final[Mapping[type[Statement], str]] = {Reply: "reply", Correction: "correction"}
DAYS: Final = frozenset({"day", "withdrawn", "mended"})
LISTS: Final = frozenset({"releases", "concerns"})


def blocks(path: Path, kind: type[Statement]) -> list[dict[str, Any]]:
    """The blocks of a file; ``SourceError`` when it is no such file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(
            "Statements",
            f"{path.name} cannot be read: {type(error).__name__}.",
            "Give a TOML file in UTF-8; see docs/statements.md.",
        ) from error
    name = BLOCKS[kind]
    if set(raw) - {name} or not isinstance(raw.get(name, []), list):
        raise SourceError(
            "Statements", f"{path.name} has other parts than [[{name}]].", "Leave them out."
        )
    return list(raw.get(name, []))


def misshapen(block: Mapping[str, Any], kind: type[Statement]) -> Iterator[str]:
    """Faults of form: a field that is missing, unknown or of another type."""
    wanted = {each.name: each for each in fields(kind)}
    for name in block.keys() - wanted.keys():
        yield f"'{name}' is no field; the fields are {', '.join(wanted)}"
    for name, each in wanted.items():
        value = block.get(name)
        if value is None:
            if each.default is MISSING:
                yield f"'{name}' is missing"
        elif not _fits(value, each):
            yield f"'{name}' has to be {_shape(each)}"


def _fits(value: object, each: Field[Any]) -> bool:
    if each.name in DAYS:
        return type(value) is date
    if each.name == "texts":
        return _is_texts(value)
    if each.name in LISTS:
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    return all(lang in LANGUAGES and isinstance(text, str) for lang, text in value.items())


def _shape(each: Field[Any]) -> str:
    if each.name in DAYS:
        return "a day, as 2026-11-24 without quotes"
    if each.name == "texts":
        return f"a text by language: {', '.join(LANGUAGES)}"
    return "a list of texts" if each.name in LISTS else "a text"


def made(block: Mapping[str, Any], kind: type[Kind]) -> Kind:
    """The statement of a block that has the right form."""
    plain = {name: _plain(value) for name, value in block.items()}
    return kind(**plain)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {lang: text.strip() for lang, text in value.items()}
    return tuple(value) if isinstance(value, list) else value.strip()
