"""The one visual language of series: a colour, a dash and a letter each, so no series needs colour.

The colours are told apart with every kind of colour blindness and keep at least 3:1 against the
light and the dark page; a page's style may override them by the custom properties.
"""

from dataclasses import dataclass
from html import escape
from typing import Final


@dataclass(frozen=True)
class Mark:
    """How one series looks."""

    letter: str
    colour: str
    dash: str
    plotly_dash: str

    @property
    def css_colour(self) -> str:
        return f"var(--series-{self.letter.lower()},{self.colour})"


MARKS: Final = (
    Mark("A", "#0072b2", "none", "solid"),
    Mark("B", "#d55e00", "7 3", "dash"),
    Mark("C", "#008f68", "2 3", "dot"),
    Mark("D", "#b05a9a", "10 3 2 3", "dashdot"),
    Mark("E", "#7a7a7a", "14 4", "longdash"),
)
MOST_SERIES: Final = len(MARKS)


def attributes(**values: str | float) -> str:
    """XML attributes as given; ``_`` in a name stands for ``-``, a last one is dropped."""
    return " ".join(
        f'{name.rstrip("_").replace("_", "-")}="{_text(value)}"' for name, value in values.items()
    )


def tag(name: str, *content: str, **values: str | float) -> str:
    """One SVG element with escaped attributes; the content is markup already."""
    opening = f"{name} {attributes(**values)}".rstrip()
    return f"<{opening}>{''.join(content)}</{name}>" if content else f"<{opening}/>"


def words_of(text: str) -> str:
    """Text that is safe between two tags."""
    return escape(text, quote=False)


def _text(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def figure(title: str, description: str, drawn: str, **values: str | float) -> str:
    """A whole drawing as one SVG element that tells its title and description."""
    return tag(
        "svg",
        tag("title", words_of(title)),
        tag("desc", words_of(description)),
        drawn,
        xmlns="http://www.w3.org/2000/svg",
        aria_label=title,
        **values,
    )


def wide_figure(title: str, description: str, drawn: str, height: int) -> str:
    """A whole drawing as wide as there is room, of a height in pixels."""
    return figure(
        title,
        description,
        drawn,
        class_="figure-svg",
        role="img",
        width="100%",
        height=height,
        style=f"height:{height}px",
    )


def key_sample(drawn: str, width: int) -> str:
    """A small drawing before the words of a key, which say what it is."""
    return tag("svg", drawn, width=width, height=16, aria_hidden="true", class_="figure-svg")
