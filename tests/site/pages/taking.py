"""Every page of a site with what can be taken from it, for tests that walk them all."""

import csv
from collections.abc import Iterator
from io import StringIO

from layouts import PAGES
from layouts.components.exhibit import Exhibit, exhibits
from layouts.site import Site
from layouts.sitemap import SITEMAP
from layouts.taken import taken_href
from layouts.view import View

CODES = {
    "agency": ("AG001", "ministries"),
    "region": ("1703", "1703202"),
    "theme": ("health",),
    "act": ("H00003",),
    "indicator": ("on_time_rate",),
}
QUERIES = {
    "trends": ("", "?by=region&indicator=on_time_rate", "?by=agency&indicator=median_days"),
    "agencies": ("", "?period=2019", "?sort=-received&q=vazirlik"),
    "regions": ("", "?indicator=on_time_rate"),
    "number": ("", "?agency=AG001&column=on_time_rate&period=2018&table=agencies"),
}


def addresses(lang: str) -> Iterator[str]:
    """The address of every page, some of them in several states."""
    for name in PAGES:
        for code in CODES.get(name, ("",)):
            path = SITEMAP[name].path.format(code=code)
            for query in QUERIES.get(name, ("",)):
                yield f"/{lang}/{path}{query}"


def views(site: Site, lang: str) -> Iterator[View]:
    for address in addresses(lang):
        path, _, query = address.partition("?")
        view = site.view_at(path, query)
        assert view is not None, address
        yield view


def taken(site: Site, lang: str) -> Iterator[tuple[View, Exhibit]]:
    """Every exhibit of every page, with its view."""
    for view in views(site, lang):
        for _, exhibit in exhibits(site.content(view)):
            yield view, exhibit


def href(view: View, exhibit: Exhibit, form: str) -> str:
    return taken_href(view, f"{exhibit.name}.{form}")


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))
