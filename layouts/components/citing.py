"""How a view is cited: in words, and for programs that keep references."""

import re
from dataclasses import dataclass
from typing import Final

from data.releases import Release
from layouts.components.headline import Headline
from layouts.page import name_of_code
from layouts.sitemap import RELEASE_KEY
from layouts.view import View
from layouts.words import Words

FILE: Final = "CITATION.cff"
_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}


@dataclass(frozen=True)
class Citation:
    """One view of one release: what it is called, from which source, and where it stays for ever.

    ``remark`` says that data are generated, or is empty; ``path`` is the address without a host.
    """

    site: str
    title: str
    source: str
    release: str
    as_of: str
    remark: str
    origin: str
    path: str

    @property
    def address(self) -> str:
        return f"{self.origin}{self.path}"

    @property
    def year(self) -> str:
        return self.as_of[:4]

    def sentence(self, words: Words) -> str:
        """As a list of references has it: who, year, title, kind, release, source, address."""
        said = words(
            "taken_cite",
            site=self.site,
            year=self.year,
            title=self.title,
            release=self.release,
            date=words.date(self.as_of),
        )
        return " ".join(filter(None, (said, self.source, self.remark, self.address)))

    def bibtex(self) -> str:
        """The entry for BibTeX; no text can break it."""
        fields = {
            "author": f"{{{escaped(self.site)}}}",
            "title": f"{{{escaped(self.title)}}}",
            "year": self.year,
            "version": escaped(self.release),
            "note": escaped(" ".join(filter(None, (self.source, self.remark)))),
            "date": self.as_of,
            "url": self.address,
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{{self._key},\n{lines}}}\n"

    @property
    def _key(self) -> str:
        page = re.sub(r"[^a-z0-9]+", "-", self.path.partition("?")[0].lower()).strip("-")
        return f"ochiq-{self.release}-{page}"


def citation(
    release: Release, view: View, words: Words, headline: Headline, origin: str
) -> Citation:
    """The citation of a view, bound to its release."""
    source, name = release.manifest.source, name_of_code(view, words, release)
    titled = source.titles.get(words.lang) or source.titles.get("en") or source.name
    is_named = not name or name in headline.title
    return Citation(
        site=words("site_name"),
        title=headline.title if is_named else words("taken_title", name=name, title=headline.title),
        source=words("taken_source", title=titled, attribution=source.attribution or source.name),
        release=release.id,
        as_of=release.manifest.as_of,
        remark=words("taken_generated") if release.is_generated else "",
        origin=origin,
        path=view.href(**{RELEASE_KEY: release.id}),
    )


def escaped(text: str) -> str:
    """Text as BibTeX and LaTeX take it."""
    return "".join(_SPECIAL.get(letter, letter) for letter in text)
