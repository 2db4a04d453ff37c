"""The field to search the site: a plain form, in which a script suggests while one types."""

from html import escape
from typing import Final

from dash.development.base_component import Component

from data.releases import Release
from layouts.components.markup import markup
from layouts.finding.suggestions import suggestions_address
from layouts.sitemap import RELEASE_KEY
from layouts.view import View
from layouts.words import Words

LONGEST: Final = 60


def search_box(view: View, words: Words, release: Release | None, value: str = "") -> Component:
    """The form; it leads to the page of search, in the release that the view is bound to."""
    action = view.href(page="search", code="").partition("?")[0]
    bound = dict(view.state).get(RELEASE_KEY, "")
    kept = f'<input type="hidden" name="{RELEASE_KEY}" value="{bound}">' if bound else ""
    label = escape(words("search_label"))
    return markup(
        f'<form class="search-box" method="get" action="{escape(action)}" role="search"'
        f' aria-label="{escape(words("search_landmark"))}">{kept}'
        f'<label><span class="visually-hidden">{label}</span>'
        f'<input type="search" name="q" value="{escape(value)}" maxlength="{LONGEST}"'
        f' placeholder="{escape(words("search_hint"))}" autocomplete="off"'
        f" {_suggesting(view, words, release)}></label>"
        f'<button type="submit">{escape(words("pages_find"))}</button></form>',
        className="search-place",
    )


def _suggesting(view: View, words: Words, release: Release | None) -> str:
    """Where the script finds what to suggest, and its words."""
    if release is None:
        return ""
    told = {
        "from": suggestions_address(release.id, release.codelists, view.lang),
        "list": words("search_suggestions"),
        "count": words("search_suggestions_count"),
    }
    return " ".join(f'data-suggest-{name}="{escape(text)}"' for name, text in told.items())
