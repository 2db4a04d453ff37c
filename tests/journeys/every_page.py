"""Every page that a release has an address for, by the site's own registry: none can be forgotten.

Of pages that there is one of for each code, one of each level of codes; of pages that have forms,
each form; and the pages whose address a reader fills in, filled in.
"""

from collections.abc import Iterator
from typing import Final

from data.releases import Release
from layouts.site import codes_of
from layouts.sitemap import SITEMAP

FILLED_IN: Final = (
    "number?table=agencies&column=on_time_rate&agency=AG001&period=2018",
    "compare?a=AG001&b=AG002",
    "table?across=quarter&down=sector&show=on_time_rate,received",
    "trends?by=region&grain=year",
    "search?q=andijan",
    "no-such-page",
)


def every_page(release: Release) -> list[str]:
    """Paths below the language, with their queries."""
    return [*_registered(release), *FILLED_IN]


def _registered(release: Release) -> Iterator[str]:
    for page, address in SITEMAP.items():
        for code in _one_of_each_level(page, release):
            path = address.path.format(code=code)
            yield path
            yield from (f"{path}?view={form}" for form in _other_forms(page))


def _one_of_each_level(page: str, release: Release) -> list[str]:
    codes = codes_of(page, release)
    codelist = release.codelists.get(SITEMAP[page].coded_by)
    if codelist is None:
        return list(codes[:1])
    firsts = [codelist.at(level)[0] for level in codelist.levels]
    return [code for code in firsts if code in codes]


def _other_forms(page: str) -> list[str]:
    form = SITEMAP[page].keys.get("view")
    return (
        [] if form is None else [each for each in form.pattern.split("|") if each != form.default]
    )
