"""The rules for what is said beside the releases; each tells what is wrong and what to do."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from data import codelists, personal
from data.datasets import TABLES
from data.errors import QueryError, UnknownReleaseError
from data.indicators import INDICATORS
from data.periods import last_day
from data.releases import ReleaseStore
from data.statements import Correction, Reply, Statement

ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{2,39}")
LONGEST_TEXT: Final = 2000
LONGEST_AUTHOR: Final = 120
CODES: Final = "codelist_agency.csv"


@dataclass(frozen=True)
class Place:
    """What statements are held against: the releases, and the day on which they are read."""

    store: ReleaseStore
    today: date

    @cached_property
    def agencies(self) -> frozenset[str]:
        """The agencies of all releases: one that is gone by now may still have spoken."""
        return frozenset(code for each in self.store.ids() for code in self._agencies_of(each))

    def _agencies_of(self, release_id: str) -> tuple[str, ...]:
        try:
            content = self.store.content(release_id, CODES)
        except UnknownReleaseError:  # its source knows no agencies
            return ()
        return codelists.parse(content, "agency").at("agency")


def _id(made: Statement, _place: Place) -> str:
    if ID.fullmatch(made.id):
        return ""
    return "'id' has 3 to 40 small letters, digits and hyphens, as 2019-justice-1"


def _day(made: Statement, place: Place) -> str:
    if date.fromisoformat(made.day) <= place.today:
        return ""
    return f"'day' is after today, {place.today.isoformat()}"


def _length(made: Statement, _place: Place) -> str:
    if all(0 < len(text) <= LONGEST_TEXT for text in made.texts.values()):
        return ""
    return f"each text has at least one letter and at most {LONGEST_TEXT}"


def _personal(made: Statement, _place: Place) -> str:
    held = {name for text in made.texts.values() for name in _identifying(text)}
    told = " and ".join(sorted(name.replace("_", " ") for name in held))
    return f"a text holds what looks like a number of a {told}; leave it out" if held else ""


def _identifying(text: str) -> tuple[str, ...]:
    return personal.found(text, personal.IDENTIFYING)


def _agency(made: Reply, place: Place) -> str:
    if made.agency in place.agencies:
        return ""
    return f"'{made.agency}' is no agency of any release; see {CODES}"


def _period(made: Reply, _place: Place) -> str:
    try:
        last_day(made.period)
    except (QueryError, ValueError):
        return "'period' is written 2019, 2019-Q3 or 2019-09"
    return ""


def _indicator(made: Reply, _place: Place) -> str:
    if not made.indicator or _is_told(made.indicator):
        return ""
    return f"'{made.indicator}' is no indicator; see docs/reference.md, or leave it out"


def _is_told(name: str) -> bool:
    """True for an indicator with a page of its own; limits are told with what they limit."""
    return name in INDICATORS and not INDICATORS[name].limit_of


def _author(made: Reply, _place: Place) -> str:
    if 0 < len(made.author) <= LONGEST_AUTHOR:
        return ""
    return f"'author' names the office that speaks, in at most {LONGEST_AUTHOR} letters"


def _withdrawn(made: Reply, place: Place) -> str:
    if not made.withdrawn or made.day <= made.withdrawn <= place.today.isoformat():
        return ""
    return "'withdrawn' is a day from the statement's own to today"


def _releases(made: Correction, place: Place) -> str:
    known = {*place.store.ids(), *place.store.withdrawals()}
    strange = [each for each in made.releases if each not in known]
    if made.releases and not strange:
        return ""
    return f"'releases' lists published ones; unknown: {', '.join(strange) or 'none given'}"


def _concerns(made: Correction, _place: Place) -> str:
    strange = [each for each in made.concerns if not _is_told(each) and each not in TABLES]
    if made.concerns and not strange:
        return ""
    told = ", ".join(strange) or "none given"
    return f"'concerns' lists indicators or tables of docs/reference.md; unknown: {told}"


def _mended(made: Correction, place: Place) -> str:
    if bool(made.mended) != bool(made.mended_in):
        return "'mended' and 'mended_in' go together: the day, and the release without the error"
    if made.mended and not made.day <= made.mended <= place.today.isoformat():
        return "'mended' is a day from when the error was found to today"
    if made.mended_in and made.mended_in not in place.store.ids():
        return f"'{made.mended_in}' is no published release"
    return ""


SHARED_RULES: Final[tuple[Callable[[Statement, Place], str], ...]] = (_id, _day, _length, _personal)
REPLY_RULES: Final[tuple[Callable[[Reply, Place], str], ...]] = (
    _agency,
    _period,
    _indicator,
    _author,
    _withdrawn,
)
CORRECTION_RULES: Final[tuple[Callable[[Correction, Place], str], ...]] = (
    _releases,
    _concerns,
    _mended,
)
