"""Whom a body or area is fairly set beside: those of its own kind with about as many appeals."""

from collections.abc import Mapping
from math import log
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.analyses.comparison import COMPARISON, LEVEL
from data.codelists import Codelist
from data.releases import Release
from layouts.components.asking import ask
from layouts.components.link import link
from layouts.components.periods import Periods
from layouts.components.reading import rows_of
from layouts.page import Observer
from layouts.view import View
from layouts.words import Words

TABLE_OF: Final[Mapping[str, str]] = {"agency": "agencies", "area": "regions"}
"""By what can be compared, the table that tells how many appeals it has."""
MOST_PEERS: Final = 3


def peers(observe: Observer, dimension: str, code: str) -> list[str]:
    """Up to three others: of the same parent and group of volume as far as there are any, those
    with the nearest number of appeals first. Nothing where the number of its own is hidden."""
    table = TABLE_OF[dimension]
    if table not in observe.release.tables:
        return []
    codes = observe.release.codelists[dimension]
    received = volumes(observe, dimension, codes[code].level)
    own = received.pop(code, None)
    if not own:
        return []
    groups = volume_groups(observe.release) if codes[code].level == LEVEL else {}
    parent = codes[code].parent

    def distance(other: str) -> tuple[bool, bool, float]:
        far = codes[other].parent != parent
        apart = groups.get(other) != groups.get(code)
        return far, apart, abs(log(received[other] / own))

    return sorted(received, key=distance)[:MOST_PEERS]


def way_to_peers(observe: Observer, view: View, words: Words, dimension: str) -> list[Component]:
    """A link that sets the body or area of a page beside its peers; nothing without any."""
    others = peers(observe, dimension, view.code)
    if not others:
        return []
    chosen = dict(zip("bcd", others, strict=False))
    href = view.href(page="compare", by=dimension, a=view.code, **chosen)
    return [html.P(link(words(f"compare_peers_{dimension}"), href))]


def volumes(observe: Observer, dimension: str, level: str) -> dict[str, float]:
    """The published numbers of appeals at a level, in the period that the table opens with."""
    table = TABLE_OF[dimension]
    period = Periods(observe.release, table, ("received",)).opening
    answer = ask(observe, table, ("received",), by=level, period=period)
    rows = rows_of(answer.observations)
    return {str(row[dimension]): float(row["received"]) for row in rows if row["received"]}


def volume_groups(release: Release) -> dict[str, int]:
    """The group of volume of each body that the release compares, in the latest such period."""
    comparison = release.analyses.get(COMPARISON.name)
    if comparison is None:
        return {}
    known = comparison.drop_nulls("volume_group").sort("period")
    return dict(known.select(LEVEL, "volume_group").iter_rows())


def largest(observe: Observer, dimension: str, codes: Codelist) -> list[str]:
    """Those with the most appeals at the level that readers look for."""
    level = codes.levels[-1] if dimension == "agency" else codes.levels[0]
    received = volumes(observe, dimension, level)
    return sorted(received, key=lambda code: -received[code])[:MOST_PEERS]
