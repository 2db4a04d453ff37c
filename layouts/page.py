"""What a page is: a name in the sitemap and a function that draws its main content."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import polars as pl
from dash.development.base_component import Component

from data.observe import Observations, observer
from data.query import LATEST, Query
from data.releases import Release, ReleaseStore
from data.upkeep import Upkeep
from layouts.reporting import Draft
from layouts.sitemap import SITEMAP
from layouts.view import View
from layouts.words import Words


@dataclass(frozen=True)
class Observer:
    """``observe`` bound to one release: a page cannot mix numbers of two releases by mistake.

    ``release`` gives the manifest and code lists, ``store`` the other releases. ``is_bound`` is
    true where the reader's address names the release: then so do the addresses of the numbers.
    ``upkeep`` is what the operator says of the site, ``draft`` a report of the reader's that was
    not kept.
    """

    store: ReleaseStore
    release: Release
    is_bound: bool = False
    upkeep: Upkeep = field(default_factory=Upkeep)
    draft: Draft | None = None

    def __call__(self, query: Query) -> Observations:
        """The answer from the bound release, unless the query names another."""
        asked = replace(query, release=self.release.id) if query.release == LATEST else query
        found = observer(self.store.get)(asked)
        return found if self.is_bound else replace(found, query=query)


Layout = Callable[[Observer, View, Words], Component]


@dataclass(frozen=True)
class Page:
    """A page of the sitemap. Its words are ``page_<name>_title`` and ``page_<name>_description``.

    Both may speak of ``{name}``, the name of the page's code in the reader's language.
    ``is_cited`` is false where there is nothing to quote.
    """

    name: str
    layout: Layout
    is_cited: bool = True

    def title(self, view: View, words: Words, release: Release) -> str:
        return words(f"page_{self.name}_title", name=name_of_code(view, words, release))

    def description(self, view: View, words: Words, release: Release) -> str:
        return words(f"page_{self.name}_description", name=name_of_code(view, words, release))


def name_of_code(view: View, words: Words, release: Release) -> str:
    """What the code of a view is called; empty on a page without one."""
    coded_by = SITEMAP[view.page].coded_by
    if coded_by == "indicator":
        return words(f"indicator_{view.code}")
    if coded_by == "act" and release.acts is not None:
        return str(release.acts.filter(pl.col("act") == view.code)["title"][0])
    return words.name(release.codelists[coded_by], view.code) if coded_by else ""
