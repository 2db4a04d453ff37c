"""Addresses of what can be taken from a view: the view's own address with a file's name at its end.

So they obey the same lists of paths and query keys as the pages. Links name the release: what is
taken is what was seen, also when a newer release comes between the look and the click.
"""

import re
from dataclasses import dataclass
from typing import Final

from layouts.sitemap import RELEASE_KEY
from layouts.view import View

ROOT: Final = "/take"
CARDS: Final = "/card"
CARD: Final = "card.png"
PACK: Final = "pack.zip"
EMBEDS: Final = "/embed"
EMBED: Final = "html"
PICTURES: Final = ("svg", "png")
_FILE: Final = re.compile(r"(?P<name>[a-z0-9-]{1,60})\.(?P<form>[a-z]{2,5})")


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the path of the page, the name of the thing and its form."""

    path: str
    name: str
    form: str

    @property
    def file(self) -> str:
        return f"{self.name}.{self.form}"


def taken_href(view: View, file: str, root: str = ROOT) -> str:
    """Where a file of a view is, bound to the view's release."""
    path, _, query = view.href(**{RELEASE_KEY: view.release_id}).partition("?")
    return f"{root}{path.rstrip('/')}/{file}?{query}"


def asked(path: str) -> Asked | None:
    """What a path below the root asks for: ``en/agencies/AG001/agency-received.csv``."""
    folder, _, file = path.rpartition("/")
    match = _FILE.fullmatch(file)
    if match is None or not folder:
        return None
    page = f"/{folder}" if "/" in folder else f"/{folder}/"
    return Asked(page, match["name"], match["form"])
