"""A question in the words of an address, turned into a ``Query``; what is not understood is said.

Dimensions and levels are read from the declarations, so a new one is understood as it is.
"""

from collections.abc import Mapping
from typing import Final

from werkzeug.datastructures import MultiDict

from data.codelists import LANGUAGES
from data.datasets import DATASETS, GRAINS
from data.dimensions import DIMENSIONS, dimension_of_level
from data.errors import QueryError
from data.observe import STATUS_SUFFIX
from data.periods import grain_of
from data.query import EXCEPT, LATEST, Codes, Query
from data.releases import Release

CATALOGUE: Final = "See /api/v1/catalog for what can be asked."
FORMATS: Final = ("json", "csv")
PLACES: Final = ("period", *DIMENSIONS)
KNOWN: Final = frozenset(
    {"dataset", "indicator", "by", "release", "format", "lang", EXCEPT, *PLACES}
)
LONGEST: Final = 500
LONGEST_LIST: Final = 1_500
"""Of codes: many may be kept or left out."""


def query_of(arguments: MultiDict[str, str]) -> Query:
    """The query that an address asks; ``QueryError`` says what is wrong with it."""
    given = single(arguments)
    dataset = dataset_of(given)
    indicators = listed(given.get("indicator", "")) or (DATASETS[dataset].headline,)
    by = listed(given.get("by", ""))
    for level in by:
        if level not in GRAINS:
            dimension_of_level(level)
    chosen = {name: listed(given[name]) for name in PLACES if name in given}
    excepted = listed(given.get(EXCEPT, ""))
    refuse_what_cannot_be_chosen(chosen, excepted, by)
    return Query(
        dataset,
        plain(indicators),
        by,
        tuple((key, codes[0]) for key, codes in of_keys(chosen, excepted, several=False)),
        given.get("release", LATEST),
        only=of_keys(chosen, excepted, several=True),
        without=tuple(sorted((key, chosen[key]) for key in excepted)),
    )


def of_keys(
    chosen: Mapping[str, tuple[str, ...]], excepted: tuple[str, ...], *, several: bool
) -> Codes:
    """The keys that keep several codes, or those that are fixed to one."""
    return tuple(
        (key, codes)
        for key, codes in sorted(chosen.items())
        if key not in excepted and (len(codes) > 1) is several
    )


def refuse_what_cannot_be_chosen(
    chosen: Mapping[str, tuple[str, ...]], excepted: tuple[str, ...], by: tuple[str, ...]
) -> None:
    """Several codes, or all but some, are shown apart or not at all: nothing is added up."""
    keys_of_by = {"period" if each in GRAINS else dimension_of_level(each).name for each in by}
    for key in excepted:
        if key not in chosen:
            raise QueryError("Nothing to leave out", f"'{key[:40]}' names no codes.", CATALOGUE)
    for code in chosen.get("period", ()):
        grain_of(code)
    for key, codes in chosen.items():
        if not codes:
            raise QueryError("Unknown code", f"'{key}' names no code.", CATALOGUE)
        if key not in keys_of_by and (len(codes) != 1 or key in excepted):
            raise QueryError(
                "Too many codes",
                f"'{key}' can be one code here: nothing is added up after publication.",
                f"Name a level of '{key}' in 'by' to get a row for each code.",
            )


def single(arguments: MultiDict[str, str]) -> Mapping[str, str]:
    """Each parameter once, and none that has no meaning."""
    for name in arguments:
        if name not in KNOWN:
            raise QueryError("Unknown parameter", f"'{name[:40]}' has no meaning.", CATALOGUE)
        values = arguments.getlist(name)
        if len(values) > 1 or len(values[0]) > (LONGEST_LIST if name in PLACES else LONGEST):
            raise QueryError("Bad parameter", f"'{name}' is given twice or too long.", CATALOGUE)
    return arguments.to_dict()


def dataset_of(given: Mapping[str, str]) -> str:
    """The dataset that is asked for."""
    name = given.get("dataset", "")
    if name not in DATASETS:
        known = ", ".join(DATASETS)
        raise QueryError("Unknown dataset", f"There is no '{name[:40]}'.", f"Use one of: {known}.")
    return name


def refuse_unknown_codes(query: Query, release: Release) -> None:
    """A code that its list does not have is a mistake, not an empty answer."""
    chosen = [(key, code) for key, codes in (*query.only, *query.without) for code in codes]
    for name, code in (*query.where, *chosen):
        if name != "period" and code not in release.codelists.get(name, ()):
            raise QueryError(
                "Unknown code",
                f"'{name}' has no code '{code[:40]}'.",
                f"See /releases/{release.id}/codelist_{name}.csv.",
            )


def plain(indicators: tuple[str, ...]) -> tuple[str, ...]:
    """Names of columns that hold values; a status comes with its value unasked."""
    for name in indicators:
        if name.endswith(STATUS_SUFFIX) or name in PLACES:
            raise QueryError("Unknown indicator", f"'{name[:40]}' is none.", CATALOGUE)
    return indicators


def listed(text: str) -> tuple[str, ...]:
    """The parts between commas, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def choice(given: Mapping[str, str], name: str, known: tuple[str, ...], default: str) -> str:
    """A parameter with a closed list of values."""
    value = given.get(name, default)
    if value not in known:
        raise QueryError(
            "Bad parameter", f"'{name}' is not so.", f"Use one of: {', '.join(known)}."
        )
    return value


def format_and_language(arguments: MultiDict[str, str]) -> tuple[str, str]:
    """In which form to answer, and in which language to name codes."""
    given = arguments.to_dict()
    return choice(given, "format", FORMATS, "json"), choice(given, "lang", LANGUAGES, "en")
