"""What messengers and networks read of a page to make a card of a link to it."""

from html import escape
from typing import Final

from layouts.components.headline import Headline
from layouts.figures.card import HEIGHT, WIDTH
from layouts.site import Drawn
from layouts.taken import CARD, CARDS, taken_href
from layouts.view import View
from layouts.words import Words

LOCALES: Final = {"uz": "uz_UZ", "uz-cyrl": "uz_UZ", "ru": "ru_RU", "en": "en_GB"}


def card_tags(drawn: Drawn, words: Words, origin: str) -> str:
    """The tags of Open Graph and of Twitter; none for an address that is no page.

    The picture's address names the release: networks keep a picture by its address for long.
    """
    view, headline = drawn.view, drawn.headline
    if view is None or headline is None:
        return ""
    properties = {
        "og:type": "website",
        "og:site_name": words("site_name"),
        "og:locale": LOCALES[drawn.lang],
        "og:url": origin + view.href(),
        "og:title": headline.title,
        "og:description": _description(drawn, headline, words),
        **_image(view, headline, words, origin),
    }
    tags = [_tag("property", *each) for each in properties.items()]
    return "\n".join((*tags, _tag("name", "twitter:card", "summary_large_image")))


def _description(drawn: Drawn, headline: Headline, words: Words) -> str:
    """The page's first sentence; that data are generated stands before it."""
    said = headline.lead or drawn.description
    return f"{words('taken_generated')} {said}" if drawn.is_generated else said


def _image(view: View, headline: Headline, words: Words, origin: str) -> dict[str, str]:
    numbers = (words("taken_number", name=name, number=number) for name, number in headline.numbers)
    return {
        "og:image": origin + taken_href(view, CARD, CARDS),
        "og:image:type": "image/png",
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:image:alt": " ".join((headline.title, *(f"{each}." for each in numbers))),
    }


def _tag(key: str, name: str, content: str) -> str:
    return f'<meta {key}="{name}" content="{escape(content)}">'
