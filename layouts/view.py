"""One view of the site: what is shown is all in here, and so is its address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from layouts.sitemap import RELEASE, RELEASE_KEY, SITEMAP, Key

LONGEST_QUERY: Final = 2000
MOST_KEYS: Final = 150
"""A plain form names a key once for each value that is ticked."""

State = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class View:
    """Language, page, code and state; ``release_id`` is the release that the numbers come from.

    ``state`` holds only what differs from the defaults, sorted, so that equal views are equal. A
    view that is bound to its release for good has the release in its state.
    """

    lang: str
    page: str
    code: str = ""
    state: State = ()
    release_id: str = ""

    def get(self, key: str) -> str:
        """The value of a query key, or its default."""
        return dict(self.state).get(key, _keys(self.page)[key].default)

    def all(self, key: str) -> tuple[str, ...]:
        """The values of a key that may have many."""
        return tuple(part for part in self.get(key).split(",") if part)

    @property
    def is_bound(self) -> bool:
        """True when the address names the release, so that it shows the same for ever."""
        return RELEASE_KEY in dict(self.state)

    def href(
        self,
        *,
        page: str | None = None,
        code: str | None = None,
        lang: str | None = None,
        **state: str | None,
    ) -> str:
        """The address of this view with some of it changed; another page starts without state.

        A value that is None or the default leaves the address; a bound release stays in it.
        """
        target = page or self.page
        moved = target != self.page or (code is not None and code != self.code)
        kept = {k: v for k, v in self.state if not moved or k == RELEASE_KEY}
        given = {key: value or "" for key, value in state.items()}
        path = SITEMAP[target].path.format(code=code if code is not None else self.code)
        return address(lang or self.lang, path, tidy(target, {**kept, **given}.items()))


def address(lang: str, path: str, state: State) -> str:
    """The canonical address, without the host."""
    query = f"?{urlencode(state, safe=',')}" if state else ""
    return f"/{lang}/{path}{query}"


def tidy(page: str, given: Iterable[tuple[str, str]]) -> State:
    """The part of a query that a page listens to, defaults dropped, in one order only."""
    keys = _keys(page)
    values: dict[str, list[str]] = {}
    for key, value in given:
        if key in keys:
            values.setdefault(key, []).append(value)
    settled = {key: keys[key].settled(each) for key, each in values.items()}
    told = {key: value for key, value in settled.items() if value not in {"", keys[key].default}}
    return tuple(sorted(told.items()))


def parse_query(page: str, search: str) -> State:
    """``tidy`` for the text after the question mark; what is too long counts as nothing."""
    text = search.removeprefix("?")
    if len(text) > LONGEST_QUERY or text.count("&") >= MOST_KEYS:
        return ()
    return tidy(page, parse_qsl(text, keep_blank_values=False, errors="ignore"))


def _keys(page: str) -> dict[str, Key]:
    return {**SITEMAP[page].keys, RELEASE_KEY: Key(RELEASE)}
