"""From an address to everything that its page needs: head, body, status. Knows nothing of HTTP."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dash.development.base_component import Component

from data.codelists import LANGUAGES
from data.dimensions import TOTAL
from data.errors import ReleaseError
from data.indicators import INDICATORS
from data.releases import Release, ReleaseStore
from data.upkeep import Upkeep
from data.withdrawals import Withdrawal
from layouts import shell
from layouts.components.headline import Headline, headline_of
from layouts.components.late import lateness
from layouts.components.table_tools import with_tools
from layouts.components.takeaway import furnished
from layouts.page import Observer, Page
from layouts.reporting import Draft
from layouts.sitemap import RELEASE_KEY, SITEMAP, find
from layouts.view import View, parse_query
from layouts.words import FALLBACK, Words

ADDRESS: Final = re.compile(rf"/({'|'.join(LANGUAGES)})(?:/(.*))?", re.DOTALL)


@dataclass(frozen=True)
class Drawn:
    """A page, ready to be sent: ``view`` and ``headline`` are None where the address is none of
    the site's."""

    status: int
    lang: str
    title: str
    description: str
    body: Component
    view: View | None = None
    headline: Headline | None = None
    is_generated: bool = False
    is_still: bool = False
    """True where no script may draw the page anew: the address alone does not tell all of it."""


@dataclass(frozen=True)
class Site:
    """The pages over the releases, in the words of each language."""

    store: ReleaseStore
    words: Mapping[str, Words]
    pages: Mapping[str, Page]
    origin: str = ""
    """Scheme and host, for addresses that are read elsewhere; '' where the site does not know."""
    upkeep: Upkeep = field(default_factory=Upkeep)

    def view_at(self, path: str, search: str) -> View | None:
        """The view that an address means; None where nothing is. ``ReleaseError`` without one."""
        match = ADDRESS.fullmatch(path)
        found = find(match[2] or "") if match else None
        if match is None or found is None or found[0] not in self.pages:
            return None
        page, code = found
        state = parse_query(page, search)
        release = self._release(dict(state).get(RELEASE_KEY))
        if release is None or code not in codes_of(page, release):
            return None
        return View(match[1], page, code, state, release.id)

    def _release(self, bound: str | None) -> Release | None:
        if bound is None:
            return self.store.current()
        return self.store.get(bound) if bound in self.store.ids() else None

    def draw(self, view: View, draft: Draft | None = None) -> Drawn:
        """A view as a page with its frame around it, and with a report that was not kept."""
        words, page = self.words[view.lang], self.pages[view.page]
        release = self.store.get(view.release_id)
        withdrawal = self.store.withdrawal(view.release_id)
        pages, newer = tuple(self.pages), self.newer_than(view)
        late = [] if newer else lateness(release, self.upkeep, words)
        frame = shell.Frame(view, words, pages, release, newer, withdrawal, late)
        main = with_tools(self.content(view, draft), words)
        headline = headline_of(main)
        return Drawn(
            200,
            view.lang,
            page.title(view, words, release),
            page.description(view, words, release),
            shell.page(frame, self._furnished(main, view) if page.is_cited else main),
            view,
            headline,
            release.is_generated,
            is_still=draft is not None,
        )

    def _furnished(self, main: Component, view: View) -> Component:
        release = self.store.get(view.release_id)
        return furnished(main, release, view, self.words[view.lang], self.origin)

    def content(self, view: View, draft: Draft | None = None) -> Component:
        """The main content of a view, as its page draws it."""
        release = self.store.get(view.release_id)
        observe = Observer(self.store, release, view.is_bound, self.upkeep, draft)
        return self.pages[view.page].layout(observe, view, self.words[view.lang])

    def standing(self) -> str:
        """Equal as long as all releases stand as they do: which is current, which are withdrawn,
        what is said beside them, and which is late."""
        current = self.store.current()
        withdrawn = sorted(self.store.withdrawals().items())
        promised = self.upkeep.standing(current.manifest.as_of)
        return f"{current.id} {withdrawn} {self.store.board.standing()} {promised}"

    def newer_than(self, view: View) -> str | None:
        """The current release, where a view is bound to an older one."""
        current = self.store.current().id
        return current if view.is_bound and current != view.release_id else None

    def draw_missing(self, path: str, search: str = "") -> Drawn:
        """What is shown where nothing is, in the language that the address begins with; of a
        release that was withdrawn and taken away, that it was, and why."""
        bound = dict(parse_query("home", search)).get(RELEASE_KEY, "")
        withdrawal = self.store.withdrawal(bound)
        if withdrawal is None or bound in self.store.ids():
            return self._plain(View(lang_of(path), "home"), 404, "missing")
        gone = View(lang_of(path), "home", release_id=bound)
        return self._plain(gone, 410, "gone", withdrawal)

    def draw_unpublished(self, path: str) -> Drawn:
        """What is shown while there is no release that can be read."""
        return self._plain(View(lang_of(path), "home"), 503, "unpublished")

    def _plain(
        self, view: View, status: int, kind: str, withdrawal: Withdrawal | None = None
    ) -> Drawn:
        words, release = self.words[view.lang], self._any_release()
        frame = shell.Frame(
            view, words, tuple(self.pages), release, withdrawal=withdrawal, is_message=True
        )
        return Drawn(
            status,
            view.lang,
            words(f"{kind}_title"),
            words(f"{kind}_text"),
            shell.page(frame, shell.message(words, kind)),
        )

    def _any_release(self) -> Release | None:
        try:
            return self.store.current()
        except ReleaseError:
            return None


def lang_of(path: str) -> str:
    """The language that a path begins with, else the fallback."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in LANGUAGES else FALLBACK


def codes_of(page: str, release: Release) -> tuple[str, ...]:
    """The codes that a page has an address for in a release; one empty code where it has none."""
    coded_by = SITEMAP[page].coded_by
    if not coded_by:
        return ("",)
    if coded_by == "indicator":
        return tuple(name for name, each in INDICATORS.items() if not each.limit_of)
    if coded_by == "act":
        return () if release.acts is None else tuple(release.acts["act"])
    codelist = release.codelists.get(coded_by)
    codes = () if codelist is None else codelist.codes
    return tuple(each.code for each in codes if each.code != TOTAL)
