"""A chart as a picture: SVG drawn on the server, and PNG made of that by resvg.

Only the fonts of the site are used, so the same picture has the same bytes on every machine.
"""

from typing import Final

import resvg_py

from api.taken import Taken
from layouts.figures.drawing import Drawing
from layouts.figures.picture import Picture, picture_svg
from layouts.figures.style import FONTS
from layouts.words import LANGUAGE_TAGS

SCALE: Final = 2
"""Pixels of a PNG for one of the drawing, so that it is sharp on paper and on dense screens."""


def as_svg(taken: Taken) -> bytes:
    """The picture of an exhibit that has a drawing."""
    return svg_text(taken, _drawing(taken)).encode()


def as_png(taken: Taken) -> bytes:
    """The same picture as pixels."""
    return rasterised(svg_text(taken, _drawing(taken)), SCALE)


def _drawing(taken: Taken) -> Drawing:
    drawing = taken.exhibit.drawing
    if drawing is None:
        raise ValueError(f"'{taken.exhibit.name}' is a table, not a chart.")
    return drawing


def svg_text(taken: Taken, drawing: Drawing) -> str:
    """The picture with everything that a reader of it alone must know."""
    lang = LANGUAGE_TAGS[taken.view.lang]
    return picture_svg(Picture(lang, taken.title, taken.marks, drawing, taken.sources))


def rasterised(svg: str, scale: float) -> bytes:
    """PNG bytes of an SVG that the site has drawn itself; nothing else is ever loaded by it."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=scale,
        skip_system_fonts=True,
        font_files=[str(font) for font in FONTS],
        font_family="Inter",
        sans_serif_family="Inter",
    )
