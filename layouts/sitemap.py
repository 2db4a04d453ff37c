"""Every address of the site on one screen: a page's path and the query keys that it listens to.

What is not here does not exist: an unknown path is a 404, an unknown key or a value that does not
match is dropped, so the space of addresses (and of what is kept by address) is finite.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from data.claims import QUOTED, SAYS
from data.dimensions import DIMENSIONS, TOTAL
from data.query import EXCEPT

CODE: Final = r"[A-Za-z0-9_.-]{1,40}"
PERIOD: Final = r"\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?"
RELEASE_KEY: Final = "release"
RELEASE: Final = r"\d{4}\.\d{2}\.\d{1,4}-[0-9a-f]{8}"


@dataclass(frozen=True)
class Key:
    """A query key: the form of its values, and the value that is meant when it is absent.

    A key that may have ``many`` values is written once, with commas between them.
    """

    pattern: str
    default: str = ""
    many: bool = False

    def accepts(self, value: str) -> bool:
        return re.fullmatch(self.pattern, value) is not None

    def settled(self, values: Iterable[str]) -> str:
        """What the given values come to: the first of the right form, or all that are, sorted."""
        if self.many:
            parts = {part for value in values for part in value.split(",") if self.accepts(part)}
            return ",".join(sorted(parts))
        return next((value for value in values if self.accepts(value)), "")


def one_of(*values: str) -> Key:
    """A key with a closed list of values; the first is meant when the key is absent."""
    return Key("|".join(map(re.escape, values)), values[0])


@dataclass(frozen=True)
class Address:
    """Where a page is: ``path`` below the language, ending in ``{code}`` when there is one a code.

    ``coded_by`` says what the code names: a dimension of the release, ``indicator`` or ``act``.
    """

    path: str
    coded_by: str = ""
    keys: Mapping[str, Key] = field(default_factory=dict)

    @property
    def pattern(self) -> str:
        return re.escape(self.path).replace(r"\{code\}", f"(?P<code>{CODE})")


NAME: Final = r"[a-z0-9_]{1,40}"
ADDRESS: Final = r"/[A-Za-z0-9_./?=&%#+,~-]{0,299}"
WORDS: Final = r"[^\x00-\x1f]{1,60}"
_PERIOD: Final = {"period": Key(PERIOD)}
_FORM: Final = {"view": one_of("chart", "table")}
_QUOTED: Final = dict(zip(("a", "b"), QUOTED, strict=True))
_SAYS: Final = "|".join(SAYS)
_SORT: Final = {"sort": Key(r"-?[a-z0-9_]{1,40}")}

SITEMAP: Final[dict[str, Address]] = {
    "home": Address("", keys=_PERIOD),
    "agencies": Address(
        "agencies", keys={**_PERIOD, **_SORT, "sector": Key(CODE), "q": Key(WORDS)}
    ),
    "agency": Address("agencies/{code}", "agency", {**_PERIOD, **_FORM}),
    "regions": Address(
        "regions",
        keys={
            **_PERIOD,
            **_SORT,
            "indicator": one_of("per_10000", "received", "on_time_rate", "median_days"),
            "view": one_of("map", "chart", "table"),
        },
    ),
    "region": Address(
        "regions/{code}",
        "area",
        {**_PERIOD, **_SORT, **_FORM, "per": one_of("number", "10000")},
    ),
    "outcomes": Address("outcomes", keys=_PERIOD),
    "claims": Address(
        "claims",
        keys={
            **_PERIOD,
            **{key: Key(WORDS, str(each.claim.percent)) for key, each in _QUOTED.items()},
            **{f"{key}_says": Key(_SAYS, each.claim.says) for key, each in _QUOTED.items()},
        },
    ),
    "trends": Address(
        "trends",
        keys={
            "indicator": Key(r"[a-z0-9_]{1,40}", "received"),
            "by": one_of("nation", "region", "agency", "theme"),
            "grain": one_of("month", "quarter", "year"),
            **_FORM,
            **{line: Key(CODE) for line in ("a", "b", "c", "d")},
        },
    ),
    "themes": Address("themes", keys={**_PERIOD, **_SORT}),
    "theme": Address("themes/{code}", "theme", {**_PERIOD, **_SORT}),
    "channels": Address("channels", keys=_PERIOD),
    "acts": Address(
        "acts",
        keys={
            **_PERIOD,
            "q": Key(WORDS),
            "theme": Key(CODE),
            "year": Key(r"\d{4}"),
            "part": Key(r"[1-9]\d{0,3}", "1"),
        },
    ),
    "compare": Address(
        "compare",
        keys={
            **_PERIOD,
            "by": one_of("agency", "area"),
            **{place: Key(CODE) for place in ("a", "b", "c", "d")},
        },
    ),
    "equity": Address(
        "equity",
        keys={
            **_PERIOD,
            "by": one_of("group", "region", "district"),
            "indicator": one_of(
                "on_time_rate", "open_share", "satisfaction_top", "outcome_share_considered"
            ),
        },
    ),
    "number": Address(
        "number",
        keys={
            **_PERIOD,
            "table": Key(NAME),
            "column": Key(NAME),
            **{dimension: Key(CODE, TOTAL) for dimension in DIMENSIONS},
        },
    ),
    "act": Address("acts/{code}", "act"),
    "table": Address(
        "table",
        keys={
            "table": Key(NAME, "agencies"),
            "show": Key(NAME, many=True),
            "down": Key(NAME),
            "across": Key(NAME),
            EXCEPT: Key(NAME, many=True),
            "period": Key(PERIOD, many=True),
            **{dimension: Key(CODE, many=True) for dimension in DIMENSIONS},
            "part": Key(r"[1-9]\d{0,3}", "1"),
        },
    ),
    "system": Address("system", keys={**_PERIOD, "area": Key(CODE)}),
    "data": Address("data"),
    "method": Address("method"),
    "disclosure": Address("method/disclosure"),
    "indicator": Address("method/{code}", "indicator"),
    "releases": Address("releases"),
    "corrections": Address("corrections"),
    "feedback": Address("feedback", keys={"about": Key(ADDRESS)}),
    "thanks": Address("feedback/thanks"),
    "glossary": Address("glossary"),
    "accessibility": Address("accessibility"),
    "search": Address("search", keys={"q": Key(WORDS), "kind": Key(r"[a-z]{1,20}")}),
}


def find(path: str) -> tuple[str, str] | None:
    """The page at a path below the language and its code; None when nothing is there."""
    for name, address in SITEMAP.items():
        if match := re.fullmatch(address.pattern, path):
            return name, match.groupdict().get("code") or ""
    return None
