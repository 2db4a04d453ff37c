"""Taking in what is said beside the releases: an operator's file, checked line by line, published.

The file is TOML, one block a statement (``[[reply]]`` or ``[[correction]]``). It is taken whole or
refused with every fault told: place, rule, remedy.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from data import statements
from data.errors import SourceError
from data.releases import ReleaseStore
from data.statements import FILES, LATER, Kind, Reply, Statement
from etl.durable import replace_file
from etl.statements.forms import BLOCKS, blocks, made, misshapen
from etl.statements.rules import CORRECTION_RULES, REPLY_RULES, SHARED_RULES, Place

MOST_TOLD: Final = 20


@dataclass(frozen=True)
class Checked:
    """What a file says, and its faults in words; none when it can be published."""

    statements: tuple[Any, ...]
    faults: tuple[str, ...]


def check(path: Path, kind: type[Kind], root: Path, today: date) -> Checked:
    """Reads a file and holds it against the releases and what was published before.

    What stands as it was published is not judged again: a release that it speaks of may be gone.
    """
    place = Place(ReleaseStore(root), today)
    published = {each.id: each for each in statements.read(root, kind)}
    known: list[Kind] = []
    faults: list[str] = []
    for number, block in enumerate(blocks(path, kind), 1):
        where = f"{BLOCKS[kind]} {number}"
        wrong = list(misshapen(block, kind))
        if not wrong:
            known.append(stated := made(block, kind))
            where = f"{where} ({stated.id})"
            wrong = [] if published.get(stated.id) == stated else list(_broken(stated, place))
        faults += [f"{where}: {each}" for each in wrong]
    faults += _repeated([each.id for each in known])
    faults += _changed(known, published)
    return Checked(tuple(known), tuple(faults))


def publish(path: Path, kind: type[Kind], root: Path, today: date) -> int:
    """Puts a file's statements beside the releases; gives how many. ``SourceError`` when faulty."""
    checked = check(path, kind, root, today)
    if checked.faults:
        told = "; ".join(checked.faults[:MOST_TOLD])
        raise SourceError("Statements", f"{path.name}: {told}.", "Mend these and try again.")
    replace_file(root / FILES[kind], statements.written(checked.statements))
    return len(checked.statements)


def _broken(stated: Statement, place: Place) -> Iterator[str]:
    """The rules that a statement breaks."""
    told = [rule(stated, place) for rule in SHARED_RULES]
    if isinstance(stated, Reply):
        told += [rule(stated, place) for rule in REPLY_RULES]
    else:
        told += [rule(stated, place) for rule in CORRECTION_RULES]
    return filter(None, told)


def _repeated(ids: list[str]) -> Iterator[str]:
    for each in sorted({each for each in ids if ids.count(each) > 1}):
        yield f"'{each}' is the id of more than one statement; give each its own"


def _changed(known: list[Kind], published: Mapping[str, Kind]) -> Iterator[str]:
    """What was published stays as it was, but for what may be added later."""
    given = {each.id: each for each in known}
    for name, before in published.items():
        if name not in given:
            yield f"'{name}' was published and is missing; what was said stays"
        elif _settled(given[name], before) != before:
            yield f"'{name}' was published with other content; publish a new statement beside it"


def _settled(now: Kind, before: Kind) -> Kind:
    """The statement without what was added since; what had been added before has to stand."""
    later = {
        name: getattr(before, name) for name in LATER[type(before)] if not getattr(before, name)
    }
    return replace(now, **later)
