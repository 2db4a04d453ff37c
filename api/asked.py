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
from data.query import LATEST, Query
from data.releases import Release

CATALOGUE: Final = "See /api/v1/catalog for what can be asked."
FORMATS: Final = ("json", "csv")
PLACES: Final = ("period", *DIMENSIONS)
KNOWN: Final = frozenset({"dataset", "indicator", "by", "release", "format", "lang", *PLACES})
LONGEST: Final = 500


def query_of(arguments: MultiDict[str, str]) -> Query:
    """The query that an address asks; ``QueryError`` says what is wrong with it."""
    given = single(arguments)
    dataset = dataset_of(given)
    indicators = listed(given.get("indicator", "")) or (DATASETS[dataset].headline,)
    by = listed(given.get("by", ""))
    for level in by:
        if level not in GRAINS:
            dimension_of_level(level)
    where = tuple(sorted((name, given[name]) for name in PLACES if name in given))
    return Query(dataset, plain(indicators), by, where, given.get("release", LATEST))


def single(arguments: MultiDict[str, str]) -> Mapping[str, str]:
    """Each parameter once, and none that has no meaning."""
    for name in arguments:
        if name not in KNOWN:
            raise QueryError("Unknown parameter", f"'{name[:40]}' has no meaning.", CATALOGUE)
        values = arguments.getlist(name)
        if len(values) > 1 or len(values[0]) > LONGEST:
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
    for name, code in query.where:
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
