"""One exhibit of one view, and what every file that is made of it must say of where it is from."""

import re
from dataclasses import dataclass
from typing import Final

from dash.development.base_component import Component

from data.errors import UnknownFileError
from data.releases import Release
from data.withdrawals import Withdrawal
from layouts.components.exhibit import Exhibit, exhibits
from layouts.page import name_of_code
from layouts.site import Site
from layouts.sitemap import RELEASE_KEY
from layouts.view import View
from layouts.words import Words

PREFIX: Final = "ochiq-murojaat"


@dataclass(frozen=True)
class Taken:
    """What was asked for; ``origin`` is the scheme and host of the site, or ''; ``place`` is where
    the exhibit stands on its page."""

    exhibit: Exhibit
    view: View
    release: Release
    words: Words
    origin: str
    place: Component
    withdrawal: Withdrawal | None = None

    @property
    def title(self) -> str:
        """The exhibit's title, with the name of the body or area that its page is about."""
        name = name_of_code(self.view, self.words, self.release)
        title = self.exhibit.title
        return self.words("taken_title", name=name, title=title) if name else title

    @property
    def address(self) -> str:
        """Where the same is shown for ever."""
        return f"{self.origin}{self.view.href(**{RELEASE_KEY: self.release.id})}"

    @property
    def marks(self) -> tuple[str, ...]:
        """What must not be overlooked."""
        return marks_of(self.release, self.withdrawal, self.words)

    @property
    def sources(self) -> tuple[str, ...]:
        """Source, release and licence, and address, a line each."""
        site = self.words("site_name")
        at = self.words("taken_address", site=site, address=self.address)
        return (*sources_of(self.release, self.words), at)

    def file_name(self, form: str) -> str:
        """A name that says what is in the file, how it was asked for, and of which release."""
        return telling_name(self.view, self.exhibit.name, form)


def telling_name(view: View, name: str, form: str) -> str:
    """A file's name from the page, its code and query, the thing itself, and the release."""
    state = [value for key, value in view.state if key != RELEASE_KEY]
    parts = [view.page, view.code, name, *state]
    told = re.sub(r"[^A-Za-z0-9_-]", "", "_".join(filter(None, parts)))[:90]
    return f"{PREFIX}_{told}_{view.release_id}.{form}"


def marks_of(release: Release, withdrawal: Withdrawal | None, words: Words) -> tuple[str, ...]:
    """That a release was withdrawn, and that its data are generated, as far as it is so."""
    said = []
    if withdrawal is not None:
        _lang, reason = withdrawal.reason(words.lang)
        date = words.date(withdrawal.day)
        said.append(words("taken_withdrawn", date=date, reason=reason))
    if release.is_generated:
        said.append(words("banner_generated"))
    return tuple(said)


def sources_of(release: Release, words: Words) -> tuple[str, str]:
    """A line with the source, and one with the release, its date and its licence."""
    source, date = release.manifest.source, words.date(release.manifest.as_of)
    title = source.titles.get(words.lang) or source.titles.get("en") or source.name
    return (
        words("taken_source", title=title, attribution=source.attribution or source.name),
        words("taken_release", release=release.id, date=date, licence=source.licence),
    )


def take_all(site: Site, view: View) -> tuple[Component, list[Taken]]:
    """The main content of a view, and every exhibit of it."""
    main, release = site.content(view), site.store.get(view.release_id)
    words, withdrawal = site.words[view.lang], site.store.withdrawal(release.id)
    return main, [
        Taken(exhibit, view, release, words, site.origin, place, withdrawal)
        for place, exhibit in exhibits(main)
    ]


def take(site: Site, view: View, name: str) -> Taken:
    """The exhibit of a view by its name; refused when the view has none that is called so."""
    _main, every = take_all(site, view)
    for taken in every:
        if taken.exhibit.name == name:
            return taken
    raise UnknownFileError(
        "Nothing there", "This page has no chart or table of that name.", "Follow a link on a page."
    )
